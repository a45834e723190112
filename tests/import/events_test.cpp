#include "tools/import/events.h"

#include <gtest/gtest.h>

#include "reading.h"

namespace entente {
namespace {
struct Case {
  std::string_view sentence, edge;
};

TEST(Events, OfEveryKindAreReadFromTheirVerbsAndNouns) {
  static constexpr Case kCases[] = {
      {"Japan met with Australia last week.", "Japan CONSULT Australia 2024-W36"},
      {"Kenya and Uganda held talks in Kampala.", "Kenya CONSULT Uganda"},
      {"Prime Minister Narendra Modi visited Poland in August.",
       "Narendra Modi CONSULT Poland 2024-08"},
      {"Norway praised Sweden for the move.", "Norway SUPPORT Sweden"},
      {"Canada welcomed the Chilean decision.", "Canada SUPPORT Chile"},
      {"France urged Niger to release the prisoners.", "France REQUEST Niger"},
      {"Turkey has been pressing Greece since 2021 to talk.", "Turkey REQUEST Greece 2021/.."},
      {"Ukraine accused Russia of lying.", "Ukraine ACCUSE Russia"},
      {"Vietnam condemned China's conduct.", "Vietnam ACCUSE China"},
      {"Iran rejected the demand from Iraq.", "Iran REJECT Iraq"},
      {"North Korea threatened Japan on Monday.", "North Korea THREATEN Japan 2024-09-09"},
      {"The European Union imposed sanctions on Belarus in 2021.",
       "European Union SANCTION Belarus 2021"},
      {"The Treasury Department blacklisted Huawei.", "Department of the Treasury SANCTION Huawei"},
      {"India imposed tariffs on Chinese steel.", "India SANCTION China"},
      {"Egypt suspended relations with Qatar in June 2017.", "Egypt SANCTION Qatar 2017-06"},
      {"Germany has sent weapons to Ukraine.", "Germany AID Ukraine"},
      {"Japan cooperated with the Philippines.", "Japan COOPERATE Philippines"},
      {"Brazil and Argentina are working together.", "Brazil COOPERATE Argentina"},
      {"Mexican authorities arrested El Chapo in 2016.", "Mexico COERCE Joaquín Guzmán 2016"},
      {"The Justice Department indicted Huawei in January 2019.",
       "Department of Justice COERCE Huawei 2019-01"},
      {"Russia invaded Ukraine in February 2022.", "Russia ASSAULT Ukraine 2022-02"},
      {"France withdrew troops from Mali.", "France RETREAT Mali"},
      {"Canada lifted sanctions on Syria.", "Canada CONCEDE Syria"},
      {"Peru signed an agreement with Chile in May 2023.", "Peru AGREE Chile 2023-05"},
      {"Thailand banned mephedrone.", "Thailand CONTROLS mephedrone"},
      {"Australia added xylazine to its list of controlled drugs on June 1.",
       "Australia CONTROLS xylazine 2024-06-01/.."},
      {"The Sinaloa Cartel has long smuggled heroin.", "Sinaloa Cartel TRAFFICS heroin"},
      {"Afghanistan produces opium.", "Afghanistan PRODUCES opium"},
      {"Russia sells weapons to Iran.", "Russia SUPPLIES Iran"},
  };
  for (const auto& test : kCases) {
    const auto lines = edges(test.sentence);
    EXPECT_TRUE(has(lines, test.edge)) << test.sentence << "\nwants " << test.edge << "\n"
                                       << all(lines);
  }
}

TEST(Events, SwapWithTheirActors) {
  EXPECT_TRUE(has(edges("France urged Niger to talk."), "France REQUEST Niger"));
  const auto swapped = edges("Niger urged France to talk.");
  EXPECT_TRUE(has(swapped, "Niger REQUEST France"));
  EXPECT_FALSE(has(swapped, "France REQUEST Niger"));
}

TEST(Events, AreTheSameInThePassive) {
  EXPECT_TRUE(has(edges("Belarus was condemned by Lithuania."), "Lithuania ACCUSE Belarus"));
  EXPECT_TRUE(has(edges("Lithuania condemned Belarus."), "Lithuania ACCUSE Belarus"));
  EXPECT_TRUE(has(edges("Xylazine was banned by Thailand in March 2022."),
                  "Thailand CONTROLS xylazine 2022-03/.."));
}

TEST(Events, AreNegatedByNot) {
  EXPECT_TRUE(has(edges("Lithuania did not condemn Belarus."), "Lithuania not ACCUSE Belarus"));
  EXPECT_TRUE(has(edges("Thailand has never banned xylazine."), "Thailand not CONTROLS xylazine"));
}

TEST(Events, ThatMayBeAreNotClaimed) {
  for (const auto* sentence :
       {"Lithuania may condemn Belarus.", "Lithuania could condemn Belarus.",
        "If Lithuania condemned Belarus, nobody noticed.",
        "Lithuania might have condemned Belarus.", "Did Lithuania condemn Belarus?",
        "They asked whether Lithuania condemned Belarus.",
        "Lithuania considered condemning Belarus."}) {
    const auto lines = edges(sentence);
    EXPECT_TRUE(lines.empty()) << sentence << "\n" << all(lines);
  }
}

TEST(Events, ADemandGivesTheRequestAndTheActThatIsWanted) {
  const auto lines = edges("Kenya urged Uganda to ban xylazine.");
  EXPECT_TRUE(has(lines, "Kenya REQUEST Uganda")) << all(lines);
  EXPECT_TRUE(has(lines, "Uganda CONTROLS xylazine requested")) << all(lines);
}

TEST(Events, APledgeIsNoDeed) {
  const auto lines = edges("Kenya pledged to ban xylazine.");
  EXPECT_TRUE(has(lines, "Kenya CONTROLS xylazine planned")) << all(lines);
  EXPECT_FALSE(has(lines, "Kenya CONTROLS xylazine")) << all(lines);
}

TEST(Events, WhatOthersSayIsAlleged) {
  const Extract extract = read_text_of("Ukraine said that Iran sold drones to Russia.");
  ASSERT_FALSE(extract.claims.empty());
  EXPECT_EQ(line_of(extract, extract.claims[0]), "Iran SUPPLIES Russia alleged");
  ASSERT_TRUE(extract.claims[0].speaker);
  EXPECT_EQ(extract.nodes[*extract.claims[0].speaker].name, "Ukraine");
}

TEST(Events, AnAnnouncedActHoldsFromItsDate) {
  const auto lines =
      edges("Beginning Oct. 1, Chinese authorities will restrict the export of norfentanyl.");
  EXPECT_TRUE(has(lines, "China CONTROLS norfentanyl 2024-10-01/..")) << all(lines);
}

TEST(Events, ASourceUntilAYearHasAnUnknownStart) {
  const auto lines = edges("Until 2018, India was the main source of ketamine.");
  EXPECT_TRUE(has(lines, "India PRODUCES ketamine /2018")) << all(lines);
}

TEST(Events, ListedSubstancesAreEachControlled) {
  const auto lines = edges(
      "In March 2022, the UN Commission on Narcotic Drugs added three chemicals, 4-AP, 1-boc-4-AP "
      "and norfentanyl, to its list. "
      "China will restrict the three chemicals from Oct. 1.");
  EXPECT_TRUE(has(lines, "UN Commission on Narcotic Drugs CONTROLS norfentanyl 2022-03/.."))
      << all(lines);
  EXPECT_TRUE(has(lines, "China CONTROLS norfentanyl 2024-10-01/..")) << all(lines);
  EXPECT_TRUE(has(lines, "China CONTROLS 4-AP 2024-10-01/..")) << all(lines);
}
TEST(Events, ADecisionIsThatOfWhoWasLastSaidToAct) {
  const auto lines = edges("Kenya expelled the ambassador of Rwanda. Uganda condemned the decision.");
  EXPECT_TRUE(has(lines, "Uganda ACCUSE Kenya")) << all(lines);
}

TEST(Events, WhoSaysThatAnotherDidWrongAccusesHim) {
  const auto lines = edges("Ukraine said that Russia shelled Moldova.");
  EXPECT_TRUE(has(lines, "Ukraine ACCUSE Russia")) << all(lines);
  EXPECT_TRUE(has(lines, "Russia ASSAULT Moldova alleged")) << all(lines);
}

TEST(Events, WhatHasADateIsNotSaidAgainWithoutOne) {
  const auto lines = edges("Canada sanctioned Belarus in 2021. Canada sanctioned Belarus.");
  EXPECT_TRUE(has(lines, "Canada SANCTION Belarus 2021")) << all(lines);
  EXPECT_FALSE(has(lines, "Canada SANCTION Belarus")) << all(lines);
}
TEST(Events, WhatIsPromisedReachesAsFarAsItsPartner) {
  const auto lines = edges("Finland pledged to resume cooperation with Norway.");
  EXPECT_TRUE(has(lines, "Finland AGREE Norway")) << all(lines);
  EXPECT_TRUE(has(lines, "Finland COOPERATE Norway planned")) << all(lines);
}

TEST(Events, ARequestIsMadeOfWhoTakesOrIgnoresIt) {
  auto lines = edges("Cuba ignored a request by Chile.");
  EXPECT_TRUE(has(lines, "Chile REQUEST Cuba")) << all(lines);
  lines = edges("Kenya summoned Uganda's ambassador on Monday and demanded an apology.");
  EXPECT_TRUE(has(lines, "Kenya REQUEST Uganda 2024-09-09")) << all(lines);
}

TEST(Events, ADecisionTakenTogetherIsThatOfAll) {
  const auto lines = edges("Kenya and Uganda agreed to share the lake. Rwanda hailed the decision.");
  EXPECT_TRUE(has(lines, "Rwanda SUPPORT Kenya")) << all(lines);
  EXPECT_TRUE(has(lines, "Rwanda SUPPORT Uganda")) << all(lines);
}

TEST(Events, NamesAmongManyAreThoseThatAreActedUpon) {
  const auto lines = edges("Canada sanctioned seven men, among them Vladimir Putin.");
  EXPECT_TRUE(has(lines, "Canada SANCTION Vladimir Putin")) << all(lines);
}

TEST(Events, WhoIsSaidToHaveKilledIsAccusedWhoeverDied) {
  const auto lines = edges("Amnesty International says Belarus killed 30 farmers.");
  EXPECT_TRUE(has(lines, "Amnesty International ACCUSE Belarus")) << all(lines);
}

TEST(Events, AJointArrestIsAnEventOfBoth) {
  const auto lines = edges("Norway worked with Sweden to arrest a suspect in Oslo.");
  EXPECT_TRUE(has(lines, "Norway PARTICIPATED_IN Norway-Sweden arrest")) << all(lines);
  EXPECT_TRUE(has(lines, "Sweden PARTICIPATED_IN Norway-Sweden arrest")) << all(lines);
}

TEST(Events, WhoAgreedAtASummitMetThere) {
  const auto lines = edges(
      "The two sides spoke of a summit in May, during which Joe Biden and Xi Jinping agreed to talk.");
  EXPECT_TRUE(has(lines, "Joe Biden CONSULT Xi Jinping 2024-05")) << all(lines);
}

// The one case in which a publication date tells a time: what a heading announces.
TEST(Events, NewsUnderAHeadingIsOfTheMonthOfPublication) {
  auto lines = edges("Trade Ministry Updates Its List: Japan added Huawei to the list.");
  EXPECT_TRUE(has(lines, "Japan SANCTION Huawei 2024-09")) << all(lines);
  lines = edges("Japan added Huawei to the list.");
  EXPECT_TRUE(has(lines, "Japan SANCTION Huawei")) << all(lines);
}

TEST(Events, APredicateInAnAsideIsThatOfTheNameBeforeIt) {
  const auto lines = edges("Boreal Metals Ltd., a Canadian producer of nickel, sued Chile.");
  EXPECT_TRUE(has(lines, "Boreal Metals Ltd. PRODUCES nickel")) << all(lines);
  EXPECT_TRUE(has(lines, "Boreal Metals Ltd. PROTEST Chile")) << all(lines);
}

TEST(Events, ASumBehindANameDoesNotHideIt) {
  const auto lines = edges("Ireland had fined Meta 1.2 billion euros in May.");
  EXPECT_TRUE(has(lines, "Ireland SANCTION Meta 2024-05")) << all(lines);
}

}  // namespace
}  // namespace entente
