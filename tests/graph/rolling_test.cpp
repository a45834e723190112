#include "graph/rolling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "graph/algorithms/change_points.h"
#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"

namespace entente {
namespace {

const RankAlgorithm& measure(const char* name) { return **rank_algorithm_named(name); }

Result<std::vector<RollingWindow>> roll(const Slice& slice, const char* name, const RollingOptions& options) {
  return rolling(slice, measure(name), Arguments(measure(name).parameters), options);
}

TEST(Rolling, MovesAWindowFromTheFirstKnownDayToTheLast) {
  const DrawnGraph g("a AID b 2024-01-10; a AID c 2024-02; c AID d 2024-03-20/2024-04-02");
  const auto windows = *roll(g.slice(), "degree", {.every_months = 1, .window_months = 2, .limit = 1, .track = {g["c"]}});
  ASSERT_EQ(windows.size(), 4u);
  EXPECT_EQ(windows[0].days, window("2023-12..2024-01"));
  EXPECT_EQ(windows[1].days, window("2024-01..2024-02"));
  EXPECT_EQ(windows[3].days, window("2024-03..2024-04"));
  EXPECT_EQ(windows[1].edges, 2u);
  EXPECT_EQ(windows[1].best, (std::vector<Ranked>{{g["a"], 2}}));
  EXPECT_EQ(windows[0].tracked[0].place, 0u);
  EXPECT_EQ(windows[1].tracked[0], (RollingWindow::Tracked{3, 1}));
  EXPECT_EQ(windows[2].tracked[0], (RollingWindow::Tracked{1, 2}));
}

TEST(Rolling, StaysWithinTheViewAndEndsWithItsLastMonth) {
  const DrawnGraph g("a AID b 2020-01-10/2024-12-31");
  const auto windows = *roll(g.slice({.valid = window("2022..2023")}), "degree", {.every_months = 12});
  ASSERT_EQ(windows.size(), 2u);
  EXPECT_EQ(windows[0].days, window("2022"));
  EXPECT_EQ(windows[1].days, window("2023"));
  EXPECT_TRUE(roll(DrawnGraph("a AID b").slice(), "degree", {})->empty());
}

TEST(Rolling, RefusesWhatHasNoLengthOrNoEnd) {
  const DrawnGraph g("a AID b 0101; a AID b 9999");
  EXPECT_EQ(roll(g.slice(), "degree", {.every_months = 0}).error().code, Code::InvalidArgument);
  EXPECT_EQ(roll(g.slice(), "degree", {.window_months = 0}).error().code, Code::InvalidArgument);
  EXPECT_EQ(roll(g.slice(), "degree", {}).error().code, Code::InvalidArgument);  // 118,000 windows
  Cancel cancel;
  cancel.ask();
  EXPECT_EQ(roll(g.slice(), "degree", {.every_months = 1200, .cancel = &cancel}).error().code, Code::LimitReached);
}

TEST(Rolling, IsTheRankingOfEachWindowsOwnSlice) {
  for (std::uint32_t i = 0; i < cases(100); ++i) {
    Dice dice(21'000'000 + i);
    const RandomGraph graph = random_graph(dice, 9, 40);
    const Slice slice(graph.snapshot, random_filter(dice, graph));
    for (const char* name : {"betweenness", "constraint"}) {
      const auto windows = *roll(slice, name, {.every_months = 1, .window_months = 1 + dice.below(3), .limit = 3});
      for (const RollingWindow& w : windows) {
        const Slice own(slice, {.valid = w.days, .include_evidence = true, .include_negated = true});
        ASSERT_EQ(w.edges, own.edge_count());
        const auto scores = *measure(name).scores(own, Arguments(measure(name).parameters));
        ASSERT_EQ(w.best, ranking(own, scores, 3, measure(name).least_first)) << name << " " << i;
      }
    }
  }
}

// Several windows at once: the same as each for itself, but for what the tolerance leaves open.
TEST(Rolling, OfPageRankIsThePageRankOfEachWindowsOwnSlice) {
  const RankAlgorithm& algorithm = measure("pagerank");
  std::size_t together = 0;
  for (std::uint32_t i = 0; i < cases(200); ++i) {
    Dice dice(23'000'000 + i);
    const RandomGraph graph = random_graph(dice, 2 + dice.below(12), 5 + dice.below(60));
    const Slice slice(graph.snapshot, random_filter(dice, graph));
    Arguments arguments(algorithm.parameters);
    const auto sometimes = [&](std::uint32_t n, const char* name, const auto& value) {
      if (dice.one_in(n)) {
        EXPECT_TRUE(arguments.set(name, value));
      }
    };
    sometimes(5, "weight", "confidence");
    sometimes(3, "weight", "pair");
    sometimes(5, "direction", "any");
    sometimes(4, "damping", "0.5");
    sometimes(3, "start", std::vector<NodeId>{graph.nodes[0].id});
    RollingOptions options{.every_months = 1, .window_months = 1 + dice.below(3), .limit = 3};
    for (NodeIndex node; node.value < slice.node_limit(); ++node.value) options.track.push_back(node);
    const auto windows = *rolling(slice, algorithm, arguments, options);
    together = std::max(together, windows.size());
    for (const RollingWindow& w : windows) {
      const Slice own(slice, {.valid = w.days, .include_evidence = true, .include_negated = true});
      ASSERT_EQ(w.edges, own.edge_count());
      const auto ranked = ranking(own, *algorithm.scores(own, arguments));
      ASSERT_EQ(w.best.size(), std::min<std::size_t>(3, ranked.size()));
      for (std::size_t place = 0; place < w.best.size(); ++place)
        ASSERT_NEAR(w.best[place].score, ranked[place].score, 1e-9) << i;
      std::size_t touched = 0;
      for (const Ranked& each : ranked) {
        const RollingWindow::Tracked& tracked = w.tracked[each.node.value];
        ASSERT_GE(tracked.place, 1u);
        ASSERT_NEAR(tracked.score, each.score, 1e-9) << i;
      }
      for (const RollingWindow::Tracked& tracked : w.tracked) touched += tracked.place > 0;
      ASSERT_EQ(touched, ranked.size());
    }
    ASSERT_EQ(*rolling(slice, algorithm, arguments, options), windows);
  }
  EXPECT_GT(together, kLanes);
}

// ---- change points

TEST(ChangePoints, PartAYearOfAidFromAYearOfSanctions) {
  std::string text;
  for (int month = 1; month <= 12; ++month) {
    const std::string m = (month < 10 ? "0" : "") + std::to_string(month);
    text += "a AID b 2022-" + m + "-10; b CONSULT a 2022-" + m + "-20; a SANCTION b 2023-" + m + "-15;";
  }
  const DrawnGraph g(text);
  const auto phases = *change_points(g.slice(), g["a"], g["b"]);
  ASSERT_EQ(phases.size(), 2u);
  EXPECT_EQ(phases[0], (Phase{window("2022"), 24, 0}));
  EXPECT_EQ(phases[1], (Phase{window("2023"), 0, 12}));
  EXPECT_EQ(phases[0].balance(), 1);
  EXPECT_EQ(phases[1].balance(), -1);
  EXPECT_EQ(change_points(g.slice(), g["a"], g["b"], {.penalty = 100})->size(), 1u);
  EXPECT_EQ(change_points(g.slice(), g["a"], g["b"], {.max_steps = 5}).error().code, Code::LimitReached);
  EXPECT_TRUE(change_points(DrawnGraph("a; b").slice(), NodeIndex{0}, NodeIndex{1})->empty());
}

TEST(ChangePoints, LeaveOutWhatFallsIntoNoStepForCertain) {
  const DrawnGraph g("a AID b 2022; a AID b 2022-03; b SANCTION a 2022-05-01; a SUPPLIES b 2022-04-01");
  const auto phases = *change_points(g.slice(), g["a"], g["b"], {.penalty = 100});
  ASSERT_EQ(phases.size(), 1u);
  EXPECT_EQ(phases[0], (Phase{window("2022-01..2022-05"), 1, 1}));
  EXPECT_EQ(change_points(g.slice(), g["a"], g["b"], {.step_months = 12})->at(0).cooperation, 2u);
}

// Every division of few months, its likelihood from the definition.
TEST(ChangePoints, AreTheBestOfAllDivisions) {
  for (std::uint32_t i = 0; i < cases(200); ++i) {
    Dice dice(22'000'000 + i);
    const std::size_t months = 1 + dice.below(9);
    std::vector<std::array<std::uint32_t, 2>> counts(months);
    std::string text = "a; b;";
    std::uint32_t rate = dice.below(5);
    for (std::size_t m = 0; m < months; ++m) {
      if (dice.one_in(3)) rate = dice.below(6);
      counts[m] = {dice.below(rate + 1), dice.below(6 - rate)};
      if (m == 0 || m + 1 == months) ++counts[m][0];
      for (int kind = 0; kind < 2; ++kind)
        for (std::uint32_t n = 0; n < counts[m][static_cast<std::size_t>(kind)]; ++n)
          text += std::string(kind == 0 ? "a AID b" : "b SANCTION a") + " 2024-0" + std::to_string(m + 1) + "-05;";
    }
    const DrawnGraph g(text);
    const double penalty = 0.2 * (1 + dice.below(4));
    const auto value = [&](const std::vector<std::size_t>& ends) {
      double sum = 0;
      std::size_t start = 0;
      for (const std::size_t end : ends) {
        sum += penalty * 1.5 * std::log(static_cast<double>(months));
        for (std::size_t kind = 0; kind < 2; ++kind) {
          double all = 0;
          for (std::size_t m = start; m < end; ++m) all += counts[m][kind];
          const double mean = all / static_cast<double>(end - start);
          for (std::size_t m = start; m < end; ++m)
            if (mean > 0) sum -= counts[m][kind] * std::log(mean) - mean;
        }
        start = end;
      }
      return sum;
    };
    double best = INFINITY;
    for (std::uint32_t cuts = 0; cuts < 1u << (months - 1); ++cuts) {
      std::vector<std::size_t> ends;
      for (std::size_t m = 1; m < months; ++m)
        if (cuts >> (m - 1) & 1) ends.push_back(m);
      ends.push_back(months);
      best = std::min(best, value(ends));
    }
    std::vector<std::size_t> found;
    const auto phases = *change_points(g.slice(), g["a"], g["b"], {.penalty = penalty});
    for (const Phase& phase : phases) {
      const std::chrono::year_month_day last{phase.days.to - std::chrono::days{1}};
      found.push_back(static_cast<unsigned>(last.month()));
    }
    ASSERT_NEAR(value(found), best, 1e-6) << i;
  }
}

}  // namespace
}  // namespace entente
