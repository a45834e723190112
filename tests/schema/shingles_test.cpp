// Copies of texts, told by the runs of words that they share.
#include "schema/shingles.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

namespace entente {
namespace {

// So many words that a seed makes; two seeds share none.
std::string text(unsigned seed, int words) {
  std::mt19937 random(seed);
  std::string all;
  for (int i = 0; i < words; ++i) all += "w" + std::to_string(seed) + "x" + std::to_string(random() % 10000) + (i % 9 == 8 ? ". " : " ");
  return all;
}
double shared(const std::string& a, const std::string& b) { return shared_part(shingles_of(a), shingles_of(b)); }
bool meet(const std::string& a, const std::string& b) {
  const auto x = bands_of(shingles_of(a)), y = bands_of(shingles_of(b));
  for (std::size_t band = 0; band < kBands; ++band)
    if (x[band] == y[band]) return true;
  return false;
}

TEST(Shingles, OfACopyAreShared) {
  const std::string wire = text(1, 300);
  EXPECT_EQ(shared(wire, wire), 1);
  EXPECT_EQ(shared(wire, "HEADLINE. " + wire + " Reporting by hand."), 1);  // all of the smaller
  EXPECT_EQ(shared(text(1, 300), text(1, 100)), 1);                          // cut short
  EXPECT_EQ(shared(wire, text(2, 300)), 0);
  EXPECT_NEAR(shared(text(1, 150) + text(2, 150), text(1, 150) + text(3, 150)), 0.5, 0.05);
}

TEST(Shingles, IgnoreCaseAccentsAndPunctuation) {
  std::string plain = text(1, 60), other = plain;
  for (char& c : other) c = c == 'w' ? 'W' : c == '.' ? ';' : c;
  EXPECT_EQ(shared(plain, other), 1);
}

TEST(Shingles, OfShortNoticesSayNothing) {
  EXPECT_EQ(shared(text(1, 30), text(1, 30)), 0);
  EXPECT_EQ(bands_of(shingles_of(text(1, 30))), (std::array<std::uint32_t, kBands>{}));
}

TEST(Shingles, OfCopiesMeetInSomeBandAndThoseOfStrangersHardlyEver) {
  int copies = 0, thirds = 0, strangers = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    copies += meet(text(seed, 300), text(seed, 300) + text(seed + 1000, 60));
    thirds += meet(text(seed, 300), text(seed, 100));
    strangers += meet(text(seed, 300), text(seed + 1000, 300));
  }
  EXPECT_EQ(copies, 200);
  EXPECT_GE(thirds, 180);
  EXPECT_EQ(strangers, 0);
}

// The share, counted another way.
TEST(Shingles, AreTheRunsOfFiveWords) {
  const std::string a = text(1, 80) + text(2, 40), b = text(3, 20) + text(1, 80);
  const auto runs = [](const std::string& of) {
    std::vector<std::string> words(1);
    for (const char c : of)
      if (c == ' ') words.emplace_back();
      else if (c != '.') words.back() += c;
    words.pop_back();
    std::set<std::vector<std::string>> all;
    for (std::size_t i = 0; i + 5 <= words.size(); ++i) all.emplace(words.begin() + long(i), words.begin() + long(i) + 5);
    return all;
  };
  const auto x = runs(a), y = runs(b);
  std::size_t both = 0;
  for (const auto& run : x) both += y.contains(run);
  EXPECT_EQ(shingles_of(a).size(), x.size());
  EXPECT_DOUBLE_EQ(shared(a, b), double(both) / double(std::min(x.size(), y.size())));
}

}  // namespace
}  // namespace entente
