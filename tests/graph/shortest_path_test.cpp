#include "graph/algorithms/shortest_path.h"

#include <gtest/gtest.h>

#include "tests/support/graph_text.h"

namespace entente {
namespace {

// "a b c | a d c": the paths, each as its nodes.
std::string drawn(const DrawnGraph& g, const std::vector<Path>& paths) {
  std::string text;
  for (const Path& path : paths) text += (text.empty() ? "" : " | ") + g.names(path.nodes);
  return text;
}
std::string drawn(const DrawnGraph& g, const std::optional<Path>& path) {
  return path ? g.names(path->nodes) : "none";
}
constexpr PathOptions kForward{.direction = Direction::Forward};

TEST(ShortestPath, IsTheOneWithTheFewestEdges) {
  const DrawnGraph g("a AID b; b AID c; c AID d; a AID x; x AID d");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["d"])), "a x d");
}

TEST(ShortestPath, WalksBothWaysUnlessForwardIsAsked) {
  const DrawnGraph g("a AID b; c AID b");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["c"])), "a b c");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["c"], kForward)), "none");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["b"], kForward)), "a b");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["b"], g["a"], kForward)), "none");
}

TEST(ShortestPath, IsShortestInTheGraphThatTheFilterLeaves) {
  const DrawnGraph g(
      "a SANCTION c 2019; a AID b 2024-01/2024-12; b AID c 2024-03/2024-06; b AID c 2023");
  const auto as_of = [&](std::string_view when) {
    return drawn(g, *shortest_path(g.slice({.valid = window(when)}), g["a"], g["c"]));
  };
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["c"])), "a c");
  EXPECT_EQ(as_of("2019"), "a c");
  EXPECT_EQ(as_of("2024-04-02"), "a b c");
  EXPECT_EQ(as_of("2024-08"), "none");
  EXPECT_EQ(drawn(g, *shortest_path(g.slice({.types = {type_of("AID")}}), g["a"], g["c"])),
            "a b c");
}

TEST(ShortestPath, AvoidsNodes) {
  const DrawnGraph g("a AID hub; hub AID d; a AID b; b AID c; c AID d");
  EXPECT_EQ(drawn(g, *shortest_path(g.slice({.avoid = {g.id("hub")}}), g["a"], g["d"])),
            "a b c d");
}

TEST(ShortestPath, AmongEqualsIsTheFirstMeetingInTheOrderOfRows) {
  const DrawnGraph g("a; b; c; d; e; a AID c; c AID e; a AID b; b AID e; a AID d; d AID e");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["e"])), "a b e");
  // The side with the shorter row grows: here from d, whose row has b and then c.
  const DrawnGraph fan("a; b; c; d; e; f; a AID e; a AID f; a AID c; a AID b; c AID d; b AID d");
  EXPECT_EQ(drawn(fan, *shortest_path(*fan.snapshot, fan["a"], fan["d"])), "a b d");
  EXPECT_EQ(drawn(fan, *shortest_path(fan.slice({.avoid = {fan.id("b")}}), fan["a"], fan["d"])), "a c d");
}

TEST(ShortestPath, ListsTheEdgesOfAStepBestFirst) {
  const DrawnGraph g(
      "a AID b 2024-03 0.9;"           // 1: maybe on the 10th
      "a CONSULT b 2024/2025 0.4;"     // 2: maybe
      "b AID a 2023/.. 0.5;"           // 3: certain, the other way
      "a SUPPLIES b 2023/.. 0.5;"      // 4: certain, no better than 3
      "a SANCTION b ../.. 0.8;"        // 5: certain
      "a AID b 2019");                 // 6: not then
  const Slice slice = g.slice({.valid = window("2024-03-10")});
  const auto both = **shortest_path(slice, g["a"], g["b"]);
  EXPECT_EQ(g.ids(both.steps[0]), "5 3 4 1 2");
  const auto forward = **shortest_path(slice, g["a"], g["b"], kForward);
  EXPECT_EQ(g.ids(forward.steps[0]), "5 4 1 2");
}

TEST(ShortestPath, FromANodeToItselfHasNoStepsWhateverItsLoops) {
  const DrawnGraph g("a AID a; a AID b; b AID a");
  const auto path = **shortest_path(*g.snapshot, g["a"], g["a"]);
  EXPECT_EQ(g.names(path.nodes), "a");
  EXPECT_TRUE(path.steps.empty());
  EXPECT_EQ(drawn(g, *all_shortest_paths(*g.snapshot, g["a"], g["a"])), "a");
  EXPECT_EQ(drawn(g, *k_shortest_paths(*g.snapshot, g["a"], g["a"], 5)), "a");
}

