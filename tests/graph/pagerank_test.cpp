#include "graph/algorithms/pagerank.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"

namespace entente {
namespace {

using Matrix = std::vector<std::vector<double>>;

// The definition as a dense system of equations, solved by elimination:
//   rank = (1-d)/n + d * (rank * chance), where a dangling node goes anywhere.
// Instead of a walk, an exact solution.
std::vector<double> solved(const Slice& view, const PageRankOptions& options) {
  std::vector<NodeIndex> nodes;
  std::vector<std::size_t> place(view.node_limit());
  each_node(view, [&](NodeIndex node) {
    place[node.value] = nodes.size();
    nodes.push_back(node);
  });
  const std::size_t n = nodes.size();
  Matrix weight(n, std::vector<double>(n));
  const auto add = [&](NodeIndex from, NodeIndex to, double w) {
    double& cell = weight[place[from.value]][place[to.value]];
    cell = options.weight == Weight::Pair ? 1 : cell + w;
  };
  each_edge(view, [&](EdgeIndex edge) {
    const double w =
        options.weight == Weight::Confidence ? view.snapshot().confidence(edge) : 1.0;
    add(view.head(edge), view.tail(edge), w);
    if (options.direction == Direction::Any) add(view.tail(edge), view.head(edge), w);
  });

  Matrix m(n, std::vector<double>(n + 1));  // of (1 - d * chance transposed) | (1 - d) / n
  for (std::size_t from = 0; from < n; ++from) {
    const double sum = std::accumulate(weight[from].begin(), weight[from].end(), 0.0);
    for (std::size_t to = 0; to < n; ++to) {
      const double chance = sum > 0 ? weight[from][to] / sum : 1.0 / static_cast<double>(n);
      m[to][from] = (to == from ? 1 : 0) - options.damping * chance;
    }
    m[from][n] = (1 - options.damping) / static_cast<double>(n);
  }
  for (std::size_t i = 0; i < n; ++i)  // diagonally dominant by columns: no pivoting
    for (std::size_t row = 0; row < n; ++row)
      if (row != i) {
        const double factor = m[row][i] / m[i][i];
        for (std::size_t column = i; column <= n; ++column) m[row][column] -= factor * m[i][column];
      }
  std::vector<double> rank(view.node_limit(), 0.0);
  for (std::size_t i = 0; i < n; ++i) rank[nodes[i].value] = m[i][n] / m[i][i];
  return rank;
}

TEST(PageRank, OfACircleIsEqual) {
  const DrawnGraph g("a AID b; b AID c; c AID a");
  for (const double rank : pagerank(*g.snapshot)) EXPECT_NEAR(rank, 1.0 / 3, 1e-12);
}

// d = 1/2. a and b lead to c, which dangles: c gives half of its rank to all three. With
// jump = (1/2 + c/2) / 3: a = b = jump and c = jump + a/2 + b/2 = 2 a, so a = b = 1/4, c = 1/2.
TEST(PageRank, SpreadsTheRankOfDanglingNodesOverAll) {
  const DrawnGraph g("a AID c; b AID c");
  const auto rank = pagerank(*g.snapshot, {.damping = 0.5, .tolerance = 1e-15});
  EXPECT_NEAR(rank[g["a"].value], 0.25, 1e-12);
  EXPECT_NEAR(rank[g["b"].value], 0.25, 1e-12);
  EXPECT_NEAR(rank[g["c"].value], 0.5, 1e-12);
}

TEST(PageRank, ParallelEdgesAddUpUnlessPairsAreAsked) {
  const DrawnGraph g("a AID b; a CONSULT b; a AID c; b AID a; c AID a");
  const auto by_edge = pagerank(*g.snapshot);
  EXPECT_GT(by_edge[g["b"].value], by_edge[g["c"].value]);
  const auto by_pair = pagerank(*g.snapshot, {.weight = Weight::Pair});
  EXPECT_NEAR(by_pair[g["b"].value], by_pair[g["c"].value], 1e-12);
}

TEST(PageRank, OfNothingAndOfEdgelessNodes) {
  EXPECT_TRUE(pagerank(*DrawnGraph("").snapshot).empty());
  const DrawnGraph g("a; b; c; d");
  EXPECT_EQ(pagerank(*g.snapshot), (std::vector<double>{0.25, 0.25, 0.25, 0.25}));
  EXPECT_EQ(pagerank(g.slice({.avoid = {g.id("a"), g.id("d")}})),
            (std::vector<double>{0, 0.5, 0.5, 0}));
}

TEST(PageRank, EqualsTheSolutionOfItsEquationsAndSumsToOne) {
  for (std::uint32_t i = 0; i < cases(300); ++i) {
    Dice dice(3'000'000 + i);
    const RandomGraph graph = random_graph(dice, 12, 40);
    const Slice slice(graph.snapshot, random_filter(dice, graph));
    const PageRankOptions options{.damping = dice.one_in(2) ? 0.85 : 0.5,
                                  .direction = static_cast<Direction>(dice.below(2)),
                                  .weight = static_cast<Weight>(dice.below(3)),
                                  .tolerance = 1e-15};
    const auto rank = pagerank(slice, options);
    const auto expected = solved(slice, options);
    for (std::size_t n = 0; n < rank.size(); ++n) ASSERT_NEAR(rank[n], expected[n], 1e-9) << i;
    const double sum = std::accumulate(rank.begin(), rank.end(), 0.0);
    ASSERT_NEAR(sum, slice.node_count() > 0 ? 1 : 0, 1e-12);
    ASSERT_EQ(rank, pagerank(slice, options));
  }
}

// So many nodes that the first rounds are rough: it must not be seen in the end.
TEST(PageRank, OfManyCopiesOfAGraphIsThatOfOneShared) {
  constexpr std::uint64_t kCopies = 7'000, kApart = 1'000;
  Dice dice(31);
  RandomGraph one;
  while (one.nodes.size() < 10) one = random_graph(dice, 10, 25);
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  for (std::uint64_t copy = 0; copy < kCopies; ++copy) {
    for (Node node : one.nodes) {
      node.id.value += copy * kApart;
      nodes.push_back(std::move(node));
    }
    for (Edge edge : one.edges) {
      for (std::uint64_t* id : {&edge.id.value, &edge.head.value, &edge.tail.value}) *id += copy * kApart;
      edges.push_back(std::move(edge));
    }
  }
  const auto many = *Snapshot::make(nodes, edges, Ontology::builtin(), one.as_of);
  const std::vector<double> small = pagerank(*one.snapshot), large = pagerank(*many);
  ASSERT_EQ(large.size(), kCopies * small.size());
  ASSERT_GE(large.size(), std::size_t{1} << 16);
  for (std::size_t i = 0; i < large.size(); ++i)
    ASSERT_NEAR(large[i] * kCopies, small[i % small.size()], 1e-9) << i;
}

}  // namespace
}  // namespace entente
