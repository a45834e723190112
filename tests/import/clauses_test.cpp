// Sentences of news as they are built: who is meant by a noun, what belongs to which verb.
#include <gtest/gtest.h>

#include "reading.h"

namespace entente {
namespace {
struct Case {
  std::string_view sentence, edge;
};

template <std::size_t kCount>
void expect_edges(const Case (&cases)[kCount]) {
  for (const auto& test : cases) {
    const auto lines = edges(test.sentence);
    EXPECT_TRUE(has(lines, test.edge)) << test.sentence << "\nwants " << test.edge << "\n"
                                       << all(lines);
  }
}

template <std::size_t kCount>
void expect_none(const Case (&cases)[kCount]) {
  for (const auto& test : cases) {
    const auto lines = edges(test.sentence);
    EXPECT_FALSE(has(lines, test.edge)) << test.sentence << "\nmust not give " << test.edge << "\n"
                                        << all(lines);
  }
}

TEST(Clauses, TheNounOfAnAppositionIsWhomItDescribes) {
  static constexpr Case kCases[] = {
      {"Codelco, the copper giant owned by the Chilean state, makes cathodes.", "Chile OWNS Codelco"},
      {"Nexperia, a Dutch firm owned by China's Wingtech, sold the plant.", "Wingtech OWNS Nexperia"},
  };
  expect_edges(kCases);
  static constexpr Case kNot[] = {
      {"Nexperia, a Dutch firm owned by China's Wingtech, sold the plant.", "China OWNS Nexperia"},
      {"Norway has frozen its part in the group, Prime Minister Jonas Gahr Støre said on Thursday.",
       "Norway SANCTION Jonas Gahr Støre"},
  };
  expect_none(kNot);
}

TEST(Clauses, ARelativePronounBehindAPrepositionIsTheNounBeforeIt) {
  static constexpr Case kCases[] = {
      {"Dan Gertler, an Israeli businessman on whom Washington imposed sanctions in 2017, denies it.",
       "United States SANCTION Dan Gertler 2017"},
  };
  expect_edges(kCases);
}

TEST(Clauses, TwoSubjectsJoinedBehindAnAsideActTogether) {
  static constexpr Case kCases[] = {
      {"Codelco, the copper giant owned by the Chilean state, and SQM signed a memorandum.",
       "Codelco AGREE SQM"},
  };
  expect_edges(kCases);
}

TEST(Clauses, WhatOnlyWentWithADeedIsNoPartOfIt) {
  static constexpr Case kCases[] = {
      {"Nikita Orlov resigned on March 11 under pressure from Washington.",
       "Nikita Orlov AFFILIATED_WITH United States 2024-03-11/.."},
      {"Ukraine's army destroyed a Russian depot with missiles supplied by Washington.",
       "Armed Forces of Ukraine ASSAULT United States"},
      {"Amnesty International condemned the killing of Shireen Abu Akleh.",
       "Amnesty International ACCUSE Shireen Abu Akleh"},
      {"Turkey had broken a pipeline agreement with Iraq.", "Turkey SANCTION Iraq"},
  };
  expect_none(kCases);
}

TEST(Clauses, APromiseIsMadeAndWhatIsPromisedIsPlanned) {
  static constexpr Case kCases[] = {
      {"The Biden administration agreed to sell jets to Turkey.", "United States AGREE Turkey"},
      {"The Biden administration agreed to sell jets to Turkey.",
       "United States SUPPLIES Turkey planned"},
      {"Germany pledged 7 billion euros in military aid to Ukraine.", "Germany AGREE Ukraine"},
      {"Germany pledged 7 billion euros in military aid to Ukraine.", "Germany AID Ukraine planned"},
  };
  expect_edges(kCases);
}

TEST(Clauses, WouldAfterSaidIsAnnouncedAndAloneIsNothing) {
  static constexpr Case kCases[] = {
      {"The minister said the government of France would ban TikTok.",
       "France SANCTION TikTok planned"},
  };
  expect_edges(kCases);
  static constexpr Case kNot[] = {
      {"France would ban TikTok.", "France SANCTION TikTok planned"},
      {"The minister said France would ban TikTok if it lied.", "France SANCTION TikTok planned"},
  };
  expect_none(kNot);
}

TEST(Clauses, AFullerTriggerThatDoesNotFitLeavesNothingToTheLesser) {
  const auto lines = edges("Xi Jinping agreed to make fentanyl a controlled substance.");
  for (const std::string& line : lines) EXPECT_EQ(line.find("PRODUCES"), std::string::npos) << all(lines);
}

TEST(Clauses, ItsBehindAJudgementIsOfWhoIsJudged) {
  static constexpr Case kCases[] = {
      {"France criticised Hungary over its visit to Moscow.", "Hungary CONSULT Russia"},
  };
  expect_edges(kCases);
}

TEST(Clauses, ADateThatOpensASentenceIsNoPartOfItsSubject) {
  static constexpr Case kCases[] = {
      {"On January 1 Prime Minister Abiy Ahmed and William Ruto signed a memorandum.",
       "Abiy Ahmed AGREE William Ruto 2024-01-01"},
  };
  expect_edges(kCases);
}

TEST(Clauses, ANounMeansWhoWasCalledSo) {
  static constexpr Case kCases[] = {
      {"Norway fined Petra Hydro Ltd, a producer of steel. The producer sued Norway.",
       "Petra Hydro Ltd PROTEST Norway"},
      {"Spyware is made by Cytrox and sold by Intellexa. Norway blacklisted both firms.",
       "Norway SANCTION Cytrox"},
      {"Spyware is made by Cytrox and sold by Intellexa. Norway blacklisted both firms.",
       "Norway SANCTION Intellexa"},
  };
  expect_edges(kCases);
}

TEST(Clauses, APunishmentWithoutADoerIsOfWhoPunishedBefore) {
  static constexpr Case kCases[] = {
      {"The Treasury Department sanctioned Huawei on Monday. Gazprom was designated as well.",
       "Department of the Treasury SANCTION Gazprom"},
  };
  expect_edges(kCases);
}

TEST(Clauses, WhoReceivesStandsBehindWhatIsSaidOfTheGoods) {
  static constexpr Case kCases[] = {
      {"France delivered radars built by Thales to Armenia.", "France SUPPLIES Armenia"},
      {"Foreign Minister Wang Yi spoke by phone with US Secretary of State Antony Blinken, who left.",
       "Wang Yi CONSULT Antony Blinken"},
  };
  expect_edges(kCases);
}

TEST(Clauses, AChargeCalledBaselessIsRejected) {
  static constexpr Case kCases[] = {
      {"France accused Azerbaijan of stirring up unrest. Baku called the charge baseless.",
       "Azerbaijan REJECT France"},
  };
  expect_edges(kCases);
}

TEST(Clauses, AWordBetweenAndAndItIsAVerb) {
  static constexpr Case kCases[] = {
      {"Cartels in Mexico make fentanyl and traffic it into Texas.", "Mexican Cartels TRAFFICS fentanyl"},
  };
  expect_edges(kCases);
}

TEST(Clauses, WhatHasBeenDoneIsNotAskedFor) {
  static constexpr Case kCases[] = {
      {"Norway had been pressing China since the World Health Organization added ketamine to its list.",
       "Norway REQUEST World Health Organization"},
      {"Kuwait bought drones from Baykar in June.", "Kuwait OWNS Baykar"},
      {"The European Commission reminded Kenya of its promise.", "European Commission REQUEST Kenya"},
  };
  expect_none(kCases);
}
}  // namespace
}  // namespace entente
