// Asides: what a sentence puts between commas or brackets behind a noun, and the dateline before
// it. A greedy parser easily takes "a chipmaker" for the subject in "Avenor, a chipmaker, agreed";
// read apart from its sentence, the aside misleads nobody.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tools/import/syntax/tagset.h"
#include "tools/import/text.h"

namespace entente {

// Words [first, last) of a sentence; the marks around them stand outside.
struct Aside {
  // Front: "When they met in May," and "After the vote," before the main clause.
  enum class Kind : std::uint8_t { Noun, Clause, Brackets, Dateline, Front } kind = Kind::Noun;
  std::int32_t first = 0, last = 0;
  bool comma_stays = false;  // the mark behind it still parts the sentence
};

// In order, none inside another. `tags` are a first guess for the whole sentence.
std::vector<Aside> find_asides(const Sentence& sentence, std::span<const Tag> tags);

}  // namespace entente
