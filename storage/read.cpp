#include "storage/read.h"

#include <algorithm>

#include "schema/digest.h"
#include "schema/name.h"
#include "storage/document_text.h"
#include "storage/index.h"
#include "storage/key.h"
#include "storage/log.h"
#include "storage/transaction_state.h"
#include "storage/versions.h"

namespace entente {

ReadTransaction::ReadTransaction(std::unique_ptr<ReadState> state) : state_(std::move(state)) {}
ReadTransaction::~ReadTransaction() = default;
ReadTransaction::ReadTransaction(ReadTransaction&&) noexcept = default;
ReadTransaction& ReadTransaction::operator=(ReadTransaction&&) noexcept = default;

const Ontology& ReadTransaction::ontology() const { return state_->rows.store().ontology; }

CommitId ReadTransaction::last_commit() const {
  const auto head = state_->rows.head();
  return head ? head->commit : CommitId{};
}

Result<std::optional<Commit>> ReadTransaction::commit(CommitId id) const {
  auto entry = log_entry(state_->rows, id);
  if (!entry) return entry.error();
  if (!*entry) return std::optional<Commit>();
  return std::optional<Commit>(std::move((*entry)->commit));
}

Result<CommitId> ReadTransaction::commit_at(Instant moment) const {
  const auto head = state_->rows.head();
  if (!head) return head.error();
  // Commit times never go backwards, so the log is sorted by them.
  CommitId low{0}, high = head->commit;
  while (low < high) {
    const CommitId middle{low.value + (high.value - low.value + 1) / 2};
    const auto entry = log_entry(state_->rows, middle);
    if (!entry) return entry.error();
    if (!*entry)
      return Error{Code::Corruption, "commit " + std::to_string(middle.value) + " is missing from the log"};
    if ((*entry)->commit.at <= moment) {
      low = middle;
    } else {
      high = CommitId{middle.value - 1};
    }
  }
  return low;
}

Result<std::optional<CommitId>> ReadTransaction::commit_with_key(std::string_view key) const {
  return entente::commit_with_key(state_->rows, key);
}

Result<std::optional<Node>> ReadTransaction::node(NodeId id, CommitId at) const {
  for (;;) {  // a chain of mergers ends: each leads to a node that was alive then
    auto version = version_at<Node>(state_->rows, id.value, at);
    if (!version || !*version || !(*version)->merged_into) return version;
    id = (*version)->merged_into;
  }
}

Result<std::vector<NodeId>> ReadTransaction::one_entity(NodeId id, CommitId at) const {
  const auto survivor = node(id, at);
  if (!survivor) return survivor.error();
  std::vector<NodeId> ids;
  if (!*survivor) return ids;
  ids.push_back((*survivor)->id);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto version = version_at<Node>(state_->rows, ids[i].value, at);
    if (!version) return version.error();
    if (*version) ids.insert(ids.end(), (*version)->absorbed.begin(), (*version)->absorbed.end());
  }
  return ids;
}

Result<std::optional<Edge>> ReadTransaction::edge(EdgeId id, CommitId at) const {
  return version_at<Edge>(state_->rows, id.value, at);
}

Result<std::optional<Document>> ReadTransaction::document(DocumentId id, CommitId at) const {
  auto version = version_at<DocumentHeader>(state_->rows, id.value, at);
  if (!version) return version.error();
  if (!*version) return std::optional<Document>();
  return std::optional<Document>(std::move((*version)->document));
}

Result<std::string> ReadTransaction::text(DocumentId id) const { return read_text(state_->rows, id); }

Result<std::optional<DocumentId>> ReadTransaction::document_of(std::string_view digest) const {
  const auto bytes = state_->rows.get(ColumnFamily::Digests, digest);
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<DocumentId>();
  key::Parts parts(**bytes);
  const DocumentId id{parts.u64()};
  if (!parts.done()) return Error{Code::Corruption, "the index of digests is damaged"};
  return std::optional<DocumentId>(id);
}

namespace {
Result<std::vector<NameMatch>> matches(const Rows& rows, std::string_view prefix, std::size_t limit) {
  std::vector<NameMatch> found;
  std::optional<Error> fault;
  auto scanned = rows.scan(ColumnFamily::Names, prefix, [&](std::string_view key, std::string_view value) {
    const auto parts = key::name(key);
    const auto kind = decode_name_value(value);
    if (!parts || !kind) {
      fault = Error{Code::Corruption, "the index of names is damaged"};
      return false;
    }
    found.push_back({parts->node, kind->label, "", std::string(parts->folded), kind->is_alias});
    return found.size() < limit;
  });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  for (NameMatch& match : found) {
    const auto node = version_at<Node>(rows, match.node.value, kLatest);
    if (!node) return node.error();
    if (!*node) return Error{Code::Corruption, "the index of names leads to no node"};
    match.name = (*node)->name;
  }
  std::stable_sort(found.begin(), found.end(), [](const NameMatch& a, const NameMatch& b) {
    return std::tuple(a.is_alias, a.node) < std::tuple(b.is_alias, b.node);
  });
  return found;
}
}  // namespace

