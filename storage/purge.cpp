#include "storage/purge.h"

#include <rocksdb/db.h>

#include <algorithm>

#include "schema/digest.h"
#include "storage/bulk_digest.h"
#include "storage/directory.h"
#include "storage/documents.h"
#include "storage/log.h"
#include "storage/search_index.h"
#include "storage/support.h"
#include "storage/verbs.h"
#include "storage/write.h"

namespace entente {
namespace {

bool cites(const Edge& edge, DocumentId document) {
  return std::any_of(edge.statements.begin(), edge.statements.end(),
                     [&](const Statement& statement) { return statement.evidence.document == document; });
}

void add_nodes_of(const Edge& edge, std::set<NodeId>& nodes) {
  nodes.insert({edge.head, edge.tail});
  for (const Statement& statement : edge.statements)
    if (statement.speaker) nodes.insert(statement.speaker);
}

// Every record of history, and those that the batch is about to add.
Status scan_history(const Rows& rows, const std::function<Status(const key::History&, std::string_view)>& visit) {
  Status done = kOk;
  auto scanned = rows.scan(ColumnFamily::History, "", [&](std::string_view key, std::string_view value) {
    const auto parts = key::history(key);
    done = parts ? visit(*parts, value) : Status(Error{Code::Corruption, "a key of history is damaged"});
    return bool(done);
  });
  if (!scanned) return scanned;
  return done;
}

// The nodes that only the document spoke of: no longer alive, and in no version that stays.
Status find_nodes(const Rows& rows, Purge& purge, const LogEntry& own) {
  std::set<NodeId> spoken, kept;
  Status fault = kOk;
  const auto look = [&](const Edge& edge) {
    if (cites(edge, *purge.document)) add_nodes_of(edge, spoken);
    if (const auto rest = purge.filtered(edge)) add_nodes_of(*rest, kept);
  };
  auto scanned = scan_history(rows, [&](const key::History& parts, std::string_view value) -> Status {
    if (parts.kind != key::Kind::Edge) return kOk;
    const auto edge = decode_edge(value);
    if (!edge) return edge.error();
    look(*edge);
    return kOk;
  });
  if (!scanned) return scanned;
  auto live = rows.scan(ColumnFamily::Edges, "", [&](std::string_view, std::string_view value) {
    const auto edge = decode_edge(value);
    if (!edge) fault = edge.error();
    if (edge) look(*edge);
    return bool(fault);
  });
  if (!live) return live;
  if (!fault) return fault;
  const std::set<NodeId> ended(own.ended_nodes.begin(), own.ended_nodes.end());
  for (const NodeId id : spoken) {
    if (kept.contains(id)) continue;
    const auto row = rows.get(ColumnFamily::Nodes, key::of(id));
    if (!row) return row.error();
    if (!*row || ended.contains(id)) purge.nodes.insert(id);
  }
  return kOk;
}

// The entry without what is purged. Is it another than before?
bool redact(LogEntry& entry, const Purge& purge) {
  bool altered = false;
  altered |= std::erase_if(entry.nodes, [&](const Node& node) { return purge.nodes.contains(node.id); }) > 0;
  altered |= std::erase_if(entry.documents, [&](const DocumentHeader& header) {
               return header.document.id == purge.document;
             }) > 0;
  std::vector<Edge> edges;
  for (const Edge& edge : entry.edges) {
    auto rest = purge.filtered(edge);
    altered |= !rest || *rest != edge;
    if (rest) edges.push_back(std::move(*rest));
  }
  entry.edges = std::move(edges);
  return altered;
}

// The facts of a table are not in its record, which has their digest: of those that stay, if some of
// them are purged. A row's edge has one claim as it was loaded, so it stays as it is or goes whole.
Status redact_loaded(const Rows& rows, const Purge& purge, LogEntry& entry) {
  if (!entry.bulk) return kOk;
  DigestBlocks nodes, edges;
  IdRanges gone_nodes, gone_edges;
  Status fault = kOk;
  auto walked = walk_bulk(rows, entry, [&](key::Kind kind, std::uint64_t id, std::string_view record) {
    if (kind == key::Kind::Node) {
      if (purge.nodes.contains(NodeId{id})) gone_nodes.add(id);
      else nodes.add(record);
      return;
    }
    const auto edge = decode_edge(record);
    if (!edge) fault = edge.error();
    else if (!purge.filtered(*edge)) gone_edges.add(id);
    else edges.add(record);
  });
  if (!walked) return walked;
  if (!fault) return fault;
  if (gone_nodes.empty() && gone_edges.empty()) return kOk;
  gone_nodes = united(entry.bulk.gone_nodes, gone_nodes);
  gone_edges = united(entry.bulk.gone_edges, gone_edges);
  if (gone_nodes.size() == entry.bulk.nodes && gone_edges.size() == entry.bulk.edges) {
    entry.bulk = {};
    return kOk;
  }
  entry.bulk.gone_nodes = std::move(gone_nodes);
  entry.bulk.gone_edges = std::move(gone_edges);
  entry.bulk.digest = digest_of_blocks(nodes.finish(), edges.finish());
  return kOk;
}

Status erase_history(RowBatch& batch, const Rows& rows, const Purge& purge, Head& head) {
  return scan_history(rows, [&](const key::History& parts, std::string_view value) -> Status {
    bool gone = parts.kind == key::Kind::Node && purge.nodes.contains(NodeId{parts.id});
    gone |= parts.kind == key::Kind::Document && purge.document == DocumentId{parts.id};
    if (parts.kind == key::Kind::Edge) {
      const auto edge = decode_edge(value);
      if (!edge) return edge.error();
      const auto rest = purge.filtered(*edge);
      gone = !rest;
      if (rest && *rest != *edge) batch.put(ColumnFamily::History, key::of(parts), encode(*rest));
    }
    if (gone) batch.erase(ColumnFamily::History, key::of(parts)), --head.versions;
    return kOk;
  });
}

// The versions that this very commit ended went to history with its changes: they go again.
Status erase_own_history(RowBatch& batch, const Rows& rows, const Purge& purge, const LogEntry& entry, Head& head) {
  for (const NodeId id : purge.nodes) {
    const auto row = rows.get(ColumnFamily::Nodes, key::of(id));
    if (!row) return row.error();
    if (!*row) continue;
    batch.erase(ColumnFamily::History, key::of(key::History{key::Kind::Node, id.value, entry.commit.id}));
    --head.versions;
  }
  std::vector<EdgeId> edges = entry.ended_edges;
  for (const Edge& edge : entry.edges) edges.push_back(edge.id);
  for (const EdgeId id : edges) {
    const auto row = rows.get(ColumnFamily::Edges, key::of(id));
    if (!row) return row.error();
    if (!*row) continue;
    const auto edge = decode_edge(**row);
    if (!edge) return edge.error();
    const std::string place = key::of(key::History{key::Kind::Edge, id.value, entry.commit.id});
    if (const auto rest = purge.filtered(*edge)) {
      batch.put(ColumnFamily::History, place, encode(*rest));
    } else {
      batch.erase(ColumnFamily::History, place);
      --head.versions;
    }
  }
  return kOk;
}

Status erase_document(RowBatch& batch, const Rows& rows, DocumentId id, const LogEntry& entry, Head& head) {
  for (const DocumentHeader& header : entry.documents) {
    if (header.document.id != id) continue;
    batch.erase(ColumnFamily::History, key::of(key::History{key::Kind::Document, id.value, entry.commit.id}));
    --head.versions;
  }
  return rows.scan(ColumnFamily::Documents, key::of(id), [&](std::string_view key, std::string_view) {
    batch.erase(ColumnFamily::Documents, key);
    return true;
  });
}

Status erase_log(RowBatch& batch, const Rows& rows, const Purge& purge, LogEntry& own) {
  Status fault = kOk;
  auto scanned = rows.scan(ColumnFamily::Log, "", [&](std::string_view key, std::string_view value) {
    auto entry = decode_log_entry(value);
    if (!entry) {
      fault = entry.error();
      return false;
    }
    const Bulk loaded = entry->bulk;
    if (fault = redact_loaded(rows, purge, *entry); !fault) return false;
    if (!redact(*entry, purge) && entry->bulk == loaded) return true;
    entry->redacted_by = own.commit.id;
    entry->commit.note = "(purged)";
    const std::string record = with_other_body(value, *entry);
    own.erasures.push_back({entry->commit.id, decode_log_entry(record)->body_digest});
    batch.put(ColumnFamily::Log, key, record);
    return true;
  });
  if (!scanned) return scanned;
  if (!fault) return fault;
  redact(own, purge);
  return kOk;
}
}  // namespace

std::optional<Edge> Purge::filtered(const Edge& edge) const {
  if (nodes.contains(edge.head) || nodes.contains(edge.tail)) return std::nullopt;
  Edge rest = edge;
  const std::size_t gone = std::erase_if(rest.statements, [&](const Statement& statement) {
    return statement.evidence.document == document || nodes.contains(statement.speaker);
  });
  if (gone == 0) return edge;
  if (!is_supported(rest)) return std::nullopt;
  assemble(rest, origin_of);
  return rest;
}

Status erase_rows(RowBatch& batch, const Rows& rows, Purge& purge, LogEntry& entry, Head& head) {
  purge.origin_of = origins_in(rows);
  if (purge.document)
    if (auto found = find_nodes(rows, purge, entry); !found) return found;
  if (auto done = erase_search(batch, rows, purge); !done) return done;
  if (auto done = erase_own_history(batch, rows, purge, entry, head); !done) return done;
  if (auto done = erase_history(batch, rows, purge, head); !done) return done;
  if (purge.document)
    if (auto done = erase_document(batch, rows, *purge.document, entry, head); !done) return done;
  return erase_log(batch, rows, purge, entry);
}

Status forget_erased(const StoreState& store) {
  // The image of an earlier commit, and what a killed writer left of one, still name what went.
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(store.directory, error))
    if (entry.path().filename().string().starts_with(kImageFile)) {
      std::filesystem::remove(entry.path(), error);
      if (error) return Error{Code::Unavailable, "cannot remove " + entry.path().string() + ": " + error.message()};
    }
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (auto* family : store.handles) {
    rocksdb::Status status = store.db->Flush(rocksdb::FlushOptions(), family);
    if (status.ok()) status = store.db->CompactRange(options, family, nullptr, nullptr);
    if (!status.ok()) return error_of(status, "compact after a purge");
  }
  return kOk;
}

