#include "graph/overlay.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/algorithms/parallel.h"
#include "graph/flatten.h"
#include "graph/overlay_layer.h"

namespace entente {
namespace {

Error corrupt(std::string what) { return {Code::Corruption, "changes since the image: " + std::move(what)}; }
Error too_wide(const char* what) { return {Code::LimitReached, std::string("changes since the image: ") + what}; }
std::string called(EdgeId id) { return "edge " + std::to_string(id.value); }

std::int32_t number(Day day) { return static_cast<std::int32_t>(day.time_since_epoch().count()); }

// An edge as it is now.
struct Now {
  EdgeId id;
  NodeIndex head, tail;
  EdgeKind kind;
  std::array<std::int32_t, 4> days;
  double confidence;
};

// What a row gains and loses.
struct RowChange {
  std::vector<EdgeIndex> left;
  std::vector<std::uint32_t> came;  // places among those that came
};

class Overlay {
 public:
  Overlay(const Snapshot& base, const Changes& changes) : base_(base), from_(base.columns()), changes_(changes) {}

  Result<std::shared_ptr<const Snapshot>> make(CommitId recorded) {
    sort_nodes();
    if (const Status sorted = sort_edges(); !sorted) return sorted.error();
    if (const Status grown = grow(); !grown) return grown.error();
    add_nodes();
    if (const Status placed = place_days(); !placed) return placed.error();
    place_confidences();
    count_edges();
    move_out_rows();
    for (const auto& [place, now] : altered_) put(moved(place).value, now);
    move_in_rows();
    list_ids();
    for (const NodeIndex gone : gone_nodes_)
      if (to_->out_first[gone.value] != to_->out_end[gone.value] || to_->in_first[gone.value] != to_->in_end[gone.value])
        return corrupt("node " + std::to_string(base_.id(gone).value) + " has gone and still has edges");
    return finish(recorded);
  }

 private:
  // ---- what to do
  void sort_nodes();
  Status sort_edges();
  Result<Now> now_of(const Edge& edge) const;
  std::optional<NodeIndex> index_of(NodeId id) const;
  // What each row loses by place, what comes by the order of rows; how long they become in all.
  template <typename RowOf>
  std::size_t sort_rows(std::map<std::uint32_t, RowChange>& rows, NodeIndex Now::*end, RowOf row_of) {
    std::size_t places = 0;
    for (auto& [node, change] : rows) {
      const std::size_t before = node < base_.node_limit() ? row_of(NodeIndex{node}).size() : 0;
      places += before - change.left.size() + change.came.size();
      std::ranges::sort(change.left);
      std::ranges::sort(change.came, {}, [&](std::uint32_t i) { return std::pair(id_of(came_[i].*end), came_[i].id); });
    }
    return places;
  }
  Status grow();

  // ---- doing it
  // A row as it becomes, in order: stays(its place in the row), comes(its place among those that came).
  template <typename Stays, typename Comes>
  void each_of(const StepRow& row, const RowChange& change, NodeIndex Now::*end, Stays stays, Comes comes) const {
    auto next = change.came.begin();
    const auto come_before = [&](std::optional<std::pair<NodeId, EdgeId>> limit) {
      for (; next != change.came.end() && (!limit || std::pair(id_of(came_[*next].*end), came_[*next].id) < *limit); ++next) comes(*next);
    };
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (std::ranges::binary_search(change.left, row.edge(i))) continue;
      come_before(std::pair(base_.id(row.node(i)), base_.id(row.edge(i))));
      stays(i);
    }
    come_before(std::nullopt);
  }
  void add_nodes();
  void rename_nodes();
  Status place_days();
  void place_confidences();
  void count_edges();
  void move_out_rows();
  void move_in_rows();
  void list_ids();
  Result<std::shared_ptr<const Snapshot>> finish(CommitId recorded);

