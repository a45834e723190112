// Inside storage: commits written one after the other into a store that nobody has yet, from their
// records in the log of another.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "schema/codec.h"
#include "storage/batch.h"
#include "storage/bulk_digest.h"
#include "storage/salvage_source.h"

namespace entente {

class Replay {
 public:
  using Missing = std::function<void(std::string sentence)>;
  Replay(const SalvageSource& source, StoreState& target, Missing missing)
      : source_(source), target_(target), missing_(std::move(missing)) {}

  // The next commit as its record says. `record` is kept as it is if nothing of it or before it is
  // missing.
  Status again(LogEntry entry, std::string_view record);
  // The next commit whose record is lost: made of the versions that were found of it.
  Status anew(LogEntry found);
  // What belongs to no commit, and the head.
  Status finish();

  const std::set<DocumentId>& without_text() const { return without_text_; }
  CommitId last() const { return head_.commit; }

 private:
  Status put(LogEntry& entry, bool& altered);
  Status put_documents(RowBatch& batch, const LogEntry& entry);
  Status add_lost_document_nodes(LogEntry& entry, bool& altered);
  Status put_nodes(RowBatch& batch, const LogEntry& entry);
  Status put_edges(RowBatch& batch, LogEntry& entry, bool& altered);
  Status put_loaded(LogEntry& entry, bool& altered);
  Status put_found(key::Kind kind, LogEntry& entry, DigestBlocks& digests);
  Status put_row(RowBatch& batch, key::Kind kind, std::uint64_t id, std::string_view record);
  Result<bool> has_ends(const Edge& edge, const Bulk& bulk) const;
  void put_text(RowBatch& batch, const Document& document);
  Result<bool> keep_what_stands(Edge& edge, bool& altered);
  Result<bool> has(ColumnFamily family, const std::string& key) const;
  Status write(RowBatch& batch);
  Status finish_commit(LogEntry& entry, std::string_view record, bool altered);
  template <typename Fact>
  Status put_version(RowBatch& batch, ColumnFamily family, const std::string& key, key::Kind kind, std::uint64_t id,
                     CommitId commit, const Fact* after, Result<Fact> (*decode)(std::string_view));
  void count(const Node* node, std::int64_t sign);
  void count(const Edge* edge, std::int64_t sign);
  void count(const DocumentHeader* header, std::int64_t sign);

  const SalvageSource& source_;
  StoreState& target_;
  Missing missing_;
  Head head_;
  bool lossy_ = false;  // something before is missing, so references are looked up
  std::set<DocumentId> without_text_;
};

}  // namespace entente
