// Ruled paths: shortest loopless paths that spell a pattern of edge types and pass through given
// nodes.
//
// A path is a sequence of distinct nodes, as in shortest_path.h, and each step lists the edges by
// which the path, as a whole, can spell the pattern; without a pattern, all of its edges.
// Order: fewer edges first, then the sequence of node ids.
//
// To ask for a loopless path under a regular expression, or forward through a node, is NP-hard
// (A. O. Mendelzon, P. T. Wood, "Finding regular simple paths in graph databases", SIAM J. Comput.
// 24(6), 1995). Search: breadth-first from the target in the product of graph, automaton and the
// set of nodes still to be passed gives each state the fewest steps left if nodes might repeat;
// paths then grow best first by steps so far and steps left. So it is exact, quick where repeating
// nodes would not help, and elsewhere bounded by max_work and by memory. Paths of more than 254
// edges are not looked for.
#pragma once
#include <cstddef>
#include <vector>

#include "graph/algorithms/path_pattern.h"
#include "graph/algorithms/shortest_path.h"
#include "graph/view.h"
#include "schema/result.h"

namespace entente {

inline constexpr std::size_t kMaxThrough = 6;

struct PathRules {
  const PathPattern* pattern = nullptr;  // if there is one, it says in which direction to walk
  std::vector<NodeIndex> through;        // all of these, in whatever order
};

// The first k of all loopless paths that keep the rules; fewer if there are no more. From a node to
// itself: the path without steps, if it keeps them. NotFound if an end or a node to pass through is
// not in the view; InvalidArgument for more than kMaxThrough of them; LimitReached beyond max_work,
// beyond about a gigabyte of memory, or when cancelled. Instantiated for Slice.
template <GraphView G>
Result<std::vector<Path>> ruled_paths(const G& view, NodeIndex from, NodeIndex to,
                                      const PathRules& rules, std::size_t k,
                                      const PathOptions& options = {});

}  // namespace entente
