// What a person may ask of a path, on graphs that a person can check.
#include <gtest/gtest.h>

#include <string>

#include "graph/algorithms/cut.h"
#include "graph/algorithms/disjoint_path.h"
#include "graph/algorithms/hubs.h"
#include "graph/algorithms/ruled_path.h"
#include "graph/algorithms/time_path.h"
#include "graph/algorithms/together.h"
#include "graph/algorithms/weighted_path.h"
#include "tests/support/graph_text.h"

namespace entente {
namespace {

// "a b c; a d c", or the error.
std::string told(const DrawnGraph& g, const Result<std::vector<Path>>& paths) {
  if (!paths) return paths.error().message;
  std::string text;
  for (const Path& path : *paths) text += (text.empty() ? "" : "; ") + g.names(path.nodes);
  return text;
}
std::string spelling(const DrawnGraph& g, const char* from, const char* to, const char* pattern) {
  const auto parsed = PathPattern::parse(pattern, Ontology::builtin());
  if (!parsed) return parsed.error().message;
  return told(g, ruled_paths(g.slice(), g[from], g[to], {.pattern = &*parsed, .through = {}}, 10));
}

TEST(PathPattern, SpellsTheTypesOfAPathInOrder) {
  const DrawnGraph g(
      "us SANCTION a; a PART_OF b; b AFFILIATED_WITH c; c SUPPLIES d; us AID d; a SUPPLIES e;"
      "d PART_OF a");
  EXPECT_EQ(spelling(g, "us", "d", "SANCTION (PART_OF|AFFILIATED_WITH)* SUPPLIES"), "us a b c d");
  EXPECT_EQ(spelling(g, "us", "e", "SANCTION (PART_OF|AFFILIATED_WITH)* SUPPLIES"), "us a e");
  EXPECT_EQ(spelling(g, "us", "d", "sanction ^part_of"), "us a d");
  EXPECT_EQ(spelling(g, "us", "d", "SANCTION PART_OF"), "");
  EXPECT_EQ(spelling(g, "us", "d", "AID"), "us d");
  EXPECT_EQ(spelling(g, "us", "d", "~.{1,2}"), "us d; us a d");
  EXPECT_EQ(spelling(g, "us", "d", "conflictual ~structure"), "us a d");
  EXPECT_EQ(spelling(g, "us", "us", "AID*"), "us");
  EXPECT_EQ(spelling(g, "us", "us", "AID+"), "");
}

TEST(PathPattern, WalksSymmetricTypesEitherWay) {
  const DrawnGraph g("a CONSULT b; a AID c");
  ASSERT_TRUE(Ontology::builtin().type(type_of("CONSULT")).symmetric);
  EXPECT_EQ(spelling(g, "b", "a", "CONSULT"), "b a");
  EXPECT_EQ(spelling(g, "c", "a", "AID"), "");
}

TEST(PathPattern, SaysWhereItMakesNoSense) {
  const auto error = [](std::string_view text) {
    const auto parsed = PathPattern::parse(text, Ontology::builtin());
    return parsed ? "fine" : parsed.error().message;
  };
  EXPECT_NE(error("").find("an edge type is missing"), std::string::npos);
  EXPECT_NE(error("AID |").find("an edge type is missing"), std::string::npos);
  EXPECT_NE(error("(AID").find("')' is missing"), std::string::npos);
  EXPECT_NE(error("AID)").find("at character 4"), std::string::npos);
  EXPECT_NE(error("*").find("should stand here"), std::string::npos);
  EXPECT_NE(error("AID{2").find("{1,3}"), std::string::npos);
  EXPECT_NE(error("AID{3,1}").find("at least"), std::string::npos);
  EXPECT_NE(error("AID*{2}").find("parentheses"), std::string::npos);
  EXPECT_EQ(error("(AID*){2}"), "fine");
  EXPECT_NE(error("SANCTIONN").find("SANCTION"), std::string::npos);
  EXPECT_EQ(PathPattern::parse("AID{63}", Ontology::builtin()).error().code, Code::LimitReached);
  EXPECT_EQ(PathPattern::parse("AID{62}", Ontology::builtin())->state_count(), 63u);
  EXPECT_FALSE(PathPattern::parse(std::string(100'000, '('), Ontology::builtin()));
}

TEST(RuledPath, PassesThroughANodeWithoutComingBack) {
  const DrawnGraph g("a AID b; b AID t; b AID m; m AID c; c AID t");
  const auto through = [&](const char* node) {
    return told(g, ruled_paths(g.slice(), g["a"], g["t"], {.pattern = nullptr, .through = {g[node]}}, 10));
  };
  EXPECT_EQ(through("m"), "a b m c t");
  EXPECT_EQ(through("b"), "a b t; a b m c t");
  EXPECT_EQ(through("a"), "a b t; a b m c t");
  // The way to the dead end leads only back.
  const DrawnGraph dead("a AID b; b AID t; b AID m");
  EXPECT_EQ(told(dead, ruled_paths(dead.slice(), dead["a"], dead["t"], {.pattern = nullptr, .through = {dead["m"]}}, 10)), "");
}

TEST(WeightedPath, PrefersManySureStepsToOneDoubtful) {
  const DrawnGraph g("a AID c 0.5; a AID b 0.9; b AID c 0.9");
  const auto paths = *weighted_paths(g.slice(), g["a"], g["c"], 5, cost_by_confidence(*g.snapshot));
  ASSERT_EQ(paths.size(), 2u);
  EXPECT_EQ(g.names(paths[0].path.nodes), "a b c");  // 0.81
  EXPECT_EQ(g.names(paths[1].path.nodes), "a c");
  EXPECT_EQ(paths[1].cost, 693'148u);  // 1 + 1e6 ln 2
}

TEST(WeightedPath, PrefersRecentEdges) {
  const DrawnGraph g("a AID c 2001; a AID b 2024-05/..; b AID c 2024-05-30");
  const EdgeCost cost = cost_by_recency(*g.snapshot, day("2024-06-01"));
  const auto paths = *weighted_paths(g.slice(), g["a"], g["c"], 1, cost);
  EXPECT_EQ(g.names(paths[0].path.nodes), "a b c");
  EXPECT_EQ(paths[0].cost, 1u + 3u);  // still going on, and two days ago
}

TEST(Together, IsTheTimeInWhichTheWholeChainHeld) {
  const DrawnGraph g(
      "a AID b 2010-01-01/2012-12-31; b AID c 2012-01-01/2014-12-31;"  // 2012
      "a AID d 2010-01-01/2010-12-31; a CONSULT d 2011-01-01/2013-06-30; d AID c 2010-06-01/2020-12-31;"
      "a AID e 2001-01-01/2001-12-31; e AID c 2002-01-01/2002-12-31");  // never
  const auto paths = *together_paths(g.slice(), g["a"], g["c"], 5);
  ASSERT_EQ(paths.size(), 2u);
  EXPECT_EQ(g.names(paths[0].path.nodes), "a d c");
  EXPECT_EQ(paths[0].windows, (std::vector<DayRange>{window("2010-06-01..2013-06-30")}));
  EXPECT_EQ(paths[0].path.steps[0].size(), 2u);  // one edge after the other
  EXPECT_EQ(g.names(paths[1].path.nodes), "a b c");
  EXPECT_EQ(paths[1].windows[0], window("2012"));
}

TEST(DisjointPaths, TakeADetourSoThatTwoFit) {
  // The shortest path a-b-c-d alone would leave no second one.
  const DrawnGraph g("a AID b; b AID c; c AID d; a AID e; e AID c; b AID f; f AID d");
  EXPECT_EQ(told(g, disjoint_paths(g.slice(), g["a"], g["d"], 10)), "a b f d; a e c d");
  EXPECT_EQ(disjoint_paths(g.slice(), g["a"], g["a"], 1).error().code, Code::InvalidArgument);
}

TEST(MinimumCut, NamesTheEdgesOrTheNodes) {
  const DrawnGraph g("a AID b; a AID c; b AID m; c AID m; m AID t; m CONSULT t; m SANCTION t");
  EXPECT_EQ(g.ids(minimum_cut(g.slice(), g["a"], g["t"])->edges), "1 2");
  EXPECT_EQ(g.names(minimum_cut(g.slice(), g["a"], g["t"], {.apart = Apart::Nodes})->nodes), "m");
  EXPECT_EQ(minimum_cut(g.slice(), g["m"], g["t"], {.apart = Apart::Nodes}).error().code,
            Code::InvalidArgument);
  EXPECT_EQ(*minimum_cut(DrawnGraph("a; b").slice(), NodeIndex{0}, NodeIndex{1}), Cut{});
}

TEST(Hubs, AreNodesWithManyNeighbours) {
  const DrawnGraph g("h AID a; h AID b; c AID h; c CONSULT h; a AID b");
  EXPECT_EQ(hubs(g.slice(), 2), (std::vector<NodeId>{g.id("h")}));
  EXPECT_TRUE(hubs(g.slice(), 3).empty());
}

TEST(AnySearch, StopsWhenAskedOrBeyondItsWork) {
  const DrawnGraph g("a AID b; b AID c; c AID d");
  Cancel cancel;
  cancel.ask();
  const Slice s = g.slice();
  const NodeIndex a = g["a"], d = g["d"];
  const EdgeCost one = [](EdgeIndex) { return 1; };
  const auto stopped = [](const auto& result) {
    return !result && result.error().code == Code::LimitReached;
  };
  EXPECT_TRUE(stopped(shortest_path(s, a, d, {.cancel = &cancel})));
  EXPECT_TRUE(stopped(all_shortest_paths(s, a, d, {.max_work = 1})));
  EXPECT_TRUE(stopped(k_shortest_paths(s, a, d, 3, {.cancel = &cancel})));
  EXPECT_TRUE(stopped(time_path(s, a, d, {.days = UsableDays::Possible, .cancel = &cancel})));
  EXPECT_TRUE(stopped(together_paths(s, a, d, 1, {.days = UsableDays::Possible, .cancel = &cancel})));
  EXPECT_TRUE(stopped(together_paths(s, a, d, 1, {.days = UsableDays::Possible, .max_work = 1})));
  EXPECT_TRUE(stopped(weighted_paths(s, a, d, 1, one, {.cancel = &cancel})));
  EXPECT_TRUE(stopped(weighted_paths(s, a, d, 1, one, {.max_work = 1})));
  EXPECT_TRUE(stopped(ruled_paths(s, a, d, {}, 1, {.cancel = &cancel})));
  EXPECT_TRUE(stopped(ruled_paths(s, a, d, {}, 1, {.max_work = 1})));
  EXPECT_TRUE(stopped(disjoint_paths(s, a, d, 1, {.cancel = &cancel})));
  EXPECT_TRUE(stopped(disjoint_paths(s, a, d, 1, {.max_work = 1})));
  EXPECT_TRUE(stopped(minimum_cut(s, a, d, {.cancel = &cancel})));
  EXPECT_EQ(shortest_path(s, a, d, {.cancel = &cancel}).error().message, "path: stopped, as was asked");
}

}  // namespace
}  // namespace entente
