// Closeness: how near a node is to the others; and harmonic closeness, which no far part disturbs.
// G. Sabidussi, "The centrality index of a graph", Psychometrika 31, 1966, with the correction for
// disconnected parts of S. Wasserman, K. Faust, "Social network analysis", 1994; harmonic: M.
// Marchiori, V. Latora, "Harmony in the small-world", Physica A 285, 2000.
#pragma once
#include <vector>

#include "graph/algorithms/rows.h"
#include "graph/algorithms/work.h"
#include "graph/slice.h"

namespace entente {

struct ClosenessOptions {
  // Out: distances from the node, along edges. In: to the node. Both: edges are ways both ways.
  Side side = Side::Both;
  const Cancel* cancel = nullptr;  // what is given back after it was asked is no answer
};

// By NodeIndex; 0 for nodes that are not admitted or reach nobody. The graph is read as simple:
// parallel edges are one way, loops none, every edge of length 1. n: admitted nodes.
// O(n m) time, O(n + m) memory.
//
// Of a node that reaches r others whose distances sum to d: (r / d) * (r / (n - 1)), in [0, 1].
std::vector<double> closeness(const Slice& view, const ClosenessOptions& options = {});

// The sum of 1 / distance over the others that it reaches. Not normalised: at most n - 1.
std::vector<double> harmonic(const Slice& view, const ClosenessOptions& options = {});

}  // namespace entente
