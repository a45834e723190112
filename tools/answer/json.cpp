#include "tools/answer/json.h"

#include <boost/json/serialize.hpp>
#include <iostream>

#include "schema/digest.h"

namespace entente {
namespace json = boost::json;
namespace {
json::value text_or_null(const std::string& text) {
  if (text.empty()) return nullptr;
  return json::value(text);
}

json::value date(const Bound& bound, bool last) {
  if (!bound.is_known()) return nullptr;
  if (bound.precision() != Precision::Week) return json::value(bound.edtf());
  const DayRange week = bound.period();
  return json::value(edtf_of(last ? week.to - std::chrono::days(1) : week.from));
}

json::object to_json(const Source& source) {
  json::object out;
  out["document"] = source.document;
  out["document_id"] = source.document_id.value;
  out["title"] = text_or_null(source.title);
  out["publisher"] = text_or_null(source.publisher);
  out["published"] = text_or_null(source.published);
  out["url"] = text_or_null(source.url);
  out["author"] = text_or_null(source.author);
  if (source.page) out["page"] = source.page;
  else out["page"] = nullptr;
  out["start"] = source.start;
  out["end"] = source.end;
  if (source.rows) out["rows"] = true;
  if (source.ends) out["ends"] = true;
  out["quote"] = source.quote;
  out["speaker"] = text_or_null(source.speaker);
  out["valid"] = source.valid.edtf();
  out["time_phrase"] = text_or_null(source.time_phrase);
  out["confidence"] = source.confidence;
  out["extractor"] = source.extractor;
  if (source.copy_of) out["copy_of"] = source.copy_of.value;
  else out["copy_of"] = nullptr;
  out["statement"] = source.statement.value;
  out["commit"] = source.since.value;
  return out;
}
}  // namespace

json::object answer_without_clocks() {
  json::object answer;
  answer["entente"] = kJsonVersion;
  return answer;
}

json::object answer_of(const Session& session) {
  json::object answer = answer_without_clocks();
  const auto& window = session.as_of().valid;
  if (window) {
    const std::string from = window->from == kFirstDay ? ".." : edtf_of(window->from);
    const std::string to = window->to == kLastDay ? ".." : edtf_of(window->to - std::chrono::days(1));
    answer["as_of"] = from == to ? from : from + "/" + to;
  } else {
    answer["as_of"] = nullptr;
  }
  json::object known;
  known["commit"] = session.commit().value;
  known["database"] = session.database_id();
  answer["known_by"] = std::move(known);
  return answer;
}

void put_dates(json::object& out, const Interval& valid) {
  out["valid"] = valid.edtf();
  out["valid_from"] = date(valid.from(), false);
  out["valid_to"] = date(valid.to(), true);
  const Bound& known = valid.from().is_known() ? valid.from() : valid.to();
  out["precision"] = known.is_known() ? name_of(known.precision()) : "unknown";
}

json::value to_json(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
    json::array list;
    for (const std::string& text : *texts) list.emplace_back(text);
    return list;
  }
  return json::value(text_of(value));
}

json::object to_json(const Properties& properties) {
  json::object out;
  for (const auto& [name, value] : properties) out[name] = to_json(value);
  return out;
}

json::object to_json(const EdgeRow& row) {
  json::object out;
  out["id"] = row.edge.id.value;
  out["head"] = row.head;
  out["head_id"] = row.edge.head.value;
  out["head_label"] = row.head_label;
  out["type"] = row.type;
  out["family"] = name_of(row.family);
  out["tail"] = row.tail;
  out["tail_id"] = row.edge.tail.value;
  out["tail_label"] = row.tail_label;
  put_dates(out, row.edge.valid);
  out["holds"] = name_of(row.holds);
  out["mode"] = name_of(row.edge.mode);
  out["negated"] = row.edge.negated;
  out["speaker"] = text_or_null(row.speaker());
  out["confidence"] = row.edge.confidence;
  out["properties"] = to_json(row.edge.properties);
  out["commit"] = row.edge.since.value;
  json::array evidence;
  for (const Source& source : row.sources) evidence.push_back(to_json(source));
  out["evidence"] = std::move(evidence);
  out["evidence_count"] = row.edge.statements.size();
  return out;
}

json::object to_json(const Node& node, const Ontology& ontology) {
  json::object out;
  out["id"] = node.id.value;
  out["name"] = node.name;
  out["label"] = ontology.label(node.label).name;
  json::array labels, aliases;
  for (const LabelId label : node.more_labels) labels.emplace_back(ontology.label(label).name);
  for (const std::string& alias : node.aliases) aliases.emplace_back(alias);
  out["more_labels"] = std::move(labels);
  out["aliases"] = std::move(aliases);
  out["properties"] = to_json(node.properties);
  out["commit"] = node.since.value;
  return out;
}

json::object to_json(const Document& document) {
  json::object out;
  out["id"] = document.id.value;
  out["node"] = document.node.value;
  out["name"] = document.name;
  out["title"] = text_or_null(document.title);
  out["publisher"] = text_or_null(document.publisher);
  out["published"] = text_or_null(document.published.edtf());
  out["url"] = text_or_null(document.url);
  out["sha256"] = hex(document.digest);
  if (document.rows > 0) out["rows"] = document.rows;
  out["retracted"] = document.retracted;
  out["commit"] = document.since.value;
  return out;
}

json::object to_json(const Commit& commit) {
  json::object out;
  out["commit"] = commit.id.value;
  out["at"] = text_of(commit.at);
  out["author"] = commit.author;
  out["note"] = commit.note;
  out["nodes"] = commit.nodes;
  out["edges"] = commit.edges;
  out["statements"] = commit.statements;
  out["documents"] = commit.documents;
  out["hash"] = hex(commit.hash);
  out["previous"] = hex(commit.previous);
  return out;
}

void print(const json::object& answer) { std::cout << json::serialize(answer) << "\n"; }

}  // namespace entente
