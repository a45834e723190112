#include "graph/algorithms/weighted_path.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <optional>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/algorithms/edge_age.h"
#include "graph/algorithms/path_ends.h"
#include "graph/algorithms/path_steps.h"
#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {
namespace {

using Nodes = std::vector<NodeIndex>;
constexpr std::uint64_t kCentury = 36'525;

// What a way costs: the sum of its edges, then how many they are.
struct Cost {
  std::uint64_t sum = 0;
  std::uint32_t hops = 0;
  friend auto operator<=>(const Cost&, const Cost&) = default;
  friend Cost operator+(Cost a, Cost b) { return {a.sum + b.sum, a.hops + b.hops}; }
};

template <GraphView G>
class WeightedSearch {
 public:
  WeightedSearch(const G& view, NodeIndex to, const EdgeCost& cost, const PathOptions& options)
      : view_(view), to_(to), cost_(cost), options_(options),
        meter_(options.max_work, options.cancel) {}

  // Settles every node that is nearer to the target than the source; false if there is no way.
  bool bound(NodeIndex source);
  struct Found {
    Nodes nodes;
    Cost cost;
  };
  // The least way from `start` that enters none of `banned` and none of `closed` at its first step.
  std::optional<Found> least(NodeIndex start, const Nodes& banned, const Nodes& closed);
  const WorkMeter& meter() const { return meter_; }
  std::uint64_t cost_of(EdgeIndex edge) const {
    const std::uint64_t cost = cost_(edge);
    return cost == kNoWay ? kNoWay : std::clamp<std::uint64_t>(cost, 1, kMaxEdgeCost);
  }

 private:
  template <typename Visit>
  bool each_step(NodeIndex node, bool forward, Visit visit) {
    const auto walk = [&](const StepRow& row) {
      if (!meter_.spend(row.size() + 1)) return false;
      for (const Step step : row) {
        if (step.node == node || !view_.admits(step)) continue;
        if (const std::uint64_t cost = cost_of(step.edge); cost != kNoWay)
          visit(step.node, Cost{cost, 1});
      }
      return true;
    };
    const bool any = options_.direction == Direction::Any;
    return (!(forward || any) || walk(view_.out_row(node))) &&
           (!(!forward || any) || walk(view_.in_row(node)));
  }
  // At most what is left to the target.
  Cost left(NodeIndex node) const {
    const auto at = left_.find(node.value);
    return at != left_.end() && at->second <= radius_ ? at->second : radius_;
  }

  const G& view_;
  NodeIndex to_;
  const EdgeCost& cost_;
  const PathOptions& options_;
  WorkMeter meter_;
  std::unordered_map<std::uint32_t, Cost> left_;  // those up to radius_ are exact
  Cost radius_;
};

template <GraphView G>
bool WeightedSearch<G>::bound(NodeIndex source) {
  using Entry = std::pair<Cost, NodeIndex>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> waiting;
  left_[to_.value] = {};
  waiting.push({{}, to_});
  while (!waiting.empty()) {
    const auto [cost, node] = waiting.top();
    waiting.pop();
    if (cost > left_[node.value]) continue;
    radius_ = cost;
    if (node == source) return true;
    const bool went = each_step(node, false, [&](NodeIndex next, Cost step) {
      const Cost there = cost + step;
      const auto [at, is_new] = left_.try_emplace(next.value, there);
      if (!is_new && at->second <= there) return;
      at->second = there;
      waiting.push({there, next});
    });
    if (!went) return false;
  }
  return false;
}

template <GraphView G>
std::optional<typename WeightedSearch<G>::Found> WeightedSearch<G>::least(NodeIndex start,
                                                                          const Nodes& banned,
                                                                          const Nodes& closed) {
  struct State {
    Cost walked;
    NodeIndex before;
    bool settled = false;
  };
  struct Entry {
    Cost whole, walked;  // equal wholes nearest to the start first: all ways to a node come before
    NodeIndex node;
    auto operator<=>(const Entry&) const = default;
  };
  std::unordered_map<std::uint32_t, State> states;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> waiting;
  const auto nodes_to = [&](NodeIndex node) {
    Nodes nodes = {node};
    while (node != start) nodes.push_back(node = states.at(node.value).before);
    std::ranges::reverse(nodes);
    return nodes;
  };
  for (const NodeIndex node : banned) states[node.value] = {{}, {}, true};
  states[start.value] = {{}, start, false};
  waiting.push({left(start), {}, start});
  while (!waiting.empty()) {
    const Entry entry = waiting.top();
    waiting.pop();
    State& state = states.at(entry.node.value);
    if (state.settled) continue;
    state.settled = true;
    if (entry.node == to_) return Found{nodes_to(to_), entry.walked};
    const bool went = each_step(entry.node, true, [&](NodeIndex next, Cost step) {
      if (entry.node == start && std::ranges::binary_search(closed, next)) return;
      const Cost there = entry.walked + step;
      const auto [at, is_new] = states.try_emplace(next.value, State{there, entry.node, false});
      if (!is_new) {
        if (at->second.settled || at->second.walked < there) return;
        // Of ways that cost the same, the one of lesser nodes; both come to `next` in equal steps.
        if (at->second.walked == there) {
          if (nodes_to(at->second.before) > nodes_to(entry.node)) at->second.before = entry.node;
          return;
        }
        at->second = {there, entry.node, false};
      }
      waiting.push({there + left(next), there, next});
    });
    if (!went) return {};
  }
  return {};
}

struct Candidate {
  Nodes nodes;
  Cost cost;
  std::size_t deviation;
  Nodes closed;
};
struct Later {
  bool operator()(const Candidate& a, const Candidate& b) const {
    return std::tie(a.cost, a.nodes) > std::tie(b.cost, b.nodes);
  }
};

}  // namespace

