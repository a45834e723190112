// Words of a text, as a search compares them.
#include "schema/words.h"

#include <gtest/gtest.h>

#include <random>

#include "schema/name.h"
#include "schema/text.h"

namespace entente {
namespace {

std::string folded(std::string_view text) {
  std::string all;
  for (const TextWord& word : words_of(text)) all += (all.empty() ? "" : " ") + word.folded;
  return all;
}

TEST(Words, AreFoldedAsNamesAre) {
  EXPECT_EQ(folded("Zoë drinks AÇAÍ."), "zoe drinks acai");
  EXPECT_EQ(folded("The U.S. and the E.U. met; it ended."), "the us and the eu met it ended");
  EXPECT_EQ(folded("People's Bank, the people\u2019s bank, 'quoted'"), "peoples bank the peoples bank quoted");
  EXPECT_EQ(folded("4-ANPP rose 3.5 percent"), "4 anpp rose 35 percent");
  EXPECT_EQ(folded("习近平 met Путин"), "xi jin ping met putin");
  EXPECT_EQ(folded(""), "");
  EXPECT_EQ(folded("... — !"), "");
}

TEST(Words, HaveThePlaceThatTheyWereReadFrom) {
  const std::string text = "Zoë met \u201cBrazil\u2019s\u201d U.S. envoy";
  std::string places;
  for (const TextWord& word : words_of(text)) places += std::string(*cut(text, word.start, word.end)) + "|";
  EXPECT_EQ(places, "Zoë|met|Brazil\u2019s|U.S|envoy|");
}

// The two ways to fold agree on any text of one line in ASCII: the other reads names.
TEST(Words, OfAsciiAreThoseOfTheFoldedName) {
  std::mt19937 random(3);
  for (int i = 0; i < 5000; ++i) {
    std::string text = "x ";
    for (unsigned n = random() % 20; n > 0; --n) text += "abT1. -,"[random() % 8];
    ASSERT_EQ(folded(text), fold_name(text)) << text;
  }
}

TEST(Words, ThatAreTooLongAreCut) {
  const auto words = words_of(std::string(500, 'a'));
  ASSERT_EQ(words.size(), 1u);
  EXPECT_EQ(words[0].folded.size(), kLongestWord);
  EXPECT_EQ(words[0].end, 500u);
}

}  // namespace
}  // namespace entente
