// Minimum cut: the fewest edges, or other nodes, without which there is no way from one node to
// another. By Menger's theorem they are as many as there are disjoint paths (disjoint_path.h).
#pragma once
#include <vector>

#include "graph/algorithms/flow.h"
#include "schema/result.h"

namespace entente {

struct CutOptions {
  Apart apart = Apart::Edges;  // of what: parallel edges count each
  Direction direction = Direction::Any;
  std::uint64_t max_work = 200'000'000;  // entries of rows looked at
  const Cancel* cancel = nullptr;
};

struct Cut {
  std::vector<EdgeIndex> edges;  // Apart::Edges, in the order of rows
  std::vector<NodeIndex> nodes;  // Apart::Nodes, ascending
  friend bool operator==(const Cut&, const Cut&) = default;
};

// Of several least cuts the one nearest to `from`: its side of it is contained in that of every
// other. Empty if there is no way as it is. InvalidArgument if the ends are one node, or if nodes
// are asked and an edge joins the ends; NotFound if an end is not in the view; LimitReached beyond
// max_work or when cancelled. L. R. Ford, D. R. Fulkerson, "Maximal flow through a network", 1956.
Result<Cut> minimum_cut(const Slice& view, NodeIndex from, NodeIndex to,
                        const CutOptions& options = {});

}  // namespace entente
