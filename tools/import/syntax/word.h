// What the tagger and the parser see of a word: hashes of its forms, ends and shape.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tools/import/syntax/model.h"
#include "tools/import/syntax/tokenizer.h"

namespace entente::syntax {

// A value. Curly quotes and long dashes count as their plain cousins, digits as one digit, so that
// "1,200" and "3,400" are the same word; case is kept in `form` and `shape` alone.
struct Word {
  std::uint64_t form = 0;    // as written
  std::uint64_t lower = 0;   // in lower case
  std::uint64_t prefix[3] = {};  // first one, two, three bytes in lower case
  std::uint64_t suffix[4] = {};  // last one to four bytes in lower case
  std::uint64_t shape = 0;   // "Xx", "d-x", runs collapsed
  std::uint32_t fine = 0;    // word cluster, 0 when unknown
  std::uint32_t coarse = 0;  // coarser cluster, 0 when unknown
};

Word describe(std::string_view text);  // all but the clusters
std::vector<Word> describe(const Model& model, std::span<const Token> tokens);

}  // namespace entente::syntax
