#include "storage/salvage_replay.h"

#include <rocksdb/db.h>

#include <algorithm>
#include <map>

#include "schema/digest.h"
#include "storage/assemble.h"
#include "storage/document_node.h"
#include "storage/document_text.h"
#include "storage/options.h"
#include "storage/search_index.h"

namespace entente {
namespace {
constexpr std::uint64_t kWindow = 1 << 16;  // ids of a table that are looked for together
constexpr std::size_t kBatch = 4 << 20;     // bytes

std::string bytes_of(const Node& node) { return encode(node); }
std::string bytes_of(const Edge& edge) { return encode(edge); }
std::string bytes_of(const DocumentHeader& header) { return encode(header.document, header.text_bytes); }

std::string commit_name(CommitId id) { return "commit " + std::to_string(id.value); }

// A version of that fact, made by that commit, that can be read.
bool is_of(CommitId commit, key::Kind kind, std::uint64_t id, std::string_view record) {
  if (kind == key::Kind::Node) {
    const auto node = decode_node(record);
    return node && node->since == commit && node->id.value == id;
  }
  const auto edge = decode_edge(record);
  return edge && edge->since == commit && edge->id.value == id;
}

template <typename Id>
void raise(std::uint64_t& next, Id id) {
  next = std::max(next, id.value + 1);
}
}  // namespace

Status Replay::again(LogEntry entry, std::string_view record) {
  bool altered = entry.commit.previous != (head_.commit ? head_.hash : std::string(kDigestSize, '\0'));
  if (auto done = put(entry, altered); !done) return done;
  return finish_commit(entry, record, altered);
}

Status Replay::anew(LogEntry found) {
  bool altered = true;
  lossy_ = true;
  found.commit.at = head_.at;
  found.commit.author = "salvage";
  found.commit.note = "the record of this commit was lost; these are the facts of it that were found";
  if (auto done = put(found, altered); !done) return done;
  return finish_commit(found, {}, true);
}

Status Replay::put(LogEntry& entry, bool& altered) {
  if (entry.bulk)
    if (auto loaded = put_loaded(entry, altered); !loaded) return loaded;
  RowBatch documents(target_), nodes(target_), edges(target_);
  if (auto done = put_documents(documents, entry); !done) return done;
  if (auto done = write(documents); !done) return done;
  if (auto done = add_lost_document_nodes(entry, altered); !done) return done;
  if (auto done = put_nodes(nodes, entry); !done) return done;
  if (auto done = write(nodes); !done) return done;
  if (auto done = put_edges(edges, entry, altered); !done) return done;
  return write(edges);
}

// ---- facts

void Replay::count(const Node* node, std::int64_t sign) {
  if (!node) return;
  head_.nodes += std::uint64_t(node->merged_into ? 0 : sign);
  raise(head_.next_node, node->id);
}
void Replay::count(const Edge* edge, std::int64_t sign) {
  if (!edge) return;
  head_.edges += std::uint64_t(sign);
  head_.statements += std::uint64_t(sign * std::int64_t(edge->statements.size()));
  raise(head_.next_edge, edge->id);
  for (const Statement& statement : edge->statements) raise(head_.next_statement, statement.id);
}
void Replay::count(const DocumentHeader* header, std::int64_t sign) {
  if (!header) return;
  head_.documents += std::uint64_t(header->document.retracted ? 0 : sign);
  raise(head_.next_document, header->document.id);
}

// The version before goes to history, `after` takes its place; null: it ends.
template <typename Fact>
Status Replay::put_version(RowBatch& batch, ColumnFamily family, const std::string& key, key::Kind kind, std::uint64_t id,
                           CommitId commit, const Fact* after, Result<Fact> (*decode)(std::string_view)) {
  const auto row = Rows(target_).get(family, key);
  if (!row) return row.error();
  std::optional<Fact> before;
  if (*row) {
    auto decoded = decode(**row);
    if (!decoded) return decoded.error();
    before = std::move(*decoded);
    batch.put(ColumnFamily::History, key::of(key::History{kind, id, commit}), **row);
    ++head_.versions;
  }
  if (after) batch.put(family, key, bytes_of(*after));
  else batch.erase(family, key);
  batch.exchange(before ? entries_of(*before) : std::vector<IndexEntry>(),
                 after ? entries_of(*after) : std::vector<IndexEntry>());
  count(before ? &*before : nullptr, -1);
  count(after, 1);
  return kOk;
}

Status Replay::put_documents(RowBatch& batch, const LogEntry& entry) {
  for (const DocumentHeader& header : entry.documents) {
    const DocumentId id = header.document.id;
    const std::string key = key::document(id, key::kHeaderChunk);
    const auto known = has(ColumnFamily::Documents, key);
    if (!known) return known.error();
    if (!*known) put_text(batch, header.document);
    if (auto put = put_version(batch, ColumnFamily::Documents, key, key::Kind::Document, id.value, entry.commit.id,
                               &header, &decode_document);
        !put)
      return put;
  }
  return kOk;
}

void Replay::put_text(RowBatch& batch, const Document& document) {
  if (document.rows) return;  // a table's is not kept
  std::string text;
  std::vector<std::pair<std::string, std::string>> chunks;
  Status whole = kOk;
  source_.scan(ColumnFamily::Documents, "", document.id.value, [&](std::string_view key, std::string_view value) {
    if (!key.starts_with(key::of(document.id))) return false;
    if (key == key::document(document.id, key::kHeaderChunk)) return true;
    whole = decompress_chunk(value, text);
    chunks.emplace_back(key, value);
    return bool(whole);
  });
  if (!whole || sha256(text) != document.digest) {
    without_text_.insert(document.id);
    missing_("the text of document " + std::to_string(document.id.value) + " (" + document.name +
             "): it is purged with what it says; import it again");
    return;
  }
  for (const auto& [key, value] : chunks) batch.put(ColumnFamily::Documents, key, value);
}

// The node that stands for a document follows from it.
Status Replay::add_lost_document_nodes(LogEntry& entry, bool& altered) {
  if (!lossy_) return kOk;
  for (const DocumentHeader& header : entry.documents) {
    const NodeId id = header.document.node;
    const bool made = std::any_of(entry.nodes.begin(), entry.nodes.end(), [&](const Node& node) { return node.id == id; });
    const auto there = has(ColumnFamily::Nodes, key::of(id));
    if (!there) return there.error();
    if (made || *there || header.document.retracted) continue;
    Node node = node_of(header.document, target_.ontology);
    node.id = id, node.since = entry.commit.id;
    entry.nodes.push_back(std::move(node));
    altered = true;
  }
  return kOk;
}

Status Replay::put_nodes(RowBatch& batch, const LogEntry& entry) {
  std::set<NodeId> made;
  for (const Node& node : entry.nodes) {
    made.insert(node.id);
    if (auto put = put_version(batch, ColumnFamily::Nodes, key::of(node.id), key::Kind::Node, node.id.value,
                               entry.commit.id, &node, &decode_node);
        !put)
      return put;
  }
  for (const NodeId id : entry.ended_nodes) {
    if (made.contains(id)) continue;  // merged: it stands, and leads to the survivor
    if (auto put = put_version<Node>(batch, ColumnFamily::Nodes, key::of(id), key::Kind::Node, id.value, entry.commit.id,
                                     nullptr, &decode_node);
        !put)
      return put;
  }
  return kOk;
}

Status Replay::put_edges(RowBatch& batch, LogEntry& entry, bool& altered) {
  std::vector<Edge> standing;
  for (Edge& edge : entry.edges) {
    const auto keep = keep_what_stands(edge, altered);
    if (!keep) return keep.error();
    if (*keep) {
      standing.push_back(std::move(edge));
    } else {
      entry.ended_edges.push_back(edge.id);
    }
  }
  entry.edges = std::move(standing);
  for (const Edge& edge : entry.edges)
    if (auto put = put_version(batch, ColumnFamily::Edges, key::of(edge.id), key::Kind::Edge, edge.id.value,
                               entry.commit.id, &edge, &decode_edge);
        !put)
      return put;
  for (const EdgeId id : entry.ended_edges)
    if (auto put = put_version<Edge>(batch, ColumnFamily::Edges, key::of(id), key::Kind::Edge, id.value, entry.commit.id,
                                     nullptr, &decode_edge);
        !put)
      return put;
  return kOk;
}

Result<bool> Replay::has(ColumnFamily family, const std::string& key) const {
  const auto row = Rows(target_).get(family, key);
  if (!row) return row.error();
  return row->has_value();
}

// Without the claims whose document or speaker is lost. False if an end is, or nothing supports it.
Result<bool> Replay::keep_what_stands(Edge& edge, bool& altered) {
  if (!lossy_) return true;
  const std::string which = "edge " + std::to_string(edge.id.value);
  for (const NodeId end : {edge.head, edge.tail}) {
    const auto there = has(ColumnFamily::Nodes, key::of(end));
    if (!there) return there.error();
    if (*there) continue;
    missing_(which + ": its end, node " + std::to_string(end.value) + ", is lost");
    altered = true;
    return false;
  }
  std::vector<Statement> standing;
  for (const Statement& statement : edge.statements) {
    const auto document = has(ColumnFamily::Documents, key::document(statement.evidence.document, key::kHeaderChunk));
    if (!document) return document.error();
    const auto speaker = statement.speaker ? has(ColumnFamily::Nodes, key::of(statement.speaker)) : Result<bool>(true);
    if (!speaker) return speaker.error();
    if (*document && *speaker) standing.push_back(statement);
  }
  if (standing.size() == edge.statements.size()) return true;
  altered = true;
  missing_(which + ": " + std::to_string(edge.statements.size() - standing.size()) +
           " of its claims, whose document or speaker is lost");
  edge.statements = std::move(standing);
  if (!is_supported(edge)) return false;
  const Rows rows(target_);
  assemble(edge, origins_in(rows));
  return true;
}

// ---- tables

Status Replay::put_loaded(LogEntry& entry, bool& altered) {
  Bulk& bulk = entry.bulk;
  if (walk_bulk(source_.rows(), entry, [](key::Kind, std::uint64_t, std::string_view) {})) {
    RowBatch batch(target_);
    Status fault = kOk;
    auto walked = walk_bulk(source_.rows(), entry, [&](key::Kind kind, std::uint64_t id, std::string_view record) {
      if (fault) fault = put_row(batch, kind, id, record);
    });
    if (!walked) return walked;
    return fault ? write(batch) : fault;
  }
  altered = lossy_ = true;
  const std::uint64_t had_nodes = bulk.nodes - bulk.gone_nodes.size(), had_edges = bulk.edges - bulk.gone_edges.size();
  DigestBlocks nodes, edges;
  auto done = put_found(key::Kind::Node, entry, nodes);
  if (done) done = put_found(key::Kind::Edge, entry, edges);
  if (!done) return done;
  const std::uint64_t found_nodes = bulk.nodes - bulk.gone_nodes.size(), found_edges = bulk.edges - bulk.gone_edges.size();
  const bool told = !bulk.digest.empty();  // else the record of the load itself is lost
  bulk.digest = digest_of_blocks(nodes.finish(), edges.finish());
  if (found_nodes == 0 && found_edges == 0) bulk = {};
  if (!told && found_nodes == had_nodes && found_edges == had_edges) return kOk;
  missing_(commit_name(entry.commit.id) + " loaded a table of " + std::to_string(had_edges) + " edges and " +
           std::to_string(had_nodes) + " nodes that is not whole: " + std::to_string(found_edges) + " and " +
           std::to_string(found_nodes) + " were found");
  return kOk;
}

Status Replay::put_row(RowBatch& batch, key::Kind kind, std::uint64_t id, std::string_view record) {
  std::vector<IndexEntry> entries;
  if (kind == key::Kind::Node) {
    const auto node = decode_node(record);
    if (!node) return node.error();
    count(&*node, 1);
    entries = entries_of(*node);
    batch.put(ColumnFamily::Nodes, key::of(NodeId{id}), record);
  } else {
    const auto edge = decode_edge(record);
    if (!edge) return edge.error();
    count(&*edge, 1);
    entries = entries_of(*edge);
    batch.put(ColumnFamily::Edges, key::of(EdgeId{id}), record);
  }
  for (const IndexEntry& each : entries) batch.put(each.family, each.key, each.value);
  return batch.get().GetDataSize() < kBatch ? Status(kOk) : write(batch);
}

// What the load made of one kind, as far as it can be read: where it lives or, ended since, in history.
Status Replay::put_found(key::Kind kind, LogEntry& entry, DigestBlocks& digests) {
  const bool nodes = kind == key::Kind::Node;
  IdRanges& gone = nodes ? entry.bulk.gone_nodes : entry.bulk.gone_edges;
  const std::uint64_t first = nodes ? entry.bulk.first_node.value : entry.bulk.first_edge.value;
  const std::uint64_t end = first + (nodes ? entry.bulk.nodes : entry.bulk.edges);
  IdRanges missing;
  RowBatch batch(target_);
  for (std::uint64_t from = first; from < end; from += kWindow) {
    const std::uint64_t to = std::min(end, from + kWindow);
    std::map<std::uint64_t, std::string> found;
    const auto collect = [&](ColumnFamily family, std::string_view prefix) {
      source_.scan(family, prefix, from, [&](std::string_view key, std::string_view record) {
        const std::uint64_t id = key::Parts(key.substr(prefix.size())).u64();
        if (id >= to) return false;
        if (is_of(entry.commit.id, kind, id, record)) found.emplace(id, record);
        return true;
      });
    };
    collect(nodes ? ColumnFamily::Nodes : ColumnFamily::Edges, "");
    collect(ColumnFamily::History, key::history_prefix(kind));
    for (std::uint64_t id = from; id < to; ++id) {
      const auto record = found.find(id);
      const auto stands = record == found.end() ? Result<bool>(false)
                          : nodes               ? Result<bool>(true)
                                                : has_ends(*decode_edge(record->second), entry.bulk);
      if (!stands) return stands.error();
      if (!*stands) {
        missing.add(id);
        continue;
      }
      digests.add(record->second);
      if (auto put = put_row(batch, kind, id, record->second); !put) return put;
    }
  }
  gone = std::move(missing);
  return write(batch);
}

// Are the nodes there that the row's edge joins? Those of the same load are known from its gaps.
Result<bool> Replay::has_ends(const Edge& edge, const Bulk& bulk) const {
  for (const NodeId end : {edge.head, edge.tail}) {
    if (end.value - bulk.first_node.value < bulk.nodes) {
      if (bulk.gone_nodes.contains(end.value)) return false;
      continue;
    }
    const auto there = has(ColumnFamily::Nodes, key::of(end));
    if (!there || !*there) return there;
  }
  return true;
}

// ---- the chain

Status Replay::write(RowBatch& batch) {
  const rocksdb::Status status = target_.db->Write(unlogged_write_options(), &batch.get());
  batch.get().Clear();
  if (!status.ok()) return error_of(status, "write " + target_.directory.string());
  return kOk;
}

Status Replay::finish_commit(LogEntry& entry, std::string_view record, bool altered) {
  std::string fresh;
  if (altered) {
    entry.commit.previous = head_.commit ? head_.hash : std::string(kDigestSize, '\0');
    entry.commit.at = std::max(entry.commit.at, head_.at);
    entry.redacted_by = {};  // its body is as this record has it from the beginning
    fresh = encode(entry);
    record = fresh;
  }
  RowBatch batch(target_);
  batch.put(ColumnFamily::Log, key::of(entry.commit.id), record);
  for (const IndexEntry& row : entries_of(entry)) batch.put(row.family, row.key, row.value);
  head_.commit = entry.commit.id;
  head_.at = entry.commit.at;
  head_.hash = hash_of_record(record);
  return write(batch);
}

Status Replay::finish() {
  if (const auto had = source_.rows().head()) {  // ids that were given out are not given out again
    head_.next_node = std::max(head_.next_node, had->next_node);
    head_.next_edge = std::max(head_.next_edge, had->next_edge);
    head_.next_statement = std::max(head_.next_statement, had->next_statement);
    head_.next_document = std::max(head_.next_document, had->next_document);
  }
  RowBatch batch(target_);
  const auto ontology = source_.rows().get(ColumnFamily::Meta, meta::kOntology);
  if (ontology && *ontology && Ontology::from_bytes(**ontology)) {
    batch.put(ColumnFamily::Meta, meta::kOntology, **ontology);
  } else {
    missing_("the ontology: the one of this program is in its place");
  }
  batch.put(ColumnFamily::Meta, meta::kHead, encode(head_));
  if (auto written = write(batch); !written) return written;
  if (const auto made = make_search(target_, without_text_); !made) return made.error();  // and what was written is flushed
  target_.acknowledge(head_);
  return kOk;
}

}  // namespace entente
