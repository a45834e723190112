// The arc-hybrid transition system: configurations, moves, and which moves are allowed.
//
// Tokens are 0 .. n-1 and the artificial root is n, at the end of the buffer. `LeftArc` hangs the
// top of the stack on the front of the buffer, `RightArc` hangs it on its neighbour in the stack.
#pragma once
#include <cassert>
#include <cstdint>
#include <vector>

#include "tools/import/syntax/tagset.h"

namespace entente::syntax {

// A move is a small number, the class that the perceptron predicts: shift, then a left arc for each
// relation, then a right arc for each.
using Move = std::uint8_t;
inline constexpr Move kShift = 0;
inline constexpr int kMoves = 1 + 2 * kRelations;
static_assert(kMoves <= 128);

constexpr Move left_arc(Relation r) { return static_cast<Move>(1 + static_cast<int>(r)); }
constexpr Move right_arc(Relation r) {
  return static_cast<Move>(1 + kRelations + static_cast<int>(r));
}
constexpr bool is_left_arc(Move m) { return m >= 1 && m <= kRelations; }
constexpr bool is_right_arc(Move m) { return m > kRelations; }
constexpr Relation relation_of(Move m) {
  return static_cast<Relation>((m - 1) % kRelations);
}

// What is known of a token's dependents so far; -1 where there is none.
struct Dependents {
  std::int32_t left = -1, left2 = -1;    // outermost on the left, and the one inside it
  std::int32_t right = -1, right2 = -1;  // outermost on the right, and the one inside it
  std::int32_t lefts = 0, rights = 0;
};

class Configuration {
 public:
  explicit Configuration(std::int32_t tokens)
      : tokens_(tokens), heads_(tokens + 1, -1), relations_(tokens + 1, Relation::Dep),
        dependents_(tokens + 1) {
    stack_.reserve(tokens);
  }

  std::int32_t tokens() const { return tokens_; }
  std::int32_t root() const { return tokens_; }
  std::int32_t front() const { return front_; }
  const std::vector<std::int32_t>& stack() const { return stack_; }
  std::int32_t stacked(std::size_t depth) const {  // -1 below the bottom
    return depth < stack_.size() ? stack_[stack_.size() - 1 - depth] : -1;
  }
  std::int32_t head(std::int32_t token) const { return heads_[token]; }
  Relation relation(std::int32_t token) const { return relations_[token]; }
  const Dependents& dependents(std::int32_t token) const { return dependents_[token]; }
  bool done() const { return front_ == tokens_ && stack_.empty(); }

  bool may_shift() const { return front_ < tokens_; }
  // Only the last word on the stack may hang on the root, so a tree has one root.
  bool may_left() const { return !stack_.empty() && (front_ < tokens_ || stack_.size() == 1); }
  bool may_right() const { return stack_.size() >= 2; }
  bool may(Move move) const {
    if (move == kShift) return may_shift();
    if (is_right_arc(move)) return may_right() && move != right_arc(Relation::Root);
    return may_left() && (front_ == tokens_) == (move == left_arc(Relation::Root));
  }

  void apply(Move move) {
    assert(may(move));
    if (move == kShift) {
      stack_.push_back(front_++);
      return;
    }
    const std::int32_t child = stack_.back();
    stack_.pop_back();
    attach(child, is_left_arc(move) ? front_ : stack_.back(), relation_of(move));
  }

 private:
  void attach(std::int32_t child, std::int32_t head, Relation relation) {
    heads_[child] = head;
    relations_[child] = relation;
    Dependents& d = dependents_[head];
    if (child < head) {
      d.left2 = d.left;
      d.left = child;
      ++d.lefts;
    } else {
      d.right2 = d.right;
      d.right = child;
      ++d.rights;
    }
  }

  std::int32_t tokens_;
  std::int32_t front_ = 0;
  std::vector<std::int32_t> stack_;
  std::vector<std::int32_t> heads_;
  std::vector<Relation> relations_;
  std::vector<Dependents> dependents_;
};

}  // namespace entente::syntax
