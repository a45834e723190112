// Change points: when the dealings of two actors became warmer, colder, or more.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/slice.h"
#include "schema/result.h"

namespace entente {

struct ChangePointOptions {
  std::uint32_t step_months = 1;  // how finely time is counted
  // What a further change point must explain. More: fewer. 1 is the Bayesian information criterion
  // of G. Schwarz (1978) for two rates and a place.
  double penalty = 1;
  std::size_t max_steps = 5'000;
};

// A time in which the two dealt with each other at much the same rates.
struct Phase {
  DayRange days;
  std::uint32_t cooperation = 0, conflict = 0;  // edges that began in it
  // Of what they did, how much was cooperation less how much conflict, in [-1, 1]; 0 of nothing.
  double balance() const;
  friend bool operator==(const Phase&, const Phase&) = default;
};

// The phases of a pair, in order, from the first to the last dated edge between them; each after
// the first begins with a change point. Counted are admitted edges either way of the cooperative
// and of the conflictual family that began in one step for certain: a start known only to the year
// does not fall into a month. Empty if there is none.
//   The division of all those possible that maximises the likelihood of two independent Poisson
//   rates a phase, less penalty * 1.5 * ln(number of steps) for each. By the dynamic programme of B. Jackson et al., "An algorithm for
//   optimal partitioning of data on an interval", IEEE Signal Process. Lett. 12, 2005. O(steps^2).
// LimitReached beyond max_steps; InvalidArgument for a step of 0 months.
Result<std::vector<Phase>> change_points(const Slice& view, NodeIndex one, NodeIndex other,
                                         const ChangePointOptions& options = {});

}  // namespace entente
