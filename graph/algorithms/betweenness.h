// Betweenness: on how many of the shortest paths between other nodes a node lies.
// L. C. Freeman, "A set of measures of centrality based on betweenness", 1977; computed as
// U. Brandes, "A faster algorithm for betweenness centrality", 2001.
#pragma once
#include <vector>

#include "graph/view.h"

namespace entente {

struct BetweennessOptions {
  // Any: edges are ways in both directions. Forward: from head to tail alone.
  Direction direction = Direction::Any;
  // Divide by the number of pairs of other admitted nodes, (n-1)(n-2)/2 or, Forward, (n-1)(n-2):
  // the result is between 0 and 1. Without, it is a number of pairs.
  bool normalised = false;
};

// By NodeIndex; 0 for nodes that are not admitted. The sum over all pairs s, t of other nodes of
// the part of the shortest s-t paths that pass through the node; in direction Any each pair counts
// once, Forward each ordered pair. Ends do not lie between.
//   The graph is read as simple: parallel edges are one way, loops are none. Every edge is of
//   length 1. Pairs without a path count nothing, so disconnected parts do not disturb each other.
// O(n m) time, O(n + m) memory. Instantiated for Snapshot and Slice.
template <GraphView G>
std::vector<double> betweenness(const G& view, const BetweennessOptions& options = {});

}  // namespace entente
