#include "tools/cli/output.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace entente {
namespace {
bool wants_colour() {
  const char* none = std::getenv("NO_COLOR");
  if (none && *none) return false;
  const char* forced = std::getenv("CLICOLOR_FORCE");
  if (forced && *forced && *forced != '0') return true;
  const char* term = std::getenv("TERM");
  return stdout_is_terminal() && term && std::string_view(term) != "dumb";
}

std::string styled(std::string_view code, std::string_view text) {
  static const bool kColour = wants_colour();
  if (!kColour) return std::string(text);
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

// Visits each code point; a broken byte counts as U+FFFD.
template <typename Visit>
void each_code_point(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const std::int32_t size = std::int32_t(text.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t start = at;
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, at, size, c);
    visit(c, text.substr(std::size_t(start), std::size_t(at - start)));
  }
}

bool is_bidi_control(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}
}  // namespace

ExitCode fail(const Error& error) {
  std::cout.flush();
  std::cerr << "entente: " << printable(error.message) << "\n";
  return exit_code_of(error.code);
}

void remark(std::string_view sentence) {
  std::cout.flush();
  std::cerr << printable(sentence) << "\n";
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  each_code_point(text, [&](UChar32 c, std::string_view bytes) {
    if (c == '\n' || c == '\t') {
      shown += ' ';
    } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || is_bidi_control(c)) {
      char escape[16];
      std::snprintf(escape, sizeof escape, c < 0x100 ? "\\x%02x" : "\\u%04x", unsigned(c));
      shown += escape;
    } else {
      shown += bytes;
    }
  });
  return shown;
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  each_code_point(utf8, [&](UChar32 c, std::string_view) {
    const int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return;
    const int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
  });
  return width;
}

bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) != 0; }

std::size_t terminal_width() {
  winsize size{};
  if (stdout_is_terminal() && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    return size.ws_col;
  return 100;
}

std::string bold(std::string_view text) { return styled("1", text); }
std::string dim(std::string_view text) { return styled("2", text); }

void Table::print() const {
  std::vector<std::size_t> widths;
  for (const std::string& heading : headings_) widths.push_back(display_width(heading));
  std::vector<std::vector<std::string>> shown = rows_;
  for (auto& row : shown)
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
      row[i] = printable(row[i]);
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  const auto line = [&](const std::vector<std::string>& cells, bool heading) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += "  ";
      text += heading ? dim(cells[i]) : cells[i];
      if (i + 1 < cells.size()) text.append(widths[i] - display_width(cells[i]), ' ');
    }
    std::cout << text << "\n";
  };
  line(headings_, true);
  for (const auto& row : shown) line(row, false);
}

void print_wrapped(std::string_view text, std::size_t indent) {
  const std::string shown = printable(text);
  const std::size_t room = std::max<std::size_t>(terminal_width(), indent + 20) - indent;
  std::string line;
  const auto flush = [&] {
    if (!line.empty()) std::cout << std::string(indent, ' ') << line << "\n";
    line.clear();
  };
  std::size_t at = 0;
  while (at < shown.size()) {
    const std::size_t space = std::min(shown.find(' ', at), shown.size());
    const std::string word = shown.substr(at, space - at);
    if (!word.empty()) {
      if (!line.empty() && display_width(line) + 1 + display_width(word) > room) flush();
      line += (line.empty() ? "" : " ") + word;
    }
    at = space + 1;
  }
  flush();
}

std::string counted(std::uint64_t number, std::string_view thing, std::string_view things) {
  std::string digits = std::to_string(number);
  for (int at = int(digits.size()) - 3; at > 0; at -= 3) digits.insert(std::size_t(at), ",");
  if (number == 1) return digits + " " + std::string(thing);
  return digits + " " + (things.empty() ? std::string(thing) + "s" : std::string(things));
}

}  // namespace entente
