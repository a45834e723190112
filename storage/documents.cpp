#include "storage/documents.h"

#include "schema/name.h"
#include "schema/text.h"
#include "storage/check_extract.h"
#include "storage/document_node.h"
#include "storage/document_text.h"
#include "storage/key.h"
#include "storage/search_index.h"
#include "storage/support.h"

namespace entente {

Result<std::optional<DocumentId>> document_with(WriteState& state, const std::string& digest) {
  if (const auto found = state.digests.find(digest); found != state.digests.end())
    return std::optional(found->second);
  const auto bytes = state.rows.get(ColumnFamily::Digests, digest);
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<DocumentId>();
  key::Parts parts(**bytes);
  const DocumentId id{parts.u64()};
  if (!parts.done()) return Error{Code::Corruption, "the index of digests is damaged"};
  const auto touched = state.documents.find(id);
  if (touched != state.documents.end() && touched->second.after->document.retracted)
    return std::optional<DocumentId>();
  return std::optional(id);
}

const Document& add_document(WriteState& state, const Document& given, std::string digest,
                             const std::vector<TextWord>& words, std::vector<std::uint64_t> shingles) {
  Document document = given;
  document.id = new_document_id(state);
  document.digest = std::move(digest);
  document.node = add_node(state, node_of(document, state.store.ontology));
  state.digests.emplace(document.digest, document.id);
  const DocumentId id = document.id;
  const std::uint64_t bytes = document.text.size();
  PreparedText& prepared = state.texts[id];
  prepared.rows = search_entries(id, words, shingles);
  prepared.shingles = std::move(shingles);
  std::uint32_t chunk = key::kHeaderChunk;
  for (std::string& compressed : compress_text(document.text))
    prepared.rows.push_back({ColumnFamily::Documents, key::document(id, ++chunk), std::move(compressed)});
  auto& change = state.documents[id];
  change.after = DocumentHeader{std::move(document), bytes};
  return change.after->document;
}

Status retract_document(WriteState& state, DocumentId id) {
  const auto change = living_document(state, id);
  if (!change) return change.error();
  std::set<EdgeId> edges;
  std::optional<Error> fault;
  auto scanned = state.rows.scan(ColumnFamily::Citations, key::of(id), [&](std::string_view key, std::string_view) {
    const auto parts = key::citation(key);
    if (parts) edges.insert(parts->edge);
    if (!parts) fault = Error{Code::Corruption, "the index of citations is damaged"};
    return !fault;
  });
  if (!scanned) return scanned;
  if (fault) return *fault;
  for (const auto& [edge, touched] : state.edges) edges.insert(edge);
  const Document& table = (*change)->after->document;  // its rows have no citations
  for (std::uint64_t edge = 0; table.rows && edge < table.edges; ++edge)
    edges.insert(EdgeId{table.first_edge.value + edge});
  for (const EdgeId edge : edges) {
    const auto gone = withdraw(state, edge, [&](const Statement& statement) {
      return statement.evidence.document == id;
    });
    if (!gone) return gone.error();
  }
  Document& document = (*change)->after->document;
  document.retracted = true;
  state.digests.erase(document.digest);
  state.loose.insert(document.node);
  return kOk;
}

Status check_evidence(WriteState& state, const Evidence& evidence) {
  const auto change = living_document(state, evidence.document);
  if (!change) return change.error();
  std::uint64_t characters = 0;
  if ((*change)->before) {
    const auto text = read_text(state.rows, evidence.document);
    if (!text) return text.error();
    characters = count_characters(*text);
  } else {
    characters = count_characters((*change)->after->document.text);
  }
  if (evidence.start < evidence.end && evidence.end <= characters) return kOk;
  return Error{Code::InvalidArgument, "characters " + std::to_string(evidence.start) + " to " +
                                          std::to_string(evidence.end) + " are not in document " +
                                          std::to_string(evidence.document.value)};
}

}  // namespace entente
