// Plain sentences of subject, verb and object: what a person types first.
#include <gtest/gtest.h>

#include "reading.h"

namespace entente {
namespace {
struct Case {
  std::string_view sentence, edge;
};

TEST(Plain, SentencesOfThreeWordsGiveTheirEdge) {
  static constexpr Case kCases[] = {
      {"China controls norfentanyl.", "China CONTROLS norfentanyl"},
      {"China banned norfentanyl.", "China CONTROLS norfentanyl"},
      {"India regulates ketamine.", "India CONTROLS ketamine"},
      {"The Sinaloa Cartel traffics fentanyl.", "Sinaloa Cartel TRAFFICS fentanyl"},
      {"The Sinaloa Cartel smuggles heroin.", "Sinaloa Cartel TRAFFICS heroin"},
      {"Myanmar produces opium.", "Myanmar PRODUCES opium"},
      {"India makes ketamine.", "India PRODUCES ketamine"},
      {"Russia supplies Iran.", "Russia SUPPLIES Iran"},
      {"Russia sells weapons to Iran.", "Russia SUPPLIES Iran"},
      {"Norway praises Sweden.", "Norway SUPPORT Sweden"},
      {"Norway supports Ukraine.", "Norway SUPPORT Ukraine"},
      {"Poland backs Ukraine.", "Poland SUPPORT Ukraine"},
      {"Ukraine accuses Russia.", "Ukraine ACCUSE Russia"},
      {"Vietnam blames China.", "Vietnam ACCUSE China"},
      {"Vietnam criticizes China.", "Vietnam ACCUSE China"},
      {"France urges Niger to talk.", "France REQUEST Niger"},
      {"Iran rejects the Iraqi plan.", "Iran REJECT Iraq"},
      {"Iran defies Israel.", "Iran REJECT Israel"},
      {"North Korea threatens Japan.", "North Korea THREATEN Japan"},
      {"Canada sanctions Belarus.", "Canada SANCTION Belarus"},
      {"Canada blacklists Huawei.", "Canada SANCTION Huawei"},
      {"Germany aids Ukraine.", "Germany AID Ukraine"},
      {"Japan funds Vietnam.", "Japan AID Vietnam"},
      {"Japan cooperates with Vietnam.", "Japan COOPERATE Vietnam"},
      {"Narendra Modi visits Poland.", "Narendra Modi CONSULT Poland"},
      {"Xi Jinping meets Joe Biden.", "Xi Jinping CONSULT Joe Biden"},
      {"Russia invades Ukraine.", "Russia ASSAULT Ukraine"},
      {"Russia attacks Ukraine.", "Russia ASSAULT Ukraine"},
      {"Russia bombs Ukraine.", "Russia ASSAULT Ukraine"},
      {"Mexico arrests El Chapo.", "Mexico COERCE Joaquín Guzmán"},
      {"Mexico raids Huawei.", "Mexico COERCE Huawei"},
      {"Mexico seizes fentanyl.", "Mexico COERCE fentanyl"},
      {"France withdraws troops from Mali.", "France RETREAT Mali"},
      {"Canada frees Meng Wanzhou.", "Canada CONCEDE Meng Wanzhou"},
      {"Peru agrees with Chile.", "Peru AGREE Chile"},
      {"Huawei lobbies Congress.", "Huawei LOBBIES U.S. Congress"},
      {"Microsoft owns LinkedIn.", "Microsoft OWNS LinkedIn"},
      {"India sues Google.", "India PROTEST Google"},
      {"Sweden joins NATO.", "Sweden PART_OF NATO"},
      {"Google opposes India.", "Google REJECT India"},
  };
  std::size_t read = 0;
  std::string lost;
  for (const auto& test : kCases) {
    const auto lines = edges(test.sentence);
    if (lines.size() == 1 && lines[0] == test.edge)
      ++read;
    else
      lost += std::string(test.sentence) + " " + all(lines);
  }
  EXPECT_GE(read, 36u) << lost;
}

TEST(Plain, AStateHasAnOpenEnd) {
  const Extract extract = read_text_of("China controls norfentanyl.");
  ASSERT_EQ(extract.claims.size(), 1u);
  EXPECT_FALSE(extract.claims[0].valid.from().is_known());
  EXPECT_EQ(extract.claims[0].valid.to(), Bound::open());
  EXPECT_EQ(extract.claims[0].mode, Mode::Actual);
}

TEST(Plain, SuppliesAndTrafficSayWhatAndWhere) {
  const auto said = [](std::string_view sentence, std::string_view property) {
    for (const Claim& claim : read_text_of(sentence).claims)
      if (const auto found = claim.properties.find(std::string(property));
          found != claim.properties.end())
        return std::get<std::string>(found->second);
    return std::string("nothing");
  };
  EXPECT_EQ(said("Russia sells weapons to Iran.", "goods"), "weapons");
  EXPECT_EQ(said("India exports ketamine to Kenya.", "goods"), "ketamine");
  EXPECT_EQ(said("The Sinaloa Cartel smuggles heroin into Canada.", "to"), "Canada");
  EXPECT_EQ(said("The Sinaloa Cartel smuggles heroin.", "to"), "nothing");
}

TEST(Plain, NamesBeforeANounAreNoStatement) {
  for (const auto* phrase :
       {"China sanctions.", "The Russia sanctions bill.", "Beijing officials."})
    EXPECT_TRUE(edges(phrase).empty()) << phrase << all(edges(phrase));
}
}  // namespace
}  // namespace entente
