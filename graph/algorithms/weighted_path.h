// Weighted paths: the k loopless paths of least cost, where every edge has a cost of its own.
//
// A step costs what its cheapest admitted edge costs, and a path the sum of its steps. Costs are
// whole numbers of at least 1, so that sums are exact and every path has an end; what an edge may
// not be walked for costs kNoWay.
//
// Order: less cost first, then fewer edges, then the sequence of node ids, compared from the start.
//
// Search: E. W. Dijkstra's from the target until the source is reached gives every node a bound of
// the cost that is left; each path is then found by A* toward those bounds (P. E. Hart, N. J.
// Nilsson, B. Raphael, 1968), and the next best by the partition of Yen and Lawler
// (shortest_path.h).
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "graph/algorithms/shortest_path.h"
#include "graph/view.h"
#include "schema/result.h"

namespace entente {

inline constexpr std::uint64_t kNoWay = ~std::uint64_t{0};
inline constexpr std::uint64_t kMaxEdgeCost = std::uint64_t{1} << 36;  // more is taken for this

// The cost of an edge: 1 or more, or kNoWay. Called for admitted edges only, often; it must always
// say the same of one edge.
using EdgeCost = std::function<std::uint64_t(EdgeIndex)>;

// The path whose confidences multiply to the most: 1 + round(-ln(confidence) * 1,000,000).
EdgeCost cost_by_confidence(const Snapshot& columns);

// The path of the most recent edges: 1 + the age of each in days (edge_age.h), at most 36,525 (a
// century), which is also the age of an edge without any date.
EdgeCost cost_by_recency(const Snapshot& columns, Day today);

struct WeightedPath {
  Path path;                         // each step with all of its edges, as in shortest_path.h
  std::vector<EdgeIndex> cheapest;   // for each step; of equal cost the first of the step
  std::uint64_t cost = 0;
  friend bool operator==(const WeightedPath&, const WeightedPath&) = default;
};

// The first k of all loopless paths of at most options.max_hops edges; fewer if there are no more.
// NotFound if an end is not in the view; LimitReached beyond max_work or when cancelled.
//   max_hops: paths of more edges are passed over, in the order of cost; so it costs the work of
//   finding them.
// Instantiated for Slice.
template <GraphView G>
Result<std::vector<WeightedPath>> weighted_paths(const G& view, NodeIndex from, NodeIndex to,
                                                 std::size_t k, const EdgeCost& cost,
                                                 const PathOptions& options = {});

}  // namespace entente
