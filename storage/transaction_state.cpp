#include "storage/transaction_state.h"

#include <algorithm>

#include "storage/index.h"
#include "storage/key.h"
#include "storage/purge.h"

namespace entente {
namespace {

template <typename Fact, typename FactId>
Result<Change<Fact>*> touch(WriteState& state, std::map<FactId, Change<Fact>>& changes,
                            ColumnFamily family, const std::string& key, FactId id,
                            Result<Fact> (*decode)(std::string_view)) {
  if (const auto found = changes.find(id); found != changes.end()) return &found->second;
  const auto bytes = state.rows.get(family, key);
  if (!bytes) return bytes.error();
  if (!*bytes) return static_cast<Change<Fact>*>(nullptr);
  auto fact = decode(**bytes);
  if (!fact) return fact.error();
  return &changes.emplace(id, Change<Fact>{*fact, *fact}).first->second;
}

Error no_such(const char* kind, std::uint64_t id) {
  return {Code::NotFound, std::string("there is no ") + kind + " " + std::to_string(id)};
}

bool touches(const Edge& edge, NodeId node) { return edge.head == node || edge.tail == node; }
bool told_by(const Edge& edge, NodeId node) {
  return std::any_of(edge.statements.begin(), edge.statements.end(),
                     [&](const Statement& statement) { return statement.speaker == node; });
}

// Edges of an index of the store and of the transaction for which `holds` is true of what they
// are now.
template <typename Holds, typename EdgeOfKey>
Result<std::vector<EdgeId>> edges_where(WriteState& state, ColumnFamily family, NodeId node,
                                        EdgeOfKey edge_of_key, Holds holds) {
  std::set<EdgeId> found;
  std::optional<Error> fault;
  auto scanned = state.rows.scan(family, key::of(node), [&](std::string_view key, std::string_view) {
    const auto edge = edge_of_key(key);
    if (!edge) {
      fault = Error{Code::Corruption, "the index of node " + std::to_string(node.value) + " is damaged"};
      return false;
    }
    if (!state.edges.contains(*edge)) found.insert(*edge);
    return true;
  });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  for (const auto& [id, change] : state.edges)
    if (change.after && holds(*change.after, node)) found.insert(id);
  return std::vector<EdgeId>(found.begin(), found.end());
}

std::optional<EdgeId> edge_of_adjacency(std::string_view key) {
  const auto parts = key::adjacency(key);
  if (!parts) return std::nullopt;
  return parts->edge;
}
std::optional<EdgeId> edge_of_speaker(std::string_view key) {
  const auto parts = key::speaker(key);
  if (!parts) return std::nullopt;
  return parts->edge;
}
}  // namespace

WriteState::WriteState(StoreState& open_store) : store(open_store), rows(open_store) {}

Status WriteState::open() {
  const auto last = rows.head();
  if (!last) return last.error();
  head = *last;
  store.queue.raise_to(head);
  store.queue.open.insert(head.commit);
  finished = false;
  return kOk;
}

void WriteState::finish() {
  if (finished) return;
  finished = true;
  CommitQueue& queue = store.queue;
  const std::lock_guard lock(queue.mutex);
  queue.open.erase(queue.open.find(head.commit));
  // Whoever begins later began after every stamp there is.
  if (queue.open.empty()) {
    queue.stamps.clear();
  } else if (queue.stamps.size() > 100'000) {
    std::erase_if(queue.stamps, [&](const auto& stamp) { return stamp.second <= *queue.open.begin(); });
  }
}

WriteState::~WriteState() { finish(); }

Result<Change<Node>*> touch_node(WriteState& state, NodeId id) {
  return touch<Node>(state, state.nodes, ColumnFamily::Nodes, key::of(id), id, &decode_node);
}
Result<Change<Edge>*> touch_edge(WriteState& state, EdgeId id) {
  return touch<Edge>(state, state.edges, ColumnFamily::Edges, key::of(id), id, &decode_edge);
}
Result<Change<DocumentHeader>*> touch_document(WriteState& state, DocumentId id) {
  return touch<DocumentHeader>(state, state.documents, ColumnFamily::Documents,
                               key::document(id, key::kHeaderChunk), id, &decode_document);
}

Result<Change<Node>*> living_node(WriteState& state, NodeId id) {
  for (NodeId at = id;;) {
    const auto change = touch_node(state, at);
    if (!change) return change.error();
    if (!*change || !(*change)->after) return no_such("node", id.value);
    if (!(*change)->after->merged_into) return *change;
    at = (*change)->after->merged_into;
  }
}

Result<Change<Edge>*> living_edge(WriteState& state, EdgeId id) {
  const auto change = touch_edge(state, id);
  if (!change) return change.error();
  if (!*change || !(*change)->after) return no_such("edge", id.value);
  return *change;
}

Result<Change<DocumentHeader>*> living_document(WriteState& state, DocumentId id) {
  const auto change = touch_document(state, id);
  if (!change) return change.error();
  if (!*change || !(*change)->after || (*change)->after->document.retracted)
    return no_such("document", id.value);
  return *change;
}

NodeId add_node(WriteState& state, Node node) {
  node.id = NodeId{state.store.queue.next_node++};
  remember_names(state, node);
  const NodeId id = node.id;
  state.nodes.emplace(id, Change<Node>{std::nullopt, std::move(node)});
  return id;
}

EdgeId add_edge(WriteState& state, Edge edge) {
  edge.id = EdgeId{state.store.queue.next_edge++};
  remember_ends(state, edge);
  const EdgeId id = edge.id;
  state.edges.emplace(id, Change<Edge>{std::nullopt, std::move(edge)});
  return id;
}

StatementId new_statement_id(WriteState& state) { return StatementId{state.store.queue.next_statement++}; }
DocumentId new_document_id(WriteState& state) { return DocumentId{state.store.queue.next_document++}; }

void remember_names(WriteState& state, const Node& node) {
  for (const IndexEntry& entry : entries_of(node))
    state.names.emplace(std::string(key::name(entry.key)->folded), node.id);
}

void remember_ends(WriteState& state, const Edge& edge) {
  state.joined[{edge.head, edge.type, edge.tail}].push_back(edge.id);
}

Result<std::vector<EdgeId>> edges_of(WriteState& state, NodeId node) {
  return edges_where(state, ColumnFamily::Adjacency, node, edge_of_adjacency, touches);
}

Result<std::vector<EdgeId>> edges_told_by(WriteState& state, NodeId speaker) {
  return edges_where(state, ColumnFamily::Speakers, speaker, edge_of_speaker, told_by);
}

Status end_unsupported(WriteState& state) {
  for (const NodeId id : std::exchange(state.loose, {})) {
    const auto change = touch_node(state, id);
    if (!change) return change.error();
    if (!*change || !(*change)->after || (*change)->after->merged_into) continue;
    const auto edges = edges_of(state, id);
    if (!edges) return edges.error();
    if (!edges->empty()) continue;
    const auto told = edges_told_by(state, id);
    if (!told) return told.error();
    if (told->empty()) (*change)->after.reset();
  }
  return kOk;
}

std::string called(const Node& node) {
  return "node " + std::to_string(node.id.value) + " (" + node.name + ")";
}

}  // namespace entente
