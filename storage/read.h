// ReadTransaction: everything that can be looked up, as one commit left it.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/as_of.h"
#include "schema/codec.h"
#include "schema/fact.h"
#include "schema/ontology.h"
#include "schema/result.h"

namespace entente {

// One hit of a look-up by name.
struct NameMatch {
  NodeId node;
  LabelId label;
  std::string name;     // of the node
  std::string matched;  // the name or alias that was hit, folded
  bool is_alias = false;
};

// One hit of a look-up that forgives.
struct SimilarName {
  NodeId node;
  LabelId label;
  std::string name;     // of the node
  std::string matched;  // the name or alias that was most like what was asked, as it is written
  bool is_alias = false;
  double likeness = 0;  // schema/likeness.h; 1 if they are equal after folding
};

// A text in which every part of what was asked occurs.
struct TextMatch {
  DocumentId document;
  double score = 0;  // of ranking; says nothing by itself
  struct Place {
    std::uint64_t start = 0, end = 0;  // characters of the text
  };
  std::vector<Place> places;  // in order, at most kMostPlaces
};
inline constexpr std::size_t kMostPlaces = 100;

// One entry of a node's adjacency: what is needed to step over an edge without reading it.
struct Neighbour {
  EdgeId edge;
  EdgeTypeId type;
  NodeId other;
  bool outgoing = true;
  Interval valid;
  Mode mode = Mode::Actual;
  bool negated = false;
};

// Which entries of a node's adjacency are wanted. An unset part takes all.
struct NeighbourFilter {
  std::optional<bool> outgoing;
  std::optional<EdgeTypeId> type;  // needs `outgoing`
  std::optional<DayRange> valid;   // those that certainly or possibly held in this window
};

// How much there is. Every commit keeps the count; `check` recounts.
struct Totals {
  std::uint64_t nodes = 0, edges = 0, statements = 0, documents = 0;  // that live
  std::uint64_t commits = 0;
  std::uint64_t versions = 0;  // of nodes and edges that have ended
};

// Reads what was committed when it began; later commits do not show. Every read takes the
// recorded time from `AsOf`: kLatest is that commit. Safe for many threads at once. Cheap to move.
// Errors are Corruption (with what could not be read) or Unavailable; absence is an empty optional.
class ReadTransaction {
 public:
  ~ReadTransaction();
  ReadTransaction(ReadTransaction&&) noexcept;
  ReadTransaction& operator=(ReadTransaction&&) noexcept;

  const Ontology& ontology() const;
  CommitId last_commit() const;  // 0 in an empty database

  // Nothing if there is none of that number.
  Result<std::optional<Commit>> commit(CommitId id) const;

  // The last commit at or before that moment (0 if none): `--known-by 2024-03-01` as a number.
  Result<CommitId> commit_at(Instant moment) const;

  // The commit that was made with that idempotency key.
  Result<std::optional<CommitId>> commit_with_key(std::string_view key) const;

  // ---- by id, as believed after commit `at`
  // A node that was merged by then leads to the survivor: ask the `id` of what comes back.
  Result<std::optional<Node>> node(NodeId id, CommitId at = kLatest) const;
  // All ids that were one entity by then, the survivor first: those that were merged into it, and
  // into them. Empty if there was no such node.
  Result<std::vector<NodeId>> one_entity(NodeId id, CommitId at = kLatest) const;
  Result<std::optional<Edge>> edge(EdgeId id, CommitId at = kLatest) const;
  // Without text; also one that was retracted, for the past still cites it.
  Result<std::optional<Document>> document(DocumentId id, CommitId at = kLatest) const;
  Result<std::string> text(DocumentId id) const;  // checked against its digest
  Result<std::optional<DocumentId>> document_of(std::string_view digest) const;

  // ---- by name: exact after folding, or by the beginning. Names first, then aliases; then by id.
  Result<std::vector<NameMatch>> find_name(std::string_view name) const;
  Result<std::vector<NameMatch>> find_prefix(std::string_view prefix, std::size_t limit) const;

  // ---- by likeness, as believed after commit `at`
  // Nodes whose name or alias is like that one, the likest first, then by id; none below
  // kLeastLikeness. All that share three letters in a row with it are looked at, but of more than 400 only
  // those that share most: so nothing that is 0.8 alike or better is missed among fewer (if its words
  // have three letters or more; words of four with two exchanged may share nothing). Cost: a posting for each node that shares three letters, and 400 nodes read.
  Result<std::vector<SimilarName>> find_similar(std::string_view name, std::size_t limit,
                                                CommitId at = kLatest) const;

  // Texts that have all of these words, whatever case and accents; `fent*` is the beginning of a word,
  // `"ministry of public security"` words that follow one another. Best first: the sum over the parts
  // of idf * n / (n + 1.2), where n is how often the text has it and idf = ln(1 + (N - d + 0.5) /
  // (d + 0.5)), d of N texts having it (of a phrase: as its rarest word); then by id. Not those that were retracted by then.
  // InvalidArgument if there is no word in it.
  Result<std::vector<TextMatch>> search_text(std::string_view query, std::size_t limit,
                                             CommitId at = kLatest) const;

  // ---- everything, by id; stops when the visitor returns false
  using NodeVisitor = std::function<bool(const Node&)>;
  using EdgeVisitor = std::function<bool(const Edge&)>;
  using DocumentVisitor = std::function<bool(const Document&)>;
  using CommitVisitor = std::function<bool(const LogEntry&)>;
  Status scan_nodes(CommitId at, const NodeVisitor& visit) const;
  Status scan_edges(CommitId at, const EdgeVisitor& visit) const;
  // Those whose ids are in [first, end), so that several threads may share the work; all ids that were
  // ever given are below edge_limit().
  Status scan_edges(CommitId at, EdgeId first, EdgeId end, const EdgeVisitor& visit) const;
  Result<EdgeId> edge_limit() const;
  Status scan_documents(const DocumentVisitor& visit) const { return scan_documents(kLatest, visit); }
  Status scan_documents(CommitId at, const DocumentVisitor& visit) const;  // not retracted by then
  // The commits up to `newest`, the last first. Costs what it visits.
  Status scan_log(const CommitVisitor& visit, CommitId newest = kLatest) const;

  // ---- from a node: what the latest commit has, by direction, type, earliest start, edge
  Result<std::vector<Neighbour>> neighbours(NodeId node) const;
  using NeighbourVisitor = std::function<bool(const Neighbour&)>;
  Status scan_neighbours(NodeId node, const NeighbourFilter& filter, const NeighbourVisitor& visit) const;

  // ---- from a document: the edges that it supports now, by edge
  Result<std::vector<EdgeId>> edges_citing(DocumentId document) const;

  // The versions of an edge, newest first, each with the commit that ended it (kLatest: lives).
  struct Version {
    Edge edge;
    CommitId until;
  };
  Result<std::vector<Version>> history(EdgeId id) const;

  Result<Totals> totals() const;

 private:
  friend class Store;
  friend class WriteTransaction;
  friend class StoreCheck;
  explicit ReadTransaction(std::unique_ptr<struct ReadState> state);
  std::unique_ptr<struct ReadState> state_;
};

}  // namespace entente
