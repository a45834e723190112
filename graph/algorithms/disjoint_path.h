// Disjoint paths: as many ways between two nodes as share no edge, or no node, of least steps in
// all. How many there are is how many separate things would have to break: K. Menger, "Zur
// allgemeinen Kurventheorie", Fund. Math. 10, 1927; cut.h names such things.
//
// Apart::Edges: two paths may meet in a node but share no edge; parallel edges are different ones,
// and each step of an answer lists the one edge that it takes. Apart::Nodes: they share no node but
// their ends; each step lists all of its edges. Only the sum of steps is least: one path may be
// longer so that another can be. Which of several answers of the same sum it is, the view and the
// question determine. Search: flow.h.
#pragma once
#include <cstddef>
#include <vector>

#include "graph/algorithms/flow.h"
#include "graph/algorithms/shortest_path.h"
#include "schema/result.h"

namespace entente {

struct DisjointOptions {
  Apart apart = Apart::Nodes;
  Direction direction = Direction::Any;
  std::uint64_t max_work = 200'000'000;  // entries of rows looked at
  const Cancel* cancel = nullptr;
};

// At most k; fewest edges first, then by their nodes. InvalidArgument if the ends are one node;
// NotFound if one is not in the view; LimitReached beyond max_work or when cancelled.
Result<std::vector<Path>> disjoint_paths(const Slice& view, NodeIndex from, NodeIndex to,
                                         std::size_t k, const DisjointOptions& options = {});

}  // namespace entente
