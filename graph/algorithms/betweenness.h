// Betweenness: on how many of the shortest paths between other nodes a node lies.
// L. C. Freeman, "A set of measures of centrality based on betweenness", 1977; computed as
// U. Brandes, "A faster algorithm for betweenness centrality", 2001.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/slice.h"
#include "graph/view.h"

namespace entente {

struct BetweennessOptions {
  // Any: edges are ways in both directions. Forward: from head to tail alone.
  Direction direction = Direction::Any;
  // Divide by the number of pairs of other admitted nodes, (n-1)(n-2)/2 or, Forward, (n-1)(n-2):
  // the result is between 0 and 1. Without, it is a number of pairs.
  bool normalised = false;
  const Cancel* cancel = nullptr;  // what is given back after it was asked is no answer
};

// By NodeIndex; 0 for nodes that are not admitted. The sum over all pairs s, t of other nodes of
// the part of the shortest s-t paths that pass through the node; in direction Any each pair counts
// once, Forward each ordered pair. Ends do not lie between.
//   The graph is read as simple: parallel edges are one way, loops are none. Every edge is of
//   length 1. Pairs without a path count nothing, so disconnected parts do not disturb each other.
// O(n m) time, O(n + m) memory. Instantiated for Snapshot and Slice.
template <GraphView G>
std::vector<double> betweenness(const G& view, const BetweennessOptions& options = {});

// By EdgeIndex; 0 for edges that are not admitted. The sum over all pairs of nodes of the part of
// their shortest paths that goes over the step of the edge; ends count. Parallel edges are one
// step, and each has the whole of it; loops have none. Normalised: divided by the number of pairs
// of admitted nodes. As M. Girvan, M. E. J. Newman, PNAS 99, 2002. O(n m).
std::vector<double> edge_betweenness(const Slice& view, const BetweennessOptions& options = {});

struct SampleOptions {
  std::uint32_t sources = 256;  // as many of the nodes that have an edge are searched from
  std::uint64_t seed = 1;       // which; the same seed draws the same
  double certainty = 0.95;      // of the bound
};
struct SampledBetweenness {
  std::vector<double> scores;  // as betweenness(): an unbiased estimate
  std::uint32_t sources = 0;
  // With that certainty no score is further from the true one than this: W. Hoeffding's inequality
  // (1963) over all nodes at once, after U. Brandes, C. Pich, "Centrality estimation in large
  // networks", 2007. 0 if all sources were searched from.
  double error = 0;
};
// O(sources * m).
SampledBetweenness sampled_betweenness(const Slice& view, const SampleOptions& sample = {},
                                       const BetweennessOptions& options = {});

}  // namespace entente
