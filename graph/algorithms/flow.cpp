#include "graph/algorithms/flow.h"

namespace entente {
namespace {
constexpr int kUnbounded = 1 << 30;
}  // namespace

// The other nodes that the node has a link with, ascending, and how many the link carries away.
bool Flow::links(NodeIndex node, std::vector<std::pair<NodeIndex, int>>& out) {
  out.clear();
  if (!meter_.spend(view_.out_row(node).size() + view_.in_row(node).size() + 1)) return false;
  const auto add = [&](const StepRow& row) {
    for (const Step step : row)
      if (step.node != node && view_.admits(step)) out.push_back({step.node, 1});
  };
  add(view_.out_row(node));
  if (direction_ == Direction::Any) add(view_.in_row(node));
  std::ranges::sort(out);
  std::size_t kept = 0;
  for (const auto& link : out) {
    if (kept > 0 && out[kept - 1].first == link.first) {
      ++out[kept - 1].second;
    } else {
      out[kept++] = link;
    }
  }
  out.resize(kept);
  if (apart_ == Apart::Nodes)
    for (auto& [other, carries] : out) carries = is_end(node) && is_end(other) ? 1 : kUnbounded;
  return true;
}

bool Flow::arcs(Place at, std::vector<Arc>& out) {
  out.clear();
  const bool split = apart_ == Apart::Nodes && !is_end(at.node);
  if (split && !at.left) {
    // Inside a node: through it if nobody is; else back to where the flow came from.
    if (through_[at.node.value] == 0) out.push_back({{at.node, true}, 0});
    for (const NodeIndex other : touched_[at.node.value])
      if (from_to(other, at.node) > 0) out.push_back({{other, !is_end(other)}, -1});
    return meter_.spend(1);
  }
  if (split && through_[at.node.value] > 0) out.push_back({{at.node, false}, 0});
  std::vector<std::pair<NodeIndex, int>> all;
  if (!links(at.node, all)) return false;
  const auto entry = [&](NodeIndex node) { return Place{node, false}; };
  for (const auto& [node, carries] : all)
    if (from_to(at.node, node) < carries && from_to(node, at.node) == 0)
      out.push_back({entry(node), 1});
  if (!split)
    for (const NodeIndex other : touched_[at.node.value])
      if (from_to(other, at.node) > 0)
        out.push_back({{other, apart_ == Apart::Nodes && !is_end(other)}, -1});
  return true;
}

bool Flow::augment() {
  // R. Bellman's and L. R. Ford's search with a queue; there are no circles of negative cost, for
  // the flow is the cheapest of its size.
  struct State {
    int cost;
    Place before;
    bool waits;
  };
  std::unordered_map<std::uint64_t, State> states;
  std::deque<Place> waiting = {{from_, false}};
  states[place({from_, false})] = {0, {from_, false}, true};
  std::vector<Arc> out;
  while (!waiting.empty()) {
    const Place at = waiting.front();
    waiting.pop_front();
    State& state = states.at(place(at));
    state.waits = false;
    const int cost = state.cost;
    if (at.node == to_) continue;
    if (!arcs(at, out)) return false;
    for (const Arc& arc : out) {
      if (arc.to.node == from_) continue;
      const auto [next, is_new] = states.try_emplace(place(arc.to), State{cost + arc.cost, at, false});
      if (!is_new) {
        if (next->second.cost <= cost + arc.cost) continue;
        next->second.cost = cost + arc.cost;
        next->second.before = at;
      }
      if (!next->second.waits) {
        next->second.waits = true;
        waiting.push_back(arc.to);
      }
    }
  }
  Place at{to_, false};
  if (!states.contains(place(at))) return false;
  while (at != Place{from_, false}) {
    const Place before = states.at(place(at)).before;
    if (before.node == at.node) {
      through_[at.node.value] += at.left ? 1 : -1;
    } else {
      for (const auto& [a, b] : {std::pair(before.node, at.node), std::pair(at.node, before.node)}) {
        std::vector<NodeIndex>& known = touched_[a.value];
        if (std::ranges::find(known, b) == known.end()) known.push_back(b);
      }
      int& back = flow_[key(at.node, before.node)];
      if (back > 0) --back;
      else ++flow_[key(before.node, at.node)];
    }
    at = before;
  }
  return true;
}

std::vector<Flow::Place> Flow::reachable() {
  std::vector<Place> found = {{from_, false}};
  std::unordered_map<std::uint64_t, bool> seen = {{place(found[0]), true}};
  std::vector<Arc> out;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!arcs(found[i], out)) break;
    for (const Arc& arc : out)
      if (seen.emplace(place(arc.to), true).second) found.push_back(arc.to);
  }
  std::ranges::sort(found);
  return found;
}

std::vector<std::pair<NodeIndex, int>> Flow::sends(NodeIndex node) {
  std::vector<std::pair<NodeIndex, int>> all;
  for (const NodeIndex other : touched_[node.value])
    if (const int units = from_to(node, other); units > 0) all.push_back({other, units});
  std::ranges::sort(all);
  return all;
}

}  // namespace entente
