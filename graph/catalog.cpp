#include "graph/catalog.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "graph/algorithms/betweenness.h"
#include "graph/algorithms/degree.h"
#include "graph/algorithms/pagerank.h"

namespace entente {
namespace {

using View = const Slice&;

constexpr RankAlgorithm kRankAlgorithms[] = {
    {"degree", "The number of edges at the node, parallel ones included.",
     [](View view) { return degree(view); }},
    {"in-degree", "The number of edges that lead to the node.",
     [](View view) { return degree(view, {.side = Side::In}); }},
    {"out-degree", "The number of edges that lead from the node.",
     [](View view) { return degree(view, {.side = Side::Out}); }},
    {"neighbours", "The number of other nodes that the node has an edge with.",
     [](View view) { return degree(view, {.weight = Weight::Pair}); }},
    {"pagerank", "The share of its time that a random walker along the edges spends on the node.",
     [](View view) { return pagerank(view); }},
    {"pagerank-confidence", "PageRank whose walker prefers edges of high confidence.",
     [](View view) { return pagerank(view, {.weight = Weight::Confidence}); }},
    {"betweenness",
     "The number of pairs of other nodes whose shortest paths pass through the node, either way.",
     [](View view) { return betweenness(view); }},
    {"betweenness-forward", "The same along paths that go from head to tail alone.",
     [](View view) { return betweenness(view, {.direction = Direction::Forward}); }},
};

}  // namespace

std::span<const RankAlgorithm> rank_algorithms() { return kRankAlgorithms; }

Result<const RankAlgorithm*> rank_algorithm_named(std::string_view name) {
  for (const RankAlgorithm& algorithm : kRankAlgorithms)
    if (algorithm.name == name) return &algorithm;
  std::string known;
  for (const RankAlgorithm& algorithm : kRankAlgorithms)
    known.append(known.empty() ? "" : ", ").append(algorithm.name);
  return Error{Code::NotFound,
               "there is no ranking '" + std::string(name) + "'; choose one of " + known};
}

std::vector<Ranked> ranking(const Slice& view, const std::vector<double>& scores,
                            std::size_t limit) {
  std::vector<Ranked> ranked;
  each_node(view, [&](NodeIndex node) {
    if (view.out_edges(node).begin() != view.out_edges(node).end() ||
        view.in_edges(node).begin() != view.in_edges(node).end())
      ranked.push_back({node, scores[node.value]});
  });
  limit = std::min(limit, ranked.size());
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(limit);
  std::ranges::partial_sort(ranked, end, {}, [](const Ranked& r) {
    return std::tuple(-r.score, r.node);
  });
  ranked.erase(end, ranked.end());
  return ranked;
}

}  // namespace entente
