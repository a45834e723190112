#include "storage/conflicts.h"

#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {

class Conflicts : public VerbsTest {
 protected:
  // `RULE first valid | second valid`, one a line.
  std::string found(const AsOf& as_of = {}) const {
    const auto list = conflicts(store->begin_read(), as_of);
    EXPECT_TRUE(list);
    std::string lines;
    for (const Conflict& conflict : *list)
      lines += std::string(name_of(conflict.rule)) + " " + conflict.first.valid.edtf() +
               (conflict.first.negated ? " not | " : " | ") + conflict.second.valid.edtf() +
               (conflict.second.negated ? " not\n" : "\n");
    return lines;
  }
};

TEST_F(Conflicts, AreAssertedAndDeniedAtTimesThatCertainlyOverlap) {
  import("a", "Ana: Person OWNS Acme: Company 2001/2005");
  import("b", "Ana: Person OWNS Acme: Company 2003/2007 not");
  EXPECT_EQ(found(), "denied 2001/2005 | 2003/2007 not\n");
  EXPECT_EQ(found({.valid = *parse_window("2006"), .recorded = kLatest}), "");
  EXPECT_EQ(found({.valid = {}, .recorded = CommitId{1}}), "");
  const auto list = conflicts(store->begin_read(), {});
  EXPECT_NE(list->front().first.statements.front().evidence.document,
            list->front().second.statements.front().evidence.document);
}

TEST_F(Conflicts, AreNotDeniedWhenOneReadingMakesBothTrue) {
  import("a", "Ana: Person OWNS Acme: Company 2001/2005");
  import("b", "Ana: Person OWNS Acme: Company 2005/2007 not");
  import("c", "Bo: Person ACCUSE Ana: Person 2024-08");
  import("d", "Bo: Person ACCUSE Ana: Person 2024-08 not");  // on other days, it may be
  EXPECT_EQ(found(), "");
}

TEST_F(Conflicts, AreDeniedWhenBothSaySoOfToday) {
  import("a", "Ana: Person OWNS Acme: Company /..");
  import("b", "Ana: Person OWNS Acme: Company /.. not");
  EXPECT_EQ(found(), "denied /.. | /.. not\n");
}

TEST_F(Conflicts, AreTwoTimesOfOneLastingStateFromTwoSources) {
  import("a", "Ana: Person OWNS Acme: Company 2001/2005");
  import("b", "Ana: Person OWNS Acme: Company 2003/2007");
  import("c", "Ana: Person OWNS Acme: Company 2010/2012");
  EXPECT_EQ(found(),
            "dates 2001/2005 | 2003/2007\n"
            "spells 2001/2005 | 2010/2012\n"
            "spells 2003/2007 | 2010/2012\n");
}

TEST_F(Conflicts, AreNeitherHappeningsNorWhatOneSourceSaysNorWhatIsOnlyAlleged) {
  import("a", "Bo: Person ACCUSE Ana: Person 2024-08-01");
  import("b", "Bo: Person ACCUSE Ana: Person 2024-09-01");
  import("c", "Cy: Person OWNS Acme: Company 2001/2005\nCy: Person OWNS Acme: Company 2010/2012");
  import("d", "Cy: Person OWNS Acme: Company 2003/2004 alleged not");
  EXPECT_EQ(found(), "");
}

TEST_F(Conflicts, SeeBothDirectionsOfATypeWithoutOne) {
  import("a", "Ana: Person CONSULT Bo: Person 2024-09-01");
  import("b", "Bo: Person CONSULT Ana: Person 2024-09-01 not");
  EXPECT_EQ(found(), "denied 2024-09-01 | 2024-09-01 not\n");
}

}  // namespace
}  // namespace entente
