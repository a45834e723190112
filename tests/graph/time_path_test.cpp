#include "graph/algorithms/time_path.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"

namespace entente {
namespace {
using std::chrono::days;

// "a -1@2024-03-01- b -2@2024-03-05- c"; "none" if there is no route.
std::string told(const DrawnGraph& g, const char* from, const char* to,
                 const TimePathOptions& options) {
  const auto found = time_path(*g.snapshot, g[from], g[to], options);
  if (!found) return found.error().message;
  if (!*found) return "none";
  std::string text(g.snapshot->name((*found)->nodes[0]));
  for (std::size_t i = 0; i < (*found)->steps.size(); ++i) {
    const TimeStep& step = (*found)->steps[i];
    const std::string day = step.day == kFirstDay  ? "early"
                            : step.day == kLastDay ? "late"
                                                   : edtf_of(step.day);
    text += " -" + std::to_string(g.snapshot->id(step.edge).value) + "@" + day + "- ";
    text += g.snapshot->name((*found)->nodes[i + 1]);
  }
  return text;
}

TEST(TimePath, TakesNoStepBeforeTheStepBefore) {
  const DrawnGraph g("a AID b 2024-03-05; b AID c 2024-03-01");
  EXPECT_EQ(told(g, "a", "c", {}), "none");
  EXPECT_EQ(told(g, "c", "a", {}), "c -2@2024-03-01- b -1@2024-03-05- a");
  EXPECT_EQ(told(g, "c", "a", {.direction = Direction::Forward}), "none");
}

TEST(TimePath, MayTakeSeveralStepsOnOneDay) {
  const DrawnGraph g("a AID b 2024-03-05; b AID c 2024-03-05");
  EXPECT_EQ(told(g, "a", "c", {}), "a -1@2024-03-05- b -2@2024-03-05- c");
}

TEST(TimePath, EachAimHasItsOwnBestRoute) {
  const DrawnGraph g(
      "s AID a 2024-03-01; a AID t 2024-03-10;"                       // arrives first
      "s AID b 2024-03-12; b AID c 2024-03-13; c AID t 2024-03-14;"   // is fastest
      "s AID t 2024-03-11;"                                           // is one step
      "s AID d 2024-03-20; d AID t 2024-03-30");                      // departs last
  EXPECT_EQ(told(g, "s", "t", {.aim = TimeAim::Earliest}),
            "s -1@2024-03-01- a -2@2024-03-10- t");
  EXPECT_EQ(told(g, "s", "t", {.aim = TimeAim::Latest}), "s -7@2024-03-20- d -8@2024-03-30- t");
  EXPECT_EQ(told(g, "s", "t", {.aim = TimeAim::Fastest}), "s -6@2024-03-11- t");
  EXPECT_EQ(told(g, "s", "t", {.aim = TimeAim::Fewest}), "s -6@2024-03-11- t");
  EXPECT_EQ(told(g, "s", "t", {.aim = TimeAim::Fastest, .window = window("2024-03-12..2024-03-30")}),
            "s -3@2024-03-12- b -4@2024-03-13- c -5@2024-03-14- t");
}

TEST(TimePath, LeavesAsLateAsItCanForAnEarlyArrivalAndTheOtherWayRound) {
  const DrawnGraph g("a AID b 2024-03-01/2024-03-20; b AID c 2024-03-10/2024-03-30");
  EXPECT_EQ(told(g, "a", "c", {}), "a -1@2024-03-10- b -2@2024-03-10- c");
  EXPECT_EQ(told(g, "a", "c", {.aim = TimeAim::Latest}), "a -1@2024-03-20- b -2@2024-03-20- c");
}

TEST(TimePath, WaitsNoLongerThanItMay) {
  const DrawnGraph g("a AID b 2024-03-01; b AID c 2024-03-10");
  EXPECT_EQ(told(g, "a", "c", {.max_wait_days = 8}), "none");
  EXPECT_EQ(told(g, "a", "c", {.max_wait_days = 9}), "a -1@2024-03-01- b -2@2024-03-10- c");
}

TEST(TimePath, ComesBackToANodeIfThatBridgesTheTime) {
  const DrawnGraph g("a AID b 2024-03-01; b AID d 2024-03-05; b AID c 2024-03-09");
  EXPECT_EQ(told(g, "a", "c", {.max_wait_days = 4}),
            "a -1@2024-03-01- b -2@2024-03-05- d -2@2024-03-05- b -3@2024-03-09- c");
}

TEST(TimePath, StepsOnCertainDaysUnlessPossibleOnesWillDo) {
  const DrawnGraph g("a AID b 2024-03; b AID c 2024-02-20/");
  EXPECT_EQ(told(g, "a", "b", {}), "none");
  EXPECT_EQ(told(g, "a", "b", {.days = UsableDays::Possible}), "a -1@2024-03-01- b");
  EXPECT_EQ(told(g, "b", "c", {.aim = TimeAim::Latest}), "b -2@2024-02-20- c");
  EXPECT_EQ(told(g, "a", "c", {.days = UsableDays::Possible}),
            "a -1@2024-03-01- b -2@2024-03-01- c");
}

TEST(TimePath, WithoutBoundsGoesAsEarlyOrAsLateAsOneLikes) {
  const DrawnGraph g("a AID b ../..; b AID c ../2024-03-01; c AID d 2024-01-01/..");
  EXPECT_EQ(told(g, "a", "c", {}), "a -1@early- b -2@early- c");
  EXPECT_EQ(told(g, "a", "c", {.aim = TimeAim::Latest}), "a -1@2024-03-01- b -2@2024-03-01- c");
  EXPECT_EQ(told(g, "c", "d", {.aim = TimeAim::Latest}), "c -3@late- d");
  EXPECT_EQ(told(g, "a", "d", {.aim = TimeAim::Fastest}),
            "a -1@2024-01-01- b -2@2024-01-01- c -3@2024-01-01- d");
}

// That it goes on for ever does not make it certain on a day that no calendar has.
TEST(TimePath, FindsNoCertainDayInAnUnknownStartOrAnUnknownEnd) {
  const DrawnGraph g("a AID b /..; b AID c ../; c AID d /2024-03-01");
  EXPECT_EQ(told(g, "a", "b", {}), "none");
  EXPECT_EQ(told(g, "b", "c", {}), "none");
  EXPECT_EQ(told(g, "c", "d", {}), "c -3@2024-03-01- d");
}

TEST(TimePath, TakesNoStepWithoutAnyDateIfOnlyToldOnesCount) {
  const DrawnGraph g("a AID b; a AID c 2024-03; c AID b 2024-03/..");
  EXPECT_EQ(told(g, "a", "b", {.days = UsableDays::Possible}), "a -1@early- b");
  EXPECT_EQ(told(g, "a", "b", {.days = UsableDays::Told}), "a -2@2024-03-01- c -3@2024-03-01- b");
}

TEST(TimePath, GoesByWayOfStationsInTheirOrder) {
  const DrawnGraph g("a AID b 2024-01-01/2024-12-31; b AID c 2024-03-01; c AID b 2024-05-01; b AID d 2024-02-01/2024-06-01");
  const auto by_way_of = [&](const std::vector<NodeIndex>& stations, TimePathOptions options = {}) {
    options.direction = Direction::Forward;
    const auto route = time_path_through(*g.snapshot, g["a"], stations, g["d"], options);
    EXPECT_TRUE(route) << route.error().message;
    std::string days;
    if (*route)
      for (const TimeStep& step : (*route)->steps)
        days += std::to_string(g.snapshot->id(step.edge).value) + "@" + edtf_of(step.day) + " ";
    return days;
  };
  EXPECT_EQ(by_way_of({}), "1@2024-02-01 4@2024-02-01 ");
  EXPECT_EQ(by_way_of({g["c"]}), "1@2024-03-01 2@2024-03-01 3@2024-05-01 4@2024-05-01 ");
  EXPECT_EQ(by_way_of({g["c"], g["a"]}), "");
  EXPECT_EQ(by_way_of({g["c"]}, {.window = window("..2024-04")}), "");
  EXPECT_EQ(time_path_through(*g.snapshot, g["a"], {}, g["d"], {.aim = TimeAim::Latest}).error().code, Code::InvalidArgument);
}

TEST(TimePath, ReportsTheDaysOnWhichEachStepCouldBeTaken) {
  const DrawnGraph g("a AID b 2024-03-01/2024-03-20");
  const auto route = *time_path(*g.snapshot, g["a"], g["b"], {.window = window("2024-03-05..2024-04")});
  ASSERT_TRUE(route);
  EXPECT_EQ(route->steps[0].usable, window("2024-03-05..2024-03-20"));
}

TEST(TimePath, KeepsToTheWindowOfASlice) {
  const DrawnGraph g("a AID b 2024-03-01/2024-03-20; b AID c 2024-03-10/2024-03-30");
  const Slice slice = g.slice({.valid = window("2024-03-15..2024-03-18")});
  const auto route = *time_path(slice, g["a"], g["c"], {.aim = TimeAim::Latest});
  ASSERT_TRUE(route);
  EXPECT_EQ(route->arrival(), day("2024-03-18"));
  // Each window meets the edges, but no day is in both.
  const Slice apart(slice, {.valid = window("2024-03-19..2024-03-20")});
  EXPECT_FALSE(*time_path(apart, g["a"], g["c"]));
}

TEST(TimePath, FromANodeToItselfHasNoSteps) {
  const DrawnGraph g("a AID a 2024-03-01");
  EXPECT_TRUE((*time_path(*g.snapshot, g["a"], g["a"]))->steps.empty());
}

TEST(TimePath, RefusesEndsThatAreNotThereAndGivesUpBeyondItsWork) {
  const DrawnGraph g("a AID b 2024-03-01; b AID c 2024-03-01");
  const Slice slice = g.slice({.avoid = {g.id("c")}});
  EXPECT_EQ(time_path(slice, g["a"], g["c"]).error().code, Code::NotFound);
  EXPECT_EQ(time_path(*g.snapshot, g["a"], NodeIndex{9}).error().code, Code::NotFound);
  EXPECT_EQ(time_path(*g.snapshot, g["a"], g["c"], {.max_work = 1}).error().code,
            Code::LimitReached);
}

// Every node on every day is a state of its own, and all are tried.
class Witness {
 public:
  Witness(const RandomGraph& graph, const Filter& filter, const TimePathOptions& options)
      : graph_(graph), filter_(filter), options_(options) {
    for (const Node& node : graph.nodes) admitted_[node.id] = passes(filter, node);
    for (const Edge& edge : graph.edges) {
      const Truth truth = graph.as_of.holds(edge.valid);
      if (truth == Truth::No || passes(filter, edge, truth) == Truth::No) continue;
      if (!admitted_.at(edge.head) || !admitted_.at(edge.tail)) continue;
      edges_.emplace(edge.id, edge);
    }
  }
  bool has(NodeId node) const { return admitted_.at(node); }