Status WriteTransaction::purge_document(DocumentId id) {
  WriteState& state = *state_;
  if (auto free = act_alone(state); !free) return free;
  const auto change = touch_document(state, id);
  if (!change) return change.error();
  if (!*change) return Error{Code::NotFound, "there is no document " + std::to_string(id.value)};
  if (!(*change)->after->document.retracted)
    if (auto done = entente::retract_document(state, id); !done) return done;
  if (auto done = end_unsupported(state); !done) return done;
  state.purge = std::make_unique<Purge>();
  state.purge->document = id;
  state.acts.push_back({Verb::Purge, Subject::Document, id.value, 0});
  return kOk;
}

Status WriteTransaction::purge_node(NodeId id) {
  WriteState& state = *state_;
  if (auto free = act_alone(state); !free) return free;
  const auto change = touch_node(state, id);
  if (!change) return change.error();
  if (!*change) return Error{Code::NotFound, "there is no node " + std::to_string(id.value)};
  const Node& node = *(*change)->after;
  if (node.merged_into || !node.absorbed.empty())
    return Error{Code::InvalidArgument, called(node) + " is one with others: unmerge first"};
  if (const auto label = state.store.ontology.find_label("Document"); label && node.label == *label)
    return Error{Code::InvalidArgument, called(node) + " stands for a document: purge that"};
  const auto edges = edges_of(state, id);
  if (!edges) return edges.error();
  const auto told = edges_told_by(state, id);
  if (!told) return told.error();
  for (const EdgeId edge : *edges)
    if (const auto gone = withdraw(state, edge, [](const Statement&) { return true; }); !gone) return gone.error();
  for (const EdgeId edge : *told)
    if (const auto gone = withdraw(state, edge, [&](const Statement& each) { return each.speaker == id; }); !gone)
      return gone.error();
  if (auto done = end_unsupported(state); !done) return done;
  (*change)->after.reset();
  state.purge = std::make_unique<Purge>();
  state.purge->nodes.insert(id);
  state.acts.push_back({Verb::Purge, Subject::Node, id.value, 0});
  return kOk;
}

}  // namespace entente
