// Inside storage: an open RocksDB, and reading rows of it as one snapshot sees them.
#pragma once
#include <rocksdb/db.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/fact.h"
#include "schema/ontology.h"
#include "schema/result.h"
#include "storage/column_family.h"
#include "storage/commit_queue.h"
#include "storage/directory.h"
#include "storage/highwater.h"
#include "storage/store.h"

namespace entente {

// Where the store stands: one row of `meta`, rewritten by every commit.
struct Head {
  CommitId commit;   // the last one
  Instant at{};      // when it was made
  std::string hash;  // of its record; 32 zero bytes before the first
  std::uint64_t next_node = 1, next_edge = 1, next_statement = 1, next_document = 1;
  std::uint64_t nodes = 0, edges = 0, statements = 0, documents = 0;  // that live
  std::uint64_t versions = 0;                                         // that have ended
  friend bool operator==(const Head&, const Head&) = default;
};
std::string encode(const Head& head);
std::optional<Head> decode_head(std::string_view bytes);

namespace meta {
inline constexpr std::string_view kHead = "head";
inline constexpr std::string_view kId = "id";
inline constexpr std::string_view kOntology = "ontology";
inline constexpr std::string_view kIdempotency = "key/";  // and the key: the commit that was made with it
}  // namespace meta

// What RocksDB said, as an error of ours: Corruption for damage, else Unavailable.
Error error_of(const rocksdb::Status& status, std::string_view doing);

// Shared by the store and its transactions: a store that reads beside a writer changes to a newer
// one, and older transactions keep theirs.
struct StoreState : std::enable_shared_from_this<StoreState> {
  std::filesystem::path directory;
  Access access = Access::Read;
  DirectoryMark mark;
  std::optional<WriterLock> lock;
  std::shared_ptr<rocksdb::FileSystem> files;
  HighwaterMark opened_at;               // what the file HIGHWATER said when it was opened
  std::unique_ptr<Highwater> highwater;  // of the writing process
  std::unique_ptr<rocksdb::Env> env;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;  // by ColumnFamily
  Ontology ontology = Ontology::builtin();
  CommitQueue queue;     // of write transactions
  std::mutex mutex;      // of what is below
  bool failed = false;   // a write failed half way: nothing more is written before a reopen

  ~StoreState();
  // To be called after each synced commit.
  void acknowledge(const Head& head) {
    if (highwater) highwater->acknowledge(head.commit, head.hash);
  }
  rocksdb::ColumnFamilyHandle* handle(ColumnFamily family) const {
    return handles[static_cast<std::size_t>(family)];
  }
};

// Opens the RocksDB in state.directory, with all families. One for writing is made if there is none.
Status open_rocksdb(StoreState& state, bool for_writing);
// Makes a new list of its tables and of what its logs hold, as far as they can be read.
Status repair_rocksdb(StoreState& state);

// For what looks at files and rows of a store as a whole.
class StoreFiles {
 public:
  static std::shared_ptr<StoreState> state_of(const Store& store) { return store.now(); }
  // A directory of an older format, as it is: for reading it lacks the column families that came
  // later, for writing these are made. Only for upgrade().
  static Result<std::shared_ptr<StoreState>> open_older(const std::filesystem::path& directory,
                                                        const DirectoryMark& mark, Access access,
                                                        const std::shared_ptr<rocksdb::FileSystem>& files);
};

// Reads rows as they were when it was made. Safe for many threads.
class Rows {
 public:
  explicit Rows(const StoreState& store);
  ~Rows();
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  const StoreState& store() const { return store_; }
  Result<Head> head() const;
  Result<std::optional<std::string>> get(ColumnFamily family, std::string_view key) const;

  // Every row whose key begins with `prefix`, in order, until the visitor returns false.
  using Visitor = std::function<bool(std::string_view key, std::string_view value)>;
  Status scan(ColumnFamily family, std::string_view prefix, const Visitor& visit) const;
  // Every row from `key` on.
  Status scan_from(ColumnFamily family, std::string_view key, const Visitor& visit) const;
  // Every row before `end`, or all if it is empty; the last first.
  Status scan_backward(ColumnFamily family, const Visitor& visit, std::string_view end = {}) const;

  // The last row at or before `key`, if it begins with `prefix`.
  Result<std::optional<std::pair<std::string, std::string>>> last_up_to(
      ColumnFamily family, std::string_view key, std::string_view prefix) const;

 private:
  friend class RowCursor;
  std::shared_ptr<const StoreState> keep_;
  const StoreState& store_;
  const rocksdb::Snapshot* snapshot_;
};

// A place among the rows of a family, for scans that leap. Of one thread; the rows must outlive it.
class RowCursor {
 public:
  RowCursor(const Rows& rows, ColumnFamily family);
  void seek(std::string_view key) { rows_->Seek({key.data(), key.size()}); }              // at or after it
  void seek_back(std::string_view key) { rows_->SeekForPrev({key.data(), key.size()}); }  // at or before it
  void next() { rows_->Next(); }
  bool within(std::string_view prefix) const {
    return rows_->Valid() && rows_->key().starts_with({prefix.data(), prefix.size()});
  }
  std::string_view key() const { return {rows_->key().data(), rows_->key().size()}; }
  std::string_view value() const { return {rows_->value().data(), rows_->value().size()}; }
  Status status() const;  // to be asked when there is no further row

 private:
  ColumnFamily family_;
  std::unique_ptr<rocksdb::Iterator> rows_;
};

}  // namespace entente
