#include "storage/batch.h"

#include <map>

#include "storage/search_index.h"

namespace entente {
namespace {

template <typename Fact>
std::vector<IndexEntry> entries_of_optional(const std::optional<Fact>& fact) {
  return fact ? entries_of(*fact) : std::vector<IndexEntry>();
}

std::string bytes_of(const Node& node) { return encode(node); }
std::string bytes_of(const Edge& edge) { return encode(edge); }
std::string bytes_of(const DocumentHeader& header) { return encode(header.document, header.text_bytes); }

template <typename Fact>
void put_change(RowBatch& batch, const Change<Fact>& change, ColumnFamily family, const std::string& key,
                key::Kind kind, std::uint64_t id, CommitId commit, Head& head) {
  if (change.before) {
    batch.put(ColumnFamily::History, key::of(key::History{kind, id, commit}), bytes_of(*change.before));
    ++head.versions;
  }
  if (change.after) {
    batch.put(family, key, bytes_of(*change.after));
  } else {
    batch.erase(family, key);
  }
  batch.exchange(entries_of_optional(change.before), entries_of_optional(change.after));
}

bool stands(const std::optional<Node>& node) { return node && !node->merged_into; }
bool stands(const std::optional<Edge>& edge) { return edge.has_value(); }
bool stands(const std::optional<DocumentHeader>& header) { return header && !header->document.retracted; }

template <typename Fact>
void count(std::uint64_t& number, const Change<Fact>& change) {
  number += std::uint64_t(stands(change.after));
  number -= std::uint64_t(stands(change.before));
}
}  // namespace

void RowBatch::put(ColumnFamily family, std::string_view key, std::string_view value) {
  batch_.Put(store_.handle(family), {key.data(), key.size()}, {value.data(), value.size()});
}

void RowBatch::erase(ColumnFamily family, std::string_view key) {
  batch_.Delete(store_.handle(family), {key.data(), key.size()});
}

void RowBatch::exchange(const std::vector<IndexEntry>& before, const std::vector<IndexEntry>& after) {
  std::map<std::pair<ColumnFamily, std::string>, std::string> old;
  for (const IndexEntry& entry : before) old.emplace(std::pair(entry.family, entry.key), entry.value);
  for (const IndexEntry& entry : after) {
    const auto same = old.find({entry.family, entry.key});
    if (same == old.end() || same->second != entry.value) put(entry.family, entry.key, entry.value);
    if (same != old.end()) old.erase(same);
  }
  for (const auto& [place, value] : old) erase(place.first, place.second);
}

void put_changes(RowBatch& batch, WriteState& state, LogEntry& entry, Head& head) {
  const CommitId commit = entry.commit.id;
  for (auto& [id, change] : state.nodes) {
    if (!change.altered()) continue;
    if (change.after) change.after->since = commit;
    put_change(batch, change, ColumnFamily::Nodes, key::of(id), key::Kind::Node, id.value, commit, head);
    if (change.after)
      for (const IndexEntry& each : search_entries(change.before ? &*change.before : nullptr, *change.after))
        batch.put(each.family, each.key, each.value);
    count(head.nodes, change);
    if (change.after) entry.nodes.push_back(*change.after);
    const bool ended = change.before && !change.after;  // also one that only led to another
    if (ended || (stands(change.before) && !stands(change.after))) entry.ended_nodes.push_back(id);
  }
  for (auto& [id, change] : state.edges) {
    if (!change.altered()) continue;
    if (change.after) {
      change.after->since = commit;
      for (Statement& statement : change.after->statements) {
        if (statement.since) continue;
        statement.since = commit;
        ++entry.commit.statements;
      }
      head.statements += change.after->statements.size();
      entry.edges.push_back(*change.after);
    } else {
      entry.ended_edges.push_back(id);
    }
    if (change.before) head.statements -= change.before->statements.size();
    put_change(batch, change, ColumnFamily::Edges, key::of(id), key::Kind::Edge, id.value, commit, head);
    count(head.edges, change);
  }
  for (auto& [id, change] : state.documents) {
    if (!change.altered()) continue;
    Document& document = change.after->document;  // a document only changes, its row stays
    document.since = commit;
    put_change(batch, change, ColumnFamily::Documents, key::document(id, key::kHeaderChunk),
               key::Kind::Document, id.value, commit, head);
    if (!change.before)
      for (const IndexEntry& row : state.texts.at(id).rows) batch.put(row.family, row.key, row.value);
    count(head.documents, change);
    DocumentHeader header = *change.after;
    header.document.text.clear();
    entry.documents.push_back(std::move(header));
  }
}

}  // namespace entente
