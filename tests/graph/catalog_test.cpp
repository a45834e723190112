#include "graph/catalog.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/graph_text.h"

namespace entente {
namespace {

TEST(Catalog, NamesEachRankingOnceWithItsMeaning) {
  std::set<std::string_view> names;
  for (const RankAlgorithm& algorithm : rank_algorithms()) {
    EXPECT_TRUE(names.insert(algorithm.name).second) << algorithm.name;
    EXPECT_TRUE(algorithm.meaning.ends_with('.'));
    EXPECT_EQ((*rank_algorithm_named(algorithm.name))->name, algorithm.name);
  }
  for (const char* name : {"degree", "pagerank", "betweenness"}) EXPECT_TRUE(names.contains(name));
}

TEST(Catalog, OfAnUnknownNameListsThoseThereAre) {
  const auto none = rank_algorithm_named("beauty");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::NotFound);
  EXPECT_NE(none.error().message.find("pagerank"), std::string::npos);
}

TEST(Catalog, EveryRankingScoresEveryNode) {
  const DrawnGraph g("a AID b; b AID c");
  for (const RankAlgorithm& algorithm : rank_algorithms()) {
    EXPECT_EQ(algorithm.scores(g.slice()).size(), 3u) << algorithm.name;
    EXPECT_TRUE(algorithm.scores(DrawnGraph("").slice()).empty()) << algorithm.name;
  }
}

TEST(Ranking, IsBestFirstThenByIdWithoutNodesThatHaveNoEdge) {
  const DrawnGraph g("a; b AID c; c AID d; d AID c; lone");
  const auto best = ranking(g.slice(), {0, 2, 3, 2, 9});
  EXPECT_EQ(best, (std::vector<Ranked>{{g["c"], 3}, {g["b"], 2}, {g["d"], 2}}));
  EXPECT_EQ(ranking(g.slice(), {0, 2, 3, 2, 9}, 1).size(), 1u);
  EXPECT_TRUE(ranking(g.slice(), {0, 2, 3, 2, 9}, 0).empty());
}

}  // namespace
}  // namespace entente
