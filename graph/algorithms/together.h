// Together: the paths whose whole chain held at one time, the longest such time first.
//
// A step between two nodes can be used on the usable days (usable_days.h) of any of its parallel
// edges, put together: two edges that follow one another are one stretch. A chain's windows are the
// stretches of days on which all of its steps could be used; its best window is the longest of
// them, of several the earliest. A chain without a common day is no answer.
//
// Order: longer best window first, then fewer edges; what is equal in both, in the order in which
// the search comes to it, which the view and the question determine. Where nothing bounds a window
// it counts from kFirstDay or to kLastDay, so that "since 2019" is longer than "since 2020".
//
// Search: best first over (node, window), where a window inside another that took no more edges is
// given up; a window can only shrink on the way. The next best by the partition of Yen and Lawler,
// as in shortest_path.h.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/algorithms/shortest_path.h"
#include "graph/algorithms/usable_days.h"
#include "graph/view.h"
#include "schema/result.h"

namespace entente {

struct TogetherOptions {
  DayRange window = {};  // only days in it, and in every window of the view
  UsableDays days = UsableDays::Certain;
  Direction direction = Direction::Any;
  std::uint32_t max_hops = ~std::uint32_t{0};
  std::uint64_t max_work = 200'000'000;  // entries of rows looked at
  const Cancel* cancel = nullptr;
};

struct TogetherPath {
  Path path;                      // each step: the edges usable at some time of windows[0]
  std::vector<DayRange> windows;  // of the chain: longest first, then earliest; never empty
  friend bool operator==(const TogetherPath&, const TogetherPath&) = default;
};

// The first k of all loopless paths; fewer if there are no more. From a node to itself: one path
// without steps, whose window is that of the question. NotFound if an end is not in the view;
// LimitReached beyond max_work or when cancelled. Instantiated for Slice.
template <GraphView G>
Result<std::vector<TogetherPath>> together_paths(const G& view, NodeIndex from, NodeIndex to,
                                                 std::size_t k, const TogetherOptions& options = {});

// The windows of a chain of nodes, ascending; empty if there is no common day.
template <GraphView G>
std::vector<DayRange> windows_together(const G& view, const std::vector<NodeIndex>& nodes,
                                       const TogetherOptions& options = {});

}  // namespace entente
