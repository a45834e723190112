#include "tests/support/random_graph.h"

#include <algorithm>
#include <cstdlib>

#include "tests/support/graph_text.h"

namespace entente {
namespace {

constexpr const char* kTypes[] = {"AID", "CONSULT", "SANCTION", "SUPPLIES", "MENTIONS"};
constexpr const char* kLabels[] = {"Government", "Company", "Person", "Official"};

Bound random_bound(Dice& dice) {
  switch (dice.below(6)) {
    case 0: return Bound::unknown();
    case 1: return Bound::open();
    case 2: return Bound::known(day("2024-01-15") + std::chrono::days{dice.below(90)},
                                static_cast<Precision>(dice.below(4)));
    default: return Bound::known(day("2024-02-01") + std::chrono::days{dice.below(60)});
  }
}

Interval random_interval(Dice& dice) {
  while (true) {
    const Bound from = random_bound(dice);
    const auto made = Interval::make(from, dice.one_in(3) ? from : random_bound(dice));
    if (made) return *made;
  }
}

DayRange random_window(Dice& dice) {
  const Day from = day("2024-02-01") + std::chrono::days{dice.below(60)};
  return {from, from + std::chrono::days{dice.one_in(2) ? 1 : 1 + dice.below(30)}};
}

template <typename T>
bool lists(const std::vector<T>& list, const T& value) {
  return std::ranges::find(list, value) != list.end();
}

}  // namespace

RandomGraph random_graph(Dice& dice, std::uint32_t max_nodes, std::uint32_t max_edges) {
  RandomGraph graph;
  const std::uint32_t nodes = 1 + dice.below(max_nodes);
  for (std::uint32_t i = 0; i < nodes; ++i) {
    Node node;
    node.id = {1 + 3 * i + dice.below(3)};
    node.label = label_of(kLabels[dice.below(3)]);
    if (dice.one_in(4)) node.more_labels = {label_of("Official")};
    node.name = "node" + std::to_string(i);
    graph.nodes.push_back(node);
  }
  const std::uint32_t edges = dice.below(max_edges + 1);
  for (std::uint32_t i = 0; i < edges; ++i) {
    Edge edge;
    edge.id = {1 + 2 * (edges - i) + dice.below(2)};
    edge.head = graph.nodes[dice.below(nodes)].id;
    edge.tail = graph.nodes[dice.below(nodes)].id;
    edge.type = type_of(kTypes[dice.one_in(8) ? 4 : dice.below(4)]);
    edge.valid = random_interval(dice);
    edge.mode = static_cast<Mode>(dice.one_in(3) ? dice.below(kModes) : 0);
    edge.negated = dice.one_in(10);
    edge.confidence = (1 + dice.below(4)) / 4.0;
    graph.edges.push_back(edge);
  }
  if (dice.one_in(3)) graph.as_of.valid = random_window(dice);
  graph.snapshot = *Snapshot::make(graph.nodes, graph.edges, Ontology::builtin(), graph.as_of);
  Dice own(31 * edges + nodes);  // so that the graphs are those that they always were
  if (own.one_in(2)) graph.snapshot = laid_over(graph, own);
  return graph;
}

Before before(const RandomGraph& graph, Dice& dice) {
  Changes changes;
  std::vector<Node> nodes;
  const std::uint32_t late = dice.one_in(2) ? std::uint32_t(graph.nodes.size()) : 1 + dice.below(std::uint32_t(graph.nodes.size()));
  const bool in_order = !dice.one_in(4);
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    Node node = graph.nodes[i];
    if (i >= late || (!in_order && dice.one_in(6))) {  // not there yet
      changes.nodes[node.id] = node;
      continue;
    }
    if (dice.one_in(8)) {
      changes.nodes[node.id] = node;
      if (dice.one_in(2)) node.name = dice.one_in(2) ? "" : "once called " + node.name;
      if (dice.one_in(2)) node.label = label_of(kLabels[dice.below(3)]);
      if (dice.one_in(2)) node.more_labels = {label_of("Person"), label_of("Company")};
    }
    nodes.push_back(node);
  }
  if (nodes.empty()) nodes.push_back(graph.nodes[0]);
  if (!in_order) {
    Node gone;
    gone.id = {3 * nodes.back().id.value + 1'000}, gone.label = label_of("Person"), gone.name = "gone";
    nodes.push_back(gone);
    changes.nodes[nodes.back().id] = std::nullopt;
  }
  std::vector<Edge> edges;
  const auto joins = [&](Edge& edge) {
    const auto stands = [&](NodeId id) { return std::ranges::find(nodes, id, &Node::id) != nodes.end(); };
    return stands(edge.head) && stands(edge.tail);
  };
  const auto any = [&] { return nodes[dice.below(std::uint32_t(nodes.size()))].id; };
  for (const Edge& now : graph.edges) {
    Edge edge = now;
    if (dice.one_in(4)) {
      changes.edges[edge.id] = now;
      if (dice.one_in(2)) continue;  // not there yet
      if (dice.one_in(2)) edge.head = any();
      if (dice.one_in(2)) edge.tail = any();
      if (dice.one_in(2)) edge.valid = random_interval(dice);
      if (dice.one_in(2)) edge.type = type_of(kTypes[dice.below(5)]);
      if (dice.one_in(2)) edge.confidence = (1 + dice.below(4)) / 4.0 - 0.125;
      edge.negated = dice.one_in(4);
    }
    if (joins(edge)) edges.push_back(edge);
    else changes.edges[edge.id] = now;
  }
  for (std::uint32_t i = dice.below(4); i > 0; --i) {
    Edge edge;
    edge.id = {100'000 + 7 * i}, edge.head = any(), edge.tail = any(), edge.type = type_of("AID");
    edge.valid = random_interval(dice), edge.confidence = 0.0625;
    edges.push_back(edge);
    changes.edges[edge.id] = std::nullopt;
  }
  return {*Snapshot::make(nodes, edges, Ontology::builtin(), graph.as_of), std::move(changes)};
}

std::shared_ptr<const Snapshot> laid_over(const RandomGraph& graph, Dice& dice) {
  const Before was = before(graph, dice);
  const auto made = with_changes(*was.base, was.changes, graph.as_of.recorded);
  // A base without edges is none to lay anything over.
  return made ? *made : *Snapshot::make(graph.nodes, graph.edges, Ontology::builtin(), graph.as_of);
}

Filter random_filter(Dice& dice, const RandomGraph& graph) {
  Filter filter;
  if (dice.one_in(2)) filter.valid = random_window(dice);
  filter.certain_only = dice.one_in(4);
  if (dice.one_in(4))
    for (int i = 0; i < 3; ++i) filter.types.push_back(type_of(kTypes[dice.below(5)]));
  if (dice.one_in(6)) filter.families.push_back(static_cast<Family>(dice.below(kFamilies)));
  filter.include_evidence = dice.one_in(4);
  if (dice.one_in(4)) filter.modes = {Mode::Actual, static_cast<Mode>(dice.below(kModes))};
  filter.include_negated = dice.one_in(3);
  if (dice.one_in(4)) filter.min_confidence = dice.below(5) / 4.0;
  if (dice.one_in(5))
    for (int i = 0; i < 2; ++i) filter.labels.push_back(label_of(kLabels[dice.below(4)]));
  if (dice.one_in(3)) filter.keep.push_back(graph.nodes[dice.below(graph.nodes.size())].id);
  if (dice.one_in(5)) filter.avoid.push_back(graph.nodes[dice.below(graph.nodes.size())].id);
  return filter;
}

bool passes(const Filter& filter, const Node& node) {
  if (lists(filter.avoid, node.id)) return false;
  if (filter.labels.empty() || lists(filter.keep, node.id)) return true;
  if (lists(filter.labels, node.label)) return true;
  return std::ranges::any_of(node.more_labels,
                             [&](LabelId label) { return lists(filter.labels, label); });
}

Truth passes(const Filter& filter, const Edge& edge, Truth before) {
  const Family family = Ontology::builtin().type(edge.type).family;
  const bool named = lists(filter.types, edge.type) || lists(filter.families, family);
  const bool unnamed = filter.types.empty() && filter.families.empty() &&
                       (family != Family::Evidence || filter.include_evidence);
  if (!named && !unnamed) return Truth::No;
  if (!filter.modes.empty() && !lists(filter.modes, edge.mode)) return Truth::No;
  if (edge.negated && !filter.include_negated) return Truth::No;
  if (edge.confidence < filter.min_confidence) return Truth::No;
  const Truth truth = filter.valid ? std::min(before, edge.valid.meets(*filter.valid)) : before;
  return filter.certain_only && truth != Truth::Yes ? Truth::No : truth;
}

std::uint32_t cases(std::uint32_t usual) {
  const char* asked = std::getenv("ENTENTE_LONG");
  return asked != nullptr && std::string_view(asked) == "1" ? 10 * usual : usual;
}

}  // namespace entente
