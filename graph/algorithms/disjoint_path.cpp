#include "graph/algorithms/disjoint_path.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "graph/algorithms/path_ends.h"
#include "graph/algorithms/path_steps.h"

namespace entente {

Result<std::vector<Path>> disjoint_paths(const Slice& view, NodeIndex from, NodeIndex to,
                                         std::size_t k, const DisjointOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  if (from == to)
    return Error{Code::InvalidArgument, "path: of a node to itself there are no separate ways"};
  WorkMeter meter(options.max_work, options.cancel);
  Flow flow(view, from, to, options.direction, options.apart, meter);
  std::size_t count = 0;
  while (count < k && flow.augment()) ++count;
  if (meter.over()) return meter.error("path");

  // The cheapest flow goes nowhere in a circle, so whoever follows it comes to the other end.
  std::map<std::pair<NodeIndex, NodeIndex>, int> taken;
  std::vector<Path> paths;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<NodeIndex> nodes = {from};
    std::vector<int> number;  // which of the units of the link
    while (nodes.back() != to) {
      for (const auto& [next, units] : flow.sends(nodes.back())) {
        int& used = taken[{nodes.back(), next}];
        if (used == units) continue;
        number.push_back(used++);
        nodes.push_back(next);
        break;
      }
    }
    Path path = path_along(view, std::move(nodes), options.direction);
    if (options.apart == Apart::Edges)
      for (std::size_t s = 0; s < path.steps.size(); ++s)
        path.steps[s] = {path.steps[s][static_cast<std::size_t>(number[s])]};
    paths.push_back(std::move(path));
  }
  std::ranges::stable_sort(paths, {}, [](const Path& path) {
    return std::tuple(path.nodes.size(), path.nodes);
  });
  return paths;
}

}  // namespace entente
