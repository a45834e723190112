// WriteTransaction: one change of the graph, all of it or nothing.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schema/claim.h"
#include "schema/fact.h"
#include "schema/result.h"

namespace entente {

// What assert_extract did.
struct AssertOutcome {
  DocumentId document;
  bool already_there = false;  // the same text was imported before: nothing changed
  std::uint32_t new_nodes = 0, matched_nodes = 0;
  std::uint32_t new_edges = 0, supported_edges = 0;  // edges that were there and gained a statement
};

// Sees the store as it is plus its own changes. Nothing reaches the disk before commit();
// destroying it uncommitted leaves no trace. Not thread-safe.
class WriteTransaction {
 public:
  ~WriteTransaction();
  WriteTransaction(WriteTransaction&&) noexcept;
  WriteTransaction& operator=(WriteTransaction&&) noexcept;

  // Stores the document, resolves its names to nodes (same label and same folded name, else a
  // single node of that label with that alias, else a new node), and asserts every claim.
  // Refuses the whole extract, changing nothing, if a quote is not the text at its offsets, a
  // type does not allow its ends, a confidence is outside (0, 1], or the text is not UTF-8.
  Result<AssertOutcome> assert_extract(const Extract& extract);

  // One synced batch. On success the change survives kill -9 and power loss. On failure nothing
  // was kept, unless the message says "outcome unknown" (an I/O error while writing): then reopen
  // and look. An empty transaction makes no commit and returns the last one.
  Result<Commit> commit(std::string_view author, std::string_view note, Instant now);

 private:
  friend class Store;
  explicit WriteTransaction(std::unique_ptr<struct WriteState> state);
  std::unique_ptr<struct WriteState> state_;
};

}  // namespace entente