  bool is_usable(const Edge& edge, Day day) const {
    if (!options_.window.contains(day)) return false;
    if (graph_.as_of.valid && !graph_.as_of.valid->contains(day)) return false;
    if (filter_.valid && !filter_.valid->contains(day)) return false;
    const Truth truth = edge.valid.meets({day, day + days{1}});
    return truth == Truth::Yes || (truth == Truth::Maybe && options_.days == UsableDays::Possible);
  }

  // The fewest steps by departure and arrival.
  using Table = std::map<std::pair<Day, Day>, std::uint32_t>;
  Table table(NodeId from, NodeId to) const {
    Table best;
    for (Day start = options_.window.from; start < options_.window.to; start += days{1}) {
      std::map<std::pair<NodeId, Day>, std::uint32_t> hops;
      std::vector<std::pair<NodeId, Day>> level = {{from, start}};
      for (std::uint32_t hop = 1; !level.empty() && hop <= options_.max_hops; ++hop) {
        std::vector<std::pair<NodeId, Day>> next;
        for (const auto& [node, since] : level)
          for (const auto& [id, edge] : edges_)
            for (const NodeId other : others(edge, node)) {
              const Day last = hop == 1 ? start
                               : options_.max_wait_days
                                   ? since + days{*options_.max_wait_days}
                                   : options_.window.to;
              for (Day day = since; day <= last && day < options_.window.to; day += days{1})
                if (is_usable(edge, day) && hops.try_emplace({other, day}, hop).second)
                  next.push_back({other, day});
            }
        level = std::move(next);
      }
      for (const auto& [state, count] : hops)
        if (state.first == to) best[{start, state.second}] = count;
    }
    return best;
  }