  void put(std::uint32_t place, const Now& now);
  void copy(std::uint32_t from, std::uint32_t to);
  EdgeIndex moved(EdgeIndex edge) const {
    const auto at = moved_.find(edge.value);
    return at == moved_.end() ? edge : EdgeIndex{at->second};
  }
  NodeId id_of(NodeIndex node) const {
    return node.value < base_.node_limit() ? base_.id(node) : new_nodes_[node.value - base_.node_limit()]->id;
  }
  std::array<std::uint32_t, 4> places_of(const std::array<std::int32_t, 4>& days) const {
    std::array<std::uint32_t, 4> places;
    for (std::size_t i = 0; i < 4; ++i)
      places[i] = static_cast<std::uint32_t>(std::ranges::lower_bound(to_->instants, days[i]) - to_->instants.begin());
    return places;
  }
  template <typename Visit>
  void each_now(Visit visit) const {
    for (const Now& now : came_) visit(now);
    for (const auto& [place, now] : altered_) visit(now);
  }

  const Snapshot& base_;
  const Columns& from_;
  const Changes& changes_;

  std::vector<const Node*> new_nodes_;                          // by id; their places follow the base's
  std::vector<std::pair<NodeIndex, const Node*>> renamed_;      // by place
  std::vector<NodeIndex> gone_nodes_;                           // ascending
  std::vector<Now> came_;                                       // by id
  std::vector<std::pair<EdgeIndex, Now>> altered_;              // where they lay, between the same nodes
  std::vector<EdgeIndex> left_;
  std::map<std::uint32_t, RowChange> out_, in_;  // by node
  std::size_t out_places_ = 0, in_places_ = 0;

