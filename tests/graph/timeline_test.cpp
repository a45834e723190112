#include "graph/algorithms/timeline.h"

#include <gtest/gtest.h>

#include "tests/support/graph_text.h"

namespace entente {
namespace {

std::string counts(const Timeline& timeline) {
  std::string text;
  for (const PeriodCount& period : timeline.periods)
    text += period.name + " " + std::to_string(period.certain) + "+" +
            std::to_string(period.possible) + "; ";
  return text;
}

TEST(Timeline, OrdersByEarliestStartWithTheUndatedLast) {
  const DrawnGraph g(
      "a AID b;"                       // 1: undated
      "a CONSULT b 2024-09-17;"        // 2
      "b AID a 2024-09;"               // 3: in September
      "a AID b 2024;"                  // 4: in 2024
      "a SUPPLIES b /2019;"            // 5: until 2019, since when nobody knows
      "a AID b ../..;"                 // 6: always
      "c AID a 2023-11-15/..;"         // 7
      "a CONSULT b 2024-09-01/..");    // 8
  const Timeline all = timeline(*g.snapshot, g["a"]);
  EXPECT_EQ(g.ids(all.edges), "6 7 4 8 3 2 5 1");
  EXPECT_EQ(all.always, 1u);
  EXPECT_EQ(all.undated, 2u);
}

TEST(Timeline, OfAPairHoldsTheEdgesBetweenThemEitherWay) {
  const DrawnGraph g("a AID b 2024; b AID a 2023; a AID c 2022; c AID b 2021; a AID a 2020");
  EXPECT_EQ(g.ids(timeline(*g.snapshot, g["a"], g["b"]).edges), "2 1");
  EXPECT_EQ(g.ids(timeline(*g.snapshot, g["b"], g["a"]).edges), "2 1");
  EXPECT_EQ(g.ids(timeline(*g.snapshot, g["a"], g["a"]).edges), "5");
  EXPECT_EQ(g.ids(timeline(*g.snapshot, g["a"]).edges), "5 3 2 1");
}

TEST(Timeline, CountsByPeriodAndDoesNotForceAYearIntoAMonth) {
  const DrawnGraph g("a AID b 2023-11-15; a AID b 2023-11; a AID b 2023; a AID b 2024-01-01/..");
  const auto by = [&](Period period) { return counts(timeline(*g.snapshot, g["a"], period)); };
  EXPECT_EQ(by(Period::Year), "2023 3+0; 2024 1+0; ");
  EXPECT_EQ(by(Period::Quarter),
            "2023-Q1 0+1; 2023-Q2 0+1; 2023-Q3 0+1; 2023-Q4 2+1; 2024-Q1 1+0; ");
  const Timeline months = timeline(*g.snapshot, g["a"], Period::Month);
  ASSERT_EQ(months.periods.size(), 13u);
  EXPECT_EQ(months.periods[10].name, "2023-11");
  EXPECT_EQ(months.periods[10].certain, 2u);
  EXPECT_EQ(months.periods[10].possible, 1u);
  EXPECT_EQ(months.periods[10].days, window("2023-11"));
}

TEST(Timeline, ShowsWhatTheSliceAdmits) {
  const DrawnGraph g("a AID b 2023; a SANCTION b 2024; a CONSULT c 2024 planned");
  const Slice slice = g.slice({.valid = window("2024"), .modes = {Mode::Actual}});
  EXPECT_EQ(g.ids(timeline(slice, g["a"]).edges), "2");
  EXPECT_TRUE(timeline(g.slice({.avoid = {g.id("a")}}), g["a"]).edges.empty());
}

// A week over the turn of the year began in one year or the other.
TEST(Timeline, CountsAWeekOverTheTurnOfTheYearAsPossibleInBoth) {
  const DrawnGraph g("a AID b 2025-W01");  // Monday is 2024-12-30
  EXPECT_EQ(counts(timeline(*g.snapshot, g["a"])), "2024 0+1; 2025 0+1; ");
}

}  // namespace
}  // namespace entente
