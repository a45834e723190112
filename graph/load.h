// From the store to a snapshot: with image_cache.h, which calls it, the only place where graph reads
// storage.
#pragma once
#include <cstdint>
#include <memory>

#include "graph/snapshot.h"
#include "schema/as_of.h"
#include "schema/result.h"

namespace entente {

class ReadTransaction;

// The graph as of both clocks. The snapshot's `as_of().recorded` is a commit that exists (never
// kLatest or a later one), so the same question can be asked again. O(size of the store).
// Corruption if what is stored does not fit together. A newest graph of so many edges is read by all cores.
Result<std::shared_ptr<const Snapshot>> load_snapshot(const ReadTransaction& read, AsOf as_of,
                                                      std::uint64_t by_parts_from = 100'000);

}  // namespace entente