  std::shared_ptr<Layer> to_;
  std::uint32_t ordered_confidences_ = 0;
  std::unordered_map<std::uint32_t, std::uint32_t> moved_;  // edges, from where to where
  std::vector<EdgeIndex> came_at_;
  std::uint32_t left_places_ = 0;
};

void Overlay::sort_nodes() {
  for (const auto& [id, node] : changes_.nodes) {
    const auto place = base_.find(id);
    const bool stands = node && !node->merged_into;
    if (place && !stands) gone_nodes_.push_back(*place);
    if (!place && stands) new_nodes_.push_back(&*node);
    if (!place || !stands) continue;
    const auto more = base_.more_labels(*place);
    if (node->name != base_.name(*place) || node->label != base_.label(*place) ||
        !std::ranges::equal(node->more_labels, more))
      renamed_.push_back({*place, &*node});
  }
}

std::optional<NodeIndex> Overlay::index_of(NodeId id) const {
  if (const auto place = base_.find(id)) return place;
  const auto at = std::ranges::lower_bound(new_nodes_, id, {}, [](const Node* node) { return node->id; });
  if (at == new_nodes_.end() || (*at)->id != id) return std::nullopt;
  return NodeIndex{base_.node_limit() + static_cast<std::uint32_t>(at - new_nodes_.begin())};
}

Result<Now> Overlay::now_of(const Edge& edge) const {
  const auto head = index_of(edge.head), tail = index_of(edge.tail);
  if (!head || !tail)
    return corrupt(called(edge.id) + " joins node " + std::to_string((head ? edge.tail : edge.head).value) + ", which is not there");
  if (!base_.ontology().has(edge.type)) return corrupt(called(edge.id) + " has a type that the ontology lacks");
  const Interval& valid = edge.valid;
  return Now{.id = edge.id,
             .head = *head,
             .tail = *tail,
             .kind = EdgeKind::of(edge.type, edge.mode, edge.negated, base_.as_of().holds(valid), valid),
             .days = {number(valid.earliest_start()), number(valid.latest_start()), number(valid.earliest_end()),
                      number(valid.latest_end())},
             .confidence = edge.confidence};
}

Status Overlay::sort_edges() {
  for (const Node* node : new_nodes_)
    if (!base_.ontology().has(node->label)) return corrupt("node " + std::to_string(node->id.value) + " has a label that the ontology lacks");
  for (const auto& [id, edge] : changes_.edges) {
    const auto place = base_.find(id);
    std::optional<Now> now;
    if (edge && base_.as_of().holds(edge->valid) != Truth::No) {
      auto made = now_of(*edge);
      if (!made) return made.error();
      now = *made;
    }
    if (place && now && base_.head(*place) == now->head && base_.tail(*place) == now->tail) {
      altered_.push_back({*place, *now});
      continue;
    }
    if (place) {
      left_.push_back(*place);
      out_[base_.head(*place).value].left.push_back(*place);
      in_[base_.tail(*place).value].left.push_back(*place);
    }
    if (!now) continue;
    out_[now->head.value].came.push_back(static_cast<std::uint32_t>(came_.size()));
    in_[now->tail.value].came.push_back(static_cast<std::uint32_t>(came_.size()));
    came_.push_back(*now);
  }
  out_places_ = sort_rows(out_, &Now::tail, [&](NodeIndex node) { return base_.out_row(node); });
  in_places_ = sort_rows(in_, &Now::head, [&](NodeIndex node) { return base_.in_row(node); });
  return kOk;
}

Status Overlay::grow() {
  constexpr std::uint64_t kMaxIndex = ~std::uint32_t{0} - 1;
  if (from_.nodes() + new_nodes_.size() > kMaxIndex || from_.edges() + out_places_ > kMaxIndex ||
      from_.in_nodes.size() + in_places_ > kMaxIndex || from_.edges_by_id.size() + came_.size() > kMaxIndex)
    return too_wide("more than 4,294,967,294 nodes or edges");
  if (from_.edges() == 0) return too_wide("there was no edge");
  if (from_.wide_edge_ids.empty() && !came_.empty() && came_.back().id.value > ~std::uint32_t{0}) return too_wide("an id is beyond 32 bits");
  std::size_t name_bytes = 0, labels = 0;
  for (const Node* node : new_nodes_) name_bytes += node->name.size(), labels += node->more_labels.size();
  for (const auto& [place, node] : renamed_) name_bytes += node->name.size(), labels += node->more_labels.size();
  to_ = std::make_shared<Layer>(from_, new_nodes_.size(), name_bytes, labels, out_places_, in_places_, came_.size());
  return kOk;
}

void Overlay::add_nodes() {
  if (!renamed_.empty()) rename_nodes();
  for (const Node* node : new_nodes_) {
    to_->node_ids.push(node->id);
    to_->labels.push(node->label);
    for (const LabelId label : node->more_labels) to_->more_labels.push(label);
    to_->more_labels_first.push(to_->more_labels.size());
    for (const char c : node->name) to_->names.push(c);
    to_->names_first.push(to_->names_first[to_->names_first.size() - 1] + node->name.size());
    to_->out_first.push(0), to_->out_end.push(0);
    to_->in_first.push(0), to_->in_end.push(0);
  }
  // The first of a new node stands where the end of all stood.
  const std::uint32_t before = from_.nodes();
  if (!new_nodes_.empty()) to_->out_first[before] = to_->in_first[before] = 0;
}

// Names and further labels lie one after the other: what stands behind a change moves.
void Overlay::rename_nodes() {
  const std::uint32_t nodes = from_.nodes();
  std::size_t next = 0;
  std::uint64_t name_at = 0;
  std::uint32_t label_at = 0;
  for (std::uint32_t node = 0; node < nodes;) {
    // Up to the next that changed as they were, a stretch at a time.
    const std::uint32_t stop = next < renamed_.size() ? renamed_[next].first.value : nodes;
    const std::uint64_t names = from_.names_first[stop] - from_.names_first[node];
    const std::uint32_t labels = from_.more_labels_first[stop] - from_.more_labels_first[node];
    if (name_at != from_.names_first[node] && names > 0)
      std::memcpy(&to_->names[name_at], from_.names.data() + from_.names_first[node], names);
    if (label_at != from_.more_labels_first[node] && labels > 0)
      std::memcpy(&to_->more_labels[label_at], from_.more_labels.data() + from_.more_labels_first[node], labels * sizeof(LabelId));
    if (name_at != from_.names_first[node])
      for (std::uint32_t i = node; i < stop; ++i) to_->names_first[i + 1] = from_.names_first[i + 1] - from_.names_first[node] + name_at;
    if (label_at != from_.more_labels_first[node])
      for (std::uint32_t i = node; i < stop; ++i)
        to_->more_labels_first[i + 1] = from_.more_labels_first[i + 1] - from_.more_labels_first[node] + label_at;
    name_at += names, label_at += labels;
    node = stop;
    if (node == nodes) break;
    const Node& now = *renamed_[next++].second;
    to_->labels[node] = now.label;
    if (!now.name.empty()) std::memcpy(&to_->names[name_at], now.name.data(), now.name.size());
    for (const LabelId label : now.more_labels) to_->more_labels[label_at++] = label;
    name_at += now.name.size();
    to_->names_first[node + 1] = name_at;
    to_->more_labels_first[node + 1] = label_at;
    ++node;
  }
  to_->names.resize(name_at);
  to_->more_labels.resize(label_at);
}

// Most days have a place in a large image (graph/own_columns.h); if one has none, all places move.
Status Overlay::place_days() {
  std::vector<std::int32_t> days;
  each_now([&](const Now& now) {
    for (const std::int32_t day : now.days)
      if (!std::ranges::binary_search(from_.instants, day)) days.push_back(day);
  });
  to_->instants.assign(from_.instants.begin(), from_.instants.end());
  to_->counts = DayCounts(from_);
  if (days.empty()) return kOk;
  to_->instants.insert(to_->instants.end(), days.begin(), days.end());
  std::ranges::sort(to_->instants);
  to_->instants.erase(std::unique(to_->instants.begin(), to_->instants.end()), to_->instants.end());
  if (to_->instants.size() > 65'536 && !from_.limits.empty()) return too_wide("more than 65,536 days");
  std::vector<std::uint32_t> becomes;
  for (const std::int32_t day : from_.instants)
    becomes.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(to_->instants, day) - to_->instants.begin()));
  to_->counts.move_instants(becomes);
  in_parts(from_.edges(), 1u << 16, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t edge = begin; edge < end; ++edge)
      for (std::size_t i = 0; i < 4; ++i)
        if (from_.wide_limits.empty()) to_->limits[edge][i] = static_cast<std::uint16_t>(becomes[from_.limits[edge][i]]);
        else to_->wide_limits[edge][i] = becomes[from_.wide_limits[edge][i]];
  });
  return kOk;
}

