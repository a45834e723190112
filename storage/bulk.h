// BulkLoad: very many edges from one table, as sorted files that RocksDB takes in at once.
//
// It never goes edge by edge through a write batch: rows are resolved to nodes and numbered as they
// come, their records and index entries are sorted in bounded memory and written as files beside the
// data, and one atomic change of RocksDB's manifest makes all of them part of the store.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "schema/fact.h"
#include "schema/result.h"

namespace entente {

class Store;

// One row: one edge, whose ends are names. Borrows for the call.
struct BulkRow {
  std::uint64_t row = 0;  // its number in the table, from 1 for the first after the header; ascending
  std::string_view head, tail;
  LabelId head_label, tail_label;
  EdgeTypeId type;
  Interval valid;
  Mode mode = Mode::Actual;
  bool negated = false;
  double confidence = 1;
  const Properties* properties = nullptr;  // null: none
};

struct BulkOptions {
  std::size_t memory_bytes = std::size_t{1} << 30;  // for rows and sorting; at least 64 MiB are used
  unsigned threads = 0;                             // beside the caller's; 0: one for each core
  std::string extractor = "table/1";                // of the statements
};

struct BulkOutcome {
  DocumentId document;
  bool already_there = false;  // a table of these bytes was loaded before: nothing changed
  std::uint64_t edges = 0, new_nodes = 0, matched_nodes = 0;  // nodes: distinct names
  Commit commit;  // of an already loaded one: the last of the store
};

// Loads one table. A row is an edge of its own, supported by one statement that cites the row: it
// does not join edges of other documents, and two equal rows are two edges. Names become nodes as in
// WriteTransaction::assert_extract. Nothing else can be written while it lives; readers go on.
// Destroying it uncommitted, or a crash, leaves no trace. Not thread-safe.
//
// Memory: `memory_bytes`, and for each distinct name about 120 bytes and twice the name. Disk: until
// the commit about 80 bytes a row beside what stays.
class BulkLoad {
 public:
  // `table` has name, title, publisher, url, published; the rest is set by the load. Conflict if
  // another write transaction is open.
  static Result<BulkLoad> begin(Store& store, const Document& table, const BulkOptions& options = {});
  ~BulkLoad();
  BulkLoad(BulkLoad&&) noexcept;
  BulkLoad& operator=(BulkLoad&&) noexcept;

  // InvalidArgument: the row was refused (a type that does not allow its ends, a name without
  // letters, a confidence outside (0, 1]) and the load goes on. Any other error ends the load.
  Status add(const BulkRow& row);

  // `digest` is the SHA-256 of the file (unpacked), `rows` and `bytes` what it had. One commit, on
  // disk when this returns; see WriteTransaction::commit for what a failure means. Refuses a table of
  // which no row was added.
  struct Source {
    std::string digest;
    std::uint64_t rows = 0, bytes = 0;
  };
  Result<BulkOutcome> commit(const Source& source, std::string_view author, std::string_view note, Instant now);

 private:
  struct State;
  explicit BulkLoad(std::unique_ptr<State> state);
  Result<BulkOutcome> write(const Source& source, std::string_view author, std::string_view note, Instant now);
  std::unique_ptr<State> state_;
};

}  // namespace entente
