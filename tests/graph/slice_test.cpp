#include "graph/slice.h"

#include <gtest/gtest.h>

#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"

namespace entente {
namespace {

// The ids of the edges that a view admits, ascending.
std::string admitted(const DrawnGraph& g, const Slice& slice) {
  std::vector<EdgeIndex> edges;
  for (const Edge& edge : g.edges)
    if (const auto at = g.snapshot->find(edge.id); at && slice.admits(*at)) edges.push_back(*at);
  return g.ids(edges);
}

const DrawnGraph& affair() {
  static const DrawnGraph g(
      "china CONTROLS norfentanyl:Chemical 2024-09-01/.. 0.9;"   // 1
      "china CONSULT usa 2023-11;"                               // 2
      "usa SANCTION firm:Company 2023-10-03 0.5;"                // 3
      "xi:Person+Official AFFILIATED_WITH china ../..;"          // 4
      "china SUPPLIES cartel:CriminalGroup 2019/2021 not;"       // 5
      "usa REQUEST china 2024-01 requested 0.8;"                 // 6
      "report:Document MENTIONS firm;"                           // 7
      "china CONTROLS fentanyl:Chemical 2019-05-01/.. planned"); // 8
  return g;
}

TEST(Slice, ByDefaultLeavesOutNegatedEdgesAndWhoMentionsWhom) {
  EXPECT_EQ(admitted(affair(), affair().slice()), "1 2 3 4 6 8");
  EXPECT_EQ(admitted(affair(), affair().slice({.include_negated = true})), "1 2 3 4 5 6 8");
  EXPECT_EQ(admitted(affair(), affair().slice({.include_evidence = true})), "1 2 3 4 6 7 8");
}

TEST(Slice, AdmitsEdgesOfANamedTypeOrFamily) {
  const DrawnGraph& g = affair();
  EXPECT_EQ(admitted(g, g.slice({.types = {type_of("CONTROLS")}})), "1 8");
  EXPECT_EQ(admitted(g, g.slice({.families = {Family::Conflictual}})), "3 6");
  EXPECT_EQ(admitted(g, g.slice({.types = {type_of("CONSULT")},
                                 .families = {Family::Conflictual}})), "2 3 6");
  EXPECT_EQ(admitted(g, g.slice({.types = {type_of("MENTIONS")}})), "7");  // named, so meant
}

TEST(Slice, AdmitsByModeAndConfidence) {
  const DrawnGraph& g = affair();
  EXPECT_EQ(admitted(g, g.slice({.modes = {Mode::Planned, Mode::Requested}})), "6 8");
  EXPECT_EQ(admitted(g, g.slice({.min_confidence = 0.9})), "1 2 4 8");
}

TEST(Slice, AdmitsNodesByAnyOfTheirLabelsAndEdgesByBothEnds) {
  const DrawnGraph& g = affair();
  const Slice slice = g.slice({.labels = {label_of("Government"), label_of("Official")}});
  EXPECT_TRUE(slice.admits(g["xi"]));
  EXPECT_FALSE(slice.admits(g["firm"]));
  EXPECT_EQ(slice.node_count(), 3u);
  EXPECT_EQ(admitted(g, slice), "2 4 6");
  EXPECT_TRUE(slice.out_edges(g["firm"]).begin() == slice.out_edges(g["firm"]).end());
}

TEST(Slice, KeepsNamedNodesWhateverTheirLabelAndAvoidsOthersWithTheirEdges) {
  const DrawnGraph& g = affair();
  EXPECT_EQ(admitted(g, g.slice({.labels = {label_of("Government")}, .keep = {g.id("firm")}})),
            "2 3 6");
  EXPECT_EQ(admitted(g, g.slice({.avoid = {g.id("china"), NodeId{999}}})), "3");
  EXPECT_EQ(admitted(g, g.slice({.labels = {label_of("Government")}, .keep = {g.id("firm")},
                                 .avoid = {g.id("firm")}})), "2 6");
}

TEST(Slice, AdmitsEdgesThatMayHaveHeldUnlessOnlyTheCertainAreAsked) {
  const DrawnGraph& g = affair();
  const Filter on_the_15th{.valid = window("2023-11-15")};
  EXPECT_EQ(admitted(g, g.slice(on_the_15th)), "2 4 8");
  EXPECT_EQ(g.slice(on_the_15th).truth(g.edge(2)), Truth::Maybe);  // in November, some day
  EXPECT_EQ(g.slice(on_the_15th).truth(g.edge(4)), Truth::Yes);
  EXPECT_EQ(admitted(g, g.slice({.valid = window("2023-11-15"), .certain_only = true})), "4 8");
  EXPECT_EQ(admitted(g, g.slice({.valid = window("2023-11"), .certain_only = true})), "2 4 8");
}

TEST(Slice, OfTheDaysAroundAnEventHoldsItAtItsStartAndNotAtItsEnd) {
  const DrawnGraph g("a CONTROLS b 2024-09-01/2024-09-30");
  EXPECT_EQ(admitted(g, g.slice({.valid = window("2024-08-31")})), "");
  EXPECT_EQ(admitted(g, g.slice({.valid = window("2024-09-01")})), "1");
  EXPECT_EQ(admitted(g, g.slice({.valid = window("2024-09-30")})), "1");
  EXPECT_EQ(admitted(g, g.slice({.valid = window("2024-10-01")})), "");
}

TEST(Slice, AnUnknownStartIsMaybeBeforeTheKnownEndAndNoAfterIt) {
  const DrawnGraph g("china PRODUCES fentanyl /2019");
  EXPECT_EQ(g.slice({.valid = window("1995")}).truth(g.edge(1)), Truth::Maybe);
  EXPECT_EQ(admitted(g, g.slice({.valid = window("1995"), .certain_only = true})), "");
  EXPECT_EQ(admitted(g, g.slice({.valid = window("2020")})), "");
}

TEST(Slice, OfASliceAdmitsWhatBothAdmit) {
  const DrawnGraph& g = affair();
  const Slice china(g.slice({.types = {type_of("CONTROLS"), type_of("CONSULT")}}),
                    {.valid = window("2023-12")});
  EXPECT_EQ(admitted(g, china), "8");
  const Slice nothing_more(g.slice({.include_negated = true}), {});
  EXPECT_EQ(admitted(g, nothing_more), "1 2 3 4 6 8");
  const Slice governments(g.slice({.avoid = {g.id("china")}}),
                          {.labels = {label_of("Government"), label_of("Company")}});
  EXPECT_EQ(admitted(g, governments), "3");
}

// Two windows ask for an edge that met both; that is not the same as one that met their overlap.
TEST(Slice, OfTwoWindowsAsksForBoth) {
  const DrawnGraph g("a AID b 2019/2021; a AID b 2019; a AID b 2021; a AID b 2018-12/2021");
  const Slice both(g.slice({.valid = window("2019")}), {.valid = window("2021")});
  EXPECT_EQ(admitted(g, both), "1 4");
  const Slice certain(g.slice({.valid = window("2019-06-01")}), {.certain_only = true});
  EXPECT_EQ(admitted(g, certain), "4");
}

TEST(Slice, CertainOnlyHeedsTheWindowOfItsSnapshot) {
  const DrawnGraph g("a AID b 2022-03/..; a AID b 2021/..", AsOf{.valid = window("2022-03-10")});
  EXPECT_EQ(admitted(g, g.slice()), "1 2");
  EXPECT_EQ(admitted(g, g.slice({.certain_only = true})), "2");
}

TEST(Slice, RowsShowWhatItAdmitsAndCountsAgree) {
  const DrawnGraph& g = affair();
  const Slice slice = g.slice({.families = {Family::Cooperative, Family::Conflictual}});
  std::uint32_t out = 0, in = 0;
  each_node(slice, [&](NodeIndex node) {
    for (const Step step : slice.out_edges(node)) out += slice.admits(step.edge);
    for (const Step step : slice.in_edges(node)) in += slice.admits(step.edge);
  });
  EXPECT_EQ(out, 3u);
  EXPECT_EQ(in, 3u);
  EXPECT_EQ(slice.edge_count(), 3u);
  EXPECT_EQ(slice.node_count(), g.snapshot->node_count());
}

// Without a look at the edges where it can, and always what a look at them says.
TEST(Slice, CountsItsEdges) {
  for (std::uint32_t i = 0; i < cases(1'000); ++i) {
    Dice dice(23'000'000 + i);
    const RandomGraph graph = random_graph(dice, 8, 40);
    Slice slice(graph.snapshot, random_filter(dice, graph));
    if (dice.one_in(2)) slice = Slice(slice, random_filter(dice, graph));
    if (dice.one_in(3)) slice.list_edges();
    if (dice.one_in(2)) slice = Slice(slice, random_filter(dice, graph));
    std::uint32_t admitted = 0;
    for (EdgeIndex edge; edge.value < slice.edge_limit(); ++edge.value) admitted += slice.admits(edge);
    ASSERT_EQ(slice.edge_count(), admitted) << i;
    std::uint32_t visited = 0;
    each_edge(slice, [&](EdgeIndex) { ++visited; });
    ASSERT_EQ(visited, admitted) << i;
  }
}

}  // namespace
}  // namespace entente
