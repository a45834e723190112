#include "tools/exchange/edge_table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "schema/text.h"

namespace entente::exchange {
namespace {
enum Part : std::size_t { Head, Tail, Type, From, To, MoodPart, Confidence, HeadLabel, TailLabel };
constexpr std::array<std::string_view, 9> kParts = {"head", "tail",       "type",       "from",      "to",
                                                    "mode", "confidence", "head_label", "tail_label"};

Error refused(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

Result<Bound> bound_of(std::string_view text) {
  const bool timed = text.size() > 10 && (text[10] == 'T' || text[10] == ' ');
  return Bound::parse(timed ? text.substr(0, 10) : text);
}
}  // namespace

Result<ColumnMap> ColumnMap::parse(std::string_view text) {
  ColumnMap map;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(',', from), text.size());
    const std::string_view pair = text.substr(from, to - from);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals + 1 == pair.size())
      return refused("cannot read '" + std::string(pair) + "' in the map; write head=COLUMN,tail=COLUMN,type=COLUMN,from=COLUMN");
    const std::string part(pair.substr(0, equals));
    if (std::find(kParts.begin(), kParts.end(), part) == kParts.end())
      return refused("a map has no part '" + part + "'; it has head, tail, type, from, to, mode, confidence, head_label, tail_label");
    if (!map.columns_.emplace(part, pair.substr(equals + 1)).second) return refused("the map has '" + part + "' twice");
    from = to + 1;
  }
  for (const Part needed : {Head, Tail})
    if (!map.has(kParts[needed]))
      return refused("the map lacks '" + std::string(kParts[needed]) + "'; write head=COLUMN,tail=COLUMN,type=COLUMN,from=COLUMN");
  return map;
}

std::vector<std::string> ColumnMap::column_names() const {
  std::vector<std::string> names;
  for (const auto& [part, column] : columns_) names.push_back(column);
  return names;
}

Result<EdgeTable> EdgeTable::open(RowReader table, EdgeTableOptions options, const Ontology& ontology) {
  if (options.columns.has("type") == options.type.has_value())
    return refused(options.type ? "the map has a column of types, and one type was given for all; leave one out"
                                : "the map lacks 'type'; write type=COLUMN, or give one type for all rows");
  EdgeTable edges(std::move(table), std::move(options), ontology);
  edges.places_.resize(kParts.size());
  for (const auto& [part, column] : edges.options_.columns.columns()) {
    const auto place = edges.table_.column(column);
    if (!place) {
      std::string all;
      for (const std::string& name : edges.table_.columns()) all += (all.empty() ? "" : ", ") + name;
      return refused("there is no column '" + column + "'; there are " + all);
    }
    edges.places_[std::size_t(std::find(kParts.begin(), kParts.end(), part) - kParts.begin())] = place;
  }
  return edges;
}

Result<const EdgeTable::Relation*> EdgeTable::meaning_of(std::string_view relation) {
  if (const auto known = relations_.find(relation); known != relations_.end()) return &known->second;
  if (find_utf8_fault(relation)) return refused("the type is not UTF-8");
  auto meaning = options_.relations ? options_.relations->find(relation) : std::nullopt;
  if (!meaning && options_.type) meaning = RelationMap::Meaning{options_.type};
  if (!meaning) {
    const auto type = ontology_->type_named(relation);
    if (!type) return type.error();
    meaning = RelationMap::Meaning{*type};
  }
  Relation met{*meaning, {}};
  if (meaning->type && !options_.type && relation != ontology_->type(*meaning->type).name)
    met.properties.emplace("relation", std::string(relation));
  return &relations_.emplace(relation, std::move(met)).first->second;
}

Result<LabelId> EdgeTable::label_of(std::string_view name) const {
  if (name.empty() && options_.label == LabelId{})
    return refused("a name without a label, and none was given for all");
  if (name.empty()) return options_.label;
  return ontology_->label_named(name);
}

std::string_view EdgeTable::part(std::span<const std::string_view> fields, std::size_t which) const {
  return places_[which] ? fields[*places_[which]] : std::string_view();
}

Status EdgeTable::read_row(std::span<const std::string_view> fields, bool& left_out) {
  const auto relation = meaning_of(part(fields, Type));
  if (!relation) return relation.error();
  left_out = !(*relation)->meaning.type;
  if (left_out) return kOk;
  row_.type = *(*relation)->meaning.type;
  row_.head = part(fields, Head), row_.tail = part(fields, Tail);
  const auto head = label_of(part(fields, HeadLabel)), tail = label_of(part(fields, TailLabel));
  if (!head) return head.error();
  if (!tail) return tail.error();
  row_.head_label = *head, row_.tail_label = *tail;
  const EdgeType& type = ontology_->type(row_.type);

  const auto from = bound_of(part(fields, From));
  if (!from) return from.error();
  const auto to = places_[To] ? bound_of(part(fields, To)) : type.lasting ? Result<Bound>(Bound::unknown()) : from;
  if (!to) return to.error();
  const auto valid = Interval::make(*from, *to);
  if (!valid) return valid.error();
  row_.valid = *valid;

  row_.mode = Mode::Actual;
  if (const auto mode = part(fields, MoodPart); !mode.empty()) {
    const auto known = parse_mode(mode);
    if (!known) return known.error();
    row_.mode = *known;
  }
  row_.confidence = 1;
  if (const auto text = part(fields, Confidence); !text.empty()) {
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), row_.confidence);
    if (fault != std::errc() || end != text.data() + text.size() || !(row_.confidence > 0 && row_.confidence <= 1))
      return refused("a confidence lies in (0, 1], not '" + std::string(text.substr(0, 40)) + "'");
  }
  row_.properties = &(*relation)->properties;
  if (!options_.other_columns) return kOk;
  properties_ = (*relation)->properties;
  row_.properties = &properties_;
  return take_other_columns(fields);
}

Status EdgeTable::take_other_columns(std::span<const std::string_view> fields) {
  while (is_other_.size() < fields.size()) {  // JSON lines may have more columns by now
    const std::size_t place = is_other_.size();
    is_other_.push_back(std::find(places_.begin(), places_.end(), std::optional(place)) == places_.end());
  }
  for (std::size_t place = 0; place < fields.size(); ++place) {
    if (!is_other_[place] || fields[place].empty()) continue;
    if (find_utf8_fault(fields[place])) return refused("column '" + table_.columns()[place] + "' is not UTF-8");
    properties_.emplace(table_.columns()[place], std::string(fields[place]));
  }
  return kOk;
}

Result<EdgeTable::Next> EdgeTable::next() {
  const auto fields = table_.next();
  if (!fields && fields.error().code == Code::InvalidArgument && !table_.is_lost())
    return Next{Kind::Refused, fields.error().message};
  if (!fields) return fields.error();
  if (!*fields) return Next{Kind::End, ""};
  bool left_out = false;
  if (auto read = read_row(**fields, left_out); !read)
    return Next{Kind::Refused, "line " + std::to_string(table_.line()) + ": " + read.error().message};
  return Next{left_out ? Kind::LeftOut : Kind::Edge, ""};
}

}  // namespace entente::exchange
