// What is promised of two clocks and many sources, each promise as a story.
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {

class Story : public VerbsTest {
 protected:
  // What held, certainly or maybe, at that time of the world, as believed after a commit: one line an edge with all
  // its statements.
  std::string held(std::string_view when, CommitId known_by = kLatest) const {
    const AsOf as_of{.valid = *parse_window(when), .recorded = known_by};
    const ReadTransaction read = store->begin_read();
    std::string text;
    const auto scanned = read.scan_edges(known_by, [&](const Edge& edge) {
      const Truth truth = as_of.holds(edge.valid);
      if (truth == Truth::No || read.ontology().type(edge.type).family == Family::Evidence) return true;
      text += std::string(name_of(truth)) + " " + (*read.node(edge.head, known_by))->name + " " +
              read.ontology().type(edge.type).name + " " + (*read.node(edge.tail, known_by))->name + " " +
              edge.valid.edtf() + " " + text_of(Value(edge.confidence)) + "\n";
      for (const Statement& statement : edge.statements) text += text_of(statement);
      return true;
    });
    EXPECT_TRUE(scanned);
    return text;
  }
};

TEST_F(Story, OneSourceSaysTheFirstToTheFifthAndAnotherTheThirdToTheSeventhAndBothComeBack) {
  import("one", "Ana: Person OWNS Acme: Company 2024-05-01/2024-05-05");
  import("other", "Ana: Person OWNS Acme: Company 2024-05-03/2024-05-07");
  EXPECT_EQ(edges(),
            "Ana OWNS Acme 2024-05-01/2024-05-05 actual 0.8 x1\n"
            "Ana OWNS Acme 2024-05-03/2024-05-07 actual 0.8 x1\n");
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n') / 2; };
  EXPECT_EQ(lines(held("2024-05-02")), 1);
  EXPECT_EQ(lines(held("2024-05-04")), 2);
  EXPECT_EQ(lines(held("2024-05-06")), 1);
  EXPECT_EQ(held("2024-05-08"), "");
}

TEST_F(Story, AMonthPreciseAndADayPreciseReportOfOneListingAreOneEdgeWithTheDay) {
  import("monthly", "Treasury: Agency SANCTION Acme: Company 2024-09");
  import("daily", "Treasury: Agency SANCTION Acme: Company 2024-09-24");
  EXPECT_EQ(edges(), "Treasury SANCTION Acme 2024-09-24 actual 0.96 x2\n");
  retract(last.document);
  EXPECT_EQ(edges(), "Treasury SANCTION Acme 2024-09 actual 0.8 x1\n");
}

// "We believed in June that in March Ana owned Acme", asked in June, and again a thousand commits later.
TEST_F(Story, WhatWeBelievedInJuneOfMarchIsTheSameBytesAThousandCommitsLater) {
  import("march", "Ana: Person OWNS Acme: Company 2024-03/..\nBo: Person OWNS Acme: Company 2020/2024-02");
  import("again", "Ana: Person OWNS Acme: Company 2024-03-15/..", 60);
  const Instant june = at(3600);
  const auto asked = [&] {
    const auto known_by = store->begin_read().commit_at(june);
    EXPECT_TRUE(known_by);
    return held("2024-03", *known_by) + held("2024-01", *known_by);
  };
  const std::string believed = asked();
  EXPECT_EQ(std::count(believed.begin(), believed.end(), '\n'), 5) << believed;

  const DocumentId again = last.document;
  for (int i = 0; i < 1000; ++i) {
    const int second = 4000 + i;
    switch (i % 100) {
      case 10:
        import("more" + std::to_string(i), "Ana: Person OWNS Acme: Company 2024-03-1" + std::to_string(i / 100) + "/..", second);
        break;
      case 20: retract(last.document); break;
      case 30: undo(store->begin_read().last_commit()); break;
      default: import("other" + std::to_string(i), "Ana: Person ACCUSE Bo: Person " + std::to_string(1000 + i) + "-05-05", second);
    }
  }
  retract(again);
  EXPECT_GE(store->begin_read().last_commit(), CommitId{1000});
  EXPECT_NE(held("2024-03"), believed);
  EXPECT_EQ(asked(), believed);
  reopen();
  EXPECT_EQ(asked(), believed);
}

}  // namespace
}  // namespace entente
