// PathSearch: one breadth-first search from both ends. The engine of shortest_path.cpp.
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "graph/algorithms/shortest_path.h"
#include "graph/algorithms/work.h"
#include "graph/view.h"

namespace entente {

// Where a search may not go, on top of what the view leaves out.
struct PathBans {
  std::vector<NodeIndex> nodes;       // not to be entered
  std::vector<NodeIndex> first_hops;  // ascending; not to be entered straight from the source
};

// What a question needs of a search: the first shortest path, or all of them.
enum class Need : std::uint8_t { Least, All };

// Searches one after the other on one view, sharing the marks: a search costs what it touches,
// not the size of the graph. Borrows view and options. Not thread-safe.
template <GraphView G>
class PathSearch {
 public:
  enum class Outcome { Found, None, OutOfWork };

  PathSearch(const G& view, const PathOptions& options)
      : view_(view), options_(options), meter_(options.max_work, options.cancel),
        scratch_(options.scratch != nullptr ? *options.scratch : own_),
        marks_(scratch_.marks_for(view.node_limit())) {}

  // Afterwards least() or all() speak of the shortest paths from source to target. The work of all
  // searches together counts against options.max_work.
  Outcome find(NodeIndex source, NodeIndex target, std::uint32_t max_hops, const PathBans& bans,
               Need need);

  const WorkMeter& meter() const { return meter_; }  // says why it ran out of work

  // The first shortest path in the order of node sequences. After Outcome::Found for Need::Least.
  std::vector<NodeIndex> least() const;

  // Calls visit(nodes) for each shortest path in that order until it returns false. After
  // Outcome::Found for Need::All.
  template <typename Visit>
  void all(Visit visit) const;

 private:
  using Mark = PathScratch::Mark;
  struct Side {
    std::vector<NodeIndex>& frontier;
    std::uint32_t distance = 0;
    std::uint64_t cost = 0;  // of walking over the rows of the frontier
  };

  Mark& mark(NodeIndex node) const { return marks_[node.value]; }
  bool any() const { return options_.direction == Direction::Any; }
  bool from_source(const Mark& m, std::uint32_t distance) const { return m.source == base_ + distance; }
  bool to_target(const Mark& m, std::uint32_t distance) const { return m.target == base_ + distance; }

  // Every wanted node one step away, toward the target or toward the source, until `visit` says
  // false; parallel edges repeat it. `wanted` is asked before the filter, which is dearer.
  template <typename Wanted, typename Visit>
  bool each_step(NodeIndex node, bool forward, Wanted wanted, Visit visit) const {
    const auto walk = [&](const StepRow& row) {
      const std::span<const NodeIndex> nodes = row.nodes();
      for (std::size_t at = 0; at < nodes.size(); ++at)
        if (wanted(nodes[at]) && view_.admits(Step{nodes[at], row.edge(at)}) && !visit(nodes[at])) return false;
      return true;
    };
    return (!(forward || any()) || walk(view_.out_row(node))) &&
           (!(!forward || any()) || walk(view_.in_row(node)));
  }
  // The least wanted node one step toward the target.
  template <typename Wanted>
  std::optional<NodeIndex> first_step(NodeIndex node, Wanted wanted) const {
    std::optional<NodeIndex> least;
    const auto walk = [&](const StepRow& row) {
      const std::span<const NodeIndex> nodes = row.nodes();
      for (std::size_t at = 0; at < nodes.size(); ++at) {
        if (least && nodes[at] >= *least) return;
        if (!wanted(nodes[at]) || !view_.admits(Step{nodes[at], row.edge(at)})) continue;
        least = nodes[at];
        return;
      }
    };
    walk(view_.out_row(node));
    if (any()) walk(view_.in_row(node));
    return least;
  }
  std::uint64_t cost(NodeIndex node, bool forward) const {
    return (forward || any() ? view_.out_row(node).size() : 0) +
           (!forward || any() ? view_.in_row(node).size() : 0) + 1;
  }
  bool is_banned_hop(NodeIndex from, NodeIndex to) const {
    return from == source_ && !bans_->first_hops.empty() &&
           std::ranges::binary_search(bans_->first_hops, to);
  }

  void enter(NodeIndex node, bool forward, std::uint32_t distance);
  enum class Grown { Further, Met, OutOfWork };
  Grown grow(bool forward, Need need);
  bool mark_crossings(bool forward);
  bool trace_back();
  // May it stand at `place` + 1 of a shortest path that has `node` at `place`?
  auto successor_of(NodeIndex node, std::uint32_t place) const {
    const std::uint32_t left = length_ - place - 1;
    const bool before_middle = place < middle_;
    return [this, node, place, left, before_middle](NodeIndex next) {
      const Mark& m = mark(next);
      return (before_middle ? m.path == base_ && from_source(m, place + 1) : to_target(m, left)) &&
             !is_banned_hop(node, next);
    };
  }

