#include "tests/support/graph_text.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <sstream>

namespace entente {
namespace {

[[noreturn]] void fail(std::string_view what, std::string_view text) {
  std::fprintf(stderr, "graph_text: %.*s: '%.*s'\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(text.size()), text.data());
  std::abort();
}

template <typename T>
T read_or_fail(Result<T> result, std::string_view text) {
  if (!result) fail(result.error().message, text);
  return *result;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  std::istringstream in{std::string(text)};
  for (std::string part; std::getline(in, part, at);)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

std::optional<double> number(const std::string& word) {
  double value = 0;
  const auto end = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool all = end.ec == std::errc() && end.ptr == word.data() + word.size();
  if (!all || value > 1) return std::nullopt;  // 2019 is a year
  return value;
}

NodeId node_called(std::vector<Node>& nodes, const std::string& word) {
  const std::vector<std::string> parts = split(word, ':');
  for (const Node& node : nodes)
    if (node.name == parts[0]) return node.id;
  Node node;
  node.id = {nodes.size() + 1};
  node.label = label_of("Government");
  node.name = parts[0];
  node.since = {1};
  if (parts.size() > 1) {
    const std::vector<std::string> labels = split(parts[1], '+');
    node.label = label_of(labels[0]);
    for (std::size_t i = 1; i < labels.size(); ++i) node.more_labels.push_back(label_of(labels[i]));
  }
  nodes.push_back(node);
  return node.id;
}

}  // namespace

Day day(std::string_view edtf) { return read_or_fail(Bound::parse(edtf), edtf).period().from; }
DayRange window(std::string_view text) { return read_or_fail(parse_window(text), text); }
EdgeTypeId type_of(std::string_view name) {
  return read_or_fail(Ontology::builtin().type_named(name), name);
}
LabelId label_of(std::string_view name) {
  return read_or_fail(Ontology::builtin().label_named(name), name);
}

DrawnGraph::DrawnGraph(std::string_view text, const AsOf& as_of) {
  for (const std::string& item : split(text, ';')) {
    std::vector<std::string> words;
    std::istringstream in(item);
    for (std::string word; in >> word;) words.push_back(word);
    if (words.empty()) continue;
    Edge edge;
    edge.head = node_called(nodes, words[0]);
    if (words.size() == 1) continue;
    if (words.size() == 2) fail("an edge is HEAD TYPE TAIL", item);
    edge.id = {edges.size() + 1};
    edge.since = {1};
    edge.type = type_of(words[1]);
    edge.tail = node_called(nodes, words[2]);
    edge.confidence = 1;
    for (std::size_t i = 3; i < words.size(); ++i) {
      if (words[i] == "not") edge.negated = true;
      else if (const auto mode = parse_mode(words[i])) edge.mode = *mode;
      else if (const auto confidence = number(words[i])) edge.confidence = *confidence;
      else edge.valid = read_or_fail(Interval::parse(words[i]), words[i]);
    }
    edges.push_back(edge);
  }
  snapshot = read_or_fail(Snapshot::make(nodes, edges, Ontology::builtin(), as_of), text);
}

NodeId DrawnGraph::id(std::string_view name) const {
  for (const Node& node : nodes)
    if (node.name == name) return node.id;
  fail("no such node", name);
}

std::string DrawnGraph::names(const std::vector<NodeIndex>& indices) const {
  std::string text;
  for (const NodeIndex node : indices)
    text.append(text.empty() ? "" : " ").append(snapshot->name(node));
  return text;
}

std::string DrawnGraph::ids(const std::vector<EdgeIndex>& indices) const {
  std::string text;
  for (const EdgeIndex edge : indices)
    text.append(text.empty() ? "" : " ").append(std::to_string(snapshot->id(edge).value));
  return text;
}

}  // namespace entente
