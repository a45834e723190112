// Inside storage: keeping the index `search`, and reading its postings. Rows: storage/postings.h.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/result.h"
#include "schema/words.h"
#include "storage/index.h"
#include "storage/postings.h"
#include "storage/rows.h"

namespace entente {

class RowBatch;
struct Purge;

// The rows that a text wants: its words, and the bands of its sketch. The second takes what the text
// was taken apart into, for whoever needs that too.
std::vector<IndexEntry> search_entries(DocumentId document, std::string_view text);
std::vector<IndexEntry> search_entries(DocumentId document, const std::vector<TextWord>& words,
                                       const std::vector<std::uint64_t>& shingles);

// The rows that a new version of a node adds to those of the version before; null: there was none.
std::vector<IndexEntry> search_entries(const Node* before, const Node& after);

// The text that this one is a copy of: of those that are not retracted the one that shares most with
// it, the oldest if several do; nothing below kCopy (schema/shingles.h).
struct Copied {
  DocumentId document;
  double shared = 0;
};
Result<std::optional<Copied>> find_copied(const Rows& rows, const std::vector<std::uint64_t>& shingles);

// The nodes with that trigram, ascending, each once. O(nodes).
Result<std::vector<NodeId>> posted(const Rows& rows, Trigram trigram);

// Every row as `check` compares it: a posting of a node once, as if it had a row of its own, wherever
// it stands. Corruption if a row cannot be read.
Status scan_search(const Rows& rows, const Rows::Visitor& visit);

// Visits what the versions of every node want, ended ones too: (node, trigrams), by node.
using WantedPostings = std::function<void(const Node& any_version, const std::vector<Trigram>& trigrams)>;
Status scan_wanted_postings(const Rows& rows, const WantedPostings& visit);

// Makes the index of a store that has none, from the facts, and flushes; tells how many rows it has.
// Nobody may write meanwhile. Memory: 2 bytes for each posting of a name, and the ended versions of nodes.
// Of `without_text` the text is lost.
Result<std::uint64_t> make_search(const StoreState& store, const std::set<DocumentId>& without_text = {});

// Takes what is purged out of the index. `rows` is what was there before the purging commit.
Status erase_search(RowBatch& batch, const Rows& rows, const Purge& purge);

// Gathers the postings of very many nodes, which come ascending, and writes them in blocks.
// Memory: a byte or two for each posting. One thread at a time.
class PostingBlocks {
 public:
  void add(NodeId node, const std::vector<Trigram>& trigrams);
  // Blocks in the order of their keys.
  using Sink = std::function<Status(const std::string& key, const std::string& value)>;
  Status write(const Sink& sink) const;

 private:
  static constexpr std::size_t kBlockNodes = 2048;
  struct Block {
    NodeId first, last;
    std::size_t nodes = 0;
    std::string bytes;
  };
  std::unordered_map<Trigram, std::vector<Block>> blocks_;
};

}  // namespace entente
