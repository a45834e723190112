// Cores: the largest k such that the node is in a part where everybody has k neighbours.
// S. B. Seidman, "Network structure and minimum degree", Social Networks 5, 1983. Computed by
// peeling, as V. Batagelj, M. Zaversnik, "An O(m) algorithm for cores decomposition of networks", 2003,
// but without their order of all nodes.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/slice.h"

namespace entente {

// By NodeIndex; 0 for nodes that are not admitted. Edges count both ways. The graph is read as
// simple: parallel edges are one, loops none. O(n + m). Once `cancel` was asked, what is given back is no answer.
std::vector<std::uint32_t> core_numbers(const Slice& view, const Cancel* cancel = nullptr);

}  // namespace entente
