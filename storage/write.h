// WriteTransaction: one change of the graph, all of it or nothing.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// What a transaction has done so far, as a person counts: without mentions and the nodes that stand for
// documents. A merged node has ended, one that was merged and stands for itself again is new.
struct Effect {
  std::uint32_t new_nodes = 0, changed_nodes = 0, ended_nodes = 0;
  std::uint32_t new_edges = 0, changed_edges = 0, ended_edges = 0;
  friend bool operator==(const Effect&, const Effect&) = default;
};

// New values for an edge; what is not set stays.
struct EdgeValues {
  std::optional<NodeId> head, tail;
  std::optional<EdgeTypeId> type;
  std::optional<Interval> valid;
  std::optional<Mode> mode;
  std::optional<bool> negated;
  std::optional<double> confidence;
  Properties set;                 // these properties, in place of any of the same name
  std::vector<std::string> drop;  // and without these
};

// New values for a node; what is not set stays.
struct NodeValues {
  std::optional<std::string> name;  // the old one stays as an alias, unless `aliases` is set too
  std::optional<std::vector<std::string>> aliases;
  std::optional<LabelId> label;
  Properties set;
  std::vector<std::string> drop;
};

// The world moved on: the edge held until `at`, and `evidence` says so.
struct Turn {
  Bound at;                         // known: a day, or the month or year in which it happened
  Evidence evidence;                // the words of a document that tell it
  NodeId speaker;                   // who tells it; 0 is the document's own voice
  double confidence = 1;            // that they do
  std::string extractor = "hand";   // who read them so
  std::optional<EdgeValues> next;   // what holds from then on; nothing: it only ended
};

struct TurnOutcome {
  EdgeId ended;
  EdgeId begun;  // 0: nothing follows
};

// Sees the store as it was when it began, plus its own changes; others may write at the same time. Nothing reaches the disk before commit();
// destroying it uncommitted leaves no trace. Not thread-safe. After a call that failed with
// anything but InvalidArgument or NotFound the transaction must be thrown away.
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

  // ---- taking back. What loses its last statement ends: it moves to history, and questions about
  // the past still find it. So do nodes that nothing speaks of any more. What a claim added to an
  // edge or a node that lives on (a property, an alias) stays.
  Status retract_statement(EdgeId edge, StatementId statement);
  Status retract_edge(EdgeId edge);              // every statement of it
  Status retract_document(DocumentId document);  // all that it says; it may be imported again
  Status retract_commit(CommitId commit);        // documents and statements that it recorded

  // ---- we were wrong. The claim's values are replaced; the evidence stays; history keeps the old
  // belief. The edge keeps its id unless another edge says just that, or only one of several
  // statements is corrected. Gives the edge where the claim now stands. `statement` 0: all of them.
  Result<EdgeId> correct(EdgeId edge, StatementId statement, const EdgeValues& values);
  Status correct_node(NodeId node, const NodeValues& values);

  // ---- the world moved on. Ends the edge at a date and begins what follows, if anything.
  Result<TurnOutcome> change(EdgeId edge, const Turn& turn);

  // ---- one commit each, alone in their transaction
  // `gone` was `survivor` all along: its edges, claims and names go over; a look-up of its id leads
  // to the survivor. Statements that turn out to support one edge join.
  Status merge(NodeId survivor, NodeId gone);
  // Takes the merging of `gone` back. What was said of the survivor since then stays with it.
  Status unmerge(NodeId gone);
  // Takes back whatever that commit did, undoing included, and leaves what others did since.
  // Conflict, naming the thing, if others changed the same value since.
  Status undo(CommitId commit);

  // Erases for good: text, metadata and claims of the document, or node, edges and claims, from the
  // present, from history and from the log; of a document also the nodes that it alone spoke of.
  // The commit tells what, when and by whom; it cannot be undone. Names that other documents know
  // stay, and so do the words of documents that speak of a purged node: purge those too. Backups
  // and images made before keep their copies, and RocksDB's list of files may hold an erased name,
  // as the first or last key of a file, until the store is next opened. Takes the time of a full compaction.
  Status purge_document(DocumentId document);
  Status purge_node(NodeId node);

  Effect effect() const;  // until commit(); O(what was touched)

  // One synced batch, which commits that wait at the same time share. On success the change
  // survives kill -9 and power loss, and the transaction is over, as after a failure.
  // Failures begin with what became of it:
  //   conflict         somebody else changed the same thing first (Code::Conflict, naming it)
  //   not committed    nothing was kept
  //   outcome unknown  an I/O error while writing: the store stops writing; open it again and look
  // An empty transaction makes no commit and returns the last one. With an idempotency key that an
  // earlier commit had, that commit is returned and nothing changes: a retry never applies twice.
  Result<Commit> commit(std::string_view author, std::string_view note, Instant now,
                        std::string_view idempotency_key = {});

 private:
  friend class Store;
  explicit WriteTransaction(std::unique_ptr<struct WriteState> state);
  std::unique_ptr<struct WriteState> state_;
};

}  // namespace entente
