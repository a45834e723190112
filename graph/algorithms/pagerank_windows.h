// PageRank of many windows of valid time, eight at a time. For rolling rankings.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/algorithms/lanes.h"
#include "graph/algorithms/pagerank.h"
#include "graph/algorithms/ranked.h"
#include "graph/slice.h"

namespace entente {

// Gathers the edges of a view once, by tail, with the places of their limits in time: O(n + m), 12 bytes
// an edge. Borrows the view. Safe for many readers.
//
// Windows that lie near each other have most of their edges in common, so eight of them are ranked in
// the lanes of a vector: one look at an edge serves every window that it is in. Ranks are the solution
// of a linear system, scaled to the sum 1 (without dangling nodes in it, whose jumps change the scale
// alone; G. Del Corso, A. Gulli, F. Romani, "Fast PageRank computation via a sparse linear system",
// Internet Mathematics 2(3), 2005), and what a node gains is told on in the same round (Gauss-Seidel),
// which takes about half of the rounds.
class PageRankWindows {
 public:
  // For Direction::Forward and Weight::Edge or Weight::Pair alone.
  static bool can(const PageRankOptions& options);

  PageRankWindows(const Slice& view, const PageRankOptions& options);

  // For each of at most kLanes windows the nodes that an edge of it touches, in the order of NodeIndex,
  // with the ranks that pagerank() gives of the view's slice through it. Both stop at
  // options.tolerance, so the two differ by as little as each from the truth. Computed by one thread in
  // a fixed order: the same windows together give the same bits.
  std::vector<WindowRanking> ranks(std::span<const DayRange> windows) const;

 private:
  struct Arc {
    std::uint32_t head;
    std::uint32_t first, last;  // earliest start and latest end, places in the table of instants
  };
  // The edges of some windows: into each node, whoever leads there, and in which of the windows.
  struct Arcs {
    std::vector<std::uint32_t> end;  // by node, of its row; the first begins at 0
    std::vector<std::uint32_t> head;
    std::vector<LaneMask> lanes;
    std::vector<LaneMask> in, out;   // by node: the windows in which an edge leads to it, from it
  };
  std::array<std::uint32_t, 256> arcs_of(Arcs& arcs, const std::vector<LaneMask>& begun,
                                         const std::vector<LaneMask>& not_over) const;

  const Slice& view_;
  PageRankOptions options_;
  std::vector<std::uint32_t> first_;  // by tail, into arcs_; one more than nodes
  std::vector<Arc> arcs_;
  std::vector<double> base_;  // by node: its part of all jumps
};

}  // namespace entente
