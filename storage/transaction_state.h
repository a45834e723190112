// Inside storage: what the transactions hold, and facts as a write transaction sees them.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "schema/codec.h"
#include "storage/index.h"
#include "storage/rows.h"

namespace entente {

struct ReadState {
  explicit ReadState(const StoreState& store) : rows(store) {}
  Rows rows;
};

// A fact before and after the transaction; none where it does not live.
template <typename Fact>
struct Change {
  std::optional<Fact> before, after;
  bool altered() const { return before != after; }
};

using Triple = std::tuple<NodeId, EdgeTypeId, NodeId>;

struct Purge;

// What a new text needs beside its header, made by the thread that adds it: the one that commits
// for all only copies it.
struct PreparedText {
  std::vector<std::uint64_t> shingles;
  std::vector<IndexEntry> rows;  // the text, compressed, and its part of the index of searches
};

struct WriteState {
  // The queue's mutex must be held: nothing may be committed between the snapshot and open().
  explicit WriteState(StoreState& open_store);
  Status open();
  void finish();  // the transaction is over; harmless if it is already
  ~WriteState();

  StoreState& store;
  Rows rows;  // what was committed when the transaction began
  Head head;  // likewise
  std::map<NodeId, Change<Node>> nodes;
  std::map<EdgeId, Change<Edge>> edges;
  std::map<DocumentId, Change<DocumentHeader>> documents;  // new ones with their text
  std::map<DocumentId, PreparedText> texts;                // of the new ones
  std::map<std::string, DocumentId> digests;               // of documents that are new or live again
  std::multimap<std::string, NodeId> names;                // folded, that nodes gained
  std::map<Triple, std::vector<EdgeId>> joined;            // edges that are new between those nodes
  std::set<NodeId> loose;    // nodes that lost an edge: they end if nothing else speaks of them
  std::vector<Act> acts;
  bool exclusive = false;    // a verb that is a commit of its own was used
  bool finished = true;      // not yet open, or over
  std::unique_ptr<Purge> purge;
};

// The entry of a fact in the transaction, read from the store the first time; null if it does not
// live and was not touched. The pointer stays good as long as the transaction.
Result<Change<Node>*> touch_node(WriteState& state, NodeId id);
Result<Change<Edge>*> touch_edge(WriteState& state, EdgeId id);
Result<Change<DocumentHeader>*> touch_document(WriteState& state, DocumentId id);

// The same, or NotFound with its kind and number. A merged node leads to the survivor.
Result<Change<Node>*> living_node(WriteState& state, NodeId id);
Result<Change<Edge>*> living_edge(WriteState& state, EdgeId id);
Result<Change<DocumentHeader>*> living_document(WriteState& state, DocumentId id);

// A new fact, with an id of its own.
NodeId add_node(WriteState& state, Node node);
EdgeId add_edge(WriteState& state, Edge edge);  // assembled, with statements that have ids
StatementId new_statement_id(WriteState& state);
DocumentId new_document_id(WriteState& state);

// To be called when a node gained names, or an edge changed its ends.
void remember_names(WriteState& state, const Node& node);
void remember_ends(WriteState& state, const Edge& edge);

// Every edge that touches the node, as the transaction has it: from either end.
Result<std::vector<EdgeId>> edges_of(WriteState& state, NodeId node);
// Every edge that has a claim by that speaker.
Result<std::vector<EdgeId>> edges_told_by(WriteState& state, NodeId speaker);

// Ends the loose nodes that no edge and no claim speaks of any more.
Status end_unsupported(WriteState& state);

// `node 7 (China)`, for messages.
std::string called(const Node& node);

}  // namespace entente
