#include "storage/write.h"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <set>

#include "schema/codec.h"
#include "schema/digest.h"
#include "schema/name.h"
#include "schema/text.h"
#include "storage/assemble.h"
#include "storage/document_text.h"
#include "storage/index.h"
#include "storage/key.h"
#include "storage/options.h"
#include "storage/transaction_state.h"

namespace entente {
namespace {

constexpr std::size_t kLongestName = 1024;  // bytes; longer ones are no names

// ---- checking what a reader hands in, before anything is touched

Error refused(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

Status check_node(const NamedNode& node, const Ontology& ontology) {
  if (!ontology.has(node.label)) return refused("'" + node.name + "' has a label that the ontology lacks");
  for (const LabelId label : node.more_labels)
    if (!ontology.has(label)) return refused("'" + node.name + "' has a label that the ontology lacks");
  if (node.name.size() > kLongestName) return refused("a name of more than 1,024 bytes");
  if (find_utf8_fault(node.name)) return refused("a name that is not UTF-8");
  if (fold_name(node.name).empty()) return refused("'" + node.name + "' is no name: it has no letters");
  for (const std::string& alias : node.aliases)
    if (alias.size() > kLongestName || find_utf8_fault(alias))
      return refused("an alias of '" + node.name + "' is too long or not UTF-8");
  return kOk;
}

Status check_claim(const Claim& claim, const Extract& extract, const CharacterMap& map,
                   const Ontology& ontology) {
  if (claim.head >= extract.nodes.size() || claim.tail >= extract.nodes.size() ||
      (claim.speaker && *claim.speaker >= extract.nodes.size()))
    return refused("a claim speaks of a node that the extract lacks");
  if (!ontology.has(claim.type)) return refused("a claim has an edge type that the ontology lacks");
  const NamedNode& head = extract.nodes[claim.head];
  const NamedNode& tail = extract.nodes[claim.tail];
  const std::string which =
      head.name + " " + ontology.type(claim.type).name + " " + tail.name;
  if (auto allowed = ontology.check(claim.type, head.label, tail.label); !allowed)
    return allowed.error().within(which);
  if (!(claim.confidence > 0 && claim.confidence <= 1))
    return refused(which + ": a confidence lies in (0, 1], not " + std::to_string(claim.confidence));
  if (claim.start >= claim.end || claim.end > map.size())
    return refused(which + ": characters " + std::to_string(claim.start) + " to " +
                   std::to_string(claim.end) + " are not in the text");
  const std::uint64_t from = map.byte_of(claim.start), to = map.byte_of(claim.end);
  if (std::string_view(extract.document.text).substr(from, to - from) != claim.quote)
    return refused(which + ": the quote is not what the text has at characters " +
                   std::to_string(claim.start) + " to " + std::to_string(claim.end));
  return kOk;
}

Status check_extract(const Extract& extract, const Ontology& ontology) {
  const Document& document = extract.document;
  if (document.text.empty()) return refused("the document has no text");
  if (const auto fault = find_utf8_fault(document.text))
    return refused("the text is not UTF-8 at byte " + std::to_string(*fault));
  if (!ontology.find_label("Document")) return refused("the ontology has no label Document");
  for (const NamedNode& node : extract.nodes)
    if (auto checked = check_node(node, ontology); !checked) return checked;
  const CharacterMap map(document.text);
  for (const Claim& claim : extract.claims)
    if (auto checked = check_claim(claim, extract, map, ontology); !checked) return checked;
  return kOk;
}

// ---- facts as the transaction sees them

// The entry of a fact in the transaction, read from the store the first time; null if there is none.
template <typename Fact, typename FactId>
Result<Change<Fact>*> touch(WriteState& state, std::map<FactId, Change<Fact>>& changes,
                            ColumnFamily family, FactId id,
                            Result<Fact> (*decode)(std::string_view)) {
  if (const auto found = changes.find(id); found != changes.end()) return &found->second;
  const auto bytes = state.rows.get(family, key::of(id));
  if (!bytes) return bytes.error();
  if (!*bytes) return static_cast<Change<Fact>*>(nullptr);
  auto fact = decode(**bytes);
  if (!fact) return fact.error();
  return &changes.emplace(id, Change<Fact>{*fact, *fact, false}).first->second;
}

Result<Change<Node>*> touch_node(WriteState& state, NodeId id) {
  return touch<Node>(state, state.nodes, ColumnFamily::Nodes, id, &decode_node);
}
Result<Change<Edge>*> touch_edge(WriteState& state, EdgeId id) {
  return touch<Edge>(state, state.edges, ColumnFamily::Edges, id, &decode_edge);
}

void remember_names(WriteState& state, const Node& node) {
  for (const IndexEntry& entry : entries_of(node))
    state.names.emplace(std::string(key::name(entry.key)->folded), node.id);
}

// ---- names to nodes

struct Candidate {
  NodeId node;
  bool is_alias = false;
};

// The nodes of that label that have the folded name or alias, in the store or the transaction.
Result<std::vector<Candidate>> candidates(WriteState& state, const std::string& folded, LabelId label) {
  std::map<NodeId, bool> found;
  std::optional<Error> fault;
  auto scanned = state.rows.scan(
      ColumnFamily::Names, folded + '\0', [&](std::string_view key, std::string_view value) {
        const auto parts = key::name(key);
        const auto kind = decode_name_value(value);
        if (!parts || !kind) {
          fault = Error{Code::Corruption, "the index of names is damaged"};
          return false;
        }
        if (kind->label == label) found.emplace(parts->node, kind->is_alias);
        return true;
      });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  const auto [first, last] = state.names.equal_range(folded);
  for (auto name = first; name != last; ++name) {
    const Node& node = state.nodes.at(name->second).after;
    if (node.label == label) found.emplace(node.id, fold_name(node.name) != folded);
  }
  std::vector<Candidate> all;
  for (const auto& [node, is_alias] : found) all.push_back({node, is_alias});
  return all;
}

// The one node that a name means: by its name, else by an alias that only one node has.
Result<std::optional<NodeId>> find_node(WriteState& state, const NamedNode& wanted) {
  const auto found = candidates(state, fold_name(wanted.name), wanted.label);
  if (!found) return found.error();
  for (const Candidate& candidate : *found)
    if (!candidate.is_alias) return std::optional(candidate.node);
  if (found->size() == 1) return std::optional(found->front().node);
  return std::optional<NodeId>();
}

void add_missing(Node& node, const NamedNode& from) {
  std::set<std::string> known = {fold_name(node.name)};
  for (const std::string& alias : node.aliases) known.insert(fold_name(alias));
  const auto add = [&](const std::string& alias) {
    const std::string folded = fold_name(alias);
    if (!folded.empty() && known.insert(folded).second) node.aliases.push_back(alias);
  };
  add(from.name);
  for (const std::string& alias : from.aliases) add(alias);
  std::set<LabelId> labels(node.more_labels.begin(), node.more_labels.end());
  labels.insert(from.more_labels.begin(), from.more_labels.end());
  labels.erase(node.label);
  node.more_labels.assign(labels.begin(), labels.end());
  for (const auto& [name, value] : from.properties) node.properties.emplace(name, value);
}

NodeId add_node(WriteState& state, Node node) {
  node.id = NodeId{state.head.next_node++};
  remember_names(state, node);
  const NodeId id = node.id;
  state.nodes.emplace(id, Change<Node>{std::nullopt, std::move(node), true});
  return id;
}

Result<NodeId> resolve(WriteState& state, const NamedNode& named, AssertOutcome& outcome) {
  const auto known = find_node(state, named);
  if (!known) return known.error();
  if (!*known) {
    Node node;
    node.label = named.label;
    node.name = named.name;
    add_missing(node, named);
    ++outcome.new_nodes;
    return add_node(state, std::move(node));
  }
  const auto change = touch_node(state, **known);
  if (!change) return change.error();
  if (!*change) return Error{Code::Corruption, "the index of names leads to no node"};
  Node& node = (*change)->after;
  const Node before = node;
  add_missing(node, named);
  if (node != before) {
    (*change)->altered = true;
    remember_names(state, node);
  }
  ++outcome.matched_nodes;
  return node.id;
}

// ---- claims to edges

// Properties that both have must agree: goods sold and goods given are two edges.
bool agree(const Properties& a, const Properties& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& property) {
    const auto other = b.find(property.first);
    return other == b.end() || other->second == property.second;
  });
}

Status add_edges_between(WriteState& state, NodeId head, EdgeTypeId type, NodeId tail,
                         std::vector<EdgeId>& edges) {
  const auto added = state.new_edges.find({head, type, tail});
  if (added != state.new_edges.end())
    edges.insert(edges.end(), added->second.begin(), added->second.end());
  std::optional<Error> fault;
  auto scanned = state.rows.scan(
      ColumnFamily::Adjacency, key::adjacency_prefix(head, key::Direction::Out, type),
      [&](std::string_view key, std::string_view value) {
        const auto parts = key::adjacency(key);
        const auto other = decode_adjacency_value(value);
        if (!parts || !other) {
          fault = Error{Code::Corruption, "the adjacency of node " + std::to_string(head.value) + " is damaged"};
          return false;
        }
        if (other->other == tail) edges.push_back(parts->edge);
        return true;
      });
  if (!scanned) return scanned;
  if (fault) return *fault;
  return kOk;
}

// The edge that a claim supports: one with the same bounds if there is one, else the first whose
// bounds are compatible. Null if it is a new one.
Result<Change<Edge>*> find_edge(WriteState& state, const Edge& claimed) {
  const EdgeType& type = state.store.ontology.type(claimed.type);
  std::vector<EdgeId> ids;
  if (auto added = add_edges_between(state, claimed.head, claimed.type, claimed.tail, ids); !added)
    return added.error();
  if (type.symmetric && claimed.head != claimed.tail)
    if (auto added = add_edges_between(state, claimed.tail, claimed.type, claimed.head, ids); !added)
      return added.error();
  std::sort(ids.begin(), ids.end());

  Change<Edge>* first = nullptr;
  for (const EdgeId id : ids) {
    const auto change = touch_edge(state, id);
    if (!change) return change.error();
    if (!*change) return Error{Code::Corruption, "the adjacency leads to no edge"};
    const Edge& edge = (*change)->after;
    if (edge.mode != claimed.mode || edge.negated != claimed.negated ||
        !agree(edge.properties, claimed.properties) ||
        !compatible(type, edge.valid, claimed.valid))
      continue;
    if (edge.valid == claimed.valid) return *change;
    if (!first) first = *change;
  }
  return first;
}

bool says_the_same(const Statement& a, const Statement& b) {
  return a.evidence == b.evidence && a.speaker == b.speaker && a.valid == b.valid;
}

// `claimed` has one statement, whose id is still 0.
Status assert_edge(WriteState& state, Edge claimed, AssertOutcome& outcome) {
  const auto known = find_edge(state, claimed);
  if (!known) return known.error();
  Statement& statement = claimed.statements.front();
  if (*known) {
    Edge& edge = (*known)->after;
    for (const Statement& other : edge.statements)
      if (says_the_same(other, statement)) return kOk;
    statement.id = StatementId{state.head.next_statement++};
    edge.statements.push_back(std::move(statement));
    edge.properties.insert(claimed.properties.begin(), claimed.properties.end());
    assemble(edge);
    (*known)->altered = true;
    ++outcome.supported_edges;
  } else {
    claimed.id = EdgeId{state.head.next_edge++};
    statement.id = StatementId{state.head.next_statement++};
    assemble(claimed);
    state.new_edges[{claimed.head, claimed.type, claimed.tail}].push_back(claimed.id);
    const EdgeId id = claimed.id;
    state.edges.emplace(id, Change<Edge>{std::nullopt, std::move(claimed), true});
    ++outcome.new_edges;
  }
  ++state.new_statements;
  return kOk;
}

Edge edge_of(const Claim& claim, const std::vector<NodeId>& nodes, DocumentId document) {
  Edge edge;
  edge.head = nodes[claim.head];
  edge.type = claim.type;
  edge.tail = nodes[claim.tail];
  edge.valid = claim.valid;
  edge.mode = claim.mode;
  edge.negated = claim.negated;
  edge.properties = claim.properties;
  edge.statements.push_back({.id = {},
                             .evidence = {document, claim.start, claim.end},
                             .speaker = claim.speaker ? nodes[*claim.speaker] : NodeId{},
                             .valid = claim.valid,
                             .time_phrase = claim.time_phrase,
                             .confidence = claim.confidence,
                             .extractor = claim.extractor,
                             .since = {},
                             .ends = false});
  return edge;
}

// That the document names a node, citing the sentence if the reader told which.
Edge mention_of(NodeId document_node, EdgeTypeId type, NodeId node, const NamedNode& named,
                const Extract& extract, DocumentId document, std::uint64_t characters) {
  const bool told = named.start < named.end && named.end <= characters;
  Edge edge;
  edge.head = document_node;
  edge.type = type;
  edge.tail = node;
  edge.valid = *Interval::make(Bound::unknown(), Bound::open());
  edge.statements.push_back({.id = {},
                             .evidence = {document, told ? named.start : 0, told ? named.end : characters},
                             .speaker = {},
                             .valid = edge.valid,
                             .time_phrase = {},
                             .confidence = 1,
                             .extractor = extract.claims.empty() ? "mentions" : extract.claims.front().extractor,
                             .since = {},
                             .ends = false});
  return edge;
}

Document& add_document(WriteState& state, const Document& given, std::string digest) {
  Document document = given;
  document.id = DocumentId{state.head.next_document++};
  document.digest = std::move(digest);
  Node node;
  node.label = *state.store.ontology.find_label("Document");
  node.name = fold_name(document.title).empty() ? document.name : document.title;
  if (fold_name(node.name).empty()) node.name = "document " + std::to_string(document.id.value);
  if (node.name.size() > kLongestName) node.name.resize(kLongestName);
  if (!fold_name(document.name).empty() && document.name != node.name)
    node.aliases.push_back(document.name);
  node.properties["document"] = std::int64_t(document.id.value);
  if (!document.publisher.empty()) node.properties["publisher"] = document.publisher;
  if (document.published.is_known()) node.properties["published"] = document.published;
  if (!document.url.empty()) node.properties["url"] = document.url;
  document.node = add_node(state, std::move(node));
  state.digests.emplace(document.digest, document.id);
  return state.documents.emplace_back(std::move(document));
}

Result<std::optional<DocumentId>> document_with(const WriteState& state, const std::string& digest) {
  if (const auto found = state.digests.find(digest); found != state.digests.end())
    return std::optional(found->second);
  const auto bytes = state.rows.get(ColumnFamily::Digests, digest);
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<DocumentId>();
  key::Parts parts(**bytes);
  const DocumentId id{parts.u64()};
  if (!parts.done()) return Error{Code::Corruption, "the index of digests is damaged"};
  return std::optional(id);
}

// ---- the batch

class Batch {
 public:
  explicit Batch(const StoreState& store) : store_(store), batch_(0, 0, kProtection, 0) {}

