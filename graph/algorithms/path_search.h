// PathSearch: one breadth-first search from both ends. The engine of shortest_path.cpp.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
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

// Searches one after the other on one view, sharing the marks: a search costs what it touches,
// not the size of the graph. Borrows view and options. Not thread-safe.
template <GraphView G>
class PathSearch {
 public:
  enum class Outcome { Found, None, OutOfWork };

  PathSearch(const G& view, const PathOptions& options)
      : view_(view), options_(options), marks_(make_marks(view.node_limit())),
        meter_(options.max_work, options.cancel) {}

  // Afterwards least() and all() speak of the shortest paths from source to target. The work of
  // all searches together counts against options.max_work.
  Outcome find(NodeIndex source, NodeIndex target, std::uint32_t max_hops, const PathBans& bans);

  const WorkMeter& meter() const { return meter_; }  // says why it ran out of work

  // The first shortest path in the order of node sequences. After Outcome::Found.
  std::vector<NodeIndex> least() const;

  // Calls visit(nodes) for each shortest path in that order until it returns false.
  template <typename Visit>
  void all(Visit visit) const;

 private:
  // A distance counts only if its stamp is this run's, so nothing need be cleared.
  struct Mark {
    std::uint32_t from_source_run, from_source;
    std::uint32_t to_target_run, to_target;
    std::uint32_t on_path_run;  // lies on a shortest path, at most as far as where the sides met
    std::uint32_t banned_run;
  };
  struct Free {
    void operator()(Mark* marks) const { std::free(marks); }
  };
  using Marks = std::unique_ptr<Mark[], Free>;
  struct Side {
    std::vector<NodeIndex> frontier;
    std::uint32_t distance = 0;
    std::uint64_t cost = 0;  // of walking over the rows of the frontier
  };

  // calloc: the system hands out zeroed pages when they are first touched.
  static Marks make_marks(std::size_t nodes) {
    Mark* marks = static_cast<Mark*>(std::calloc(std::max<std::size_t>(nodes, 1), sizeof(Mark)));
    if (marks == nullptr) throw std::bad_alloc();
    return Marks(marks);
  }
  Mark& mark(NodeIndex node) const { return marks_[node.value]; }
  bool any() const { return options_.direction == Direction::Any; }

  // Every wanted node one step away, toward the target or toward the source; parallel edges repeat
  // it. `wanted` is asked before the filter, which is dearer.
  template <typename Wanted, typename Visit>
  void each_step(NodeIndex node, bool forward, Wanted wanted, Visit visit) const {
    const auto walk = [&](std::span<const Step> row) {
      for (const Step step : row)
        if (wanted(step.node) && view_.admits(step)) visit(step.node);
    };
    if (forward || any()) walk(view_.out_row(node));
    if (!forward || any()) walk(view_.in_row(node));
  }
  std::uint64_t cost(NodeIndex node, bool forward) const {
    return (forward || any() ? view_.out_row(node).size() : 0) +
           (!forward || any() ? view_.in_row(node).size() : 0) + 1;
  }
  bool is_banned_hop(NodeIndex from, NodeIndex to) const {
    return from == source_ && std::ranges::binary_search(bans_->first_hops, to);
  }

  void enter(NodeIndex node, bool forward, std::uint32_t distance);
  bool grow(bool forward, std::vector<NodeIndex>& meeting);
  bool trace_back(std::vector<NodeIndex> meeting);
  template <typename Visit>
  void each_successor(NodeIndex node, std::uint32_t place, Visit visit) const;

  const G& view_;
  const PathOptions& options_;
  Marks marks_;
  std::uint32_t run_ = 0;
  WorkMeter meter_;

  // Of the last search.
  NodeIndex source_, target_;
  const PathBans* bans_ = nullptr;
  Side source_side_, target_side_;
  std::uint32_t length_ = 0;  // of a shortest path
};

template <GraphView G>
void PathSearch<G>::enter(NodeIndex node, bool forward, std::uint32_t distance) {
  Mark& m = mark(node);
  (forward ? m.from_source_run : m.to_target_run) = run_;
  (forward ? m.from_source : m.to_target) = distance;
  Side& side = forward ? source_side_ : target_side_;
  side.frontier.push_back(node);
  side.cost += cost(node, forward);
}

