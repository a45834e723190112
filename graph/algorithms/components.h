// Components: the parts of the graph between which there is no way.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/slice.h"

namespace entente {

inline constexpr std::uint32_t kNoGroup = ~std::uint32_t{0};

// Which group each node is in: by NodeIndex, kNoGroup for nodes that are not admitted. Groups are
// numbered from 0, larger ones first, equal ones by their least node.
using Groups = std::vector<std::uint32_t>;
std::vector<std::uint32_t> group_sizes(const Groups& groups);  // by number

enum class Connected : std::uint8_t {
  Weakly,    // edges are ways both ways
  Strongly,  // along edges there and back: R. Tarjan, SIAM J. Comput. 1(2), 1972
};

// A node without edges is a group of its own. O(n + m), without recursion. Once `cancel` was asked, what is given
// back is no answer.
Groups components(const Slice& view, Connected connected = Connected::Weakly, const Cancel* cancel = nullptr);

// Numbers groups anew as above; for algorithms that find them in another order.
void number_groups(Groups& groups);

}  // namespace entente