  void put(ColumnFamily family, std::string_view key, std::string_view value) {
    batch_.Put(store_.handle(family), {key.data(), key.size()}, {value.data(), value.size()});
  }
  void erase(ColumnFamily family, std::string_view key) {
    batch_.Delete(store_.handle(family), {key.data(), key.size()});
  }
  // Only what differs between the two versions is written.
  void exchange(const std::vector<IndexEntry>& before, const std::vector<IndexEntry>& after) {
    std::map<std::pair<ColumnFamily, std::string>, std::string> old;
    for (const IndexEntry& entry : before) old.emplace(std::pair(entry.family, entry.key), entry.value);
    for (const IndexEntry& entry : after) {
      const auto same = old.find({entry.family, entry.key});
      if (same == old.end() || same->second != entry.value) put(entry.family, entry.key, entry.value);
      if (same != old.end()) old.erase(same);
    }
    for (const auto& [place, value] : old) erase(place.first, place.second);
  }
  rocksdb::WriteBatch& get() { return batch_; }

 private:
  static constexpr std::size_t kProtection = 8;  // checksum bytes a key, against memory faults
  const StoreState& store_;
  rocksdb::WriteBatch batch_;
};

template <typename Fact>
void put_change(Batch& batch, const Change<Fact>& change, ColumnFamily family, key::Kind kind,
                CommitId commit, Head& head) {
  const auto key = key::of(change.after.id);
  if (change.before) {
    batch.put(ColumnFamily::History, key::of(key::History{kind, change.after.id.value, commit}),
              encode(*change.before));
    ++head.versions;
  }
  batch.put(family, key, encode(change.after));
  batch.exchange(change.before ? entries_of(*change.before) : std::vector<IndexEntry>(),
                 entries_of(change.after));
}

void put_document(Batch& batch, const Document& document) {
  batch.put(ColumnFamily::Documents, key::document(document.id, key::kHeaderChunk),
            encode(document, document.text.size()));
  std::uint32_t chunk = key::kHeaderChunk;
  for (const std::string& bytes : compress_text(document.text))
    batch.put(ColumnFamily::Documents, key::document(document.id, ++chunk), bytes);
  std::string id;
  key::put_u64(id, document.id.value);
  batch.put(ColumnFamily::Digests, document.digest, id);
}

Result<Commit> last_commit(const WriteState& state) {
  Commit commit;
  commit.id = state.head.commit;
  commit.at = state.head.at;
  commit.hash = state.head.hash;
  return commit;
}
}  // namespace

