#include "graph/algorithms/cores.h"

#include <algorithm>
#include <numeric>

#include "graph/algorithms/links.h"

namespace entente {

// Peeling: nodes with the fewest neighbours left go, and take whoever has no more then along. All
// that is touched at random is one number a node; those that are left are passed over once a level,
// and soon are few.
std::vector<std::uint32_t> core_numbers(const Slice& view, const Cancel* cancel) {
  constexpr std::uint32_t kGone = ~std::uint32_t{0};
  const Links links = gather_links(view, Side::Both, Parallel::Merge, Loops::Drop, cancel);
  const std::uint32_t nodes = links.size();
  std::vector<std::uint32_t> degree(nodes), core(nodes, 0), left(nodes), going;
  for (std::uint32_t node = 0; node < nodes; ++node) degree[node] = links.degree(node);
  std::iota(left.begin(), left.end(), 0u);
  std::uint32_t level = 0, taken = 0;
  while (!is_stopped(cancel)) {
    std::size_t kept = 0;
    std::uint32_t least = kGone;
    for (const std::uint32_t node : left) {
      if (degree[node] == kGone) continue;
      left[kept++] = node;
      least = std::min(least, degree[node]);
    }
    left.resize(kept);
    if (left.empty()) return core;
    level = std::max(level, least);
    const auto go = [&](std::uint32_t node) {
      degree[node] = kGone, core[node] = level;
      going.push_back(node);
    };
    for (const std::uint32_t node : left)
      if (degree[node] <= level) go(node);
    while (!going.empty()) {
      if (++taken % kBetweenLooks == 0 && is_stopped(cancel)) return core;
      const std::uint32_t node = going.back();
      going.pop_back();
      for (const NodeIndex other : links.of(node))
        if (degree[other.value] != kGone && --degree[other.value] <= level) go(other.value);
    }
  }
  return core;
}

}  // namespace entente
