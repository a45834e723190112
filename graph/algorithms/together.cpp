#include "graph/algorithms/together.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/algorithms/path_ends.h"
#include "graph/algorithms/path_steps.h"
#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {
namespace {

using Nodes = std::vector<NodeIndex>;
using Stretches = std::vector<DayRange>;  // ascending, apart

std::int64_t length(const DayRange& days) {
  return std::int64_t{days.to.time_since_epoch().count()} - days.from.time_since_epoch().count();
}

// The edge's usable days. Of one that was always so, until nobody knows when, only the beginning of
// all days is certain: that is no time at which anything held together.
std::optional<DayRange> days_of(const Snapshot& columns, EdgeIndex edge, UsableDays days,
                                const DayRange& within) {
  constexpr std::chrono::days kOne{1};
  const auto usable = usable_days(columns, edge, days, within);
  if (!usable || usable->to <= kFirstDay + kOne || usable->from >= kLastDay - kOne) return {};
  return usable;
}

// Those that touch or overlap become one.
void join(Stretches& days) {
  std::ranges::sort(days, {}, &DayRange::from);
  std::size_t kept = 0;
  for (const DayRange& next : days) {
    if (kept > 0 && next.from <= days[kept - 1].to)
      days[kept - 1].to = std::max(days[kept - 1].to, next.to);
    else
      days[kept++] = next;
  }
  days.resize(kept);
}

Stretches both(const Stretches& a, const Stretches& b) {
  Stretches shared;
  for (const DayRange& one : a)
    for (const DayRange& other : b)
      if (const auto days = common(one, other)) shared.push_back(*days);
  return shared;
}

struct Bans {
  Nodes nodes;       // not to be entered; ascending
  Nodes first_hops;  // not to be entered straight from the start; ascending
};

template <GraphView G>
class TogetherSearch {
 public:
  TogetherSearch(const G& view, NodeIndex to, const DayRange& asked, const TogetherOptions& options)
      : view_(view), to_(to), asked_(asked), options_(options),
        meter_(options.max_work, options.cancel) {}

  struct Found {
    Nodes nodes;  // with the start
    DayRange window;
  };
  // The best chain from `start` on, within `allowed`; nothing if there is none or work is over.
  std::optional<Found> best(NodeIndex start, const Stretches& allowed, std::uint32_t max_hops,
                            const Bans& bans);
  const WorkMeter& meter() const { return meter_; }

  // The days of each step from the node, by neighbour.
  struct Reach {
    NodeIndex node;
    DayRange days;
  };
  const std::vector<Reach>& reach(NodeIndex node);

 private:
  const G& view_;
  NodeIndex to_;
  DayRange asked_;
  const TogetherOptions& options_;
  WorkMeter meter_;
  std::unordered_map<std::uint32_t, std::vector<Reach>> reach_;
};

template <GraphView G>
const std::vector<typename TogetherSearch<G>::Reach>& TogetherSearch<G>::reach(NodeIndex node) {
  const auto [at, is_new] = reach_.try_emplace(node.value);
  if (!is_new) return at->second;
  std::vector<Reach>& all = at->second;
  const auto add = [&](const StepRow& row) {
    for (const Step step : row) {
      if (step.node == node || !view_.admits(step)) continue;
      if (const auto days = days_of(view_.snapshot(), step.edge, options_.days, asked_))
        all.push_back({step.node, *days});
    }
  };
  add(view_.out_row(node));
  if (options_.direction == Direction::Any) add(view_.in_row(node));
  std::ranges::sort(all, {}, [](const Reach& r) { return std::tuple(r.node, r.days.from); });
  std::size_t kept = 0;
  for (const Reach& next : all) {
    if (kept > 0 && all[kept - 1].node == next.node && next.days.from <= all[kept - 1].days.to)
      all[kept - 1].days.to = std::max(all[kept - 1].days.to, next.days.to);
    else
      all[kept++] = next;
  }
  all.resize(kept);
  return all;
}

template <GraphView G>
std::optional<typename TogetherSearch<G>::Found> TogetherSearch<G>::best(NodeIndex start,
                                                                         const Stretches& allowed,
                                                                         std::uint32_t max_hops,
                                                                         const Bans& bans) {
  struct Label {
    NodeIndex node;
    std::uint32_t parent, hops;
    DayRange days;
  };
  std::vector<Label> labels;
  const auto worse = [&](std::uint32_t a, std::uint32_t b) {
    const std::int64_t of_a = length(labels[a].days), of_b = length(labels[b].days);
    if (of_a != of_b) return of_a < of_b;
    return std::tuple(labels[a].hops, labels[a].days.from, a) >
           std::tuple(labels[b].hops, labels[b].days.from, b);
  };
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, decltype(worse)> waiting(worse);
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> settled;  // labels by node
  const auto add = [&](Label label) {
    labels.push_back(label);
    waiting.push(static_cast<std::uint32_t>(labels.size() - 1));
  };
  for (const DayRange& days : allowed) add({start, 0, 0, days});
  while (!waiting.empty()) {
    const std::uint32_t at = waiting.top();
    waiting.pop();
    const Label label = labels[at];
    if (label.node == to_) {
      Found found{.nodes = {label.node}, .window = label.days};
      for (std::uint32_t i = at; labels[i].hops > 0;) {
        i = labels[i].parent;
        found.nodes.push_back(labels[i].node);
      }
      std::ranges::reverse(found.nodes);
      return found;
    }
    std::vector<std::uint32_t>& known = settled[label.node.value];
    if (!meter_.spend(known.size() + 1)) return {};
    if (std::ranges::any_of(known, [&](std::uint32_t i) {
          return labels[i].days.contains(label.days) && labels[i].hops <= label.hops;
        }))
      continue;
    known.push_back(at);
    if (label.hops >= max_hops) continue;
    const auto& steps = reach(label.node);
    if (!meter_.spend(steps.size() + 1)) return {};
    for (const Reach& step : steps) {
      const auto days = common(label.days, step.days);
      if (!days || std::ranges::binary_search(bans.nodes, step.node)) continue;
      if (label.hops == 0 && std::ranges::binary_search(bans.first_hops, step.node)) continue;
      add({step.node, at, label.hops + 1, *days});
    }
  }
  return {};
}

// As in shortest_path.cpp: the best of the paths that begin so and do not go on to `closed`.
struct Candidate {
  Nodes nodes;
  DayRange window;
  std::size_t deviation;
  Nodes closed;
  std::uint64_t number;  // in the order of being found
};
struct Later {
  bool operator()(const Candidate& a, const Candidate& b) const {
    if (length(a.window) != length(b.window)) return length(a.window) < length(b.window);
    return std::tuple(a.nodes.size(), a.number) > std::tuple(b.nodes.size(), b.number);
  }
};

template <GraphView G>
Stretches stretches_between(const G& view, NodeIndex from, NodeIndex to, const DayRange& asked,
                            const TogetherOptions& options) {
  Stretches days;
  for (const EdgeIndex edge : edges_of_step(view, from, to, options.direction))
    if (const auto usable = days_of(view.snapshot(), edge, options.days, asked))
      days.push_back(*usable);
  join(days);
  return days;
}

template <GraphView G>
Stretches stretches_along(const G& view, const Nodes& nodes, const DayRange& asked,
                          const TogetherOptions& options) {
  Stretches days = {asked};
  for (std::size_t i = 1; i < nodes.size(); ++i)
    days = both(days, stretches_between(view, nodes[i - 1], nodes[i], asked, options));
  return days;
}

template <GraphView G>
TogetherPath answer(const G& view, const Nodes& nodes, const DayRange& asked,
                    const TogetherOptions& options) {
  TogetherPath found{.path = path_along(view, nodes, options.direction),
                     .windows = stretches_along(view, nodes, asked, options)};
  std::ranges::stable_sort(found.windows, std::ranges::greater(), length);
  for (std::vector<EdgeIndex>& step : found.path.steps)
    std::erase_if(step, [&](EdgeIndex edge) {
      return !days_of(view.snapshot(), edge, options.days, found.windows.front());
    });
  return found;
}

}  // namespace