WriteTransaction::WriteTransaction(std::unique_ptr<WriteState> state) : state_(std::move(state)) {}
WriteTransaction::~WriteTransaction() = default;
WriteTransaction::WriteTransaction(WriteTransaction&&) noexcept = default;
WriteTransaction& WriteTransaction::operator=(WriteTransaction&&) noexcept = default;

Result<AssertOutcome> WriteTransaction::assert_extract(const Extract& extract) {
  WriteState& state = *state_;
  const Ontology& ontology = state.store.ontology;
  if (auto checked = check_extract(extract, ontology); !checked) return checked.error();

  AssertOutcome outcome;
  std::string digest = sha256(extract.document.text);
  const auto same = document_with(state, digest);
  if (!same) return same.error();
  if (*same) {
    outcome.document = **same;
    outcome.already_there = true;
    return outcome;
  }

  const Document& document = add_document(state, extract.document, std::move(digest));
  const NodeId document_node = document.node;
  outcome.document = document.id;
  std::vector<NodeId> nodes;
  for (const NamedNode& named : extract.nodes) {
    const auto node = resolve(state, named, outcome);
    if (!node) return node.error();
    nodes.push_back(*node);
  }
  for (const Claim& claim : extract.claims)
    if (auto asserted = assert_edge(state, edge_of(claim, nodes, outcome.document), outcome); !asserted)
      return asserted.error();

  if (const auto mentions = ontology.find_type("MENTIONS")) {
    const std::uint64_t characters = count_characters(extract.document.text);
    AssertOutcome unreported;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      Edge mention = mention_of(document_node, *mentions, nodes[i], extract.nodes[i], extract,
                                outcome.document, characters);
      if (auto asserted = assert_edge(state, std::move(mention), unreported); !asserted)
        return asserted.error();
    }
  }
  return outcome;
}

