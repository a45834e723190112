// Hubs: nodes with so many neighbours that a path over them says little.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/slice.h"
#include "schema/ids.h"

namespace entente {

// The admitted nodes that have admitted edges, either way, with more than `most` other nodes;
// ascending. Give them to Filter::avoid, the ends of a path taken out. O(n + m).
std::vector<NodeId> hubs(const Slice& view, std::uint32_t most);

}  // namespace entente
