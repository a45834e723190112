// Influence: the signed weight of what an actor does to others, and of what those do in turn.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/slice.h"
#include "schema/ontology.h"
#include "schema/result.h"

namespace entente {

struct InfluenceOptions {
  // The sign and size of an edge by its family: what binds and helps counts for the actor, what is
  // done against others counts against it; which article names whom counts nothing.
  std::array<double, kFamilies> sign = {1, 1, 1, -1, 0};  // by Family
  // An edge loses half of its weight in so many days of age (edge_age.h). 0: age does not matter.
  double half_life_days = 1826;  // five years
  double undated = 0.5;          // the part that an edge without any date keeps
  std::optional<Day> today = {}; // nothing: the last day that an admitted edge knows of
  double carry = 0.5;            // the part of others' influence that comes back; less than 1
  double tolerance = 1e-12;
  std::uint32_t max_rounds = 10'000;
  const Cancel* cancel = nullptr;  // then: LimitReached
};

// By NodeIndex; 0 for nodes that are not admitted. For nodes i, j with w(i, j) the sum over edges
// from i to j of sign * confidence * 1/2^(age / half_life):
//   influence(i) = sum over j of w(i, j)
//                + carry * sum over j of w(i, j) / (sum over k of |w(k, j)|) * influence(j)
// So an actor has the weight of its own edges, and of the influence of each whom it acts on the
// share that its weight has in all that is done to that one: who arms a mighty actor gains, who
// fights one loses. Symmetric types count from both ends; loops do not count. It may be negative.
//   Solved by iteration, which converges for carry < 1, the shares of one actor adding up to 1.
//   Not normalised: double the edges, double the score. InvalidArgument for options that are no
//   numbers or out of range. O((n + m) * rounds).
// Source: the share is that of L. Katz (1953) with the normalisation of what each receives; signs
// as in M. Szell, R. Lambiotte, S. Thurner, PNAS 107, 2010; decay by half-life as for news.
Result<std::vector<double>> influence(const Slice& view, const InfluenceOptions& options = {});

}  // namespace entente
