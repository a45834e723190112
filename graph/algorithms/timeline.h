// Timeline: the edges of a node, or between two nodes, in the order in which they began.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "graph/view.h"
#include "schema/bound.h"

namespace entente {

enum class Period : std::uint8_t { Year, Quarter, Month };

// How many edges began in one period. A date of lower precision than the period is not forced into
// one: an edge that began in 2019 certainly began in that year and possibly in each of its months.
struct PeriodCount {
  DayRange days;
  std::string name;  // "2024", "2024-Q3", "2024-09"
  std::uint32_t certain = 0, possible = 0;  // possible leaves out the certain ones
  friend bool operator==(const PeriodCount&, const PeriodCount&) = default;
};

struct Timeline {
  // By earliest start, then latest start, latest end, EdgeId. Edges known to have held always come
  // first; those with no known start come last, and among them those that ended earliest first.
  std::vector<EdgeIndex> edges;
  std::vector<PeriodCount> periods;  // those with a count, ascending
  std::uint32_t always = 0;          // edges whose start is known to be open
  std::uint32_t undated = 0;         // edges whose start is unknown
};

// Admitted edges out of the node and into it, a loop once. Empty if the node is not admitted.
// O(d log d). Instantiated for Snapshot and Slice.
template <GraphView G>
Timeline timeline(const G& view, NodeIndex node, Period period = Period::Year);

// Admitted edges between the two, from either to the other. From a node to itself: its loops.
template <GraphView G>
Timeline timeline(const G& view, NodeIndex one, NodeIndex other, Period period = Period::Year);

}  // namespace entente
