#include "tools/import/input/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <memory>

#include "schema/text.h"

namespace entente {
namespace {
using std::string_view;

constexpr std::size_t kShortest = 256;  // bytes that a guess needs
constexpr int kSure = 35;  // of 100, ICU's confidence; English prose in windows-1252 gets 40 to 80

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// Browsers read these labels as windows-1252, and writers mean it (WHATWG Encoding, section 4.2).
std::string normal_label(string_view label) {
  std::string low(label);
  std::erase_if(low, [](unsigned char c) { return std::isspace(c) != 0; });
  for (char& c : low) c = char(std::tolower(static_cast<unsigned char>(c)));
  if (low == "iso-8859-1" || low == "latin1" || low == "us-ascii" || low == "ascii" ||
      low == "iso8859-1")
    return "windows-1252";
  return low;
}

Converter open_converter(const std::string& charset) {
  UErrorCode fault = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &fault));
  if (U_FAILURE(fault)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &fault);
  return U_FAILURE(fault) ? nullptr : std::move(converter);
}

// All of it, or nothing if a byte has no meaning in the charset.
Result<std::string> convert(const std::string& name, string_view bytes, const std::string& charset) {
  const Converter from = open_converter(charset), to = open_converter("UTF-8");
  if (!from || !to)
    return Error{Code::InvalidArgument, name + ": no charset is called '" + charset + "'"};
  std::string text;
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  char16_t pivot[1024];
  char16_t* pivot_source = pivot;
  char16_t* pivot_target = pivot;
  char out[4096];
  bool reset = true;
  while (true) {
    UErrorCode fault = U_ZERO_ERROR;
    char* target = out;
    ucnv_convertEx(to.get(), from.get(), &target, out + sizeof out, &source, end, pivot,
                   &pivot_source, &pivot_target, pivot + 1024, reset, true, &fault);
    reset = false;
    text.append(out, std::size_t(target - out));
    if (fault == U_BUFFER_OVERFLOW_ERROR) continue;
    if (U_SUCCESS(fault)) return text;
    return Error{Code::InvalidArgument, name + " is no text in " + charset + ": near byte " +
                                            std::to_string(source - bytes.data()) +
                                            " it has no meaning"};
  }
}

// A character of two bytes or more that is well-formed stands somewhere.
bool has_wide_utf8(string_view bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    const auto lead = std::uint8_t(bytes[i]);
    if (lead < 0xC2 || lead > 0xF4) continue;
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (i + length <= bytes.size() && !find_utf8_fault(bytes.substr(i, length))) return true;
  }
  return false;
}

// What English prose in windows-1252 has beyond ASCII: curly quotes, dashes, signs that print, and
// letters with accents beside other letters.
bool may_be_windows_1252(string_view bytes) {
  const auto letter = [&](std::size_t at) {
    return at < bytes.size() && std::isalpha(static_cast<unsigned char>(bytes[at] & 0x7F)) != 0;
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = std::uint8_t(bytes[i]);
    if (byte < 0x80) continue;
    const bool sign = byte == 0x80 || byte == 0x85 || (byte >= 0x91 && byte <= 0x97) ||
                      (byte >= 0xA0 && byte <= 0xBF);
    const bool accented = byte >= 0xC0 && byte != 0xD0 && byte != 0xD7 && byte != 0xDE &&
                          byte != 0xF0 && byte != 0xF7 && byte < 0xFE;
    if (!sign && !(accented && ((i > 0 && letter(i - 1)) || letter(i + 1)))) return false;
  }
  return true;
}

// Only windows-1252 is ever found: English in any other charset is rarer than a wrong guess.
std::string guess(string_view bytes) {
  if (bytes.size() < kShortest || !may_be_windows_1252(bytes)) return {};
  UErrorCode fault = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&fault),
                                                                            &ucsdet_close);
  const auto sample = bytes.substr(0, 64 * 1024);
  ucsdet_setText(detector.get(), sample.data(), std::int32_t(sample.size()), &fault);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &fault);
  if (U_FAILURE(fault) || match == nullptr || ucsdet_getConfidence(match, &fault) < kSure) return {};
  const char* charset = ucsdet_getName(match, &fault);
  if (U_FAILURE(fault) || charset == nullptr) return {};
  return normal_label(charset) == "windows-1252" ? "windows-1252" : std::string{};
}

Result<Decoded> checked(const std::string& name, Decoded decoded) {
  if (decoded.text.starts_with("\xEF\xBB\xBF")) decoded.text.erase(0, 3);
  if (const auto nul = decoded.text.find('\0'); nul != std::string::npos)
    return Error{Code::InvalidArgument, name + " is a binary file, not a text: byte " +
                                            std::to_string(nul) + " is zero"};
  return decoded;
}
}  // namespace

Result<Decoded> decode(const std::string& name, std::string bytes, string_view declared) {
  const string_view view = bytes;
  const bool big = view.starts_with("\xFE\xFF"), little = view.starts_with("\xFF\xFE");
  if (big || little) {
    auto text = convert(name, view, big ? "UTF-16BE" : "UTF-16LE");
    if (!text) return text.error();
    return checked(name, {std::move(*text), "UTF-16", false});
  }
  std::string label = normal_label(declared);
  // Who wrote the declaration in ASCII and calls it UTF-16 did not mean it (WHATWG, prescan).
  if (label.starts_with("utf-16") || label.starts_with("utf-32")) label.clear();

  const auto fault = find_utf8_fault(bytes);
  const bool ascii = std::all_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) == 0; });
  const bool utf8 = label.empty() || label == "utf-8" || label == "utf8";
  if (!fault && (utf8 || ascii || label == "windows-1252"))
    return checked(name, {std::move(bytes), "UTF-8", false});
  const Error refused{Code::InvalidArgument,
                      name + " is no UTF-8 text: byte " + std::to_string(fault.value_or(0)) +
                          " is wrong, and no other charset is sure; convert it, or name it with "
                          "--charset"};
  if (fault && has_wide_utf8(bytes) && (utf8 || label == "windows-1252"))
    return Error{Code::InvalidArgument,
                 name + " mixes charsets: it has UTF-8, but byte " + std::to_string(*fault) +
                     " is none; convert it to UTF-8"};
  bool guessed = false;
  if (utf8) {
    if (label == "utf-8" || label == "utf8") return refused;
    label = guess(bytes);
    guessed = true;
    if (label.empty()) return refused;
  }
  auto text = convert(name, bytes, label);
  if (!text) return text.error();
  return checked(name, {std::move(*text), label, guessed});
}

}  // namespace entente