void Overlay::place_confidences() {
  to_->confidence_values.assign(from_.confidence_values.begin(), from_.confidence_values.end());
  ordered_confidences_ = static_cast<std::uint32_t>(to_->confidence_values.size());
  std::vector<double> more;
  each_now([&](const Now& now) {
    if (!std::ranges::binary_search(from_.confidence_values, now.confidence)) more.push_back(now.confidence);
  });
  std::ranges::sort(more);
  more.erase(std::unique(more.begin(), more.end()), more.end());
  to_->confidence_values.insert(to_->confidence_values.end(), more.begin(), more.end());
}

void Overlay::count_edges() {
  const auto count_base = [&](EdgeIndex edge) {
    const auto& limits = to_->limits;
    const std::uint32_t kind = base_.kind(edge).type_and_mood();
    if (from_.wide_limits.empty()) to_->counts.add(kind, limits.span()[edge.value][0], limits.span()[edge.value][3], -1);
    else to_->counts.add(kind, to_->wide_limits[edge.value][0], to_->wide_limits[edge.value][3], -1);
  };
  for (const EdgeIndex edge : left_) count_base(edge);
  for (const auto& [edge, now] : altered_) count_base(edge);
  each_now([&](const Now& now) {
    const auto places = places_of(now.days);
    to_->counts.add(now.kind.type_and_mood(), places[0], places[3], 1);
  });
  to_->counts.finish();
}