Result<Commit> WriteTransaction::commit(std::string_view author, std::string_view note, Instant now) {
  WriteState& state = *state_;
  LogEntry entry;
  Head head = state.head;
  const bool empty = state.documents.empty() &&
                     std::none_of(state.nodes.begin(), state.nodes.end(), [](auto& c) { return c.second.altered; }) &&
                     std::none_of(state.edges.begin(), state.edges.end(), [](auto& c) { return c.second.altered; });
  if (empty) return last_commit(state);

  head.commit.value += 1;
  head.at = std::max(now, head.at);  // never backwards, even if the clock goes
  entry.commit.id = head.commit;
  entry.commit.at = head.at;
  entry.commit.author = author;
  entry.commit.note = note;
  entry.commit.previous = head.hash;
  entry.commit.statements = state.new_statements;

  Batch batch(state.store);
  for (auto& [id, change] : state.nodes) {
    if (!change.altered) continue;
    change.after.since = head.commit;
    put_change(batch, change, ColumnFamily::Nodes, key::Kind::Node, head.commit, head);
    if (!change.before) ++head.nodes;
    entry.nodes.push_back(change.after);
  }
  for (auto& [id, change] : state.edges) {
    if (!change.altered) continue;
    change.after.since = head.commit;
    for (Statement& statement : change.after.statements)
      if (!statement.since) statement.since = head.commit;
    put_change(batch, change, ColumnFamily::Edges, key::Kind::Edge, head.commit, head);
    if (!change.before) ++head.edges;
    entry.edges.push_back(change.after);
  }
  for (Document& document : state.documents) {
    document.since = head.commit;
    put_document(batch, document);
    ++head.documents;
    Document header = document;
    header.text.clear();
    entry.documents.push_back({std::move(header), document.text.size()});
  }
  head.statements += state.new_statements;

  const std::string record = encode(entry);
  head.hash = hash_of_record(record);
  batch.put(ColumnFamily::Log, key::of(head.commit), record);
  batch.put(ColumnFamily::Meta, meta::kHead, encode(head));

  const rocksdb::Status status = state.store.db->Write(synced_write_options(), &batch.get());
  if (!status.ok()) {
    {
      const std::lock_guard lock(state.store.mutex);
      state.store.failed = true;
    }
    // RocksDB may have the record on disk or not; only opening again tells.
    return Error{Code::Unavailable, "outcome unknown: commit " + std::to_string(head.commit.value) +
                                        " met an I/O error (" + status.ToString() +
                                        "); open the database again and look"};
  }
  state.store.acknowledge(head);
  entry.commit.hash = head.hash;
  entry.commit.nodes = std::uint32_t(entry.nodes.size());
  entry.commit.edges = std::uint32_t(entry.edges.size());
  entry.commit.documents = std::uint32_t(entry.documents.size());
  // What follows in this process starts from here; this transaction has nothing more to write.
  state.head = head;
  state.nodes.clear();
  state.edges.clear();
  state.documents.clear();
  return entry.commit;
}

}  // namespace entente
