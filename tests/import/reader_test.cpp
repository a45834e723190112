#include "tools/import/reader.h"

#include <gtest/gtest.h>

#include <thread>

#include "reading.h"
#include "schema/text.h"
#include "tools/import/gold.h"

namespace entente {
namespace {
const std::string kStory =
    "Perú’s foreign ministry praised Chile. “We urge Bolivia to talk,” said Ilse Brandvold, a "
    "senior fellow at the "
    "Brookings Institution.\n\nOn Monday, Germany sent weapons to Ukraine — more than before. "
    "Japan met with Australia last week.";

TEST(Reader, QuotesWhatStandsAtItsOffsets) {
  const Extract extract = read_text_of(kStory);
  ASSERT_FALSE(extract.claims.empty());
  for (const Claim& claim : extract.claims)
    EXPECT_EQ(cut(extract.document.text, claim.start, claim.end), claim.quote);
}

TEST(Reader, GivesTheSameForTheSameBytesFromManyThreads) {
  const Extract first = read_text_of(kStory);
  std::vector<std::jthread> threads;
  std::vector<Extract> others(4);
  for (auto& other : others) threads.emplace_back([&other] { other = read_text_of(kStory); });
  threads.clear();
  for (const auto& other : others) EXPECT_EQ(other, first);
}

TEST(Reader, ReadsNothingFromAHeader) {
  const auto article =
      make_article("t", "---\ntitle: Japan praised Norway\n---\nRain fell on the hills today.\n");
  ASSERT_TRUE(article);
  EXPECT_TRUE(reader().read(*article).claims.empty());
}

TEST(Reader, OpensOnlyWhatIsThere) {
  EXPECT_FALSE(Reader::open("/nowhere", ENTENTE_DATA_DIR "/model/english.model"));
  EXPECT_FALSE(Reader::open(ENTENTE_DATA_DIR "/lexicon", "/nowhere/english.model"));
}

TEST(Reader, SurvivesTextsThatAreNoProse) {
  for (const auto* text :
       {".", "-", "((((", "U.S.", "\"", "it he she they", "China China China China",
        ", , , and and", "“”‘’—–…", "习近平 会见 拜登"})
    EXPECT_NO_THROW(read_text_of(text)) << text;
  EXPECT_NO_THROW(read_text_of(std::string(20000, '(')));
}

TEST(Gold, GivesWayToTheDatedLineOfTheSameFact) {
  const Extract extract = read_text_of("Japan praised Norway. Japan praised Norway on Monday.");
  const std::string lines = gold_relations(extract);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1) << lines;
  EXPECT_NE(
      lines.find(
          R"("valid_from": "2024-09-09", "valid_to": "2024-09-09", "precision": "day", "negated": false, "mode": "actual")"),
      std::string::npos)
      << lines;
}

TEST(Gold, WritesAWeekAsItsDays) {
  const std::string lines = gold_relations(read_text_of("Japan met with Australia last week."));
  EXPECT_NE(
      lines.find(R"("valid_from": "2024-09-02", "valid_to": "2024-09-08", "precision": "week")"),
      std::string::npos)
      << lines;
}
}  // namespace
}  // namespace entente