void Overlay::put(std::uint32_t place, const Now& now) {
  to_->heads[place] = now.head, to_->tails[place] = now.tail;
  to_->kinds[place] = now.kind;
  const auto places = places_of(now.days);
  if (from_.wide_limits.empty())
    for (std::size_t i = 0; i < 4; ++i) to_->limits[place][i] = static_cast<std::uint16_t>(places[i]);
  else to_->wide_limits[place] = places;
  const auto& values = to_->confidence_values;
  const auto middle = values.begin() + ordered_confidences_;
  auto at = std::lower_bound(values.begin(), middle, now.confidence);
  if (at == middle || *at != now.confidence) at = std::lower_bound(middle, values.end(), now.confidence);
  to_->confidences[place] = static_cast<std::uint32_t>(at - values.begin());
  if (from_.wide_edge_ids.empty()) to_->edge_ids[place] = static_cast<std::uint32_t>(now.id.value);
  else to_->wide_edge_ids[place] = now.id;
}

void Overlay::copy(std::uint32_t from, std::uint32_t to) {
  to_->heads[to] = from_.heads[from], to_->tails[to] = from_.tails[from];
  to_->kinds[to] = from_.kinds[from];
  if (from_.wide_limits.empty()) to_->limits[to] = to_->limits[from];
  else to_->wide_limits[to] = to_->wide_limits[from];
  to_->confidences[to] = from_.confidences[from];
  if (from_.wide_edge_ids.empty()) to_->edge_ids[to] = from_.edge_ids[from];
  else to_->wide_edge_ids[to] = from_.wide_edge_ids[from];
}

void Overlay::move_out_rows() {
  const std::uint32_t first = from_.edges();
  const auto resize = [&](auto& column) { column.resize(first + out_places_); };
  resize(to_->heads), resize(to_->tails), resize(to_->kinds), resize(to_->confidences);
  from_.wide_limits.empty() ? resize(to_->limits) : resize(to_->wide_limits);
  from_.wide_edge_ids.empty() ? resize(to_->edge_ids) : resize(to_->wide_edge_ids);
  moved_.reserve(out_places_);
  came_at_.resize(came_.size());
  std::uint32_t at = first;
  for (const auto& [node, change] : out_) {
    const StepRow row = node < base_.node_limit() ? base_.out_row({node}) : StepRow();
    for (std::size_t i = 0; i < row.size(); ++i) to_->kinds[row.edge(i).value] = EdgeKind::of_left(from_.kinds[row.edge(i).value]);
    left_places_ += static_cast<std::uint32_t>(row.size());
    to_->out_first[node] = at;
    each_of(
        row, change, &Now::tail,
        [&](std::size_t i) {
          copy(row.edge(i).value, at);
          moved_[row.edge(i).value] = at++;
        },
        [&](std::uint32_t came) {
          put(at, came_[came]);
          came_at_[came] = {at++};
        });
    to_->out_end[node] = at;
  }
  assert(at == first + out_places_);
}

