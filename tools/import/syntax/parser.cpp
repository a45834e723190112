#include "tools/import/syntax/parser.h"

#include <cassert>

#include "tools/import/syntax/parser_features.h"
#include "tools/import/syntax/transitions.h"
#include "tools/import/syntax/word.h"

namespace entente {
namespace {

using namespace syntax;

// The best allowed move; the lower number wins a tie.
Move best_move(const Configuration& at, const std::int32_t (&scores)[kMaxClasses]) {
  Move best = 0;
  std::int64_t top = INT64_MIN;
  const auto consider = [&](Move move) {
    if (scores[move] <= top) return;
    best = move;
    top = scores[move];
  };
  if (at.may_shift()) consider(kShift);
  if (at.may_left()) {
    if (at.front() == at.root()) return left_arc(Relation::Root);
    for (int r = 1; r < kRelations; ++r) consider(left_arc(static_cast<Relation>(r)));
  }
  if (at.may_right())
    for (int r = 1; r < kRelations; ++r) consider(right_arc(static_cast<Relation>(r)));
  assert(at.may(best));
  return best;
}

}  // namespace

std::vector<Arc> parse(const Model& model, std::span<const Token> tokens,
                       std::span<const Tag> tags) {
  assert(tokens.size() == tags.size());
  const auto words = describe(model, tokens);
  const Sentence sentence(words, tags);
  Configuration at(static_cast<std::int32_t>(tokens.size()));
  ParseKeys keys;
  while (!at.done()) {
    std::int32_t scores[kMaxClasses] = {};
    sentence.keys(at, keys);
    model.parse_weights().score(keys.span(), scores);
    at.apply(best_move(at, scores));
  }

  std::vector<Arc> arcs(tokens.size());
  for (std::int32_t i = 0; i < at.tokens(); ++i)
    arcs[static_cast<std::size_t>(i)] = {at.head(i) == at.root() ? kNoHead : at.head(i),
                                         at.relation(i)};
  return arcs;
}

}  // namespace entente
