// The features of the parser, shared by the run-time and the trainer.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "tools/import/syntax/tagset.h"
#include "tools/import/syntax/transitions.h"
#include "tools/import/syntax/word.h"

namespace entente::syntax {

inline constexpr std::size_t kMaxParseFeatures = 192;

struct ParseKeys {
  std::array<std::uint64_t, kMaxParseFeatures> key;
  std::size_t count = 0;
  std::span<const std::uint64_t> span() const { return {key.data(), count}; }
};

// What the features need of a tagged sentence, computed once.
class Sentence {
 public:
  Sentence(std::span<const Word> words, std::span<const Tag> tags);
  // Keys for the next move.
  void keys(const Configuration& at, ParseKeys& out) const;

 private:
  struct Seen {
    std::uint64_t word, tag, word_tag, suffix, fine, coarse;
  };
  const Seen& seen(std::int32_t token) const { return seen_[static_cast<std::size_t>(token + 1)]; }
  std::vector<Seen> seen_;             // [0] stands for "none", the last one for the root
  std::vector<std::int32_t> commas_;   // in tokens before this one
  std::vector<std::int32_t> verbs_;
};

}  // namespace entente::syntax
