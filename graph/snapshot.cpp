#include "graph/snapshot.h"

#include <algorithm>
#include <tuple>

namespace entente {
namespace {
constexpr std::size_t kMaxIndex = ~std::uint32_t{0} - 1;

std::int32_t number(Day day) { return static_cast<std::int32_t>(day.time_since_epoch().count()); }

Error corrupt(std::string what) { return {Code::Corruption, "snapshot: " + std::move(what)}; }
}  // namespace

Result<std::shared_ptr<const Snapshot>> Snapshot::make(const std::vector<Node>& nodes,
                                                       const std::vector<Edge>& edges,
                                                       const Ontology& ontology,
                                                       const AsOf& as_of) {
  SnapshotBuilder builder(ontology, as_of);
  for (const Node& node : nodes) builder.add(node);
  for (const Edge& edge : edges) builder.add(edge);
  return builder.finish();
}

std::optional<NodeIndex> Snapshot::find(NodeId id) const {
  const auto at = std::ranges::lower_bound(node_ids_, id);
  if (at == node_ids_.end() || *at != id) return std::nullopt;
  return NodeIndex{static_cast<std::uint32_t>(at - node_ids_.begin())};
}

std::optional<EdgeIndex> Snapshot::find(EdgeId id) const {
  const auto at = std::ranges::lower_bound(edges_by_id_, id, {},
                                           [&](EdgeIndex edge) { return this->id(edge); });
  if (at == edges_by_id_.end() || this->id(*at) != id) return std::nullopt;
  return *at;
}

std::span<const Step> Snapshot::edges_from_to(NodeIndex head, NodeIndex tail) const {
  const auto steps = std::ranges::equal_range(out_edges(head), tail, {}, &Step::node);
  return {steps.begin(), steps.end()};
}

std::span<const LabelId> Snapshot::more_labels(NodeIndex node) const {
  return std::span(more_labels_)
      .subspan(more_labels_first_[node.value], length(more_labels_first_, node));
}

std::string_view Snapshot::name(NodeIndex node) const {
  const std::uint64_t first = names_first_[node.value];
  return std::string_view(names_).substr(first, names_first_[node.value + 1] - first);
}

Interval Snapshot::valid(EdgeIndex edge) const {
  const auto bound = [](BoundKind kind, Day within) {
    if (kind.kind == Bound::Kind::Open) return Bound::open();
    if (kind.kind == Bound::Kind::Unknown) return Bound::unknown();
    return Bound::known(within, kind.precision);
  };
  const Kind& kind = kinds_[edge.value];
  return *Interval::make(bound(kind.from, earliest_start(edge)),
                         bound(kind.to, latest_end(edge) - std::chrono::days{1}));
}

SnapshotBuilder::SnapshotBuilder(const Ontology& ontology, const AsOf& as_of)
    : made_(new Snapshot(ontology, as_of)) {}

void SnapshotBuilder::add(const Node& node) {
  if (node.merged_into) {
    merged_[node.id] = node.merged_into;
    return;
  }
  nodes_.push_back({node.id, node.label, node.more_labels, node.name});
}

void SnapshotBuilder::add(const Edge& edge) {
  const Truth truth = made_->as_of_.holds(edge.valid);
  if (truth == Truth::No) return;
  const Interval& valid = edge.valid;
  edges_.push_back({.id = edge.id,
                    .head = edge.head,
                    .tail = edge.tail,
                    .head_index = {},
                    .tail_index = {},
                    .kind = {.type = edge.type,
                             .mode = edge.mode,
                             .negated = edge.negated,
                             .truth = truth,
                             .from = {valid.from().kind(), valid.from().precision()},
                             .to = {valid.to().kind(), valid.to().precision()}},
                    .limits = {number(valid.earliest_start()), number(valid.latest_start()),
                               number(valid.earliest_end()), number(valid.latest_end())},
                    .confidence = edge.confidence});
}

Result<std::shared_ptr<const Snapshot>> SnapshotBuilder::finish() {
  if (nodes_.size() > kMaxIndex || edges_.size() > kMaxIndex)
    return Error{Code::LimitReached, "snapshot: more than 4,294,967,294 nodes or edges"};
  if (const Status placed = place_nodes(); !placed) return placed.error();
  if (const Status placed = place_edges(); !placed) return placed.error();
  return std::shared_ptr<const Snapshot>(std::move(made_));
}

NodeId SnapshotBuilder::survivor_of(NodeId id) const {
  for (std::size_t steps = 0; steps < merged_.size(); ++steps) {  // a circle leads to no node
    const auto at = merged_.find(id);
    if (at == merged_.end()) break;
    id = at->second;
  }
  return id;
}

Status SnapshotBuilder::place_nodes() {
  Snapshot& to = *made_;
  std::ranges::sort(nodes_, {}, &Named::id);
  to.more_labels_first_.push_back(0);
  to.names_first_.push_back(0);
  for (const Named& node : nodes_) {
    const std::string who = "node " + std::to_string(node.id.value);
    if (!to.node_ids_.empty() && to.node_ids_.back() == node.id)
      return corrupt(who + " comes twice");
    for (const LabelId label : node.more_labels)
      if (!to.ontology_.has(label)) return corrupt(who + " has a label that the ontology lacks");
    if (!to.ontology_.has(node.label))
      return corrupt(who + " has a label that the ontology lacks");
    to.node_ids_.push_back(node.id);
    to.labels_.push_back(node.label);
    to.more_labels_.insert(to.more_labels_.end(), node.more_labels.begin(),
                           node.more_labels.end());
    to.more_labels_first_.push_back(static_cast<std::uint32_t>(to.more_labels_.size()));
    to.names_ += node.name;
    to.names_first_.push_back(to.names_.size());
  }
  nodes_.clear();
  return kOk;
}

Status SnapshotBuilder::place_edges() {
  Snapshot& to = *made_;
  for (Row& edge : edges_) {
    const std::string who = "edge " + std::to_string(edge.id.value);
    for (const auto& [id, index] : {std::pair{edge.head, &edge.head_index},
                                    std::pair{edge.tail, &edge.tail_index}}) {
      const auto found = to.find(survivor_of(id));
      if (!found)
        return corrupt(who + " joins node " + std::to_string(id.value) + ", which is not there");
      *index = *found;
    }
    if (!to.ontology_.has(edge.kind.type))
      return corrupt(who + " has a type that the ontology lacks");
  }
  std::ranges::sort(edges_, {}, [](const Row& edge) {
    return std::tuple(edge.head_index, edge.tail_index, edge.id);
  });

  const std::size_t nodes = to.node_ids_.size(), edges = edges_.size();
  to.out_first_.assign(nodes + 1, 0);
  to.in_first_.assign(nodes + 1, 0);
  to.out_.reserve(edges), to.edge_ids_.reserve(edges), to.heads_.reserve(edges);
  to.tails_.reserve(edges), to.kinds_.reserve(edges), to.limits_.reserve(edges);
  to.confidences_.reserve(edges), to.edges_by_id_.reserve(edges);
  for (const Row& edge : edges_) {
    const EdgeIndex index{static_cast<std::uint32_t>(to.edge_ids_.size())};
    to.out_.push_back({edge.tail_index, index});
    ++to.out_first_[edge.head_index.value + 1];
    ++to.in_first_[edge.tail_index.value + 1];
    to.edge_ids_.push_back(edge.id);
    to.heads_.push_back(edge.head_index);
    to.tails_.push_back(edge.tail_index);
    to.kinds_.push_back(edge.kind);
    to.limits_.push_back(edge.limits);
    to.confidences_.push_back(edge.confidence);
    to.edges_by_id_.push_back(index);
  }
  edges_ = {};
  for (std::size_t node = 0; node < nodes; ++node) {
    to.out_first_[node + 1] += to.out_first_[node];
    to.in_first_[node + 1] += to.in_first_[node];
  }

  // Edges come by (head, tail, id), so each in-row fills in the order of (head, id).
  to.in_.resize(edges);
  std::vector<std::uint32_t> next(to.in_first_.begin(), to.in_first_.end() - 1);
  for (EdgeIndex edge; edge.value < edges; ++edge.value)
    to.in_[next[to.tail(edge).value]++] = {to.head(edge), edge};

  std::ranges::sort(to.edges_by_id_, {}, [&](EdgeIndex edge) { return to.id(edge); });
  const auto twice = std::ranges::adjacent_find(
      to.edges_by_id_, {}, [&](EdgeIndex edge) { return to.id(edge); });
  if (twice != to.edges_by_id_.end())
    return corrupt("edge " + std::to_string(to.id(*twice).value) + " comes twice");
  return kOk;
}

}  // namespace entente