  const G& view_;
  const PathOptions& options_;
  WorkMeter meter_;
  PathScratch own_;  // unless the options bring one
  PathScratch& scratch_;
  Mark* marks_;

  // Of the last search.
  std::uint32_t base_ = 0;  // what marks count from; also the stamp of `path` and `banned`
  NodeIndex source_, target_;
  const PathBans* bans_ = nullptr;
  Side source_side_{scratch_.source_frontier}, target_side_{scratch_.target_frontier};
  std::uint32_t middle_ = 0;  // the place of a path from which on the target's side knows all
  std::uint32_t length_ = 0;  // of a shortest path
  bool crossings_known_ = false;  // whatever lies at the middle and goes on is marked as `path`
};

template <GraphView G>
void PathSearch<G>::enter(NodeIndex node, bool forward, std::uint32_t distance) {
  Mark& m = mark(node);
  (forward ? m.source : m.target) = base_ + distance;
  Side& side = forward ? source_side_ : target_side_;
  side.frontier.push_back(node);
  side.cost += cost(node, forward);
  scratch_.used(distance + 1);
}

template <GraphView G>
typename PathSearch<G>::Outcome PathSearch<G>::find(NodeIndex source, NodeIndex target,
                                                    std::uint32_t max_hops, const PathBans& bans,
                                                    Need need) {
  base_ = scratch_.next_base();
  source_ = source, target_ = target, bans_ = &bans;
  crossings_known_ = false;
  for (Side* side : {&source_side_, &target_side_}) side->frontier.clear(), side->distance = 0, side->cost = 0;
  for (const NodeIndex node : bans.nodes) mark(node).banned = base_;
  enter(source, true, 0);
  enter(target, false, 0);
  scratch_.crossings.clear();
  if (source == target) {
    length_ = middle_ = 0;
    return Outcome::Found;
  }
  while (true) {
    if (source_side_.frontier.empty() || target_side_.frontier.empty()) return Outcome::None;
    if (source_side_.distance + target_side_.distance >= max_hops) return Outcome::None;
    const Grown grown = grow(source_side_.cost <= target_side_.cost, need);
    if (grown == Grown::OutOfWork) return Outcome::OutOfWork;
    if (grown == Grown::Met) break;
  }
  // A level is counted when it is complete; the one in which they met is not.
  middle_ = source_side_.distance;
  length_ = source_side_.distance + 1 + target_side_.distance;
  if (crossings_known_ && !trace_back()) return Outcome::OutOfWork;
  return Outcome::Found;
}

// One level further on one side. Both sides know all nodes up to their distance, and no way is as
// short as both together: so the first step that leads from one side into the other lies in the
// middle of a shortest path. For the least path alone the other such steps are looked for in the
// order of least(), unless it is cheaper to find them all from here.
template <GraphView G>
typename PathSearch<G>::Grown PathSearch<G>::grow(bool forward, Need need) {
  Side& side = forward ? source_side_ : target_side_;
  std::vector<NodeIndex>& frontier = scratch_.frontier;
  frontier.swap(side.frontier);
  side.frontier.clear();
  const std::uint64_t whole = std::exchange(side.cost, 0);
  const std::uint32_t base = base_;
  std::uint64_t walked = 0;
  bool met = false;
  for (const NodeIndex node : frontier) {
    const std::uint64_t row = cost(node, forward);
    if (!meter_.spend(row)) return Grown::OutOfWork;
    walked += row;
    const auto is_new = [&](NodeIndex next) {
      const Mark& m = mark(next);
      if ((forward ? m.source : m.target) >= base || m.banned == base) return false;
      return forward ? !is_banned_hop(node, next) : !is_banned_hop(next, node);
    };
    each_step(node, forward, is_new, [&](NodeIndex next) {
      met = (forward ? mark(next).target : mark(next).source) >= base;
      if (!met) enter(next, forward, side.distance + 1);
      return !met;
    });
    if (met) break;
  }
  if (!met) {
    ++side.distance;
    return Grown::Further;
  }
  // One meeting in `walked` of the `whole` level: about whole / walked in all, and as many among the
  // rows of the source's side, of which least() walks over those before the first.
  const double until_first = forward ? 0
                                     : static_cast<double>(source_side_.cost) *
                                           static_cast<double>(walked) / static_cast<double>(whole);
  if (need == Need::Least && until_first <= static_cast<double>(whole)) return Grown::Met;
  return mark_crossings(forward) ? Grown::Met : Grown::OutOfWork;
}

// All nodes of the source's last complete level from which a step leads to the target's. The side
// that grew last has its level in scratch_.frontier.
template <GraphView G>
bool PathSearch<G>::mark_crossings(bool forward) {
  for (const NodeIndex node : scratch_.frontier) {
    if (!meter_.spend(cost(node, forward))) return false;
    const auto meets = [&](NodeIndex next) {
      const Mark& m = mark(next);
      return forward ? to_target(m, target_side_.distance) && !is_banned_hop(node, next)
                     : from_source(m, source_side_.distance) && m.path != base_ &&
                           !is_banned_hop(next, node);
    };
    each_step(node, forward, meets, [&](NodeIndex next) {
      const NodeIndex crossing = forward ? node : next;
      mark(crossing).path = base_;
      scratch_.crossings.push_back(crossing);
      return !forward;  // of a node of the source's side one step is enough
    });
  }
  crossings_known_ = true;
  return true;
}

// Marks what lies on shortest paths between the source and the crossings. Beyond, every step that
// comes nearer to the target does. (A node at distance 1 was entered by a hop that is not banned.)
template <GraphView G>
bool PathSearch<G>::trace_back() {
  std::vector<NodeIndex>& found = scratch_.crossings;
  for (std::size_t at = 0; at < found.size(); ++at) {
    const NodeIndex node = found[at];
    if (node == source_) continue;
    const std::uint32_t distance = mark(node).source - base_;
    if (!meter_.spend(cost(node, false))) return false;
    const auto leads_here = [&](NodeIndex before) {
      const Mark& m = mark(before);
      return m.path != base_ && from_source(m, distance - 1);
    };
    each_step(node, false, leads_here, [&](NodeIndex before) {
      mark(before).path = base_;
      found.push_back(before);
      return true;
    });
  }
  return true;
}

template <GraphView G>
std::vector<NodeIndex> PathSearch<G>::least() const {
  std::vector<NodeIndex> nodes = {source_};
  // Up to the middle depth first, without recursion: for each place the nodes still to be tried in
  // descending order, the next at the back. With all crossings known none is tried in vain; else one
  // from which nothing goes on is marked, and not tried again.
  std::vector<std::vector<NodeIndex>> waiting;
  const auto goes_on = [&](NodeIndex node, std::uint32_t place) {
    return first_step(node, [&](NodeIndex next) {
      return to_target(mark(next), length_ - place - 1) && !is_banned_hop(node, next);
    });
  };
  while (nodes.size() <= length_) {
    const auto place = static_cast<std::uint32_t>(nodes.size() - 1);
    const NodeIndex node = nodes.back();
    if (place >= middle_) {
      if (const auto next = goes_on(node, place)) {
        nodes.push_back(*next);
        continue;
      }
      mark(node).path = base_;  // a dead end; only where crossings are not known
    } else {
      std::vector<NodeIndex>& next = waiting.emplace_back();
      const auto is_next = [&](NodeIndex other) {
        const Mark& m = mark(other);
        return from_source(m, place + 1) && (m.path == base_) == crossings_known_ && !is_banned_hop(node, other);
      };
      each_step(node, true, is_next, [&](NodeIndex other) {
        next.push_back(other);
        return true;
      });
      std::ranges::sort(next, std::greater<>());
      const auto repeated = std::ranges::unique(next);
      next.erase(repeated.begin(), repeated.end());
    }
    while (!waiting.empty()) {
      if (!waiting.back().empty()) {
        nodes.resize(waiting.size());
        nodes.push_back(waiting.back().back());
        waiting.back().pop_back();
        if (crossings_known_ || mark(nodes.back()).path != base_) break;
        continue;  // it turned out to be a dead end meanwhile
      }
      mark(nodes[waiting.size() - 1]).path = base_;
      waiting.pop_back();
    }
  }
  return nodes;
}

template <GraphView G>
template <typename Visit>
void PathSearch<G>::all(Visit visit) const {
  // Depth first, without recursion: for each place the successors that are still to be taken,
  // in descending order, so that the next is at the back.
  std::vector<NodeIndex> nodes = {source_};
  std::vector<std::vector<NodeIndex>> waiting;
  while (true) {
    if (nodes.size() > length_) {
      if (!visit(nodes)) return;
    } else {
      std::vector<NodeIndex>& next = waiting.emplace_back();
      each_step(nodes.back(), true, successor_of(nodes.back(), static_cast<std::uint32_t>(nodes.size() - 1)),
                [&](NodeIndex node) {
                  next.push_back(node);
                  return true;
                });
      std::ranges::sort(next, std::greater<>());
      const auto repeated = std::ranges::unique(next);
      next.erase(repeated.begin(), repeated.end());
    }
    while (!waiting.empty() && waiting.back().empty()) waiting.pop_back();
    if (waiting.empty()) return;
    nodes.resize(waiting.size());
    nodes.push_back(waiting.back().back());
    waiting.back().pop_back();
  }
}

}  // namespace entente
