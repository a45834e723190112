// Inside storage: erasing for good. What a purge takes out is in no row of the database any more;
// that it was taken out, when and by whom, is a commit. FORMAT.md, "The chain", has the design.
#pragma once
#include <optional>
#include <set>

#include "storage/batch.h"
#include "storage/copies.h"

namespace entente {

struct Purge {
  std::optional<DocumentId> document;
  std::set<NodeId> nodes;  // whose versions go; of a document: those that it alone spoke of
  OriginOf origin_of;      // of documents, as they were before

  // The version without what is purged; nothing if nothing of it stays.
  std::optional<Edge> filtered(const Edge& edge) const;
};

// Adds to the batch of a purging commit, whose own changes are in it: takes what is purged out of
// history, documents and the log, and notes in `entry` which records it rewrote. O(size of both).
Status erase_rows(RowBatch& batch, const Rows& rows, Purge& purge, LogEntry& entry, Head& head);

// Makes RocksDB forget the old rows: until then their bytes lie in its files. Readers that began
// before keep what they see.
Status forget_erased(const StoreState& store);

}  // namespace entente
