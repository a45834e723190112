// The witness of paths: every loopless walk over the facts themselves, filters read literally.
#pragma once
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "tests/support/random_graph.h"

namespace entente {

using Walk = std::vector<NodeId>;

class WalkWitness {
 public:
  WalkWitness(const RandomGraph& graph, const std::vector<Filter>& filters, Direction direction)
      : graph_(&graph), direction_(direction) {
    for (const Node& node : graph.nodes)
      if (std::ranges::all_of(filters, [&](const Filter& f) { return passes(f, node); }))
        nodes_.insert(node.id);
    for (const Edge& edge : graph.edges) {
      Truth truth = graph.as_of.holds(edge.valid);
      for (const Filter& filter : filters)
        if (truth != Truth::No) truth = passes(filter, edge, truth);
      if (truth == Truth::No || !has(edge.head) || !has(edge.tail)) continue;
      edges_.push_back({edge.head, edge.tail, truth, edge.confidence, edge.id});
      ways_[edge.head].insert(edge.tail);
      if (direction == Direction::Any) ways_[edge.tail].insert(edge.head);
    }
  }

  bool has(NodeId node) const { return nodes_.contains(node); }

  // All loopless walks, fewest edges first, then by their nodes.
  std::vector<Walk> walks(NodeId from, NodeId to, std::uint32_t max_hops) const {
    std::vector<Walk> found;
    Walk walk = {from};
    extend(walk, to, max_hops, found);
    std::ranges::sort(found, {}, [](const Walk& w) { return std::tuple(w.size(), w); });
    return found;
  }

  std::vector<EdgeId> step(NodeId from, NodeId to) const {
    std::vector<Joined> joined;
    for (const Joined& e : edges_)
      if ((e.head == from && e.tail == to) ||
          (direction_ == Direction::Any && e.head == to && e.tail == from))
        joined.push_back(e);
    std::ranges::sort(joined, [](const Joined& a, const Joined& b) {
      if (a.truth != b.truth) return a.truth > b.truth;
      if (a.confidence != b.confidence) return a.confidence > b.confidence;
      return a.id < b.id;
    });
    std::vector<EdgeId> ids;
    for (const Joined& e : joined) ids.push_back(e.id);
    return ids;
  }

  // The facts of the ids.
  std::vector<Edge> facts(const std::vector<EdgeId>& ids) const {
    std::vector<Edge> found;
    for (const EdgeId id : ids)
      for (const Edge& edge : graph_->edges)
        if (edge.id == id) found.push_back(edge);
    return found;
  }

  std::set<EdgeId> edge_ids() const {
    std::set<EdgeId> ids;
    for (const Joined& e : edges_) ids.insert(e.id);
    return ids;
  }

 private:
  struct Joined {
    NodeId head, tail;
    Truth truth;
    double confidence;
    EdgeId id;
  };
  void extend(Walk& walk, NodeId to, std::uint32_t hops_left, std::vector<Walk>& found) const {
    if (walk.back() == to) return found.push_back(walk);
    const auto ways = ways_.find(walk.back());
    if (hops_left == 0 || ways == ways_.end()) return;
    for (const NodeId next : ways->second) {
      if (std::ranges::find(walk, next) != walk.end()) continue;
      walk.push_back(next);
      extend(walk, to, hops_left - 1, found);
      walk.pop_back();
    }
  }

  const RandomGraph* graph_;
  Direction direction_;
  std::set<NodeId> nodes_;
  std::vector<Joined> edges_;
  std::map<NodeId, std::set<NodeId>> ways_;
};

inline Walk walk_of(const Snapshot& snapshot, const std::vector<NodeIndex>& nodes) {
  Walk walk;
  for (const NodeIndex node : nodes) walk.push_back(snapshot.id(node));
  return walk;
}

}  // namespace entente
