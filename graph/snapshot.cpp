#include "graph/snapshot.h"

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <utility>

#include "graph/algorithms/parallel.h"
#include "graph/own_columns.h"

namespace entente {
namespace {
constexpr std::size_t kMaxIndex = ~std::uint32_t{0} - 1;

std::int32_t number(Day day) { return static_cast<std::int32_t>(day.time_since_epoch().count()); }

Error corrupt(std::string what) { return {Code::Corruption, "snapshot: " + std::move(what)}; }

// The place of a value in an ascending column. Ids are mostly given out one after the other, so the
// first guess is nearly always right.
template <typename Value, typename At>
std::optional<std::uint32_t> place_of(const Value& value, std::uint32_t count, At at) {
  if (count == 0 || value < at(0) || at(count - 1) < value) return std::nullopt;
  const std::uint64_t guess = value.value - at(0).value;
  if (guess < count && at(static_cast<std::uint32_t>(guess)) == value)
    return static_cast<std::uint32_t>(guess);
  std::uint32_t low = 0, high = count;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (at(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low < count && at(low) == value ? std::optional(low) : std::nullopt;
}

// Each entry of `order` moved, without changing the order of equals, to where its key puts it.
template <typename Key>
std::vector<std::uint32_t> sorted_by(const std::vector<std::uint32_t>& order, std::size_t keys, Key key) {
  std::vector<std::uint32_t> next(keys + 1, 0), sorted(order.size());
  for (const std::uint32_t entry : order) ++next[key(entry) + 1];
  for (std::size_t i = 0; i < keys; ++i) next[i + 1] += next[i];
  for (const std::uint32_t entry : order) sorted[next[key(entry)]++] = entry;
  return sorted;
}

// Lists of (instant, edges until then) for each kind of edge: see Columns.
void place_counts(OwnColumns& to, const OwnColumn<WideLimits>& limits) {
  std::vector<std::uint32_t> kinds;
  std::unordered_map<std::uint32_t, std::uint32_t> place;
  for (const EdgeKind kind : to.kinds)
    if (place.try_emplace(kind.type_and_mood(), 0).second) kinds.push_back(kind.type_and_mood());
  std::ranges::sort(kinds);
  for (std::uint32_t i = 0; i < kinds.size(); ++i) place[kinds[i]] = i;
  std::vector<std::vector<std::uint32_t>> edges(kinds.size());
  for (std::uint32_t edge = 0; edge < to.kinds.size(); ++edge)
    edges[place[to.kinds[edge].type_and_mood()]].push_back(edge);

  to.count_kinds.assign(kinds.begin(), kinds.end());
  to.count_first.assign(1, 0);
  std::vector<std::uint32_t> at(to.instants.size());
  for (const auto& of_kind : edges)
    for (const std::size_t which : {std::size_t{0}, std::size_t{3}}) {
      std::ranges::fill(at, 0);
      for (const std::uint32_t edge : of_kind) ++at[limits[edge][which]];
      std::uint32_t sum = 0;
      for (std::uint32_t instant = 0; instant < at.size(); ++instant) {
        if (at[instant] == 0) continue;
        sum += at[instant];
        to.count_instants.push_back(instant);
        to.count_sums.push_back(sum);
      }
      to.count_first.push_back(static_cast<std::uint32_t>(to.count_sums.size()));
    }
}
}  // namespace

Snapshot::Snapshot(Columns columns, const Ontology& ontology, const AsOf& as_of)
    : columns_(std::move(columns)), ontology_(ontology), as_of_(as_of) {
  if (columns_.is_layered) return;
  columns_.out_end = columns_.out_first.subspan(1);
  columns_.in_end = columns_.in_first.subspan(1);
}

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
  const auto place = place_of(id, node_limit(), [&](std::uint32_t at) { return columns_.node_ids[at]; });
  return place ? std::optional(NodeIndex{*place}) : std::nullopt;
}

std::optional<EdgeIndex> Snapshot::find(EdgeId id) const {
  const auto place = place_by_id(id);
  if (!place || kind(columns_.edges_by_id[*place]).left()) return std::nullopt;
  return columns_.edges_by_id[*place];
}

std::optional<std::uint32_t> Snapshot::place_by_id(EdgeId id) const {
  return place_of(id, static_cast<std::uint32_t>(columns_.edges_by_id.size()), [&](std::uint32_t at) {
    return this->id(columns_.edges_by_id[at]);
  });
}

StepRow Snapshot::edges_from_to(NodeIndex head, NodeIndex tail) const {
  // Both rows have them, in the same order; a short one is looked through sooner.
  const StepRow out = out_edges(head), in = in_edges(tail);
  const bool outward = out.size() <= in.size();
  const StepRow& row = outward ? out : in;
  const NodeIndex other = outward ? tail : head;
  const auto nodes = row.nodes();
  const auto first = std::ranges::lower_bound(nodes, other);
  const auto last = std::find_if(first, nodes.end(), [&](NodeIndex node) { return node != other; });
  return row.part(static_cast<std::size_t>(first - nodes.begin()), static_cast<std::size_t>(last - first));
}

std::span<const LabelId> Snapshot::more_labels(NodeIndex node) const {
  return columns_.more_labels.subspan(columns_.more_labels_first[node.value],
                                      length(columns_.more_labels_first, node));
}

std::string_view Snapshot::name(NodeIndex node) const {
  const std::uint64_t first = columns_.names_first[node.value];
  return {columns_.names.data() + first, columns_.names_first[node.value + 1] - first};
}

InstantRange Snapshot::places(const DayRange& window) const {
  const auto& instants = columns_.instants;
  const auto from = std::ranges::upper_bound(instants, number(window.from));
  const auto to = std::ranges::lower_bound(instants, number(window.to));
  return {static_cast<std::uint32_t>(from - instants.begin()),
          static_cast<std::uint32_t>(to - instants.begin())};
}

std::uint32_t Snapshot::begun(std::size_t list, std::uint32_t before) const {
  const std::uint32_t first = columns_.count_first[list];
  const auto instants =
      columns_.count_instants.subspan(first, columns_.count_first[list + 1] - first);
  const auto at = static_cast<std::uint32_t>(std::ranges::lower_bound(instants, before) - instants.begin());
  return at == 0 ? 0 : columns_.count_sums[first + at - 1];
}

Interval Snapshot::valid(EdgeIndex edge) const {
  const auto bound = [](Bound::Kind kind, Precision precision, Day within) {
    if (kind == Bound::Kind::Open) return Bound::open();
    if (kind == Bound::Kind::Unknown) return Bound::unknown();
    return Bound::known(within, precision);
  };
  const EdgeKind kind = this->kind(edge);
  return *Interval::make(
      bound(kind.from_kind(), kind.from_precision(), earliest_start(edge)),
      bound(kind.to_kind(), kind.to_precision(), latest_end(edge) - std::chrono::days{1}));
}

SnapshotBuilder::SnapshotBuilder(const Ontology& ontology, const AsOf& as_of)
    : ontology_(ontology), as_of_(as_of) {}

void SnapshotBuilder::add(const Node& node) {
  if (node.merged_into) {
    merged_[node.id] = node.merged_into;
    return;
  }
  nodes_.push_back({node.id, node.label, node.more_labels, node.name});
}

void SnapshotBuilder::add(const Edge& edge, std::size_t part) {
  const Truth truth = as_of_.holds(edge.valid);
  if (truth == Truth::No) return;
  const Interval& valid = edge.valid;
  edge_parts_[part].push_back({.id = edge.id,
                               .head = edge.head,
                               .tail = edge.tail,
                               .kind = EdgeKind::of(edge.type, edge.mode, edge.negated, truth, valid),
                               .limits = {number(valid.earliest_start()), number(valid.latest_start()),
                                          number(valid.earliest_end()), number(valid.latest_end())},
                               .confidence = edge.confidence});
}

Result<std::shared_ptr<const Snapshot>> SnapshotBuilder::finish() {
  if (edge_parts_.size() == 1) {
    edges_ = std::move(edge_parts_.front());
  } else {
    std::size_t count = 0;
    for (const std::vector<Row>& rows : edge_parts_) count += rows.size();
    edges_.reserve(count);
    for (std::vector<Row>& rows : edge_parts_) {
      edges_.insert(edges_.end(), rows.begin(), rows.end());
      rows = {};
    }
  }
  if (nodes_.size() > kMaxIndex || edges_.size() > kMaxIndex)
    return Error{Code::LimitReached, "snapshot: more than 4,294,967,294 nodes or edges"};
  const auto own = std::make_shared<OwnColumns>();
  if (const Status placed = place_nodes(*own); !placed) return placed.error();
  if (const Status placed = place_edges(*own); !placed) return placed.error();
  return std::shared_ptr<const Snapshot>(
      std::make_shared<Snapshot>(columns_over(own), ontology_, as_of_));
}

NodeId SnapshotBuilder::survivor_of(NodeId id) const {
  for (std::size_t steps = 0; steps < merged_.size(); ++steps) {  // a circle leads to no node
    const auto at = merged_.find(id);
    if (at == merged_.end()) break;
    id = at->second;
  }
  return id;
}

Status SnapshotBuilder::place_nodes(OwnColumns& to) {
  std::ranges::sort(nodes_, {}, &Named::id);
  to.more_labels_first.push_back(0);
  to.names_first.push_back(0);
  for (const Named& node : nodes_) {
    const std::string who = "node " + std::to_string(node.id.value);
    if (!to.node_ids.empty() && to.node_ids.back() == node.id) return corrupt(who + " comes twice");
    for (const LabelId label : node.more_labels)
      if (!ontology_.has(label)) return corrupt(who + " has a label that the ontology lacks");
    if (!ontology_.has(node.label)) return corrupt(who + " has a label that the ontology lacks");
    to.node_ids.push_back(node.id);
    to.labels.push_back(node.label);
    to.more_labels.insert(to.more_labels.end(), node.more_labels.begin(), node.more_labels.end());
    to.more_labels_first.push_back(static_cast<std::uint32_t>(to.more_labels.size()));
    to.names.insert(to.names.end(), node.name.begin(), node.name.end());
    to.names_first.push_back(to.names.size());
  }
  nodes_ = {};
  return kOk;
}

Status SnapshotBuilder::place_edges(OwnColumns& to) {
  const auto who = [](EdgeId id) { return "edge " + std::to_string(id.value); };
  if (!std::ranges::is_sorted(edges_, {}, &Row::id)) std::ranges::sort(edges_, {}, &Row::id);
  const auto twice = std::ranges::adjacent_find(edges_, {}, &Row::id);
  if (twice != edges_.end()) return corrupt(who(twice->id) + " comes twice");

  const auto count = static_cast<std::uint32_t>(edges_.size());
  const auto nodes = static_cast<std::uint32_t>(to.node_ids.size());
  std::vector<std::uint32_t> heads(count), tails(count), order(count);
  constexpr std::uint32_t kPart = 1u << 16;
  std::vector<std::string> faults(count / kPart + 1);  // the first of each part
  in_parts(count, kPart, [&](std::uint32_t part, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end && faults[part].empty(); ++i) {
      const Row& edge = edges_[i];
      order[i] = i;
      for (const auto& [id, index] : {std::pair{edge.head, &heads[i]}, std::pair{edge.tail, &tails[i]}}) {
        const auto found = place_of(survivor_of(id), nodes, [&](std::uint32_t at) { return to.node_ids[at]; });
        if (found) *index = *found;
        else faults[part] = who(edge.id) + " joins node " + std::to_string(id.value) + ", which is not there";
      }
      if (faults[part].empty() && !ontology_.has(edge.kind.type()))
        faults[part] = who(edge.id) + " has a type that the ontology lacks";
    }
  });
  for (const std::string& fault : faults)
    if (!fault.empty()) return corrupt(fault);
  InstantTable instants(count);
  std::unordered_map<std::uint64_t, std::uint32_t> confidence_places;
  for (const Row& edge : edges_) {
    for (const std::int32_t limit : edge.limits) instants.note(limit);
    if (confidence_places.try_emplace(std::bit_cast<std::uint64_t>(edge.confidence), 0).second)
      to.confidence_values.push_back(edge.confidence);
  }
  to.instants = instants.finish();
  std::ranges::sort(to.confidence_values);
  for (std::uint32_t i = 0; i < to.confidence_values.size(); ++i)
    confidence_places[std::bit_cast<std::uint64_t>(to.confidence_values[i])] = i;

