// A commit as one batch of rows: facts, history, indexes and the log together.
#pragma once
#include <rocksdb/write_batch.h>

#include "storage/index.h"
#include "storage/key.h"
#include "storage/transaction_state.h"

namespace entente {

class RowBatch {
 public:
  explicit RowBatch(const StoreState& store) : store_(store), batch_(0, 0, kProtection, 0) {}
  void put(ColumnFamily family, std::string_view key, std::string_view value);
  void erase(ColumnFamily family, std::string_view key);
  // Index entries of the old version become those of the new: only what differs is written.
  void exchange(const std::vector<IndexEntry>& before, const std::vector<IndexEntry>& after);
  rocksdb::WriteBatch& get() { return batch_; }

 private:
  static constexpr std::size_t kProtection = 8;  // checksum bytes a key, against memory faults
  const StoreState& store_;
  rocksdb::WriteBatch batch_;
};

// Writes what the transaction changed as commit `entry.commit.id`, which is filled in but for what
// it made; adds that to the entry and the counts to `head`. Sets `since` of the new versions.
void put_changes(RowBatch& batch, WriteState& state, LogEntry& entry, Head& head);

}  // namespace entente
