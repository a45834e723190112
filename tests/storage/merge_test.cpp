// Two nodes that are one, and taking that back exactly.
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {

class Merge : public VerbsTest {
 protected:
  void SetUp() override {
    VerbsTest::SetUp();
    import("a", "China: Government CONTROLS salt: Chemical 2024-09/..\nBo: Person ACCUSE China: Government 2024-08 by China: Government");
    import("b", "PRC: Government CONTROLS salt: Chemical 2024-09-01/.. 0.5\nPRC: Government ACCUSE China: Government 2024-01 by PRC: Government");
    china = node("China"), prc = node("PRC");
  }
  Commit merge(NodeId survivor, NodeId gone) {
    return commit([&](WriteTransaction& write) { return write.merge(survivor, gone); });
  }
  Commit unmerge(NodeId gone) {
    return commit([&](WriteTransaction& write) { return write.unmerge(gone); });
  }
  NodeId china, prc;
};

TEST_F(Merge, JoinsEdgesNamesAndClaims) {
  merge(china, prc);
  EXPECT_EQ(edges(),
            "China CONTROLS salt 2024-09-01/.. actual 0.9 x2\n"
            "Bo ACCUSE China 2024-08 actual 0.8 x1\n"
            "China ACCUSE China 2024-01 actual 0.8 x1\n");
  EXPECT_EQ(node("prc"), china);
  EXPECT_EQ(verb_of_last(), Verb::Merge);
  import("c", "PRC: Government CONTROLS lye: Chemical 2024/..");
  EXPECT_EQ(last.new_nodes, 1u);  // lye; the other is known
}

TEST_F(Merge, AndUnmergeRestoreTheSameExportByteForByte) {
  const std::string before = exported();
  const Commit made = merge(china, prc);
  const std::string merged = exported();
  EXPECT_NE(merged, before);
  const Commit back = unmerge(prc);
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(verb_of_last(), Verb::Unmerge);
  undo(back);
  EXPECT_EQ(exported(), merged);
  unmerge(prc);
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(exported(made.id), merged);
  merge(prc, china);  // the other way round, and undone as any commit
  undo(store->begin_read().last_commit());
  EXPECT_EQ(exported(), before);
}

// Its statements went over to the survivor's edges; taking the retraction back a second time must not
// give them to the old edges too.
TEST_F(Merge, LeavesEachStatementWithOneEdgeWhenAnOlderCommitIsUndoneTwice) {
  const Commit retracted = commit([&](WriteTransaction& write) { return write.retract_document(DocumentId{2}); });
  undo(retracted);
  merge(china, node("PRC"));
  const std::string merged = exported();
  (void)attempt([&](WriteTransaction& write) { return write.undo(retracted.id); });
  EXPECT_EQ(exported(), merged);
  const auto report = check(*store);
  ASSERT_TRUE(report);
  EXPECT_EQ(joined(report->faults), "");
}

TEST_F(Merge, LeadsFromTheMergedIdToTheSurvivorAsBelievedThen) {
  const CommitId apart = store->begin_read().last_commit();
  const Commit together = merge(china, prc);
  unmerge(prc);
  const auto read = store->begin_read();
  EXPECT_EQ((*read.node(prc, apart))->name, "PRC");
  EXPECT_EQ((*read.node(prc, together.id))->id, china);
  EXPECT_EQ((*read.node(prc))->id, prc);
  EXPECT_EQ(*read.one_entity(prc, apart), (std::vector<NodeId>{prc}));
  EXPECT_EQ(*read.one_entity(prc, together.id), (std::vector<NodeId>{china, prc}));
  EXPECT_EQ(*read.one_entity(china, together.id), (std::vector<NodeId>{china, prc}));
  EXPECT_EQ(*read.one_entity(china), (std::vector<NodeId>{china}));
  EXPECT_TRUE(read.one_entity(NodeId{99})->empty());
}

TEST_F(Merge, OfAChainLeadsToTheLastSurvivor) {
  import("c", "Cathay: Government CONTROLS lye: Chemical 2020/..");
  const NodeId cathay = node("Cathay");
  const std::string before = exported();
  merge(china, prc);
  merge(cathay, china);
  EXPECT_EQ((*store->begin_read().node(prc))->id, cathay);
  EXPECT_EQ(*store->begin_read().one_entity(prc), (std::vector<NodeId>{cathay, china, prc}));
  const auto refused = attempt([&](WriteTransaction& write) { return write.unmerge(prc); });
  EXPECT_EQ(refused.error().code, Code::Conflict);
  unmerge(china);
  unmerge(prc);
  EXPECT_EQ(exported(), before);
}

TEST_F(Merge, TakenBackLeavesWhatWasSaidSinceWithTheSurvivor) {
  merge(china, prc);
  import("c", "PRC: Government CONTROLS lye: Chemical 2024/..");
  retract(DocumentId{1});
  unmerge(prc);
  EXPECT_EQ(edges(),
            "PRC CONTROLS salt 2024-09-01/.. actual 0.5 x1\n"
            "PRC ACCUSE China 2024-01 actual 0.8 x1\n"
            "China CONTROLS lye 2024/.. actual 0.8 x1\n");
}

TEST_F(Merge, RefusesWhatCannotBeOne) {
  const auto refusal = [&](NodeId a, NodeId b) {
    return attempt([&](WriteTransaction& write) { return write.merge(a, b); }).error().message;
  };
  EXPECT_NE(refusal(china, china).find("are one already"), std::string::npos);
  EXPECT_NE(refusal(node("Bo"), china).find("cannot be the head of CONTROLS"), std::string::npos);
  EXPECT_NE(refusal(china, node("a title")).find("stands for a document"), std::string::npos);
  EXPECT_EQ(refusal(china, NodeId{99}), "there is no node 99");
  const auto apart = attempt([&](WriteTransaction& write) { return write.unmerge(prc); });
  EXPECT_NE(apart.error().message.find("was not merged"), std::string::npos);
}

}  // namespace
}  // namespace entente
