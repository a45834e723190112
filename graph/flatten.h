// Flatten: layered columns (graph/overlay.h) as flat ones, which an image can hold.
#pragma once
#include <memory>
#include <span>

#include "graph/snapshot.h"

namespace entente {

// The same columns, byte for byte, as a snapshot made from the store. O(n + m), by all cores at the
// speed of memory; holds both meanwhile.
std::shared_ptr<const Snapshot> flattened(const Snapshot& layered);

// The same of these nodes alone, in this order, that of their ids; no edge may touch another.
Columns flat_columns(const Columns& layered, std::span<const NodeIndex> nodes);

}  // namespace entente
