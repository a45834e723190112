#include "tools/exchange/xml_text.h"

#include "schema/text.h"

namespace entente::exchange {
namespace {
constexpr std::string_view kReplacement = "\uFFFD";

void append_ascii(std::string& out, char c) {
  switch (c) {
    case '&': out += "&amp;"; return;
    case '<': out += "&lt;"; return;
    case '>': out += "&gt;"; return;
    case '"': out += "&quot;"; return;
    case '\'': out += "&#39;"; return;
    case '\t': out += "&#9;"; return;
    case '\n': out += "&#10;"; return;
    case '\r': out += "&#13;"; return;
    default:
      if (static_cast<unsigned char>(c) < 0x20) out += kReplacement;
      else out += c;
  }
}
}  // namespace

std::string xml_text(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size() + utf8.size() / 8);
  while (!utf8.empty()) {
    const std::size_t good = find_utf8_fault(utf8).value_or(utf8.size());
    const std::string_view run = utf8.substr(0, good);
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (run.substr(i, 3) == "\uFFFE" || run.substr(i, 3) == "\uFFFF") {
        out += kReplacement;
        i += 2;
      } else {
        append_ascii(out, run[i]);
      }
    }
    utf8.remove_prefix(good);
    if (utf8.empty()) break;
    out += kReplacement;
    utf8.remove_prefix(1);
  }
  return out;
}

}  // namespace entente::exchange
