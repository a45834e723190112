// Taking back, and taking that back.
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {
using Retract = VerbsTest;
using Undo = VerbsTest;

constexpr const char* kOwns = "Ana: Person OWNS Acme: Company 2001/..";

TEST_F(Retract, OneOfTwoArticlesLeavesTheEdgeAndBothEndIt) {
  import("a", kOwns);
  const DocumentId first = last.document;
  const Commit yesterday = import("b", std::string(kOwns) + "\n");
  const DocumentId second = last.document;
  const std::string then = exported();
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.96 x2\n");

  retract(first);
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x1\n");
  retract(second);
  EXPECT_EQ(edges(), "");
  EXPECT_EQ(exported(), "");  // nothing speaks of Ana and Acme any more
  EXPECT_TRUE(store->begin_read().find_name("Ana")->empty());
  EXPECT_EQ(store->begin_read().totals()->edges, 0u);
  EXPECT_EQ(verb_of_last(), Verb::Retract);

  EXPECT_EQ(exported(yesterday.id), then);  // yesterday's database still has it
  EXPECT_EQ(*store->begin_read().text(first), kOwns);
  reopen();
  EXPECT_EQ(exported(yesterday.id), then);
}

TEST_F(Retract, OfADocumentEndsExactlyWhatItAloneSupported) {
  import("a", std::string(kOwns) + "\nBo: Person OWNS Acme: Company 2002/..");
  const DocumentId first = last.document;
  import("b", std::string(kOwns) + "\nCy: Person OWNS Dot: Company 2003/..");
  retract(first);
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x1\nCy OWNS Dot 2003/.. actual 0.8 x1\n");
  const auto read = store->begin_read();
  EXPECT_TRUE(read.find_name("Bo")->empty());
  EXPECT_EQ(read.find_name("Acme")->size(), 1u);
  EXPECT_TRUE(read.edges_citing(first)->empty());  // its mentions went too
  EXPECT_TRUE((*read.document(first))->retracted);
}

TEST_F(Retract, LetsADocumentBeImportedAgain) {
  import("a", kOwns);
  const DocumentId first = last.document;
  const std::string before = edges();
  retract(first);
  import("a", kOwns);
  EXPECT_FALSE(last.already_there);
  EXPECT_NE(last.document, first);
  EXPECT_EQ(edges(), before);
}

TEST_F(Retract, OfAStatementWidensTheDateAgain) {
  import("a", "Ruritania: Government SANCTION Acme: Company 2024-09 0.5");
  import("b", "Ruritania: Government SANCTION Acme: Company 2024-09-12 0.5");
  const EdgeId sanction = edge("Ruritania SANCTION Acme 2024-09-12");
  const StatementId finer = (*store->begin_read().edge(sanction))->statements.back().id;
  commit([&](WriteTransaction& write) { return write.retract_statement(sanction, finer); });
  EXPECT_EQ(edges(), "Ruritania SANCTION Acme 2024-09 actual 0.5 x1\n");
  const auto again = attempt([&](WriteTransaction& write) { return write.retract_statement(sanction, finer); });
  EXPECT_EQ(again.error().code, Code::NotFound);
  commit([&](WriteTransaction& write) { return write.retract_edge(sanction); });
  EXPECT_EQ(edges(), "");
  EXPECT_EQ(store->begin_read().find_name("Acme")->size(), 1u);  // the articles still mention it
}

TEST_F(Retract, OfACommitTakesBackWhatItRecorded) {
  import("a", kOwns);
  const std::string before = exported();
  const Commit second = import("b", std::string(kOwns) + "\nBo: Person OWNS Acme: Company 2002/..");
  commit([&](WriteTransaction& write) { return write.retract_commit(second.id); });
  EXPECT_EQ(exported(), before);
}

TEST_F(Retract, OfWhatIsNotThereChangesNothing) {
  import("a", kOwns);
  const auto refused = [&](auto act) { return attempt(act).error().message; };
  EXPECT_EQ(refused([](WriteTransaction& write) { return write.retract_document(DocumentId{9}); }),
            "there is no document 9");
  EXPECT_EQ(refused([](WriteTransaction& write) { return write.retract_edge(EdgeId{99}); }), "there is no edge 99");
  EXPECT_EQ(refused([](WriteTransaction& write) { return write.retract_commit(CommitId{7}); }), "there is no commit 7");
  EXPECT_EQ(refused([](WriteTransaction& write) { return write.undo(CommitId{7}); }), "there is no commit 7");
  EXPECT_EQ(store->begin_read().last_commit(), CommitId{1});
}

TEST_F(Undo, OfAnImportAndOfItsUndoing) {
  import("a", kOwns);
  const std::string first = exported();
  const Commit second = import("b", std::string(kOwns) + "\nBo: Person OWNS Acme: Company 2002/.. by Cy: Person");
  const std::string both = exported();
  const Commit undone = undo(second);
  EXPECT_EQ(exported(), first);
  const Commit redone = undo(undone);
  EXPECT_EQ(exported(), both);
  undo(redone);
  EXPECT_EQ(exported(), first);
  EXPECT_EQ(verb_of_last(), Verb::Undo);
  EXPECT_EQ(exported(second.id), both);
}

TEST_F(Undo, OfARetractionBringsEverythingBack) {
  import("a", std::string(kOwns) + "\nBo: Person OWNS Acme: Company 2002/.. by Cy: Person");
  const std::string before = exported();
  undo(retract(last.document));
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(import("a", std::string(kOwns) + "\nBo: Person OWNS Acme: Company 2002/.. by Cy: Person").id, CommitId{3});
  EXPECT_TRUE(last.already_there);
}

TEST_F(Undo, LeavesWhatOthersDidSince) {
  const Commit first = import("a", kOwns);
  import("b", std::string(kOwns) + "\nBo: Person OWNS Acme: Company 2002/..");
  undo(first);
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x1\nBo OWNS Acme 2002/.. actual 0.8 x1\n");
}

TEST_F(Undo, OfARetractionIsAConflictWhenTheDocumentIsThereAgain) {
  import("a", kOwns);
  const Commit gone = retract(last.document);
  import("a", kOwns);
  const auto refused = attempt([&](WriteTransaction& write) { return write.undo(gone.id); });
  EXPECT_EQ(refused.error().code, Code::Conflict);
  EXPECT_EQ(refused.error().message, "document 1 was imported again since, as document 2; nothing was undone");
}

TEST_F(Undo, IsACommitOfItsOwn) {
  import("a", kOwns);
  const auto refused = attempt([&](WriteTransaction& write) -> Status {
    if (auto done = write.retract_edge(edge("Ana OWNS Acme 2001/..")); !done) return done;
    return write.undo(CommitId{1});
  });
  EXPECT_EQ(refused.error().code, Code::InvalidArgument);
}

}  // namespace
}  // namespace entente
