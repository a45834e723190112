#include "storage/write.h"

#include <rocksdb/db.h>

#include <algorithm>

#include "schema/digest.h"
#include "schema/text.h"
#include "storage/batch.h"
#include "storage/check_extract.h"
#include "storage/documents.h"
#include "storage/options.h"
#include "storage/resolve.h"
#include "storage/support.h"
#include "storage/verbs.h"

namespace entente {
namespace {

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

bool changes_nothing(const WriteState& state) {
  const auto unaltered = [](const auto& change) { return !change.second.altered(); };
  return std::all_of(state.nodes.begin(), state.nodes.end(), unaltered) &&
         std::all_of(state.edges.begin(), state.edges.end(), unaltered) &&
         std::all_of(state.documents.begin(), state.documents.end(), unaltered);
}

Commit last_commit(const WriteState& state) {
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
  if (auto free = may_act(state); !free) return free.error();
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
    const auto resolved = resolve(state, named);
    if (!resolved) return resolved.error();
    ++(resolved->made ? outcome.new_nodes : outcome.matched_nodes);
    nodes.push_back(resolved->node);
  }
  for (const Claim& claim : extract.claims) {
    const auto supported = support(state, edge_of(claim, nodes, outcome.document));
    if (!supported) return supported.error();
    if (supported->made) ++outcome.new_edges;
    if (!supported->made && supported->statements > 0) ++outcome.supported_edges;
  }
  if (const auto mentions = ontology.find_type("MENTIONS")) {
    const std::uint64_t characters = count_characters(extract.document.text);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto supported = support(state, mention_of(document_node, *mentions, nodes[i], extract.nodes[i],
                                                       extract, outcome.document, characters));
      if (!supported) return supported.error();
    }
  }
  state.acts.push_back({Verb::Assert, Subject::Document, outcome.document.value, 0});
  return outcome;
}

Result<Commit> WriteTransaction::commit(std::string_view author, std::string_view note, Instant now) {
  WriteState& state = *state_;
  if (changes_nothing(state)) return last_commit(state);

  Head head = state.head;
  head.commit.value += 1;
  head.at = std::max(now, head.at);  // never backwards, even if the clock goes
  LogEntry entry;
  entry.commit.id = head.commit;
  entry.commit.at = head.at;
  entry.commit.author = author;
  entry.commit.note = note;
  entry.commit.previous = head.hash;
  entry.acts = state.acts;
  entry.commit.verb = verb_of(entry.acts);

  Batch batch(state.store);
  put_changes(batch, state, entry, head);
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
  state.acts.clear();
  return entry.commit;
}

}  // namespace entente
