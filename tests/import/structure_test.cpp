#include "tools/import/structure.h"

#include <gtest/gtest.h>

#include "reading.h"

namespace entente {
namespace {
struct Case {
  std::string_view sentence, edge;
};

TEST(Structure, IsReadFromAppositionsTitlesAndNames) {
  static constexpr Case kCases[] = {
      {"“It will pass,” said Ilse Brandvold, director of the Arctic Program at the Brookings "
       "Institution.",
       "Ilse Brandvold AFFILIATED_WITH Arctic Program"},
      {"“It will pass,” said Ilse Brandvold, director of the Arctic Program at the Brookings "
       "Institution.",
       "Ilse Brandvold AFFILIATED_WITH Brookings Institution"},
      {"“It will pass,” said Ilse Brandvold, director of the Arctic Program at the Brookings "
       "Institution.",
       "Arctic Program PART_OF Brookings Institution"},
      {"Kenya's foreign minister, Amina Wanjiru, smiled.", "Amina Wanjiru AFFILIATED_WITH Kenya"},
      {"Ilse Brandvold, a former economist at the World Bank, agreed.",
       "Ilse Brandvold AFFILIATED_WITH World Bank"},
      {"Chinese President Xi Jinping spoke.", "Xi Jinping AFFILIATED_WITH China"},
      {"Japan's Ministry of Finance has many rooms.", "Japanese Finance Ministry PART_OF Japan"},
      {"Albanian traffickers were there.", "Albanian traffickers LOCATED_IN Albania"},
      {"Opioids such as fentanyl and morphine are strong.", "fentanyl IS_A opioids"},
      {"Opioids such as fentanyl and morphine are strong.", "morphine IS_A opioids"},
      {"Ephedrine is used to make methamphetamine.", "ephedrine PRECURSOR_OF methamphetamine"},
      {"Ana Kovac, sister of Marko Kovac, who is a lawyer, left.",
       "Ana Kovac FAMILY_OF Marko Kovac"},
      {"The wife of Marko Kovac, Ana Kovac, left.", "Marko Kovac FAMILY_OF Ana Kovac"},
      {"The ex-president of Peru, Marko Kovac, left.", "Marko Kovac AFFILIATED_WITH Peru"},
      {"Norway arrested two members of the Lazarus Group, Marko Kovac and Ana Kovac.",
       "Ana Kovac AFFILIATED_WITH Lazarus Group"},
      {"A Dutch court ordered a sale to Israel. Trade Minister Marko Kovac spoke.",
       "Marko Kovac AFFILIATED_WITH Netherlands"},
      {"Ana Kovac is a niece of the late Marko Kovac.", "Ana Kovac FAMILY_OF Marko Kovac"},
      {"The East African Community, of which Kenya and Uganda are members, met.",
       "Uganda PART_OF East African Community"},
      {"Apple, based in Brussels, sold chips.", "Apple LOCATED_IN Belgium"},
  };
  for (const auto& test : kCases) {
    const auto lines = edges(test.sentence);
    EXPECT_TRUE(has(lines, test.edge)) << test.sentence << "\nwants " << test.edge << "\n"
                                       << all(lines);
  }
}

TEST(Structure, AFormerOfficeIsMarkedAsEnded) {
  const Extract extract =
      read_text_of("Ilse Brandvold, a former economist at the World Bank, agreed.");
  ASSERT_EQ(extract.claims.size(), 1u);
  EXPECT_EQ(std::get<bool>(extract.claims[0].properties.at("ended")), true);
}

TEST(Structure, ACountryBeforeANounIsNoEmployer) {
  const auto lines = edges(
      "Ilse Brandvold, a senior fellow for China studies at the Brookings Institution, agreed.");
  EXPECT_FALSE(has(lines, "Ilse Brandvold AFFILIATED_WITH China")) << all(lines);
  EXPECT_TRUE(has(lines, "Ilse Brandvold AFFILIATED_WITH Brookings Institution")) << all(lines);
}
TEST(Structure, ASenatorIsOfTheSenateUnlessOfAnotherState) {
  auto lines = edges("Senator Tim Kaine praised Mexico.");
  EXPECT_TRUE(has(lines, "Tim Kaine AFFILIATED_WITH U.S. Senate")) << all(lines);
  lines = edges("Philippine Senator Risa Hontiveros praised Mexico.");
  EXPECT_FALSE(has(lines, "Risa Hontiveros AFFILIATED_WITH U.S. Senate")) << all(lines);
}

}  // namespace
}  // namespace entente
