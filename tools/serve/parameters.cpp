#include "tools/serve/parameters.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "graph/catalog.h"

namespace entente::serve {
namespace json = boost::json;
namespace {

struct Words {
  std::string_view name, type, meaning;
};

constexpr Words kWords[] = {
    {"as_of", "string", "A day, month or year: what may have held then (EDTF)."},
    {"during", "string", "FROM..TO, the last day included: what may have held at some time of it."},
    {"known_by", "string", "What was believed then: #COMMIT, a date, or a moment. Without it: what is believed now."},
    {"type", "string", "Only edges of these types; repeated, or with commas between."},
    {"family", "string", "Only edges of these families: structure, regulation, cooperative, conflictual, evidence."},
    {"label", "string", "Only nodes that carry one of these labels."},
    {"mode", "string", "Only edges of these modes: actual, planned, alleged, ..."},
    {"avoid", "string", "A node to leave out, by name or number; repeated for more."},
    {"min_confidence", "number", "From 0 to 1."},
    {"certain", "boolean", "Only what certainly held."},
    {"negated", "boolean", "Also what is said not to be so."},
    {"mentions", "boolean", "Also which article names whom."},
    {"limit", "integer", "At most so many."},
    {"cursor", "string", "Where the page begins: `next` of the page before, with the same known_by."},
    {"q", "string", "The beginning of a name or alias."},
    {"from", "string", "One end by name or number; in a comparison, the first date."},
    {"to", "string", "The other end; in a comparison, the second date."},
    {"known_from", "string", "The first recorded time of a comparison: #COMMIT, a date, or a moment."},
    {"known_to", "string", "The second."},
    {"k", "integer", "How many paths."},
    {"all", "boolean", "All shortest paths instead."},
    {"forward", "boolean", "Along edges from head to tail alone."},
    {"max_hops", "integer", "Longer paths do not count."},
    {"around", "string", "At these nodes, by name or number; repeated for more."},
    {"with", "string", "Between the name and this one."},
    {"since", "integer", "The last commit that was seen."},
};

json::object number_schema(const Parameter& parameter) {
  json::object schema;
  schema["type"] = parameter.type == ParameterType::Count ? "integer" : "number";
  schema["minimum"] = parameter.least;
  schema["maximum"] = parameter.most;
  return schema;
}

json::array words_of(std::string_view choices) {
  json::array words;
  while (!choices.empty()) {
    const std::string_view word = choices.substr(0, choices.find('|'));
    words.emplace_back(word);
    choices.remove_prefix(std::min(choices.size(), word.size() + 1));
  }
  return words;
}

json::object schema_of(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::Number:
    case ParameterType::Count: return number_schema(parameter);
    case ParameterType::Choice: return json::object{{"type", "string"}, {"enum", words_of(parameter.choices)}};
    case ParameterType::Date: return json::object{{"type", "string"}, {"format", "date"}};
    case ParameterType::Nodes: return json::object{{"type", "array"}, {"items", json::object{{"type", "string"}}}};
  }
  return {};
}

// Its schema and what it means, of the first measure that takes it, and which measures do.
bool describe_of_measures(std::string_view name, json::object& out) {
  std::string takers;
  const Parameter* first = nullptr;
  for (const RankAlgorithm& algorithm : rank_algorithms()) {
    const auto found = std::ranges::find(algorithm.parameters, name, &Parameter::name);
    if (found == algorithm.parameters.end()) continue;
    if (!first) first = &*found;
    takers.append(takers.empty() ? "" : ", ").append(algorithm.name);
    if (!found->standard.empty()) takers.append(" (").append(found->standard).append(")");
  }
  if (!first) return false;
  out["schema"] = schema_of(*first);
  out["description"] = std::string(first->meaning) + " Of by=" + takers + ".";
  return true;
}
}  // namespace

const std::vector<std::string_view>& measure_parameters() {
  static const std::vector<std::string_view> kNames = [] {
    std::vector<std::string_view> names;
    for (const RankAlgorithm& algorithm : rank_algorithms())
      for (const Parameter& parameter : algorithm.parameters)
        if (std::ranges::find(names, parameter.name) == names.end()) names.push_back(parameter.name);
    return names;
  }();
  return kNames;
}

json::object described_parameter(std::string_view pattern, std::string_view name) {
  json::object out;
  out["name"] = name;
  out["in"] = "query";
  out["required"] = false;
  out["schema"] = json::object{{"type", "string"}};
  if (pattern == "/v1/rank" && name == "by") {
    json::array measures;
    for (const RankAlgorithm& algorithm : rank_algorithms()) measures.emplace_back(algorithm.name);
    out["schema"] = json::object{{"type", "string"}, {"enum", std::move(measures)}, {"default", "degree"}};
    out["description"] = "The measure.";
  } else if (pattern == "/v1/timeline" && name == "by") {
    out["schema"] = json::object{{"type", "string"}, {"enum", json::array{"year", "quarter", "month"}}};
    out["description"] = "The period that is counted by.";
  } else if (pattern != "/v1/rank" || !describe_of_measures(name, out)) {
    const auto words = std::ranges::find(kWords, name, &Words::name);
    if (words != std::end(kWords)) {
      out["schema"] = json::object{{"type", words->type}};
      out["description"] = words->meaning;
    }
  }
  return out;
}

json::object to_json(const Parameter& parameter) {
  static constexpr std::string_view kTypes[] = {"number", "count", "choice", "date", "nodes"};
  json::object out;
  out["name"] = parameter.name;
  out["type"] = kTypes[static_cast<std::size_t>(parameter.type)];
  out["standard"] = parameter.standard;
  out["meaning"] = parameter.meaning;
  if (parameter.type == ParameterType::Choice) out["choices"] = words_of(parameter.choices);
  if (parameter.type == ParameterType::Number || parameter.type == ParameterType::Count) {
    out["least"] = parameter.least;
    out["most"] = parameter.most;
  }
  return out;
}

}  // namespace entente::serve