EdgeCost cost_by_confidence(const Snapshot& columns) {
  return [&columns](EdgeIndex edge) -> std::uint64_t {
    const double confidence = std::clamp(columns.confidence(edge), 1e-12, 1.0);
    return 1 + static_cast<std::uint64_t>(std::llround(-std::log(confidence) * 1e6));
  };
}

EdgeCost cost_by_recency(const Snapshot& columns, Day today) {
  return [&columns, today](EdgeIndex edge) -> std::uint64_t {
    return 1 + std::min(age_in_days(columns, edge, today).value_or(kCentury), kCentury);
  };
}

template <GraphView G>
Result<std::vector<WeightedPath>> weighted_paths(const G& view, NodeIndex from, NodeIndex to,
                                                 std::size_t k, const EdgeCost& cost,
                                                 const PathOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  std::vector<WeightedPath> paths;
  if (k == 0) return paths;
  WeightedSearch<G> search(view, to, cost, options);
  if (!search.bound(from)) {
    if (search.meter().over()) return search.meter().error("path");
    return paths;
  }
  std::priority_queue<Candidate, std::vector<Candidate>, Later> candidates;
  const auto offer = [&](const Nodes& root, Cost walked, Nodes closed) {
    std::ranges::sort(closed);
    const Nodes banned(root.begin(), root.end() - 1);
    auto found = search.least(root.back(), banned, closed);
    if (!found) return !search.meter().over();
    Candidate candidate{root, walked + found->cost, root.size() - 1, std::move(closed)};
    candidate.nodes.insert(candidate.nodes.end(), found->nodes.begin() + 1, found->nodes.end());
    candidates.push(std::move(candidate));
    return true;
  };
  const auto told = [&](const Candidate& best) {
    WeightedPath path{.path = path_along(view, best.nodes, options.direction),
                      .cheapest = {}, .cost = best.cost.sum};
    for (const std::vector<EdgeIndex>& step : path.path.steps)
      path.cheapest.push_back(*std::ranges::min_element(
          step, {}, [&](EdgeIndex edge) { return search.cost_of(edge); }));
    return path;
  };

  if (!offer({from}, {}, {})) return search.meter().error("path");
  while (!candidates.empty()) {
    Candidate best = candidates.top();
    candidates.pop();
    WeightedPath path = told(best);
    std::vector<std::uint64_t> steps;
    for (const EdgeIndex edge : path.cheapest) steps.push_back(search.cost_of(edge));
    if (best.cost.hops <= options.max_hops) paths.push_back(std::move(path));
    if (paths.size() == k) break;
    Cost walked;
    for (std::size_t place = 0; place + 1 < best.nodes.size(); ++place) {
      if (place >= best.deviation) {
        const Nodes root(best.nodes.begin(),
                         best.nodes.begin() + static_cast<std::ptrdiff_t>(place) + 1);
        Nodes closed = place == best.deviation ? std::move(best.closed) : Nodes();
        closed.push_back(best.nodes[place + 1]);
        if (!offer(root, walked, std::move(closed))) return search.meter().error("path");
      }
      walked = walked + Cost{steps[place], 1};
    }
  }
  return paths;
}

#define ENTENTE_FOR_VIEW(G)                                                                     \
  template Result<std::vector<WeightedPath>> weighted_paths(const G&, NodeIndex, NodeIndex,     \
                                                            std::size_t, const EdgeCost&,       \
                                                            const PathOptions&);
ENTENTE_FOR_VIEW(Slice)
#undef ENTENTE_FOR_VIEW

}  // namespace entente