  // Is it a route at all?
  void expect_route(const Snapshot& columns, const TimeRoute& route, NodeId from, NodeId to) const {
    ASSERT_EQ(route.nodes.size(), route.steps.size() + 1);
    ASSERT_EQ(columns.id(route.nodes.front()), from);
    ASSERT_EQ(columns.id(route.nodes.back()), to);
    for (std::size_t i = 0; i < route.steps.size(); ++i) {
      const auto edge = edges_.find(columns.id(route.steps[i].edge));
      ASSERT_NE(edge, edges_.end());
      const auto ends = others(edge->second, columns.id(route.nodes[i]));
      ASSERT_TRUE(std::ranges::find(ends, columns.id(route.nodes[i + 1])) != ends.end());
      const Day day = route.steps[i].day;
      ASSERT_TRUE(is_usable(edge->second, day));
      const DayRange usable = route.steps[i].usable;
      ASSERT_TRUE(usable.contains(day));
      for (Day other = options_.window.from; other < options_.window.to; other += days{1})
        ASSERT_EQ(usable.contains(other), is_usable(edge->second, other));
      if (i == 0) continue;
      ASSERT_LE(route.steps[i - 1].day, day);
      const int wait = static_cast<int>(options_.max_wait_days.value_or(INT32_MAX));
      ASSERT_LE(day - route.steps[i - 1].day, days{wait});
    }
  }

