// Dependency trees: a greedy arc-hybrid transition parser with an averaged perceptron.
//
// M. Kuhlmann, C. Gómez-Rodríguez, G. Satta, "Dynamic Programming Algorithms for Transition-Based
// Dependency Parsers", ACL 2011; training after Y. Goldberg, J. Nivre, "Training Deterministic
// Parsers with Non-Deterministic Oracles", TACL 2013. Every sentence gets one projective tree with
// one root, right or wrong; nothing is left over. O(tokens).
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tools/import/syntax/model.h"
#include "tools/import/syntax/tagset.h"
#include "tools/import/syntax/tokenizer.h"

namespace entente {

inline constexpr std::int32_t kNoHead = -1;  // the head of the root

struct Arc {
  std::int32_t head = kNoHead;          // index of the governing token
  Relation relation = Relation::Root;   // what this token is to it
  bool operator==(const Arc&) const = default;
};

// One arc a token, its head and its relation. Tags as from `tag`, one a token. Deterministic; safe
// from any number of threads.
std::vector<Arc> parse(const Model& model, std::span<const Token> tokens,
                       std::span<const Tag> tags);

}  // namespace entente
