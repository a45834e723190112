#include "graph/diff.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/graph_text.h"

namespace entente {
namespace {

// Two drawn graphs as what was believed, asked at two valid times. Nodes are the same by their
// order: draw them alike.
struct Points {
  Points(std::string_view old_text, const char* then, std::string_view new_text, const char* now)
      : old(old_text), today(new_text), before(old.snapshot, {.valid = window(then)}),
        learned(today.snapshot, {.valid = window(then)}), after(today.snapshot, {.valid = window(now)}) {}
  DiffSides sides() const { return {before, learned, after}; }
  std::string told(std::vector<Act> acts = {}) const {
    std::string text;
    for (const EdgeChange& c : diff(sides(), acts).edges) {
      text += std::string(text.empty() ? "" : "; ") + std::string(name_of(c.kind)) + " " + std::to_string(c.edge.value);
      if (c.became) text += ">" + std::to_string(c.became->value);
    }
    return text;
  }
  DrawnGraph old, today;
  Slice before, learned, after;
};

TEST(Diff, OfTheSamePointIsEmpty) {
  const Points p("a AID b 2020; b AID c", "2020", "a AID b 2020; b AID c", "2020");
  EXPECT_EQ(p.told(), "");
  EXPECT_TRUE(diff(p.sides(), {}).nodes.empty());
}

TEST(Diff, TellsWhatTheWorldBeganAndEnded) {
  const char* text = "a AID b 2020-01-01/2020-12-31; b AID c 2021-01-01/2021-12-31; c AID a 2020-01-01/..";
  EXPECT_EQ(Points(text, "2020", text, "2021").told(), "began 2; ended 1");
  EXPECT_EQ(Points(text, "2021", text, "2020").told(), "began 1; ended 2");
  EXPECT_TRUE(is_of_world(ChangeKind::Began) && is_of_world(ChangeKind::Ended));
  EXPECT_FALSE(is_of_world(ChangeKind::Learned));
}

TEST(Diff, TellsWhatWasLearnedAndTakenBack) {
  EXPECT_EQ(Points("a AID b 2020; b", "2020", "a AID b 2020; b AID a 2020", "2020").told(), "learned 2");
  EXPECT_EQ(Points("a AID b 2020; b AID a 2020", "2020", "a AID b 2020", "2020").told(), "retracted 2");
  // Learned to have held then, and over by now.
  EXPECT_EQ(Points("a AID b; b", "2020", "a AID b; b AID a 2020-01-01/2020-12-31", "2022").told(), "learned 2");
}

TEST(Diff, TellsACorrectionFromAnEndInTheWorld) {
  // The end of 2020 was not known; now it is, and that is why it does not hold in 2021.
  EXPECT_EQ(Points("a AID b 2019/..", "2020", "a AID b 2019/2020-12-31", "2021").told(), "ended 1");
  // It was never so in 2020: we were wrong.
  EXPECT_EQ(Points("a AID b 2019/..", "2020", "a AID b 2019/2019-12-31", "2021").told(), "corrected 1");
  EXPECT_EQ(Points("a AID b 2020", "2020", "a AID b 2020 alleged", "2020").told(), "corrected 1");
  EXPECT_EQ(Points("a AID b 2020 0.5", "2020", "a AID b 2020 0.75", "2020").told(), "supported 1");
}

TEST(Diff, FollowsACorrectionToTheEdgeThatTookItsPlace) {
  // 1 was corrected into 2, which had been there.
  Points p("a AID b 2020; a CONSULT b 2020", "2020", "a; b; a CONSULT b 2020", "2020");
  for (Edge& edge : p.today.edges) edge.id = {2};
  p.today.snapshot = *Snapshot::make(p.today.nodes, p.today.edges, Ontology::builtin());
  p.learned = p.after = Slice(p.today.snapshot, {.valid = window("2020")});
  EXPECT_EQ(p.told({{Verb::Correct, Subject::Edge, 1, 2}}), "corrected 1>2");
  EXPECT_EQ(p.told(), "retracted 1");
}

TEST(Diff, TellsMergedEdgesAndNodesApart) {
  Points p("a AID c 2020; b AID c 2020", "2020", "a AID c 2020; a AID c 2020; b", "2020");
  // b, node 3 of the old graph, became a; the new graph has no other node but that.
  std::erase_if(p.today.nodes, [](const Node& n) { return n.name == "b"; });
  p.today.snapshot = *Snapshot::make(p.today.nodes, p.today.edges, Ontology::builtin());
  p.learned = p.after = Slice(p.today.snapshot, {.valid = window("2020")});
  const std::vector<Act> acts = {{Verb::Merge, Subject::Node, p.old.id("b").value, p.old.id("a").value}};
  EXPECT_EQ(p.told(acts), "merged 2");
  EXPECT_EQ(diff(p.sides(), acts).nodes,
            (std::vector<NodeChange>{{NodeChangeKind::Merged, p.old.id("b"), p.old.id("a")}}));
  // The edge of b was joined to that of a.
  p.today.edges.pop_back();
  p.today.snapshot = *Snapshot::make(p.today.nodes, p.today.edges, Ontology::builtin());
  p.learned = p.after = Slice(p.today.snapshot, {.valid = window("2020")});
  EXPECT_EQ(p.told(acts), "merged 2>1");
}

TEST(ScoreChanges, PartWhatTheWorldDidFromWhatWeLearned) {
  // In 2020 a had one edge; we learned of another of that year, and in 2021 two more began.
  const Points p("a AID b 2020; c; d; e", "2020",
                 "a AID b 2020/2021; c; d; e; a AID c 2020/2021; a AID d 2021; a AID e 2021", "2021");
  const RankAlgorithm& degree = **rank_algorithm_named("degree");
  const auto changes = *score_changes(p.sides(), degree, Arguments(degree.parameters));
  ASSERT_EQ(changes.size(), 4u);  // all but b
  EXPECT_EQ(changes[0], (ScoreChange{p.old.id("a"), 1, 2, 4}));
  EXPECT_EQ(changes[0].by_learning(), 1);
  EXPECT_EQ(changes[0].by_world(), 2);
}

}  // namespace
}  // namespace entente
