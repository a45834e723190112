#include "tools/import/dates.h"

#include <gtest/gtest.h>

#include "tools/import/text.h"

namespace entente {
namespace {
// The dates of a sentence as the given kind of edge would hold them, told on Tuesday, 10 September
// 2024.
std::string read(std::string_view sentence, bool lasting = false,
                 std::string_view published = "2024-09-10") {
  static const auto kModel = Model::load(ENTENTE_DATA_DIR "/model/english.model");
  const auto rules = ZoneRules::load(ENTENTE_DATA_DIR "/lexicon");
  const auto article =
      make_article("t", "Title\n" + std::string(sentence), {"", "", std::string(published), ""});
  const Text text = read_text(*article, *rules, &*kModel);
  std::string dates;
  for (const auto& place : text.sentences)
    for (const auto& time : find_dates(place, article->document.published))
      dates += (dates.empty() ? "" : " | ") + interval_of(time, lasting).edtf();
  return dates;
}

struct Case {
  std::string_view sentence, happening;
};

TEST(Dates, AreReadAgainstTheDayOfPublication) {
  static constexpr Case kCases[] = {
      {"They met last November.", "2023-11"},
      {"They met last September.", "2023-09"},
      {"They met this August.", "2024-08"},
      {"They met in March 2022.", "2022-03"},
      {"They met on March 5, 2022, in Geneva.", "2022-03-05"},
      {"They met on 5 March 2022.", "2022-03-05"},
      {"They met in 2019.", "2019"},
      {"They met in October.", "2023-10"},
      {"They met in January.", "2024-01"},
      {"They met on Monday.", "2024-09-09"},
      {"They met Tuesday.", "2024-09-10"},
      {"They met last Tuesday.", "2024-09-03"},
      {"They met yesterday.", "2024-09-09"},
      {"They met earlier this week.", "2024-W37"},
      {"They met last week.", "2024-W36"},
      {"They met last month.", "2024-08"},
      {"They met late last year.", "2023"},
      {"They met three months ago.", "2024-06"},
      {"They met two years ago.", "2022"},
      {"They will meet next March.", "2025-03"},
      {"They will meet on Sept. 20.", "2024-09-20"},
      {"They will meet in January.", "2025-01"},
      {"They met from 2015 to 2019.", "2015/2019"},
      {"They met in the early days of May 2023.", "2023-05"},
  };
  for (const auto& test : kCases) EXPECT_EQ(read(test.sentence), test.happening) << test.sentence;
}

TEST(Dates, OfStatesHaveAStartOrAnEnd) {
  EXPECT_EQ(read("Since 2019 it has controlled the substance.", true), "2019/..");
  EXPECT_EQ(read("Until 2019 it was the main supplier.", true), "/2019");
  EXPECT_EQ(read("Beginning Sept. 20, it will control the substance.", true), "2024-09-20/..");
  EXPECT_EQ(read("It controlled the substance in March 2022.", true), "2022-03/..");
  EXPECT_EQ(read("It led the group from 2015 to 2019.", true), "2015/2019");
}

TEST(Dates, StayOutWhereNothingIsSaid) {
  EXPECT_EQ(read("They may meet for the first time in nearly three years."), "");
  EXPECT_EQ(read("It sold 2000 tons in all."), "");
  EXPECT_EQ(read("They march on."), "");
  EXPECT_EQ(read("They met last November.", false, ""), "");  // no publication date to count from
  EXPECT_EQ(read("They met in November 2023.", false, ""), "2023-11");
}
}  // namespace
}  // namespace entente
