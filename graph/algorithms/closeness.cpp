#include "graph/algorithms/closeness.h"

#include <cstdint>

namespace entente {
namespace {

// Calls visit(node, how many it reaches, sum of distances, sum of inverses) for each with a way.
template <typename Visit>
void each_reach(const Rows& rows, const Cancel* cancel, Visit visit) {
  constexpr std::uint32_t kUnseen = ~std::uint32_t{0};
  std::vector<std::uint32_t> distance(rows.size(), kUnseen), order;
  for (std::uint32_t source = 0; source < rows.size(); ++source) {
    if (rows.first[source] == rows.first[source + 1]) continue;
    order.assign(1, source);
    distance[source] = 0;
    double sum = 0;
    std::vector<std::uint32_t> at_distance = {1};
    for (std::size_t at = 0; at < order.size(); ++at) {
      if (at % 4096 == 0 && is_stopped(cancel)) return;
      const std::uint32_t node = order[at], next = distance[node] + 1;
      for (std::uint32_t i = rows.first[node]; i < rows.first[node + 1]; ++i) {
        if (distance[rows.to[i]] != kUnseen) continue;
        distance[rows.to[i]] = next;
        order.push_back(rows.to[i]);
        sum += next;
        if (at_distance.size() <= next) at_distance.push_back(0);
        ++at_distance[next];
      }
    }
    double inverses = 0;
    for (std::size_t d = 1; d < at_distance.size(); ++d)
      inverses += at_distance[d] / static_cast<double>(d);
    visit(source, static_cast<double>(order.size() - 1), sum, inverses);
    for (const std::uint32_t node : order) distance[node] = kUnseen;
  }
}

}  // namespace

std::vector<double> closeness(const Slice& view, const ClosenessOptions& options) {
  const Rows rows = gather_rows(view, options.side, Weight::Pair, Loops::Drop, options.cancel);
  const double others = static_cast<double>(view.node_count()) - 1;
  std::vector<double> score(rows.size(), 0.0);
  each_reach(rows, options.cancel, [&](std::uint32_t node, double reached, double sum, double) {
    score[node] = reached / sum * (reached / others);
  });
  return score;
}

std::vector<double> harmonic(const Slice& view, const ClosenessOptions& options) {
  const Rows rows = gather_rows(view, options.side, Weight::Pair, Loops::Drop, options.cancel);
  std::vector<double> score(rows.size(), 0.0);
  each_reach(rows, options.cancel, [&](std::uint32_t node, double, double, double inverses) {
    score[node] = inverses;
  });
  return score;
}

}  // namespace entente
