#include "graph/slice.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace entente {
namespace {
std::vector<NodeIndex> indices_of(const Snapshot& snapshot, const std::vector<NodeId>& ids) {
  std::vector<NodeIndex> indices;
  for (const NodeId id : ids)
    if (const auto index = snapshot.find(id)) indices.push_back(*index);
  std::ranges::sort(indices);
  return indices;
}

bool holds(const std::vector<NodeIndex>& ascending, NodeIndex node) {
  return std::ranges::binary_search(ascending, node);
}
}  // namespace

Slice::Slice(std::shared_ptr<const Snapshot> snapshot, const Filter& filter)
    : snapshot_(std::move(snapshot)) {
  for (const EdgeType& type : snapshot_->ontology().types())
    if (type.id.value >= moods_by_type_.size()) moods_by_type_.resize(type.id.value + 1u, 0xFF);
  narrow(filter);
}

Slice::Slice(const Slice& of, const Filter& filter) : Slice(of) { narrow(filter); }

void Slice::narrow(const Filter& filter) {
  assert(!filter.valid || filter.valid->from < filter.valid->to);
  if (filter.valid || filter.certain_only) {
    const DayRange days = filter.valid.value_or(DayRange{});
    // What may hold, or certainly holds, in a window does so in every wider one.
    std::erase_if(windows_, [&](const Window& window) {
      return window.days.contains(days) && (!window.certain_only || filter.certain_only);
    });
    windows_.push_back({days, snapshot_->places(days), filter.certain_only});
  }
  narrow_confidence(filter.min_confidence);
  narrow_types(filter);
  narrow_nodes(filter);
}

void Slice::narrow_confidence(double least) {
  const Columns& columns = snapshot_->columns();
  min_confidence_ = std::max(min_confidence_, least);
  const std::span<const double> values = columns.confidence_values;
  const std::size_t ordered = std::min<std::size_t>(columns.ordered_confidences, values.size());
  const auto too_small = [&](double value) { return value < min_confidence_; };
  least_confidence_ = static_cast<std::uint32_t>(std::lower_bound(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(ordered), min_confidence_) - values.begin());
  by_value_ = ordered < values.size() && std::ranges::any_of(values, too_small);
  if (by_value_) least_confidence_ = ~std::uint32_t{0};
}

bool Slice::is_confident(EdgeIndex edge) const { return snapshot_->confidence(edge) >= min_confidence_; }

void Slice::narrow_types(const Filter& filter) {
  unsigned moods = 0;
  for (int mode = 0; mode < kModes; ++mode) {
    if (!filter.modes.empty() &&
        std::ranges::find(filter.modes, static_cast<Mode>(mode)) == filter.modes.end())
      continue;
    moods |= 1u << mood(static_cast<Mode>(mode), false);
    if (filter.include_negated) moods |= 1u << mood(static_cast<Mode>(mode), true);
  }
  const auto named = [&](const EdgeType& type) {
    return std::ranges::find(filter.types, type.id) != filter.types.end() ||
           std::ranges::find(filter.families, type.family) != filter.families.end();
  };
  const bool any_type = filter.types.empty() && filter.families.empty();
  for (const EdgeType& type : snapshot_->ontology().types()) {
    const bool wanted = any_type ? type.family != Family::Evidence || filter.include_evidence
                                 : named(type);
    std::uint8_t& admitted = moods_by_type_[type.id.value];
    admitted = static_cast<std::uint8_t>(wanted ? admitted & moods : 0);
  }
  all_kinds_ = std::ranges::all_of(snapshot_->columns().count_kinds, [&](std::uint32_t kind) {
    return admits_kind(EdgeKind{kind});
  });
}

void Slice::narrow_nodes(const Filter& filter) {
  if (!filter.labels.empty()) {
    LabelRule rule;
    for (const LabelId label : filter.labels) {
      if (label.value >= rule.allowed.size()) rule.allowed.resize(label.value + 1u);
      rule.allowed[label.value] = true;
    }
    rule.keep = indices_of(*snapshot_, filter.keep);
    label_rules_.push_back(std::move(rule));
  }
  for (const NodeIndex node : indices_of(*snapshot_, filter.avoid)) avoid_.push_back(node);
  std::ranges::sort(avoid_);
  all_nodes_ = label_rules_.empty() && avoid_.empty();
}

bool Slice::admits_node(NodeIndex node) const {
  if (holds(avoid_, node)) return false;
  return std::ranges::all_of(label_rules_, [&](const LabelRule& rule) {
    const auto allowed = [&](LabelId label) {
      return label.value < rule.allowed.size() && rule.allowed[label.value];
    };
    return allowed(snapshot_->label(node)) ||
           std::ranges::any_of(snapshot_->more_labels(node), allowed) || holds(rule.keep, node);
  });
}

std::uint32_t Slice::node_count() const {
  if (all_nodes_) return node_limit();
  std::uint32_t count = 0;
  each_node(*this, [&](NodeIndex) { ++count; });
  return count;
}

std::uint32_t Slice::edge_count() const {
  if (all_nodes_ && least_confidence_ == 0 && windows_.size() <= 1 &&
      (windows_.empty() || !windows_[0].certain_only)) {
    const auto window = windows_.empty() ? std::nullopt : std::optional(windows_[0].places);
    return static_cast<std::uint32_t>(
        snapshot_->count(window, [&](EdgeKind kind) { return admits_kind(kind); }));
  }
  std::uint32_t count = 0;
  each_edge(*this, [&](EdgeIndex) { ++count; });
  return count;
}

void Slice::list_edges() {
  std::vector<EdgeIndex> edges;
  each_edge(*this, [&](EdgeIndex edge) { edges.push_back(edge); });
  listed_ = std::make_shared<const std::vector<EdgeIndex>>(std::move(edges));
}

std::optional<DayRange> Slice::window() const {
  std::optional<DayRange> all = snapshot_->window();
  for (const Window& window : windows_) {
    if (!all) break;
    const DayRange both{std::max(all->from, window.days.from), std::min(all->to, window.days.to)};
    all = both.from < both.to ? std::optional(both) : std::nullopt;
  }
  return all;
}

Truth Slice::truth(EdgeIndex edge) const {
  Truth truth = snapshot_->truth(edge);
  for (const Window& window : windows_)
    truth = std::min(truth, snapshot_->meets(edge, window.places));
  return truth;
}

}  // namespace entente
