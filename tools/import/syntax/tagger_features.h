// The features of the tagger, shared by the run-time and the trainer.
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "tools/import/syntax/tagset.h"
#include "tools/import/syntax/word.h"

namespace entente::syntax {

inline constexpr std::size_t kTagFeatures = 53;
using TagKeys = std::array<std::uint64_t, kTagFeatures>;

// Keys for the word at `at`, given the tags already chosen to its left.
void tag_keys(std::span<const Word> words, std::span<const Tag> left, std::size_t at,
              TagKeys& keys);

}  // namespace entente::syntax
