#include "schema/words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "schema/name.h"

namespace entente {
namespace {
constexpr UChar32 kCurlyApostrophe = 0x2019;

struct Reader {
  std::string_view text;
  std::size_t byte = 0;         // of the next character
  std::uint64_t character = 0;  // its number

  bool done() const { return byte >= text.size(); }
  UChar32 peek(std::size_t at) const {
    if (at >= text.size()) return 0;
    if ((text[at] & 0x80) == 0) return text[at];
    UChar32 c = 0;
    int next = int(at);
    U8_NEXT_UNSAFE(text.data(), next, c);
    return c;
  }
  static std::size_t bytes_of(UChar32 c) { return std::size_t(U8_LENGTH(c)); }
};

bool is_letter(UChar32 c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;  // accents that stand alone too
}

// Adds the run [from, to) of the text; `spelled` is what it says without dots and apostrophes.
void add(std::vector<TextWord>& words, const std::string& spelled, bool ascii, std::uint64_t start, std::uint64_t end) {
  const std::string folded = ascii ? std::string() : fold_name(spelled);
  std::string_view rest = ascii ? std::string_view(spelled) : std::string_view(folded);
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    std::string word(rest.substr(0, std::min(space, kLongestWord)));
    rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
    if (!word.empty()) words.push_back({std::move(word), start, end});
  }
}
}  // namespace

std::vector<TextWord> words_of(std::string_view utf8) {
  std::vector<TextWord> words;
  Reader in{utf8};
  while (!in.done()) {
    UChar32 c = in.peek(in.byte);
    if (!is_letter(c)) {
      in.byte += Reader::bytes_of(c), ++in.character;
      continue;
    }
    const std::uint64_t start = in.character;
    std::uint64_t end = start;
    std::string spelled;
    std::size_t letters = 0;
    bool ascii = true, dotted = false;
    for (; !in.done(); c = in.peek(in.byte)) {
      const std::size_t size = Reader::bytes_of(c);
      if (is_letter(c)) {
        ascii &= c < 0x80;
        if (c < 0x80) {
          spelled += char(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        } else {
          spelled.append(in.text, in.byte, size);
        }
        ++letters;
        in.byte += size, end = ++in.character;
        continue;
      }
      // "People's" is one word, "U.S." too; a dot or apostrophe that ends a word is none of it.
      const bool inside = is_letter(in.peek(in.byte + size));
      const bool apostrophe = c == '\'' || c == kCurlyApostrophe;
      const bool dot = c == '.' && (letters == 1 || dotted);
      if (!inside || (!apostrophe && !dot)) break;
      dotted |= dot;
      in.byte += size, ++in.character;
    }
    add(words, spelled, ascii, start, end);
  }
  return words;
}

}  // namespace entente
