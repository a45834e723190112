// Inside storage: the nodes that the names of a table are, those that were there and new ones.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/fact.h"
#include "schema/ontology.h"
#include "schema/result.h"
#include "storage/bulk_digest.h"
#include "storage/index.h"
#include "storage/name_table.h"
#include "storage/postings.h"
#include "storage/rows.h"
#include "storage/sorted_files.h"

namespace entente {

// Names become nodes as in WriteTransaction::assert_extract: by the name, else by an alias that only
// one node of the label has, else a new node. New nodes get ids one after the other from
// `before.next_node` on, and their records go to files at once. One thread at a time.
class BulkNames {
 public:
  // `rows` is what was there before the load, which stood at `before`; the load will be `commit`.
  BulkNames(const Rows& rows, const Head& before, CommitId commit, const std::filesystem::path& folder);

  // InvalidArgument if nothing can be called so.
  Result<NodeId> resolve(std::string_view name, LabelId label);

  // A node that no row names: the one of the table itself. Gets the next id.
  Result<NodeId> add_own(Node node);

  NodeId first_node() const { return NodeId{before_.next_node}; }
  std::uint64_t new_nodes() const { return next_node_ - before_.next_node; }
  std::uint64_t matched_nodes() const { return matched_nodes_; }

  // When all are there; once. The records of the new nodes, and the index of names.
  Result<std::vector<SortedFile>> finish_nodes() { return nodes_.finish(); }
  std::vector<std::string> finish_digests() { return digests_.finish(); }
  Result<std::vector<SortedFile>> write_index() const;
  Result<std::vector<SortedFile>> write_search() const;

 private:
  Result<std::optional<NodeId>> find_stored(const std::string& folded, LabelId label) const;
  Status add_node(Node node);

  const Rows& rows_;
  const Ontology& ontology_;
  const Head before_;
  const CommitId commit_;
  const std::filesystem::path folder_;
  NameTable raw_, folded_;         // names as written, and as looked up
  std::vector<IndexEntry> own_;    // of nodes that no row names
  std::vector<std::pair<NodeId, std::vector<Trigram>>> own_trigrams_;
  SortedFiles nodes_;
  DigestBlocks digests_;
  std::uint64_t next_node_;
  std::uint64_t matched_nodes_ = 0;
};

}  // namespace entente