TEST(ShortestPath, OfUnreachableNodesIsNoErrorButNothing) {
  const DrawnGraph g("a AID b; c AID d");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["d"])), "none");
  EXPECT_EQ(drawn(g, *all_shortest_paths(*g.snapshot, g["a"], g["d"])), "");
  EXPECT_EQ(drawn(g, *k_shortest_paths(*g.snapshot, g["a"], g["d"], 3)), "");
}

TEST(ShortestPath, OfANodeThatIsNotInTheViewIsAnError) {
  const DrawnGraph g("a AID b; b AID firm:Company");
  EXPECT_EQ(shortest_path(*g.snapshot, g["a"], NodeIndex{99}).error().code, Code::NotFound);
  const Slice governments = g.slice({.labels = {label_of("Government")}});
  const auto refused = shortest_path(governments, g["a"], g["firm"]);
  EXPECT_EQ(refused.error().code, Code::NotFound);
  EXPECT_NE(refused.error().message.find("'firm'"), std::string::npos);
}

TEST(ShortestPath, CountsNoPathLongerThanMaxHops) {
  const DrawnGraph g("a AID b; b AID c; c AID d");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["d"], {.max_hops = 3})), "a b c d");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["d"], {.max_hops = 2})), "none");
  EXPECT_EQ(drawn(g, *shortest_path(*g.snapshot, g["a"], g["a"], {.max_hops = 0})), "a");
}

TEST(AllShortestPaths, AreInTheOrderOfTheirNodes) {
  const DrawnGraph g(
      "a; b; c; d; e; f; a AID c; a AID b; c AID e; b AID e; b AID d; d AID f; e AID f; a AID a");
  EXPECT_EQ(drawn(g, *all_shortest_paths(*g.snapshot, g["a"], g["f"])),
            "a b d f | a b e f | a c e f");
}

TEST(AllShortestPaths, CountParallelEdgesOnce) {
  const DrawnGraph g("a AID b; a AID b; b AID a; b AID c; b CONSULT c");
  EXPECT_EQ(drawn(g, *all_shortest_paths(*g.snapshot, g["a"], g["c"])), "a b c");
}

TEST(KShortestPaths, GrowLongerAndNeverRepeatANode) {
  const DrawnGraph g("a AID b; b AID c; a AID c; c AID d; b AID d; d AID e; c AID e");
  EXPECT_EQ(drawn(g, *k_shortest_paths(*g.snapshot, g["a"], g["e"], 4, kForward)),
            "a c e | a b c e | a b d e | a c d e");
  EXPECT_EQ(drawn(g, *k_shortest_paths(*g.snapshot, g["a"], g["e"], 99, kForward)),
            "a c e | a b c e | a b d e | a c d e | a b c d e");
  EXPECT_EQ(drawn(g, *k_shortest_paths(*g.snapshot, g["a"], g["e"], 0)), "");
}

// The example of Yen's paper as networkx and others retell it, every edge of one length.
TEST(KShortestPaths, AreFoundOnceEachThoughTheyShareBeginnings) {
  const DrawnGraph g("C AID D; C AID E; D AID F; E AID D; E AID F; E AID G; F AID G; F AID H; "
                     "G AID H");
  EXPECT_EQ(drawn(g, *k_shortest_paths(*g.snapshot, g["C"], g["H"], 10, kForward)),
            "C D F H | C E F H | C E G H | C D F G H | C E D F H | C E F G H | C E D F G H");
}

TEST(Paths, GiveUpWithAnErrorBeyondTheirLimits) {
  const DrawnGraph g("a AID b; b AID c; c AID d; a AID x; x AID y; y AID d");
  const auto code = [](const auto& result) {
    return result ? std::nullopt : std::optional(result.error().code);
  };
  const PathOptions little{.max_work = 2};
  EXPECT_EQ(code(shortest_path(*g.snapshot, g["a"], g["d"], little)), Code::LimitReached);
  EXPECT_EQ(code(all_shortest_paths(*g.snapshot, g["a"], g["d"], little)), Code::LimitReached);
  EXPECT_EQ(code(k_shortest_paths(*g.snapshot, g["a"], g["d"], 2, little)), Code::LimitReached);
  EXPECT_EQ(code(all_shortest_paths(*g.snapshot, g["a"], g["d"], {.max_paths = 1})),
            Code::LimitReached);
  EXPECT_TRUE(all_shortest_paths(*g.snapshot, g["a"], g["d"], {.max_paths = 2}));
}

}  // namespace
}  // namespace entente
