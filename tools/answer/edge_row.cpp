#include "tools/answer/edge_row.h"

#include <set>

#include "schema/text.h"
#include "storage/copies.h"
#include "storage/document_node.h"

namespace entente {

std::string EdgeRow::speaker() const {
  for (const Source& source : sources)
    if (!source.speaker.empty()) return source.speaker;
  return "";
}

namespace {
std::string rows_text(const Evidence& evidence) {
  if (evidence.end == evidence.start + 1) return "row " + std::to_string(evidence.start);
  return "rows " + std::to_string(evidence.start) + " to " + std::to_string(evidence.end - 1);
}
}  // namespace

Result<const EdgeReader::Text*> EdgeReader::text_of(DocumentId id) {
  if (const auto found = texts_.find(id); found != texts_.end()) return &found->second;
  const auto document = session_.read().document(id);
  if (!document) return document.error();
  if (!*document)
    return Error{Code::Corruption, "an edge cites document " + std::to_string(id.value) + ", which is missing"};
  auto text = (*document)->rows > 0 ? Result<std::string>("") : session_.read().text(id);
  if (!text) return text.error();
  return &texts_.emplace(id, Text{**document, std::move(*text)}).first->second;
}

Result<const Node*> EdgeReader::node_of(NodeId id) {
  if (const auto found = nodes_.find(id); found != nodes_.end()) return &found->second;
  auto node = session_.read().node(id, session_.commit());
  if (!node) return node.error();
  if (!*node) return Error{Code::Corruption, "an edge joins node " + std::to_string(id.value) + ", which is missing"};
  return &nodes_.emplace(id, std::move(**node)).first->second;
}

Result<EdgeRow> EdgeReader::row(EdgeId id) {
  const auto edge = session_.read().edge(id, session_.commit());
  if (!edge) return edge.error();
  if (!*edge) return Error{Code::NotFound, "there is no edge " + std::to_string(id.value)};
  return row(**edge);
}

Result<EdgeRow> EdgeReader::row(const Edge& edge) {
  const auto head = node_of(edge.head), tail = node_of(edge.tail);
  if (!head) return head.error();
  if (!tail) return tail.error();
  const Ontology& ontology = session_.ontology();
  EdgeRow row;
  row.edge = edge;
  row.head = (*head)->name, row.head_label = ontology.label((*head)->label).name;
  row.tail = (*tail)->name, row.tail_label = ontology.label((*tail)->label).name;
  row.type = ontology.type(edge.type).name;
  row.forward = ontology.type(edge.type).forward;
  row.family = ontology.type(edge.type).family;
  row.holds = session_.as_of().holds(edge.valid);
  for (const Statement& statement : edge.statements) {
    if (row.sources.size() == most_) break;
    const auto text = text_of(statement.evidence.document);
    if (!text) return text.error();
    const std::string row_numbers = rows_text(statement.evidence);
    const auto quote = statement.evidence.rows ? std::optional<std::string_view>(row_numbers)
                                               : cut((*text)->text, statement.evidence.start, statement.evidence.end);
    if (!quote)
      return Error{Code::Corruption, "edge " + std::to_string(edge.id.value) + " cites characters that its document lacks"};
    Source source;
    const Document& document = (*text)->document;
    source.document_id = document.id, source.document = document.name;
    source.title = document.title, source.publisher = document.publisher;
    source.published = document.published.edtf(), source.url = document.url;
    source.start = statement.evidence.start, source.end = statement.evidence.end;
    source.rows = statement.evidence.rows, source.ends = statement.ends;
    source.quote = std::string(*quote);
    if (statement.speaker) {
      const auto speaker = node_of(statement.speaker);
      if (!speaker) return speaker.error();
      source.speaker = (*speaker)->name;
    }
    source.valid = statement.valid;
    source.time_phrase = statement.time_phrase, source.extractor = statement.extractor;
    source.confidence = statement.confidence;
    const auto node = node_of(document.node);
    if (node) source.author = author_of(**node), source.page = page_of(**node, source.start);
    if (node && (source.copy_of = copied_by(**node))) {
      const auto original = session_.read().document(source.copy_of, session_.commit());
      if (!original) return original.error();
      if (*original) source.copied = (*original)->name;
    }
    source.statement = statement.id, source.since = statement.since;
    row.sources.push_back(std::move(source));
  }
  return row;
}

std::string when_text(const Interval& valid) {
  const Bound &from = valid.from(), &to = valid.to();
  if (valid.is_unknown()) return "undated";
  if (from == to && from.is_known()) return from.edtf();
  const std::string start = from.kind() == Bound::Kind::Unknown ? "?"
                            : from.kind() == Bound::Kind::Open  ? "\u2026"
                                                                : from.edtf();
  const std::string end = to.kind() == Bound::Kind::Unknown ? "?"
                          : to.kind() == Bound::Kind::Open  ? "\u2026"
                                                            : to.edtf();
  return start + " \u2192 " + end;
}

std::string mood_text(const EdgeRow& row) {
  std::string text = row.edge.negated ? "not " : "";
  text += name_of(row.edge.mode);
  const std::string speaker = row.speaker();
  if (!speaker.empty()) text += " by " + speaker;
  return text;
}

std::string sources_text(const EdgeRow& row) {
  if (row.sources.empty()) return "";
  const Source& first = row.sources.front();
  std::string text = first.publisher.empty() ? first.document : first.publisher;
  if (!first.published.empty()) text += " " + first.published;
  std::set<DocumentId> documents;
  for (const Statement& statement : row.edge.statements) documents.insert(statement.evidence.document);
  if (documents.size() > 1) text += " (+" + std::to_string(documents.size() - 1) + ")";
  return text;
}

}  // namespace entente
