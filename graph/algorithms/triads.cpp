#include "graph/algorithms/triads.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace entente {

double TriadCensus::balance() const {
  if (count() == 0) return 1;
  return static_cast<double>(by_foes[0] + by_foes[2]) / static_cast<double>(count());
}

TriadCensus triads(const Slice& view, std::size_t list, const Cancel* cancel) {
  struct Pair {
    std::uint32_t low, high;
    int sign;
  };
  std::vector<Pair> pairs;
  each_edge(view, [&](EdgeIndex edge) {
    const Family family = view.snapshot().family(edge);
    if (family != Family::Cooperative && family != Family::Conflictual) return;
    const std::uint32_t a = view.head(edge).value, b = view.tail(edge).value;
    if (a != b) pairs.push_back({std::min(a, b), std::max(a, b), family == Family::Cooperative ? 1 : -1});
  });
  std::ranges::sort(pairs, {}, [](const Pair& p) { return std::pair(p.low, p.high); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pairs.size();) {
    Pair sum = pairs[i];
    for (++i; i < pairs.size() && pairs[i].low == sum.low && pairs[i].high == sum.high; ++i)
      sum.sign += pairs[i].sign;
    if (sum.sign != 0) pairs[kept++] = sum;
  }
  pairs.resize(kept);

  // Each pair points from its end of fewer partners to the other, so that no row is long.
  std::vector<std::uint32_t> partners(view.node_limit(), 0);
  for (const Pair& pair : pairs) ++partners[pair.low], ++partners[pair.high];
  struct To {
    std::uint32_t node;
    bool negative;
  };
  std::vector<std::vector<To>> rows(view.node_limit());
  for (const Pair& pair : pairs) {
    const bool from_low = std::tuple(partners[pair.low], pair.low) < std::tuple(partners[pair.high], pair.high);
    rows[from_low ? pair.low : pair.high].push_back({from_low ? pair.high : pair.low, pair.sign < 0});
  }
  TriadCensus census;
  std::vector<std::uint8_t> mark(view.node_limit(), 0);  // 1: joined, 2: and negative
  for (std::uint32_t a = 0; a < rows.size() && !is_stopped(cancel); ++a) {
    for (const To& to : rows[a]) mark[to.node] = to.negative ? 2 : 1;
    for (const To& b : rows[a])
      for (const To& c : rows[b.node]) {
        if (mark[c.node] == 0) continue;
        const int foes = (b.negative ? 1 : 0) + (c.negative ? 1 : 0) + (mark[c.node] == 2 ? 1 : 0);
        ++census.by_foes[static_cast<std::size_t>(foes)];
        if (foes % 2 == 0) continue;
        Triad triad{{NodeIndex{a}, NodeIndex{b.node}, NodeIndex{c.node}}, foes};
        std::ranges::sort(triad.nodes);
        census.unbalanced.push_back(triad);
      }
    for (const To& to : rows[a]) mark[to.node] = 0;
  }
  std::ranges::sort(census.unbalanced, {}, &Triad::nodes);
  if (census.unbalanced.size() > list) census.unbalanced.resize(list);
  return census;
}

}  // namespace entente
