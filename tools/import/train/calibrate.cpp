// entente-calibrate: fits the weights of data/lexicon/calibration.tsv on articles with gold.
//
//   entente-calibrate LEXICON MODEL FOLDER... > calibration.tsv
//
// Each folder holds NAME.txt and NAME.gold. Logistic regression with a quadratic penalty, by plain
// gradient descent; the same input gives the same table. On standard error: the estimates by
// leaving one article out, against what was right.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>

#include "tools/import/reader.h"
#include "tools/import/train/annotated.h"

namespace entente {
namespace {
struct Example {
  Features features;
  bool right = false;
  std::size_t article = 0;
};
using Weights = std::map<std::string, double>;

double share(const Weights& weights, const Features& features) {
  double sum = weights.at("always");
  for (const auto& feature : features)
    if (const auto found = weights.find(feature); found != weights.end()) sum += found->second;
  return 1 / (1 + std::exp(-sum));
}

// `left_out`: an article that is not learned from.
Weights fit(const std::vector<Example>& examples, std::size_t left_out) {
  constexpr int kSteps = 600;
  constexpr double kRate = 0.5, kPenalty = 3.0;  // towards zero, in units of examples
  Weights weights{{"always", 0}};
  for (const auto& example : examples)
    for (const auto& feature : example.features) weights[feature] = 0;
  for (int step = 0; step < kSteps; ++step) {
    Weights slope;
    double count = 0;
    for (const auto& example : examples) {
      if (example.article == left_out) continue;
      const double error = (example.right ? 1 : 0) - share(weights, example.features);
      slope["always"] += error, count += 1;
      for (const auto& feature : example.features) slope[feature] += error;
    }
    for (auto& [feature, weight] : weights) {
      const double penalty = feature == "always" ? 0 : kPenalty * weight;
      weight += kRate * (slope[feature] - penalty) / (count / 8);
    }
  }
  return weights;
}

// For each hundredth of the estimate the share that was right of the 150 claims estimated nearest to
// it, known so to three in a hundred; never falling.
std::vector<double> shares_of(std::vector<std::pair<double, bool>> estimates) {
  constexpr std::ptrdiff_t kSide = 75;  // claims on either side
  std::sort(estimates.begin(), estimates.end());
  const auto count = std::ptrdiff_t(estimates.size());
  std::vector<double> shares;
  for (int hundredth = 0; hundredth <= 100; ++hundredth) {
    const auto place = std::lower_bound(estimates.begin(), estimates.end(),
                                        std::pair<double, bool>(hundredth / 100.0, false));
    const std::ptrdiff_t middle = place - estimates.begin();
    const std::ptrdiff_t first = std::clamp<std::ptrdiff_t>(middle - kSide, 0, count),
                         last = std::clamp<std::ptrdiff_t>(middle + kSide, 0, count);
    const auto right = std::count_if(estimates.begin() + first, estimates.begin() + last,
                                     [](const auto& estimate) { return estimate.second; });
    const double share = (double(right) + 1) / (double(last - first) + 2);
    shares.push_back(shares.empty() ? share : std::max(share, shares.back()));
  }
  return shares;
}

int run(int count, char** words) {
  if (count < 4) {
    std::cerr << "usage: entente-calibrate LEXICON MODEL FOLDER...\n";
    return 2;
  }
  const auto reader = Reader::open(words[1], words[2]);
  if (!reader) return std::cerr << reader.error().message << "\n", 3;
  std::vector<Example> examples;
  std::size_t article = 0;
  for (int i = 3; i < count; ++i) {
    const auto folder = read_annotated_folder(words[i]);
    if (!folder) return std::cerr << folder.error().message << "\n", 3;
    for (const auto& annotated : *folder) {
      std::vector<Features> features;
      const Extract extract = reader->read(annotated.article, &features);
      const auto right = right_claims(annotated, extract);
      for (std::size_t k = 0; k < right.size(); ++k)
        examples.push_back({features[k], right[k], article});
      ++article;
    }
  }

  std::map<int, std::pair<int, int>> bins;  // tenths of the estimate: right, all
  int shown = 0, shown_right = 0, all_right = 0;
  std::vector<std::pair<double, bool>> unseen;  // estimates of what was not learned from
  for (std::size_t left_out = 0; left_out < article; ++left_out) {
    const Weights weights = fit(examples, left_out);
    for (const auto& example : examples) {
      if (example.article != left_out) continue;
      const double estimate = share(weights, example.features);
      unseen.emplace_back(estimate, example.right);
      auto& [right, all] = bins[int(estimate * 10)];
      right += example.right, ++all;
      all_right += example.right;
      if (estimate >= 0.8) ++shown, shown_right += example.right;
    }
  }
  for (const auto& [tenth, counts] : bins)
    std::fprintf(stderr, "estimated 0.%d: %d of %d right\n", tenth, counts.first, counts.second);
  std::fprintf(stderr, "at 0.8 or better: %d claims, %d right; of all %zu, %d right\n", shown,
               shown_right, examples.size(), all_right);

  std::puts("# What the features of a claim say of its being right; fitted by entente-calibrate.");
  std::puts("feature\tweight");
  for (const auto& [feature, weight] : fit(examples, article))
    std::printf("%s\t%.3f\n", feature.c_str(), weight);
  const auto shares = shares_of(std::move(unseen));
  for (int hundredth = 0; hundredth <= 100; ++hundredth)
    std::printf("at %.2f\t%.2f\n", hundredth / 100.0, shares[std::size_t(hundredth)]);
  return 0;
}
}  // namespace
}  // namespace entente

int main(int count, char** words) { return entente::run(count, words); }
