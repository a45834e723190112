// PathSearch: all shortest paths, by one breadth-first search from both ends. An engine of
// shortest_path.cpp.
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "graph/algorithms/path_scratch.h"
#include "graph/algorithms/shortest_path.h"
#include "graph/algorithms/work.h"
#include "graph/view.h"

namespace entente {

// Borrows view and options. Not thread-safe.
template <GraphView G>
class PathSearch {
 public:
  enum class Outcome { Found, None, OutOfWork };

  PathSearch(const G& view, const PathOptions& options)
      : view_(view), options_(options), meter_(options.max_work, options.cancel),
        scratch_((options.scratch != nullptr ? *options.scratch : own_).levels_) {
    scratch_.make_for(view.node_limit());
    marks_ = scratch_.marks.get();
  }

  // Afterwards all() speaks of the shortest paths from source to target.
  Outcome find(NodeIndex source, NodeIndex target, std::uint32_t max_hops);

  const WorkMeter& meter() const { return meter_; }  // says why it ran out of work

  // Calls visit(nodes) for each shortest path, in the order of their nodes, until it returns false.
  // After Outcome::Found.
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
  std::uint64_t cost(NodeIndex node, bool forward) const {
    return (forward || any() ? view_.out_row(node).size() : 0) +
           (!forward || any() ? view_.in_row(node).size() : 0) + 1;
  }

  void enter(NodeIndex node, bool forward, std::uint32_t distance);
  enum class Grown { Further, Met, OutOfWork };
  Grown grow(bool forward);
  bool mark_crossings(bool forward);
  bool trace_back();
  // May it stand at `place` + 1 of a shortest path that has `node` at `place`?
  auto successor_of(std::uint32_t place) const {
    const std::uint32_t left = length_ - place - 1;
    const bool before_middle = place < middle_;
    return [this, place, left, before_middle](NodeIndex next) {
      const Mark& m = mark(next);
      return before_middle ? m.path == base_ && from_source(m, place + 1) : to_target(m, left);
    };
  }

  const G& view_;
  const PathOptions& options_;
  WorkMeter meter_;
  PathScratch own_;  // unless the options bring one
  PathScratch::Levels& scratch_;
  Mark* marks_;

  // Of the last search.
  std::uint32_t base_ = 0;  // what marks count from; also the stamp of `path`
  NodeIndex source_, target_;
  Side source_side_{scratch_.source_frontier}, target_side_{scratch_.target_frontier};
  std::uint32_t middle_ = 0;  // the place of a path from which on the target's side knows all
  std::uint32_t length_ = 0;  // of a shortest path
};

template <GraphView G>
void PathSearch<G>::enter(NodeIndex node, bool forward, std::uint32_t distance) {
  Mark& m = mark(node);
  (forward ? m.source : m.target) = base_ + distance;
  Side& side = forward ? source_side_ : target_side_;
  side.frontier.push_back(node);
  side.cost += cost(node, forward);
  scratch_.use(distance + 1);
}

template <GraphView G>
typename PathSearch<G>::Outcome PathSearch<G>::find(NodeIndex source, NodeIndex target, std::uint32_t max_hops) {
  base_ = scratch_.next_base();
  source_ = source, target_ = target;
  for (Side* side : {&source_side_, &target_side_}) side->frontier.clear(), side->distance = 0, side->cost = 0;
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
    const Grown grown = grow(source_side_.cost <= target_side_.cost);
    if (grown == Grown::OutOfWork) return Outcome::OutOfWork;
    if (grown == Grown::Met) break;
  }
  // A level is counted when it is complete; the one in which they met is not.
  middle_ = source_side_.distance;
  length_ = source_side_.distance + 1 + target_side_.distance;
  return trace_back() ? Outcome::Found : Outcome::OutOfWork;
}

// One level further on one side. Both sides know all nodes up to their distance, and no way is as
// short as both together: so the first step that leads from one side into the other lies in the
// middle of a shortest path.
template <GraphView G>
typename PathSearch<G>::Grown PathSearch<G>::grow(bool forward) {
  Side& side = forward ? source_side_ : target_side_;
  std::vector<NodeIndex>& frontier = scratch_.frontier;
  frontier.swap(side.frontier);
  side.frontier.clear();
  side.cost = 0;
  const std::uint32_t base = base_;
  for (const NodeIndex node : frontier) {
    if (!meter_.spend(cost(node, forward))) return Grown::OutOfWork;
    const auto is_new = [&](NodeIndex next) {
      const Mark& m = mark(next);
      return (forward ? m.source : m.target) < base;
    };
    const bool apart = each_step(node, forward, is_new, [&](NodeIndex next) {
      if ((forward ? mark(next).target : mark(next).source) >= base) return false;
      enter(next, forward, side.distance + 1);
      return true;
    });
    if (!apart) return mark_crossings(forward) ? Grown::Met : Grown::OutOfWork;
  }
  ++side.distance;
  return Grown::Further;
}

// All nodes of the source's last complete level from which a step leads to the target's. The side
// that grew last has its level in scratch_.frontier.
template <GraphView G>
bool PathSearch<G>::mark_crossings(bool forward) {
  for (const NodeIndex node : scratch_.frontier) {
    if (!meter_.spend(cost(node, forward))) return false;
    const auto meets = [&](NodeIndex next) {
      const Mark& m = mark(next);
      return forward ? to_target(m, target_side_.distance) : from_source(m, source_side_.distance) && m.path != base_;
    };
    each_step(node, forward, meets, [&](NodeIndex next) {
      const NodeIndex crossing = forward ? node : next;
      mark(crossing).path = base_;
      scratch_.crossings.push_back(crossing);
      return !forward;  // of a node of the source's side one step is enough
    });
  }
  return true;
}

// Marks what lies on shortest paths between the source and the crossings. Beyond, every step that
// comes nearer to the target does.
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
      each_step(nodes.back(), true, successor_of(static_cast<std::uint32_t>(nodes.size() - 1)),
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
