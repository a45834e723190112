#include "schema/name.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <vector>

namespace entente {
namespace {
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

std::string to_ascii(std::string_view name) {
  static std::mutex mutex;  // a Transliterator is not safe to share
  const std::lock_guard lock(mutex);
  static const std::unique_ptr<icu::Transliterator> kLatin = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(icu::Transliterator::createInstance(
        "NFKC; Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  }();
  auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), int(name.size())));
  if (kLatin) kLatin->transliterate(text);
  std::string ascii;
  text.toUTF8String(ascii);
  return ascii;
}

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}
}  // namespace

std::string fold_name(std::string_view name) {
  std::string text = is_ascii(name) ? std::string(name) : to_ascii(name);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');

  std::string folded;
  folded.reserve(text.size());
  std::size_t letters = 0;  // of the word so far, dots skipped
  bool dotted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_alnum(c)) {
      folded += c, ++letters;
      continue;
    }
    if (c == '\'') continue;  // "People's" is "peoples", "O'Neill" is "oneill"
    const bool after_single = c == '.' && (letters == 1 || dotted) && !folded.empty();
    if (after_single) {  // U.S. -> us; the dot ends the word only before something that is no letter
      dotted = true;
      if (i + 1 < text.size() && is_alnum(text[i + 1])) continue;
    }
    dotted = false, letters = 0;
    if (!folded.empty() && folded.back() != ' ') folded += ' ';
  }
  while (!folded.empty() && folded.back() == ' ') folded.pop_back();
  if (folded.starts_with("the ")) folded.erase(0, 4);
  return folded;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_up(b.size() + 1), up(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) up[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({up[j] + 1, row[j - 1] + 1, up[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_up[j - 2] + 1);
    }
    two_up.swap(up);
    up.swap(row);
  }
  return up[b.size()];
}

}  // namespace entente