template <GraphView G>
Result<std::vector<TogetherPath>> together_paths(const G& view, NodeIndex from, NodeIndex to,
                                                 std::size_t k, const TogetherOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  std::vector<TogetherPath> paths;
  const auto asked = days_asked(view, options.window);
  if (!asked || k == 0) return paths;
  TogetherSearch<G> search(view, to, *asked, options);
  std::priority_queue<Candidate, std::vector<Candidate>, Later> candidates;
  std::uint64_t number = 0;

  const auto offer = [&](const Nodes& root, Nodes closed) {
    Bans bans{.nodes = Nodes(root.begin(), root.end() - 1), .first_hops = std::move(closed)};
    std::ranges::sort(bans.nodes);
    std::ranges::sort(bans.first_hops);
    const auto walked = static_cast<std::uint32_t>(root.size() - 1);
    const auto found = search.best(root.back(), stretches_along(view, root, *asked, options),
                                   options.max_hops - walked, bans);
    if (!found) return !search.meter().over();
    Candidate candidate{root, found->window, root.size() - 1, std::move(bans.first_hops), ++number};
    candidate.nodes.insert(candidate.nodes.end(), found->nodes.begin() + 1, found->nodes.end());
    candidates.push(std::move(candidate));
    return true;
  };

  if (!offer({from}, {})) return search.meter().error("path");
  while (!candidates.empty()) {
    Candidate best = candidates.top();
    candidates.pop();
    paths.push_back(answer(view, best.nodes, *asked, options));
    if (paths.size() == k) break;
    for (std::size_t place = best.deviation; place + 1 < best.nodes.size(); ++place) {
      const Nodes root(best.nodes.begin(),
                       best.nodes.begin() + static_cast<std::ptrdiff_t>(place) + 1);
      Nodes closed = place == best.deviation ? std::move(best.closed) : Nodes();
      closed.push_back(best.nodes[place + 1]);
      if (!offer(root, std::move(closed))) return search.meter().error("path");
    }
  }
  return paths;
}

template <GraphView G>
std::vector<DayRange> windows_together(const G& view, const std::vector<NodeIndex>& nodes,
                                       const TogetherOptions& options) {
  const auto asked = days_asked(view, options.window);
  return asked ? stretches_along(view, nodes, *asked, options) : Stretches();
}

#define ENTENTE_FOR_VIEW(G)                                                                       \
  template Result<std::vector<TogetherPath>> together_paths(const G&, NodeIndex, NodeIndex,       \
                                                            std::size_t, const TogetherOptions&); \
  template std::vector<DayRange> windows_together(const G&, const std::vector<NodeIndex>&,        \
                                                  const TogetherOptions&);
ENTENTE_FOR_VIEW(Slice)
#undef ENTENTE_FOR_VIEW

}  // namespace entente
