#include "graph/algorithms/hubs.h"

#include "graph/algorithms/degree.h"

namespace entente {

std::vector<NodeId> hubs(const Slice& view, std::uint32_t most) {
  const std::vector<double> neighbours = degree(view, {.weight = Weight::Pair});
  std::vector<NodeId> found;
  each_node(view, [&](NodeIndex node) {
    if (neighbours[node.value] > most) found.push_back(view.snapshot().id(node));
  });
  return found;
}

}  // namespace entente