 private:
  std::vector<NodeId> others(const Edge& edge, NodeId node) const {
    std::vector<NodeId> ends;
    if (edge.head == node) ends.push_back(edge.tail);
    if (edge.tail == node && options_.direction == Direction::Any) ends.push_back(edge.head);
    return ends;
  }
  const RandomGraph& graph_;
  const Filter& filter_;
  const TimePathOptions& options_;
  std::map<NodeId, bool> admitted_;
  std::map<EdgeId, Edge> edges_;
};

// The key of what an aim wants least of.
std::tuple<days, std::uint32_t, Day> badness(TimeAim aim, Day departure, Day arrival,
                                             std::uint32_t hops) {
  const Day zero{};
  switch (aim) {
    case TimeAim::Earliest: return {arrival - zero, hops, zero};
    case TimeAim::Latest: return {zero - departure, hops, zero};
    case TimeAim::Fastest: return {arrival - departure, 0, departure};
    case TimeAim::Fewest: return {days{static_cast<int>(hops)}, 0, arrival};
  }
  return {};
}

void compare(Dice& dice) {
  const RandomGraph graph = random_graph(dice, 7, 24);
  TimePathOptions options;
  options.window.from = day("2024-02-01") + days{dice.below(50)};
  options.window.to = options.window.from + days{1 + dice.below(14)};
  options.days = dice.one_in(2) ? UsableDays::Certain : UsableDays::Possible;
  options.direction = dice.one_in(3) ? Direction::Forward : Direction::Any;
  if (dice.one_in(2)) options.max_wait_days = dice.below(6);
  if (dice.one_in(3)) options.max_hops = 1 + dice.below(4);
  const Filter filter = dice.one_in(2) ? Filter{} : random_filter(dice, graph);
  const Slice slice(graph.snapshot, filter);
  const Witness witness(graph, filter, options);
  const NodeId from = graph.nodes[dice.below(graph.nodes.size())].id;
  const NodeId to = graph.nodes[dice.below(graph.nodes.size())].id;
  if (from == to || !witness.has(from) || !witness.has(to)) return;
  const auto table = witness.table(from, to);

  for (const TimeAim aim : {TimeAim::Earliest, TimeAim::Latest, TimeAim::Fastest, TimeAim::Fewest}) {
    options.aim = aim;
    const auto found = time_path(slice, *graph.snapshot->find(from), *graph.snapshot->find(to), options);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->has_value(), !table.empty());
    if (table.empty()) continue;
    const TimeRoute& route = **found;
    witness.expect_route(*graph.snapshot, route, from, to);
    const auto& [dates, least] = *table.begin();
    auto best = badness(aim, dates.first, dates.second, least);
    for (const auto& [when, hops] : table)
      best = std::min(best, badness(aim, when.first, when.second, hops));
    const auto steps = static_cast<std::uint32_t>(route.steps.size());
    ASSERT_EQ(badness(aim, route.departure(), route.arrival(), steps), best)
        << "aim " << static_cast<int>(aim);
    if (!options.max_wait_days && aim != TimeAim::Fastest) {
      auto nodes = route.nodes;
      std::ranges::sort(nodes);
      ASSERT_TRUE(std::ranges::adjacent_find(nodes) == nodes.end());
    }
  }
}

TEST(TimePath, EqualsBruteForceOverNodesAndDaysOnRandomGraphs) {
  for (std::uint32_t i = 0; i < cases(5'000); ++i) {
    Dice dice(7'000'000 + i);
    compare(dice);
    if (testing::Test::HasFatalFailure()) {
      ADD_FAILURE() << "seed " << 7'000'000 + i;
      return;
    }
  }
}

}  // namespace
}  // namespace entente
