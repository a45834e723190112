// From a sequence of nodes to a path: the edges that make each of its steps.
#pragma once
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/algorithms/shortest_path.h"
#include "graph/snapshot.h"
#include "graph/view.h"

namespace entente {

// Those that certainly hold before those that may, then by confidence, then by EdgeId.
template <GraphView G>
void sort_parallel(const G& view, std::vector<EdgeIndex>& edges) {
  std::ranges::sort(edges, {}, [&](EdgeIndex edge) {
    return std::tuple(view.truth(edge) != Truth::Yes, -view.snapshot().confidence(edge),
                      view.snapshot().id(edge));
  });
}

// The admitted edges from one node to the next; in direction Any also those the other way.
template <GraphView G>
std::vector<EdgeIndex> edges_of_step(const G& view, NodeIndex from, NodeIndex to,
                                     Direction direction) {
  std::vector<EdgeIndex> edges;
  for (const Step step : view.edges_from_to(from, to)) edges.push_back(step.edge);
  if (direction == Direction::Any)
    for (const Step step : view.edges_from_to(to, from)) edges.push_back(step.edge);
  if (edges.size() > 1) sort_parallel(view, edges);
  return edges;
}

template <GraphView G>
Path path_along(const G& view, std::vector<NodeIndex> nodes, Direction direction) {
  Path path{.nodes = std::move(nodes), .steps = {}};
  path.steps.reserve(path.nodes.size() - 1);
  for (std::size_t i = 1; i < path.nodes.size(); ++i)
    path.steps.push_back(edges_of_step(view, path.nodes[i - 1], path.nodes[i], direction));
  return path;
}

}  // namespace entente
