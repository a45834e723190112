// The reader against annotated articles: a report, and floors under its figures.
#include <gtest/gtest.h>

#include <iostream>

#include "reading.h"
#include "tools/import/train/annotated.h"

namespace entente {
namespace {
struct Score {
  std::size_t gold = 0, found = 0, right = 0;
  double precision() const { return found == 0 ? 0 : double(right) / double(found); }
  double recall() const { return gold == 0 ? 0 : double(right) / double(gold); }
};

Score score(const std::string& folder, double least) {
  const auto articles = read_annotated_folder(ENTENTE_SOURCE_DIR "/tests/import/articles/" + folder);
  EXPECT_TRUE(articles) << articles.error().message;
  Score score;
  if (!articles) return score;
  for (const auto& annotated : *articles) {
    Extract extract = reader().read(annotated.article);
    std::erase_if(extract.claims, [&](const Claim& c) { return c.confidence < least; });
    const auto right = right_claims(annotated, extract);
    score.gold += annotated.edges.size(), score.found += right.size();
    score.right += std::size_t(std::count(right.begin(), right.end(), true));
  }
  std::cout << folder << " at " << least << ": " << score.right << " of " << score.found
            << " right, of " << score.gold << " in the gold; precision " << score.precision()
            << ", recall " << score.recall() << "\n";
  return score;
}

// Rules were written while looking at these: a regression, no measure.
TEST(Evaluation, TheOpenArticlesStayRead) {
  score("open", 0);
  const Score shown = score("open", kShown);
  EXPECT_GE(shown.precision(), 0.88);
  EXPECT_GE(shown.recall(), 0.62);
}

// No rule was written while looking at these.
TEST(Evaluation, TheFrozenArticlesAreReadWell) {
  score("frozen", 0);
  const Score shown = score("frozen", kShown);
  EXPECT_GE(shown.precision(), 0.75);
  EXPECT_GE(shown.recall(), 0.48);
}
}  // namespace
}  // namespace entente
