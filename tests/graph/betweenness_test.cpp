#include "graph/algorithms/betweenness.h"

#include <gtest/gtest.h>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <set>
#include <utility>

#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"

namespace entente {
namespace {

using Scores = std::vector<double>;

// Boost's own algorithm on Boost's own graph, made simple first.
template <typename Directed>
Scores by_boost(const Slice& view) {
  constexpr bool kDirected = std::is_same_v<Directed, boost::directedS>;
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  each_edge(view, [&](EdgeIndex edge) {
    std::uint32_t a = view.head(edge).value, b = view.tail(edge).value;
    if (!kDirected && a > b) std::swap(a, b);
    if (a != b) pairs.insert({a, b});
  });
  boost::adjacency_list<boost::vecS, boost::vecS, Directed> graph(view.node_limit());
  for (const auto& [a, b] : pairs) add_edge(a, b, graph);
  Scores score(view.node_limit());
  boost::brandes_betweenness_centrality(
      graph, boost::make_iterator_property_map(score.begin(), get(boost::vertex_index, graph)));
  return score;
}

TEST(Betweenness, OfAChainCountsThePairsOnBothSides) {
  const DrawnGraph g("a AID b; c AID b; c AID d; e AID d");
  EXPECT_EQ(betweenness(*g.snapshot), (Scores{0, 3, 4, 3, 0}));
}

TEST(Betweenness, OfAStarIsAllPairsOfItsRays) {
  const DrawnGraph g("hub AID a; hub AID b; c AID hub; d AID hub");
  EXPECT_EQ(betweenness(*g.snapshot), (Scores{6, 0, 0, 0, 0}));
  EXPECT_EQ(betweenness(*g.snapshot, {.normalised = true}), (Scores{1, 0, 0, 0, 0}));
  // Forward only c and d reach a and b.
  EXPECT_EQ(betweenness(*g.snapshot, {.direction = Direction::Forward}), (Scores{4, 0, 0, 0, 0}));
}

TEST(Betweenness, SharesAPairAmongItsShortestPathsAndIgnoresParallelEdgesAndLoops) {
  const DrawnGraph square("a AID b; b AID c; c AID d; d AID a");
  EXPECT_EQ(betweenness(*square.snapshot), (Scores{0.5, 0.5, 0.5, 0.5}));
  const DrawnGraph same("a AID b; a AID b; b AID a; b AID c; c AID d; d AID a; c AID c");
  EXPECT_EQ(betweenness(*same.snapshot), (Scores{0.5, 0.5, 0.5, 0.5}));
}

TEST(Betweenness, OfDisconnectedPartsIsThatOfEach) {
  const DrawnGraph g("a AID b; b AID c; x AID y; y AID z; lone");
  EXPECT_EQ(betweenness(*g.snapshot), (Scores{0, 1, 0, 0, 1, 0, 0}));
  const DrawnGraph pair("a AID b");
  EXPECT_EQ(betweenness(*pair.snapshot, {.normalised = true}), (Scores{0, 0}));
}

TEST(Betweenness, EqualsBoostOnRandomSlicesBothDirections) {
  for (std::uint32_t i = 0; i < cases(300); ++i) {
    Dice dice(4'000'000 + i);
    const RandomGraph graph = random_graph(dice, 30, 80);
    const Slice slice(graph.snapshot, random_filter(dice, graph));
    const Scores any = betweenness(slice), any_boost = by_boost<boost::undirectedS>(slice);
    const Scores forward = betweenness(slice, {.direction = Direction::Forward});
    const Scores forward_boost = by_boost<boost::directedS>(slice);
    for (std::size_t n = 0; n < any.size(); ++n) {
      ASSERT_NEAR(any[n], any_boost[n], 1e-9) << i;
      ASSERT_NEAR(forward[n], forward_boost[n], 1e-9) << i;
    }
  }
}

}  // namespace
}  // namespace entente
