#include "graph/algorithms/cut_points.h"

#include <algorithm>
#include <utility>

#include "graph/algorithms/rows.h"

namespace entente {

CutPoints cut_points(const Slice& view, const Cancel* cancel) {
  // Weight::Edge: the weight of a pair is how many parallel edges it has.
  const Rows rows = gather_rows(view, Side::Both, Weight::Edge, Loops::Drop, cancel);
  const std::uint32_t nodes = rows.size();
  CutPoints found{.parts = std::vector<std::uint32_t>(nodes, 0), .bridges = {}};
  std::vector<std::uint32_t> entered(nodes, 0), lowest(nodes, 0), next(nodes), parent(nodes);
  std::uint32_t clock = 0, steps = 0;
  std::vector<std::uint32_t> stack;
  for (std::uint32_t root = 0; root < nodes && !is_stopped(cancel); ++root) {
    if (entered[root] != 0 || rows.first[root] == rows.first[root + 1]) continue;
    stack.assign(1, root);
    entered[root] = lowest[root] = ++clock;
    parent[root] = root;
    next[root] = rows.first[root];
    std::uint32_t branches = 0;
    while (!stack.empty()) {
      if (++steps % kBetweenLooks == 0 && is_stopped(cancel)) return found;
      const std::uint32_t node = stack.back();
      if (next[node] < rows.first[node + 1]) {
        const std::uint32_t other = rows.to[next[node]++];
        if (entered[other] == 0) {
          entered[other] = lowest[other] = ++clock;
          parent[other] = node;
          next[other] = rows.first[other];
          stack.push_back(other);
        } else if (other != parent[node]) {
          lowest[node] = std::min(lowest[node], entered[other]);
        }
        continue;
      }
      stack.pop_back();
      if (stack.empty()) break;
      const std::uint32_t above = parent[node];
      lowest[above] = std::min(lowest[above], lowest[node]);
      if (above == root) ++branches;
      else if (lowest[node] >= entered[above]) ++found.parts[above];
      if (lowest[node] > entered[above]) {
        std::vector<EdgeIndex> joining;
        for (const auto& [a, b] : {std::pair(above, node), std::pair(node, above)})
          for (const Step step : view.edges_from_to(NodeIndex{a}, NodeIndex{b}))
            joining.push_back(step.edge);
        if (joining.size() == 1) found.bridges.push_back(joining[0]);
      }
    }
    if (branches > 1) found.parts[root] = branches - 1;
  }
  std::ranges::sort(found.bridges, {}, [&](EdgeIndex edge) { return view.snapshot().row_order(edge); });
  return found;
}

}  // namespace entente
