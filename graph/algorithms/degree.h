// Degree: how many edges a node has.
#pragma once
#include <vector>

#include "graph/algorithms/rows.h"
#include "graph/view.h"

namespace entente {

struct DegreeOptions {
  Side side = Side::Both;
  // Edge: every parallel edge counts; a loop counts once on each side, so twice in Both.
  // Pair: distinct other nodes; a loop does not count, and a node met on both sides counts once.
  // Confidence: as Edge, each edge with its confidence.
  Weight weight = Weight::Edge;
  const Cancel* cancel = nullptr;  // what is given back after it was asked is no answer
};

// By NodeIndex; 0 for nodes that are not admitted. Not normalised. O(n + m). Instantiated for
// Snapshot and Slice.
template <GraphView G>
std::vector<double> degree(const G& view, const DegreeOptions& options = {});

}  // namespace entente
