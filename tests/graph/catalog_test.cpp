#include "graph/catalog.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"

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
    const Arguments standard(algorithm.parameters);
    EXPECT_EQ(algorithm.scores(g.slice(), standard)->size(), 3u) << algorithm.name;
    EXPECT_TRUE(algorithm.scores(DrawnGraph("").slice(), standard)->empty()) << algorithm.name;
  }
}

TEST(Catalog, EveryAnalysisAnswersWithRowsOfItsColumns) {
  const DrawnGraph g(
      "a AID b 2024-01-01; b AID c 2024-01-02; c SANCTION a 2024-01-03; c AID d 2024-01-04");
  for (const TableAlgorithm& algorithm : table_algorithms()) {
    EXPECT_EQ((*table_algorithm_named(algorithm.name))->name, algorithm.name);
    const Arguments standard(algorithm.parameters);
    const auto rows = algorithm.rows(g.slice(), standard);
    ASSERT_TRUE(rows) << algorithm.name;
    EXPECT_FALSE(rows->empty()) << algorithm.name;
    for (const Row& row : *rows) {
      ASSERT_EQ(row.size(), algorithm.columns.size()) << algorithm.name;
      for (std::size_t i = 0; i < row.size(); ++i)
        EXPECT_EQ(row[i].index(), static_cast<std::size_t>(algorithm.columns[i].type));
    }
    EXPECT_TRUE(algorithm.rows(DrawnGraph("").slice(), standard)->empty()) << algorithm.name;
  }
  EXPECT_EQ(table_algorithm_named("magic").error().code, Code::NotFound);
}

TEST(Catalog, WhatIsAskedToStopGivesNoAnswer) {
  const DrawnGraph g("a AID b 2024-01-01; b AID c 2024-01-02; c SANCTION a 2024-01-03");
  Cancel cancel;
  cancel.ask();
  for (const RankAlgorithm& algorithm : rank_algorithms()) {
    Arguments arguments(algorithm.parameters);
    arguments.stop_when(&cancel);
    const auto scores = algorithm.scores(g.slice(), arguments);
    ASSERT_FALSE(scores) << algorithm.name;
    EXPECT_EQ(scores.error().code, Code::LimitReached);
  }
  for (const TableAlgorithm& algorithm : table_algorithms()) {
    Arguments arguments(algorithm.parameters);
    arguments.stop_when(&cancel);
    EXPECT_EQ(algorithm.rows(g.slice(), arguments).error().code, Code::LimitReached) << algorithm.name;
  }
}

// Each of these would go on for minutes, or hours, on a graph of that size.
TEST(Catalog, LongWorkStopsInTheMiddle) {
  const std::uint32_t count = 20'000;
  std::vector<Node> nodes(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    nodes[i].id = NodeId{i + 1}, nodes[i].name = std::to_string(i);
    nodes[i].label = *Ontology::builtin().find_label("Government");
  }
  Dice dice(7);
  std::vector<Edge> edges(8 * count);
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    edges[i].id = EdgeId{i + 1}, edges[i].type = *Ontology::builtin().find_type("CONSULT");
    edges[i].head = NodeId{dice.below(count) + 1}, edges[i].tail = NodeId{dice.below(count) + 1};
    edges[i].confidence = 1;
  }
  const Slice slice(*Snapshot::make(nodes, edges, Ontology::builtin(), {}), {});
  for (const char* name : {"betweenness", "betweenness-forward", "closeness", "harmonic"}) {
    const RankAlgorithm& algorithm = **rank_algorithm_named(name);
    Cancel cancel;
    Arguments arguments(algorithm.parameters);
    arguments.stop_when(&cancel);
    std::thread other([&] { std::this_thread::sleep_for(std::chrono::milliseconds(50)), cancel.ask(); });
    EXPECT_FALSE(algorithm.scores(slice, arguments)) << name;
    other.join();
  }
}

TEST(Catalog, EveryStandardValueIsOneThatCouldBeSet) {
  const auto check = [](std::string_view name, std::span<const Parameter> parameters) {
    Arguments arguments(parameters);
    for (const Parameter& parameter : parameters) {
      EXPECT_TRUE(parameter.meaning.ends_with('.')) << name << " " << parameter.name;
      if (parameter.standard.empty()) continue;
      EXPECT_TRUE(arguments.set(parameter.name, parameter.standard)) << name << " " << parameter.name;
    }
  };
  for (const RankAlgorithm& algorithm : rank_algorithms()) check(algorithm.name, algorithm.parameters);
  for (const TableAlgorithm& algorithm : table_algorithms()) check(algorithm.name, algorithm.parameters);
}

TEST(Arguments, RefuseWhatIsNoValueOfTheParameter) {
  Arguments told((*rank_algorithm_named("pagerank"))->parameters);
  EXPECT_TRUE(told.set("damping", "0.5"));
  EXPECT_EQ(told.number("damping"), 0.5);
  EXPECT_TRUE(told.set("start", std::vector{NodeId{1}}));
  EXPECT_EQ(told.nodes("start").size(), 1u);
  EXPECT_TRUE(told.set("weight", "confidence"));
  EXPECT_EQ(told.text(), "damping=0.5 direction=forward weight=confidence");
  for (const auto& [name, value] : {std::pair("damping", "2"), {"damping", "nan"}, {"damping", "much"},
                                    {"weight", "heavy"}, {"weight", ""}, {"start", "a"}, {"colour", "1"}})
    EXPECT_EQ(told.set(name, value).error().code, Code::InvalidArgument) << name << value;
  EXPECT_FALSE(told.set("damping", std::vector{NodeId{1}}));
  Arguments sampled((*rank_algorithm_named("betweenness-sampled"))->parameters);
  EXPECT_FALSE(sampled.set("sources", "1.5"));
  Arguments aged((*rank_algorithm_named("influence"))->parameters);
  EXPECT_FALSE(aged.date("today"));
  EXPECT_TRUE(aged.set("today", "2024-09-01"));
  EXPECT_EQ(aged.date("today"), day("2024-09-01"));
  EXPECT_FALSE(aged.set("today", "2024"));
}

TEST(Ranking, IsBestFirstThenByIdWithoutNodesThatHaveNoEdge) {
  const DrawnGraph g("a; b AID c; c AID d; d AID c; lone");
  const auto best = ranking(g.slice(), {0, 2, 3, 2, 9});
  EXPECT_EQ(best, (std::vector<Ranked>{{g["c"], 3}, {g["b"], 2}, {g["d"], 2}}));
  EXPECT_EQ(ranking(g.slice(), {0, 2, 3, 2, 9}, 1).size(), 1u);
  EXPECT_TRUE(ranking(g.slice(), {0, 2, 3, 2, 9}, 0).empty());
  EXPECT_EQ(ranking(g.slice(), {0, 2, 3, 2, 9}, 1, true), (std::vector<Ranked>{{g["b"], 2}}));
}

}  // namespace
}  // namespace entente
