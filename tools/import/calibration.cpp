#include "tools/import/calibration.h"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "tools/import/table.h"

namespace entente {

Result<Calibration> Calibration::load(const std::filesystem::path& folder) {
  const auto table = Table::read(folder / "calibration.tsv", {"feature", "weight"});
  if (!table) return table.error();
  Calibration calibration;
  for (const auto& row : table->rows()) {
    double weight = 0;
    const auto read = std::from_chars(row[1].data(), row[1].data() + row[1].size(), weight);
    if (read.ec != std::errc{}) return table->fault(row, "the weight is no number");
    calibration.weights_[std::string(row[0])] = weight;
  }
  return calibration;
}

double Calibration::estimate(const Features& features) const {
  double sum = 0;
  const auto add = [&](const std::string& feature) {
    if (const auto found = weights_.find(feature); found != weights_.end()) sum += found->second;
  };
  add("always");
  for (const auto& feature : features) add(feature);
  const double share = std::round(100 / (1 + std::exp(-sum))) / 100;
  // What share of the claims with such a sum was right, where that is known.
  char row[16];
  std::snprintf(row, sizeof row, "at %.2f", share);
  const auto known = weights_.find(row);
  return known == weights_.end() ? share : known->second;
}

}  // namespace entente
