// Cut points and bridges: nodes and edges without which a part of the graph falls apart.
// J. Hopcroft, R. Tarjan, "Efficient algorithms for graph manipulation", CACM 16(6), 1973.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/slice.h"

namespace entente {

struct CutPoints {
  // By NodeIndex: how many parts more there are when the node goes with its edges; 0: it is none.
  std::vector<std::uint32_t> parts;
  std::vector<EdgeIndex> bridges;  // in the order of rows
};

// Edges count both ways. Of parallel edges none is a bridge; loops are never. O(n + m), without
// recursion. Once `cancel` was asked, what is given back is no answer.
CutPoints cut_points(const Slice& view, const Cancel* cancel = nullptr);

}  // namespace entente
