// Words and marks of a sentence, as the treebanks cut them.
//
// "Beijing's well-known U.S.-made" -> Beijing | 's | well | - | known | U.S. | - | made. Whole stay:
// abbreviations, e-mail and web addresses, numbers with their separators, words with a prefix that
// UD keeps ("anti-drug", "co-founder") and names of substances ("1-boc-4-AP"). "can't" is ca | n't,
// "cannot" is can | not. Curly quotes and long dashes are marks of their own, in their own bytes.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace entente {

struct Token {
  std::string_view text;  // borrows from the sentence
  std::uint32_t begin;    // byte offset in the sentence

  std::uint32_t end() const { return begin + static_cast<std::uint32_t>(text.size()); }
  bool operator==(const Token&) const = default;
};

// Never fails: bytes that are no UTF-8 become part of words. Tokens are in order, never empty and
// never overlap; only white space lies between them. O(length).
std::vector<Token> tokenize(std::string_view sentence);

}  // namespace entente
