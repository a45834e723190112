// PageRank: the share of its time that a random walker spends on a node.
// S. Brin, L. Page, "The anatomy of a large-scale hypertextual web search engine", 1998.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/algorithms/rows.h"
#include "graph/algorithms/work.h"
#include "graph/view.h"

namespace entente {

struct PageRankOptions {
  double damping = 0.85;  // the walker follows an edge with this chance, else jumps anywhere
  // Forward: from head to tail, so a node is ranked by what points at it. Any: both ways.
  Direction direction = Direction::Forward;
  // The chance to take an edge is its part of the weight of all edges that lead on from the node.
  Weight weight = Weight::Edge;
  // Personalised: jumps, and what dangles, go to these alike instead of to every node; so a node is
  // ranked by how near it is to them. Those that are not admitted are left out.
  std::vector<NodeIndex> start = {};
  double tolerance = 1e-10;            // stops when the ranks together move less than this
  std::uint32_t max_iterations = 300;  // or after this many rounds
  const Cancel* cancel = nullptr;      // what is given back after it was asked is no answer
};

// By NodeIndex; 0 for nodes that are not admitted. The ranks of admitted nodes sum to 1.
//   Jumps go to every admitted node alike, isolated ones too, unless `start` names some.
//   Dangling nodes (nothing leads on from them) jump: their rank spreads as jumps do.
//   Parallel edges add up, or count as one (Weight::Pair). Loops count. Disconnected parts share
//   one walker, by the jumps; no normalisation beyond the sum.
// O((n + m) * rounds), by all cores; a view that leaves nothing out is not copied. Summed in parts of
// nodes in their order, whatever the number of threads: the same view gives the same bits. Of 65,536 nodes
// or more the first rounds, until ranks move less than 1e-6, are rough (7 digits); the last are not.
// Instantiated for Snapshot and Slice.
template <GraphView G>
std::vector<double> pagerank(const G& view, const PageRankOptions& options = {});

}  // namespace entente
