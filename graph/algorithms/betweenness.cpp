#include "graph/algorithms/betweenness.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <span>

#include "graph/algorithms/lane_search.h"
#include "graph/algorithms/links.h"
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

  // Adds to `score` what all pairs from `source` on give to the nodes between them, and to `steps`,
  // if given, what they give to the entries of the rows that they go over.
  void add_to(std::vector<double>& score, std::uint32_t source,
              std::vector<double>* steps = nullptr) {
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
    if (steps != nullptr) add_steps(*steps);
    for (const std::uint32_t node : order_) distance_[node] = kUnseen;
  }

 private:
  template <typename Visit>
  void each_neighbour(std::uint32_t node, Visit visit) const {
    for (std::uint32_t i = rows_.first[node]; i < rows_.first[node + 1]; ++i) visit(rows_.to[i]);
  }

  void add_steps(std::vector<double>& steps) const {
    for (const std::uint32_t node : order_)
      for (std::uint32_t i = rows_.first[node]; i < rows_.first[node + 1]; ++i)
        if (distance_[rows_.to[i]] == distance_[node] + 1)
          steps[i] += paths_[node] * depends_[rows_.to[i]];
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

std::vector<std::uint32_t> sources_of(const Links& links) {
  std::vector<std::uint32_t> nodes;
  for (std::uint32_t node = 0; node < links.size(); ++node)
    if (links.degree(node) != 0) nodes.push_back(node);
  return nodes;
}

}  // namespace

template <GraphView G>
std::vector<double> betweenness(const G& view, const BetweennessOptions& options) {
  const bool both_ways = options.direction == Direction::Any;
  const Links links = gather_links(view, both_ways ? Side::Both : Side::Out, Parallel::Merge, Loops::Drop, options.cancel);
  std::vector<double> score = summed_dependencies(links, sources_of(links), options.cancel);

  const double others = view.node_count();
  const double pairs = (others - 1) * (others - 2);  // ordered: both ways, each was counted twice
  const double divisor = options.normalised ? pairs : both_ways ? 2 : 1;
  for (double& value : score) value = divisor > 0 ? value / divisor : 0;
  return score;
}

std::vector<double> edge_betweenness(const Slice& view, const BetweennessOptions& options) {
  const bool both_ways = options.direction == Direction::Any;
  const Rows rows =
      gather_rows(view, both_ways ? Side::Both : Side::Out, Weight::Pair, Loops::Drop, options.cancel);
  if (is_stopped(options.cancel)) return std::vector<double>(view.edge_limit(), 0.0);  // rows may be missing
  std::vector<double> nodes(rows.size(), 0.0), steps(rows.to.size(), 0.0);
  Source source(rows);
  for (std::uint32_t node = 0; node < rows.size() && !is_stopped(options.cancel); ++node)
    if (rows.first[node] != rows.first[node + 1]) source.add_to(nodes, node, &steps);

  const double count = view.node_count();
  const double divisor = options.normalised ? count * (count - 1) / (both_ways ? 2 : 1) : 1;
  const auto of_step = [&](NodeIndex from, NodeIndex to) {
    const auto begin = rows.to.begin();
    const auto at = std::lower_bound(begin + rows.first[from.value],
                                     begin + rows.first[from.value + 1], to.value);
    return steps[static_cast<std::size_t>(at - begin)];
  };
  std::vector<double> score(view.edge_limit(), 0.0);
  each_edge(view, [&](EdgeIndex edge) {
    const NodeIndex head = view.head(edge), tail = view.tail(edge);
    if (head == tail) return;
    // Both ways each pair was counted from both of its ends, along each way of the step.
    const double sum = both_ways ? (of_step(head, tail) + of_step(tail, head)) / 2 : of_step(head, tail);
    score[edge.value] = sum / divisor;
  });
  return score;
}

SampledBetweenness sampled_betweenness(const Slice& view, const SampleOptions& sample,
                                       const BetweennessOptions& options) {
  const bool both_ways = options.direction == Direction::Any;
  const Links links = gather_links(view, both_ways ? Side::Both : Side::Out, Parallel::Merge, Loops::Drop, options.cancel);
  std::vector<std::uint32_t> nodes = sources_of(links);  // no others are ends of a path
  const auto count = static_cast<std::uint32_t>(nodes.size());
  SampledBetweenness found{.scores = std::vector<double>(links.size(), 0.0),
                           .sources = std::min(sample.sources, count)};
  if (found.sources == 0) return found;
  std::mt19937_64 dice(sample.seed);
  for (std::uint32_t i = 0; i < found.sources && found.sources < count; ++i)
    std::swap(nodes[i], nodes[i + dice() % (count - i)]);
  found.scores = summed_dependencies(links, std::span(nodes).first(found.sources), options.cancel);

  const double others = view.node_count(), drawn = found.sources, n = count;
  const double pairs = (others - 1) * (others - 2);
  const double divisor = options.normalised ? pairs : both_ways ? 2 : 1;
  for (double& value : found.scores) value = divisor > 0 ? value * n / drawn / divisor : 0;
  // From one source a node gets at most all others but itself.
  if (found.sources < count && divisor > 0)
    found.error = n * (others - 2) / divisor *
                  std::sqrt(std::log(2 * others / (1 - sample.certainty)) / (2 * drawn));
  return found;
}

template std::vector<double> betweenness(const Snapshot&, const BetweennessOptions&);
template std::vector<double> betweenness(const Slice&, const BetweennessOptions&);

}  // namespace entente
