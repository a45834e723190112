// Two verbs that are never mixed up: we were wrong, and the world moved on.
#include <rocksdb/db.h>

#include "storage/rows.h"
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {
using Correct = VerbsTest;

constexpr const char* kHeads = "Ana: Person OWNS Acme: Company 2001/..";

EdgeValues valid(std::string_view edtf) {
  EdgeValues values;
  values.valid = *Interval::parse(edtf);
  return values;
}

TEST_F(Correct, ReplacesTheDateAndHistoryKeepsTheOldBelief) {
  const Commit first = import("a", kHeads);
  const EdgeId owns = edge("Ana OWNS Acme 2001/..");
  commit([&](WriteTransaction& write) { return write.correct(owns, {}, valid("2002/..")); });
  EXPECT_EQ(edges(), "Ana OWNS Acme 2002/.. actual 0.8 x1\n");
  EXPECT_EQ(edge("Ana OWNS Acme 2002/.."), owns);  // the same edge, as we know better
  EXPECT_EQ(edges(first.id), "Ana OWNS Acme 2001/.. actual 0.8 x1\n");
  EXPECT_EQ(verb_of_last(), Verb::Correct);
  const auto versions = store->begin_read().history(owns);
  EXPECT_EQ(versions->size(), 2u);
  EXPECT_EQ(versions->front().edge.statements.front().extractor, "test/1 corrected");
  EXPECT_EQ(versions->front().edge.statements.front().evidence, versions->back().edge.statements.front().evidence);
}

TEST_F(Correct, OfOneStatementOfSeveralMovesItOut) {
  import("a", kHeads);
  import("b", std::string(kHeads) + "\n");
  const EdgeId owns = edge("Ana OWNS Acme 2001/..");
  const StatementId second = (*store->begin_read().edge(owns))->statements.back().id;
  const Commit made = commit([&](WriteTransaction& write) { return write.correct(owns, second, valid("2005/..")); });
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x1\nAna OWNS Acme 2005/.. actual 0.8 x1\n");
  undo(made);
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.96 x2\n");
}

TEST_F(Correct, JoinsTheEdgeThatSaysJustThat) {
  import("a", kHeads);
  import("b", "Ana: Person OWNS Acme: Company 2003/..");
  const std::string before = exported();
  const Commit made = commit([&](WriteTransaction& write) {
    return write.correct(edge("Ana OWNS Acme 2003/.."), {}, valid("2001/.."));
  });
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.96 x2\n");
  undo(made);
  EXPECT_EQ(exported(), before);
}

TEST_F(Correct, OfAnEndGivesTheEdgeToTheOtherNode) {
  import("a", kHeads);
  import("b", "Bo: Person OWNS Dot: Company 2001/..");
  EdgeValues values;
  values.head = node("Bo");
  commit([&](WriteTransaction& write) { return write.correct(edge("Ana OWNS Acme 2001/.."), {}, values); });
  EXPECT_EQ(edges(), "Bo OWNS Acme 2001/.. actual 0.8 x1\nBo OWNS Dot 2001/.. actual 0.8 x1\n");
}

TEST_F(Correct, RefusesWhatTheOntologyForbidsAndWhatIsSoAlready) {
  import("a", kHeads);
  const EdgeId owns = edge("Ana OWNS Acme 2001/..");
  const auto refusal = [&](const EdgeValues& values) {
    return attempt([&](WriteTransaction& write) { return write.correct(owns, {}, values); }).error().message;
  };
  EXPECT_EQ(refusal(valid("2001/..")), "edge 1 says that already: nothing to correct");
  EdgeValues controls;
  controls.type = *Ontology::builtin().find_type("CONTROLS");
  EXPECT_NE(refusal(controls).find("correct edge 1: a Person cannot be the head of CONTROLS"), std::string::npos);
  EdgeValues nobody;
  nobody.head = NodeId{77};
  EXPECT_EQ(refusal(nobody), "correct edge 1: there is no node 77");
}

TEST_F(Correct, OfANameKeepsTheOldOneAsAnAlias) {
  import("a", kHeads);
  const NodeId ana = node("Ana");
  const std::string before = exported();
  NodeValues values;
  values.name = "Anna";
  const Commit made = commit([&](WriteTransaction& write) { return write.correct_node(ana, values); });
  EXPECT_EQ(edges(), "Anna OWNS Acme 2001/.. actual 0.8 x1\n");
  EXPECT_EQ(node("Ana"), ana);
  EXPECT_EQ(edges(CommitId{1}), "Ana OWNS Acme 2001/.. actual 0.8 x1\n");
  undo(made);
  EXPECT_EQ(exported(), before);
}

// What ended would lie between what lives, and every scan would step over it.
TEST_F(Correct, LeavesNoPileOfEndedEntriesBeforeThePresent) {
  import("a", "Ana: Person ACCUSE Bo: Person 2024-08-06");
  const EdgeId accuse = edge("Ana ACCUSE Bo 2024-08-06");
  const StoreState& state = *StoreFiles::state_of(*store);
  std::uint64_t ended = 0, most = 0;
  for (int day = 1; day <= 300; ++day) {
    EdgeValues values;
    const Bound bound = Bound::known(Day{std::chrono::days(15000 + day)});
    values.valid = *Interval::make(bound, bound);
    ASSERT_TRUE(attempt([&](WriteTransaction& write) { return write.correct(accuse, {}, values); }));
    ASSERT_TRUE(state.db->GetIntProperty(state.handle(ColumnFamily::Adjacency),
                                         "rocksdb.num-deletes-active-mem-table", &ended));
    most = std::max(most, ended);
  }
  EXPECT_GE(most, 500u);  // they are counted: two entries a correction
  EXPECT_LE(most, 520u);
  EXPECT_LE(ended, 100u);
  EXPECT_EQ(store->begin_read().totals()->versions, 300u);
}

class ChangeTest : public VerbsTest {
 protected:
  void SetUp() override {
    VerbsTest::SetUp();
    import("a", "Ana: Person OWNS Acme: Company 2001/..");
    owns = edge("Ana OWNS Acme 2001/..");
    import("b", "Bo: Person ACCUSE Ana: Person 2010-05-06");
    news = last.document;
  }
  Turn turn(std::string_view at) const {
    Turn turn;
    turn.at = *Bound::parse(at);
    turn.evidence = {news, 0, 10};
    return turn;
  }
  EdgeId owns;
  DocumentId news;
};

TEST_F(ChangeTest, EndsTheOldEdgeAndBeginsTheNewOne) {
  Turn sold = turn("2010-05-06");
  sold.next = EdgeValues{};
  sold.next->head = node("Bo");
  const std::string before = exported();
  const Commit made = commit([&](WriteTransaction& write) { return write.change(owns, sold); });
  EXPECT_EQ(edges(),
            "Ana OWNS Acme 2001/2010-05-05 actual 0.8 x2\n"
            "Bo ACCUSE Ana 2010-05-06 actual 0.8 x1\n"
            "Bo OWNS Acme 2010-05-06/.. actual 1 x1\n");
  EXPECT_EQ(verb_of_last(), Verb::Change);
  const auto read = store->begin_read();
  EXPECT_EQ((*read.edge(owns))->statements.front().valid.edtf(), "2001/..");  // what that source said
  EXPECT_TRUE((*read.edge(owns))->statements.back().ends);
  undo(made);
  EXPECT_EQ(exported(), before);
}

TEST_F(ChangeTest, KeepsTheMonthWhenNoDayIsKnown) {
  commit([&](WriteTransaction& write) { return write.change(owns, turn("2010-05")); });
  EXPECT_EQ(edge("Ana OWNS Acme 2001/2010-05"), owns);
}

TEST_F(ChangeTest, IsTakenBackWithTheDocumentThatToldIt) {
  commit([&](WriteTransaction& write) { return write.change(owns, turn("2010-05")); });
  retract(news);
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x1\n");
}

TEST_F(ChangeTest, GoesWhenNothingSupportsTheEdgeAnyMore) {
  commit([&](WriteTransaction& write) { return write.change(owns, turn("2010-05")); });
  retract(DocumentId{1});
  EXPECT_EQ(edges(), "Bo ACCUSE Ana 2010-05-06 actual 0.8 x1\n");
}

TEST_F(ChangeTest, RefusesWhatCannotBe) {
  const auto refusal = [&](EdgeId id, const Turn& turn) {
    return attempt([&](WriteTransaction& write) { return write.change(id, turn); }).error().message;
  };
  EXPECT_EQ(refusal(owns, turn("")), "change edge " + std::to_string(owns.value) + ": say when, as 2024-09-01, 2024-09 or 2024");
  EXPECT_NE(refusal(owns, turn("1990")).find("cannot end (1990) before it starts (2001)"), std::string::npos);
  EXPECT_NE(refusal(edge("Bo ACCUSE Ana 2010-05-06"), turn("2011")).find("is a happening"), std::string::npos);
  Turn uncited = turn("2010");
  uncited.evidence.end = 4000;
  EXPECT_NE(refusal(owns, uncited).find("are not in document 2"), std::string::npos);
  Turn same = turn("2010");
  same.next = EdgeValues{};
  EXPECT_NE(refusal(owns, same).find("what follows is the same"), std::string::npos);
}

}  // namespace
}  // namespace entente