Result<std::vector<NameMatch>> ReadTransaction::find_name(std::string_view name) const {
  return matches(state_->rows, fold_name(name) + '\0', 1000);
}

Result<std::vector<NameMatch>> ReadTransaction::find_prefix(std::string_view prefix,
                                                            std::size_t limit) const {
  return matches(state_->rows, fold_name(prefix), limit);
}

Status ReadTransaction::scan_nodes(CommitId at, const NodeVisitor& visit) const {
  return scan_versions<Node>(state_->rows, at, [&](const Node& node) {
    return node.merged_into ? true : visit(node);  // the survivor speaks for it
  });
}

Status ReadTransaction::scan_edges(CommitId at, const EdgeVisitor& visit) const {
  return scan_versions<Edge>(state_->rows, at, visit);
}

Status ReadTransaction::scan_edges(CommitId at, EdgeId first, EdgeId end, const EdgeVisitor& visit) const {
  return scan_versions<Edge>(state_->rows, at, visit, first.value, end.value);
}

Result<EdgeId> ReadTransaction::edge_limit() const {
  const auto head = state_->rows.head();
  if (!head) return head.error();
  return EdgeId{head->next_edge};
}

Status ReadTransaction::scan_documents(CommitId at, const DocumentVisitor& visit) const {
  return scan_versions<DocumentHeader>(state_->rows, at, [&](const DocumentHeader& header) {
    return header.document.retracted ? true : visit(header.document);
  });
}

Status ReadTransaction::scan_log(const CommitVisitor& visit, CommitId newest) const {
  std::optional<Error> fault;
  const std::string end = newest == kLatest ? "" : key::of(CommitId{newest.value + 1});
  auto scanned =
      state_->rows.scan_backward(ColumnFamily::Log, [&](std::string_view, std::string_view value) {
        const auto entry = decode_log_entry(value);
        if (!entry) {
          fault = entry.error();
          return false;
        }
        return visit(*entry);
      }, end);
  if (!scanned) return scanned;
  if (fault) return *fault;
  return kOk;
}

Result<std::vector<EdgeId>> ReadTransaction::edges_citing(DocumentId document) const {
  const auto header = this->document(document);
  if (!header) return header.error();
  std::vector<EdgeId> edges;
  std::optional<Error> fault;
  if (*header && (*header)->rows) {  // those that its load made and that still live by it
    const std::uint64_t end = (*header)->first_edge.value + (*header)->edges;
    auto scanned = state_->rows.scan_from(
        ColumnFamily::Edges, key::of((*header)->first_edge), [&](std::string_view key, std::string_view value) {
          const std::uint64_t id = key::Parts(key).u64();
          if (id >= end) return false;
          const auto edge = fact_from<Edge>(value, id);
          if (!edge) {
            fault = edge.error();
            return false;
          }
          const auto cites = [&](const Statement& statement) {
            return statement.evidence.document == document && is_loaded(*edge, statement);
          };
          if (std::any_of(edge->statements.begin(), edge->statements.end(), cites)) edges.push_back(edge->id);
          return true;
        });
    if (!scanned) return scanned.error();
    if (fault) return *fault;
  }
  auto scanned = state_->rows.scan(
      ColumnFamily::Citations, key::of(document), [&](std::string_view key, std::string_view) {
        const auto parts = key::citation(key);
        if (!parts) {
          fault = Error{Code::Corruption, "the index of citations is damaged"};
          return false;
        }
        if (edges.empty() || edges.back() != parts->edge) edges.push_back(parts->edge);
        return true;
      });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

Result<std::vector<ReadTransaction::Version>> ReadTransaction::history(EdgeId id) const {
  std::vector<Version> versions;
  const auto live = edge(id);
  if (!live) return live.error();
  if (*live) versions.push_back({**live, kLatest});
  std::string prefix = key::history_prefix(key::Kind::Edge);
  key::put_u64(prefix, id.value);
  std::optional<Error> fault;
  auto scanned = state_->rows.scan(
      ColumnFamily::History, prefix, [&](std::string_view key, std::string_view value) {
        const auto parts = key::history(key);
        auto version = fact_from<Edge>(value, id.value);
        if (!parts || !version) {
          fault = version ? Error{Code::Corruption, "a key of history is damaged"} : version.error();
          return false;
        }
        versions.push_back({std::move(*version), parts->until});
        return true;
      });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  return versions;
}

Result<Totals> ReadTransaction::totals() const {
  const auto head = state_->rows.head();
  if (!head) return head.error();
  return Totals{head->nodes,     head->edges,        head->statements,
                head->documents, head->commit.value, head->versions};
}

}  // namespace entente