template <GraphView G>
typename PathSearch<G>::Outcome PathSearch<G>::find(NodeIndex source, NodeIndex target,
                                                    std::uint32_t max_hops, const PathBans& bans) {
  ++run_;
  source_ = source, target_ = target, bans_ = &bans;
  source_side_ = {}, target_side_ = {};
  for (const NodeIndex node : bans.nodes) mark(node).banned_run = run_;
  enter(source, true, 0);
  enter(target, false, 0);
  std::vector<NodeIndex> meeting;
  if (source == target) meeting.push_back(source);

  while (meeting.empty()) {
    if (source_side_.frontier.empty() || target_side_.frontier.empty()) return Outcome::None;
    if (source_side_.distance + target_side_.distance >= max_hops) return Outcome::None;
    if (!grow(source_side_.cost <= target_side_.cost, meeting)) return Outcome::OutOfWork;
  }
  length_ = source_side_.distance + target_side_.distance;
  return trace_back(std::move(meeting)) ? Outcome::Found : Outcome::OutOfWork;
}

// One level further on one side, the whole of it. Both sides know all nodes up to their distance;
// so the first that both know lie exactly in the middle of shortest paths, and all of those do.
template <GraphView G>
bool PathSearch<G>::grow(bool forward, std::vector<NodeIndex>& meeting) {
  Side& side = forward ? source_side_ : target_side_;
  const std::vector<NodeIndex> frontier = std::exchange(side.frontier, {});
  side.cost = 0;
  ++side.distance;
  for (const NodeIndex node : frontier) {
    if (!meter_.spend(cost(node, forward))) return false;
    const auto is_new = [&](NodeIndex next) {
      const Mark& m = mark(next);
      if ((forward ? m.from_source_run : m.to_target_run) == run_ || m.banned_run == run_)
        return false;
      return forward ? !is_banned_hop(node, next) : !is_banned_hop(next, node);
    };
    each_step(node, forward, is_new, [&](NodeIndex next) {
      enter(next, forward, side.distance);
      const Mark& m = mark(next);
      if ((forward ? m.to_target_run : m.from_source_run) == run_) meeting.push_back(next);
    });
  }
  return true;
}

// Marks what lies on shortest paths between the source and where the sides met. Beyond, every
// step that comes nearer to the target does. (A node at distance 1 was entered by a hop that is
// not banned.)
template <GraphView G>
bool PathSearch<G>::trace_back(std::vector<NodeIndex> meeting) {
  std::vector<NodeIndex>& found = meeting;
  for (const NodeIndex node : found) mark(node).on_path_run = run_;
  for (std::size_t at = 0; at < found.size(); ++at) {
    const NodeIndex node = found[at];
    if (node == source_) continue;
    const std::uint32_t distance = mark(node).from_source;
    if (!meter_.spend(cost(node, false))) return false;
    const auto leads_here = [&](NodeIndex before) {
      const Mark& m = mark(before);
      return m.on_path_run != run_ && m.from_source_run == run_ && m.from_source + 1 == distance;
    };
    each_step(node, false, leads_here, [&](NodeIndex before) {
      mark(before).on_path_run = run_;
      found.push_back(before);
    });
  }
  return true;
}

// The nodes that may stand at `place` + 1 of a shortest path which has `node` at `place`.
template <GraphView G>
template <typename Visit>
void PathSearch<G>::each_successor(NodeIndex node, std::uint32_t place, Visit visit) const {
  const bool before_meeting = place < source_side_.distance;
  const std::uint32_t left = length_ - place - 1;
  const auto is_nearer = [&](NodeIndex next) {
    const Mark& m = mark(next);
    const bool nearer = before_meeting
                            ? m.on_path_run == run_ && m.from_source == place + 1
                            : m.to_target_run == run_ && m.to_target == left;
    return nearer && !is_banned_hop(node, next);
  };
  each_step(node, true, is_nearer, visit);
}

template <GraphView G>
std::vector<NodeIndex> PathSearch<G>::least() const {
  std::vector<NodeIndex> nodes = {source_};
  while (nodes.size() <= length_) {
    NodeIndex next{~std::uint32_t{0}};
    each_successor(nodes.back(), static_cast<std::uint32_t>(nodes.size() - 1),
                   [&](NodeIndex node) { next = std::min(next, node); });
    nodes.push_back(next);
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
      each_successor(nodes.back(), static_cast<std::uint32_t>(nodes.size() - 1),
                     [&](NodeIndex node) { next.push_back(node); });
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
