#include "graph/snapshot.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/graph_text.h"

namespace entente {
namespace {

std::string neighbours(const DrawnGraph& g, const StepRow& steps) {
  std::vector<NodeIndex> nodes;
  for (const Step step : steps) nodes.push_back(step.node);
  return g.names(nodes);
}

TEST(Snapshot, KeepsWhatItWasGivenInItsColumns) {
  const DrawnGraph g("xi:Person+Official CONTROLS b:Chemical 2024-09-01/.. planned not 0.7");
  const Snapshot& s = *g.snapshot;
  const NodeIndex xi = g["xi"];
  EXPECT_EQ(s.node_count(), 2u);
  EXPECT_EQ(s.name(xi), "xi");
  EXPECT_EQ(s.label(xi), label_of("Person"));
  ASSERT_EQ(s.more_labels(xi).size(), 1u);
  EXPECT_EQ(s.more_labels(xi)[0], label_of("Official"));
  EXPECT_TRUE(s.more_labels(g["b"]).empty());

  const EdgeIndex edge = g.edge(1);
  EXPECT_EQ(s.head(edge), xi);
  EXPECT_EQ(s.tail(edge), g["b"]);
  EXPECT_EQ(s.type(edge), type_of("CONTROLS"));
  EXPECT_EQ(s.family(edge), Family::Regulation);
  EXPECT_EQ(s.mode(edge), Mode::Planned);
  EXPECT_TRUE(s.negated(edge));
  EXPECT_EQ(s.confidence(edge), 0.7);
  EXPECT_EQ(s.valid(edge), *Interval::parse("2024-09-01/.."));
}

TEST(Snapshot, RowsAreByOtherEndThenEdgeAndParallelEdgesStay) {
  const DrawnGraph g("a; b; c; a AID c; a AID b; a CONSULT b; c AID a; a AID a");
  EXPECT_EQ(neighbours(g, g.snapshot->out_edges(g["a"])), "a b b c");
  EXPECT_EQ(neighbours(g, g.snapshot->in_edges(g["a"])), "a c");
  EXPECT_EQ(neighbours(g, g.snapshot->out_edges(g["b"])), "");
  EXPECT_EQ(neighbours(g, g.snapshot->in_edges(g["b"])), "a a");
  std::vector<EdgeIndex> between;
  for (const Step step : g.snapshot->edges_from_to(g["a"], g["b"])) between.push_back(step.edge);
  EXPECT_EQ(g.ids(between), "2 3");
}

// Every kind of bound, on both sides: the columns must say what Interval says.
TEST(Snapshot, LimitsAreThoseOfTheInterval) {
  for (const char* text :
       {"2024-09-01", "2024-09", "2024-W32", "2024", "2024-08-05/2024-09-01", "2023-11/..",
        "../2019", "../..", "/2019", "2019/", "", "/..", "../", "2024-09-17/2024-09"}) {
    const Interval valid = *Interval::parse(text);
    Edge edge{.id = {7}, .head = {1}, .type = type_of("AID"), .tail = {1}, .valid = valid,
              .confidence = 1, .properties = {}, .statements = {}, .since = {1}};
    Node node;
    node.id = {1};
    node.label = label_of("Government");
    const auto made = Snapshot::make({node}, {edge}, Ontology::builtin());
    ASSERT_TRUE(made) << made.error().message;
    const Snapshot& s = **made;
    const EdgeIndex at = *s.find(EdgeId{7});
    EXPECT_EQ(s.valid(at), valid) << text;
    EXPECT_EQ(s.earliest_start(at), valid.earliest_start()) << text;
    EXPECT_EQ(s.latest_start(at), valid.latest_start()) << text;
    EXPECT_EQ(s.earliest_end(at), valid.earliest_end()) << text;
    EXPECT_EQ(s.latest_end(at), valid.latest_end()) << text;
    for (const char* when : {"2024-09-01", "2024-09", "2018", "2019", "2020", "..2019", "2024.."})
      EXPECT_EQ(s.meets(at, window(when)), valid.meets(window(when))) << text << " " << when;
  }
}

TEST(Snapshot, AsOfADayLeavesOutWhatDidNotHoldAndTellsCertainFromMaybe) {
  const std::string_view text =
      "un CONTROLS norfentanyl:Chemical 2022-03/..;"      // some day of March on
      "china CONTROLS norfentanyl 2024-09-01/..;"         // from that day on
      "china PRODUCES fentanyl:Chemical /2019;"           // until 2019, since nobody knows when
      "usa CONTROLS fentanyl ../..";                      // always
  const auto kept = [&](std::string_view when) {
    const DrawnGraph g(text, AsOf{.valid = window(when)});
    std::string all;
    for (const Edge& edge : g.edges)
      if (const auto at = g.snapshot->find(edge.id))
        all += std::to_string(edge.id.value) + " " + std::string(name_of(g.snapshot->truth(*at))) +
               "; ";
    return all;
  };
  EXPECT_EQ(kept("2022-03-10"), "1 maybe; 4 yes; ");
  EXPECT_EQ(kept("2024-08-15"), "1 yes; 4 yes; ");
  EXPECT_EQ(kept("2024-09-02"), "1 yes; 2 yes; 4 yes; ");
  EXPECT_EQ(kept("1995"), "3 maybe; 4 yes; ");
  EXPECT_EQ(kept("2020"), "4 yes; ");
}

TEST(Snapshot, WithoutAValidTimeEveryEdgeIsInAndCertain) {
  const DrawnGraph g("a AID b; a AID b 2019; a AID b 2022-03/..");
  EXPECT_EQ(g.snapshot->edge_count(), 3u);
  for (const Edge& edge : g.edges)
    EXPECT_EQ(g.snapshot->truth(*g.snapshot->find(edge.id)), Truth::Yes);
}

TEST(Snapshot, OrderOfArrivalDoesNotMatter) {
  const DrawnGraph g("a AID b; b AID c; c AID a; a CONSULT c; a CONSULT b");
  std::vector<Node> nodes(g.nodes.rbegin(), g.nodes.rend());
  std::vector<Edge> edges(g.edges.rbegin(), g.edges.rend());
  const auto other = *Snapshot::make(nodes, edges, Ontology::builtin());
  for (EdgeIndex edge; edge.value < other->edge_limit(); ++edge.value)
    EXPECT_EQ(other->id(edge), g.snapshot->id(edge));
  for (NodeIndex node; node.value < other->node_limit(); ++node.value)
    EXPECT_TRUE(std::ranges::equal(other->in_edges(node), g.snapshot->in_edges(node)));
}

TEST(Snapshot, HasNoPlaceForMergedNodesAndGivesTheirEdgesToTheSurvivor) {
  DrawnGraph g("a AID b; c AID b; d");
  g.nodes[2].merged_into = g.nodes[3].id;  // c into d, which went into a
  g.nodes[3].merged_into = g.nodes[0].id;
  const auto merged = *Snapshot::make(g.nodes, g.edges, Ontology::builtin());
  EXPECT_EQ(merged->node_count(), 2u);
  EXPECT_FALSE(merged->find(g.id("c")));
  EXPECT_EQ(merged->out_edges(*merged->find(g.id("a"))).size(), 2u);
  g.nodes[0].merged_into = g.nodes[2].id;  // a circle leads nowhere
  EXPECT_EQ(Snapshot::make(g.nodes, g.edges, Ontology::builtin()).error().code, Code::Corruption);
}

TEST(Snapshot, RefusesWhatDoesNotFitTogether) {
  const DrawnGraph g("a AID b");
  const auto code = [](const std::vector<Node>& nodes, const std::vector<Edge>& edges) {
    return Snapshot::make(nodes, edges, Ontology::builtin()).error().code;
  };
  EXPECT_EQ(code({g.nodes[0]}, g.edges), Code::Corruption);  // an end that is not there
  EXPECT_EQ(code({g.nodes[0], g.nodes[0]}, {}), Code::Corruption);
  EXPECT_EQ(code(g.nodes, {g.edges[0], g.edges[0]}), Code::Corruption);
  Edge strange = g.edges[0];
  strange.type = {9999};
  EXPECT_EQ(code(g.nodes, {strange}), Code::Corruption);
  Node odd = g.nodes[0];
  odd.label = {9999};
  EXPECT_EQ(code({odd}, {}), Code::Corruption);
}

TEST(Snapshot, OfNothingIsEmpty) {
  const DrawnGraph g("");
  EXPECT_EQ(g.snapshot->node_count(), 0u);
  EXPECT_EQ(g.snapshot->edge_count(), 0u);
  EXPECT_FALSE(g.snapshot->find(NodeId{1}));
  EXPECT_FALSE(g.snapshot->find(EdgeId{1}));
}

}  // namespace
}  // namespace entente