  // They are in the order of ids; sorted by tail, and then by head, in that of (head, tail, id).
  order = sorted_by(order, nodes, [&](std::uint32_t edge) { return tails[edge]; });
  order = sorted_by(order, nodes, [&](std::uint32_t edge) { return heads[edge]; });

  const bool wide_ids = count > 0 && edges_.back().id.value > ~std::uint32_t{0};
  to.out_first.assign(nodes + 1, 0), to.in_first.assign(nodes + 1, 0);
  to.heads.resize(count), to.tails.resize(count), to.kinds.resize(count), to.confidences.resize(count);
  to.edges_by_id.resize(count), to.in_nodes.resize(count), to.in_edges.resize(count);
  if (wide_ids) to.wide_edge_ids.resize(count);
  else to.edge_ids.resize(count);
  OwnColumn<WideLimits> limits(count);
  in_parts(count, kPart, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t place = begin; place < end; ++place) {
      const std::uint32_t from = order[place];
      const Row& edge = edges_[from];
      to.heads[place] = {heads[from]}, to.tails[place] = {tails[from]};
      to.kinds[place] = edge.kind;
      to.confidences[place] = confidence_places.find(std::bit_cast<std::uint64_t>(edge.confidence))->second;
      if (wide_ids) to.wide_edge_ids[place] = edge.id;
      else to.edge_ids[place] = static_cast<std::uint32_t>(edge.id.value);
      to.edges_by_id[from] = {place};
      for (std::size_t i = 0; i < 4; ++i) limits[place][i] = instants[edge.limits[i]];
    }
  });
  edges_ = {};
  for (const std::uint32_t head : heads) ++to.out_first[head + 1];
  for (const std::uint32_t tail : tails) ++to.in_first[tail + 1];
  for (std::uint32_t node = 0; node < nodes; ++node) {
    to.out_first[node + 1] += to.out_first[node];
    to.in_first[node + 1] += to.in_first[node];
  }

  // Edges come by (head, tail, id), so each in-row fills in the order of (head, id).
  std::vector<std::uint32_t> next(to.in_first.begin(), to.in_first.end() - 1);
  for (std::uint32_t edge = 0; edge < count; ++edge) {
    const std::uint32_t at = next[to.tails[edge].value]++;
    to.in_nodes[at] = to.heads[edge];
    to.in_edges[at] = {edge};
  }

  place_counts(to, limits);
  if (to.instants.size() > 65'536) {
    to.wide_limits = std::move(limits);
  } else {
    to.limits.resize(count);
    for (std::uint32_t edge = 0; edge < count; ++edge)
      for (std::size_t i = 0; i < 4; ++i) to.limits[edge][i] = static_cast<std::uint16_t>(limits[edge][i]);
  }
  return kOk;
}

}  // namespace entente
