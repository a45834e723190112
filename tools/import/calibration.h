// How far a claim can be trusted: the share of claims like it that were right in annotated text.
//
// Logistic regression over a few features of how the claim was found, fitted by entente-calibrate
// on articles with gold; its weights are the rows of data/lexicon/calibration.tsv.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/result.h"

namespace entente {

// Names of features that a claim has; each counts once.
using Features = std::vector<std::string>;

// Immutable once loaded, safe for many readers. Without a row a feature says nothing.
class Calibration {
 public:
  static Result<Calibration> load(const std::filesystem::path& folder);

  // In (0, 1), cut to two digits so that it is the same on every machine.
  double estimate(const Features& features) const;

 private:
  std::unordered_map<std::string, double> weights_;
};

}  // namespace entente