void Overlay::move_in_rows() {
  const std::uint32_t first = from_.in_nodes.empty() ? 0 : static_cast<std::uint32_t>(from_.in_nodes.size());
  to_->in_nodes.resize(first + in_places_), to_->in_edges.resize(first + in_places_);
  std::uint32_t at = first;
  for (const auto& [node, change] : in_) {
    const StepRow row = node < base_.node_limit() ? base_.in_row({node}) : StepRow();
    const auto add = [&](NodeIndex head, EdgeIndex edge) { to_->in_nodes[at] = head, to_->in_edges[at++] = edge; };
    to_->in_first[node] = at;
    each_of(
        row, change, &Now::head, [&](std::size_t i) { add(row.node(i), moved(row.edge(i))); },
        [&](std::uint32_t came) { add(came_[came].head, came_at_[came]); });
    to_->in_end[node] = at;
  }
  assert(at == first + in_places_);
  // Of those that moved with an out-row, the entries in in-rows that stay.
  for (const auto& [from, to] : moved_) {
    const NodeIndex tail = from_.tails[from], head = from_.heads[from];
    if (in_.contains(tail.value)) continue;
    const StepRow row = base_.in_row(tail);
    auto i = static_cast<std::size_t>(std::ranges::lower_bound(row.nodes(), head) - row.nodes().begin());
    while (row.edge(i) != EdgeIndex{from}) ++i;
    to_->in_edges[from_.in_first[tail.value] + i] = {to};
  }
}

void Overlay::list_ids() {
  for (const auto& [from, to] : moved_) to_->edges_by_id[*base_.place_by_id(base_.id(EdgeIndex{from}))] = {to};
  std::vector<std::uint32_t> late;  // those that the base had not
  for (std::uint32_t i = 0; i < came_.size(); ++i) {
    if (const auto place = base_.place_by_id(came_[i].id)) to_->edges_by_id[*place] = came_at_[i];
    else late.push_back(i);
  }
  // Mostly they are behind all others; an edge that came back may be in between.
  std::uint32_t end = to_->edges_by_id.size(), at = end + static_cast<std::uint32_t>(late.size());
  to_->edges_by_id.resize(at);
  const auto id_at = [&](std::uint32_t place) { return base_.id(from_.edges_by_id[place]); };
  for (; !late.empty(); late.pop_back()) {
    const EdgeId id = came_[late.back()].id;
    std::uint32_t begin = end;
    if (end > 0 && id < id_at(end - 1)) {
      std::uint32_t low = 0;
      for (std::uint32_t high = end; low < high;) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (id_at(middle) < id) low = middle + 1;
        else high = middle;
      }
      begin = low;
    }
    if (begin < end) std::memmove(&to_->edges_by_id[at - (end - begin)], &to_->edges_by_id[begin], (end - begin) * sizeof(EdgeIndex));
    at -= end - begin, end = begin;
    to_->edges_by_id[--at] = came_at_[late.back()];
  }
}

Result<std::shared_ptr<const Snapshot>> Overlay::finish(CommitId recorded) {
  Columns columns = to_->columns();
  columns.is_layered = true;
  columns.left_edges = left_places_;
  columns.ordered_confidences = ordered_confidences_;
  columns.owner = to_;
  const AsOf as_of{.valid = base_.as_of().valid, .recorded = recorded};

  const bool in_order = gone_nodes_.empty() && (new_nodes_.empty() || base_.node_limit() == 0 ||
                                                base_.id(NodeIndex{base_.node_limit() - 1}) < new_nodes_.front()->id);
  if (in_order) return std::shared_ptr<const Snapshot>(std::make_shared<Snapshot>(std::move(columns), base_.ontology(), as_of));
  std::vector<NodeIndex> order;
  for (NodeIndex node; node.value < columns.nodes(); ++node.value)
    if (!std::ranges::binary_search(gone_nodes_, node)) order.push_back(node);
  const auto middle = std::ranges::lower_bound(order, NodeIndex{base_.node_limit()});
  std::inplace_merge(order.begin(), middle, order.end(), [&](NodeIndex a, NodeIndex b) { return id_of(a) < id_of(b); });
  return std::shared_ptr<const Snapshot>(std::make_shared<Snapshot>(flat_columns(columns, order), base_.ontology(), as_of));
}
}  // namespace

Result<std::shared_ptr<const Snapshot>> with_changes(const Snapshot& base, const Changes& changes, CommitId recorded) {
  assert(!base.is_layered());
  return Overlay(base, changes).make(recorded);
}

}  // namespace entente
