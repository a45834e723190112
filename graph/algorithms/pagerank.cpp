#include "graph/algorithms/pagerank.h"

#include <cmath>

#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {
namespace {

// Pulls: a node's rank is gathered from `sources`, the rows of the nodes that lead to it.
std::vector<double> iterate(const Rows& sources, const std::vector<bool>& admitted,
                            const PageRankOptions& options) {
  const std::uint32_t nodes = sources.size();
  std::vector<bool> goal = admitted;  // where jumps go
  if (!options.start.empty()) {
    goal.assign(nodes, false);
    for (const NodeIndex node : options.start)
      if (node.value < nodes && admitted[node.value]) goal[node.value] = true;
  }
  double count = 0;
  for (const bool is_in : goal) count += is_in;
  std::vector<double> rank(nodes, 0.0), share(nodes), leaving(nodes, 0.0);
  if (count == 0) return rank;
  for (std::size_t i = 0; i < sources.to.size(); ++i) leaving[sources.to[i]] += sources.weight[i];
  for (std::uint32_t node = 0; node < nodes; ++node)
    if (goal[node]) rank[node] = 1 / count;

  for (std::uint32_t round = 0; round < options.max_iterations; ++round) {
    double dangling = 0;
    for (std::uint32_t node = 0; node < nodes; ++node) {
      share[node] = leaving[node] > 0 ? rank[node] / leaving[node] : 0;
      if (!(leaving[node] > 0)) dangling += rank[node];
    }
    const double jump = (1 - options.damping + options.damping * dangling) / count;
    double moved = 0, sum = 0;
    for (std::uint32_t node = 0; node < nodes; ++node) {
      if (!admitted[node]) continue;
      double gathered = 0;
      for (std::uint32_t i = sources.first[node]; i < sources.first[node + 1]; ++i)
        gathered += share[sources.to[i]] * sources.weight[i];
      const double next = (goal[node] ? jump : 0) + options.damping * gathered;
      moved += std::abs(next - rank[node]);
      sum += next;
      rank[node] = next;
    }
    // Rounding must not add up over the rounds.
    for (double& value : rank) value /= sum;
    if (moved < options.tolerance) break;
  }
  return rank;
}

}  // namespace

template <GraphView G>
std::vector<double> pagerank(const G& view, const PageRankOptions& options) {
  const Side side = options.direction == Direction::Forward ? Side::In : Side::Both;
  const Rows sources = gather_rows(view, side, options.weight, Loops::Keep);
  std::vector<bool> admitted(view.node_limit());
  each_node(view, [&](NodeIndex node) { admitted[node.value] = true; });
  return iterate(sources, admitted, options);
}

template std::vector<double> pagerank(const Snapshot&, const PageRankOptions&);
template std::vector<double> pagerank(const Slice&, const PageRankOptions&);

}  // namespace entente
