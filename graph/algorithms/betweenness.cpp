#include "graph/algorithms/betweenness.h"

#include <algorithm>

#include "graph/algorithms/rows.h"
#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {
namespace {

constexpr std::uint32_t kUnseen = ~std::uint32_t{0};

// What one source needs; reused for the next, of which only the touched part is cleared.
class Source {
 public:
  explicit Source(const Rows& rows)
      : rows_(rows), distance_(rows.size(), kUnseen), paths_(rows.size()), depends_(rows.size()) {}

  // Adds to `score` what all pairs from `source` on give to the nodes between them.
  void add_to(std::vector<double>& score, std::uint32_t source) {
    search(source);
    // Farthest first. paths_[v] counts shortest paths from the source; of those to w, the part
    // paths_[v] / paths_[w] comes in over v.
    for (std::size_t i = order_.size(); i-- > 1;) {
      const std::uint32_t node = order_[i];
      double on_behalf = 0;
      each_neighbour(node, [&](std::uint32_t next) {
        if (distance_[next] == distance_[node] + 1) on_behalf += depends_[next];
      });
      score[node] += on_behalf * paths_[node];
      depends_[node] = (1 + on_behalf * paths_[node]) / paths_[node];
    }
    for (const std::uint32_t node : order_) distance_[node] = kUnseen;
  }

 private:
  template <typename Visit>
  void each_neighbour(std::uint32_t node, Visit visit) const {
    for (std::uint32_t i = rows_.first[node]; i < rows_.first[node + 1]; ++i) visit(rows_.to[i]);
  }

  void search(std::uint32_t source) {
    order_.assign(1, source);
    distance_[source] = 0;
    paths_[source] = 1;
    for (std::size_t at = 0; at < order_.size(); ++at) {
      const std::uint32_t node = order_[at];
      each_neighbour(node, [&](std::uint32_t next) {
        if (distance_[next] == kUnseen) {
          distance_[next] = distance_[node] + 1;
          paths_[next] = 0;
          order_.push_back(next);
        }
        if (distance_[next] == distance_[node] + 1) paths_[next] += paths_[node];
      });
    }
  }

  const Rows& rows_;
  std::vector<std::uint32_t> order_;     // reached nodes, nearest first
  std::vector<std::uint32_t> distance_;  // by node
  std::vector<double> paths_;
  std::vector<double> depends_;  // (1 + what lies behind) / paths_
};

}  // namespace

template <GraphView G>
std::vector<double> betweenness(const G& view, const BetweennessOptions& options) {
  const bool both_ways = options.direction == Direction::Any;
  const Rows rows =
      gather_rows(view, both_ways ? Side::Both : Side::Out, Weight::Pair, Loops::Drop);
  std::vector<double> score(rows.size(), 0.0);
  Source source(rows);
  for (std::uint32_t node = 0; node < rows.size(); ++node)
    if (rows.first[node] != rows.first[node + 1]) source.add_to(score, node);

  const double others = view.node_count();
  const double pairs = (others - 1) * (others - 2);  // ordered: both ways, each was counted twice
  const double divisor = options.normalised ? pairs : both_ways ? 2 : 1;
  for (double& value : score) value = divisor > 0 ? value / divisor : 0;
  return score;
}

template std::vector<double> betweenness(const Snapshot&, const BetweennessOptions&);
template std::vector<double> betweenness(const Slice&, const BetweennessOptions&);

}  // namespace entente
