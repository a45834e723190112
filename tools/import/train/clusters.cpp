#include "tools/import/train/clusters.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

namespace entente::train {
namespace {

void normalise(float* vector, std::size_t n) {
  double square = 0;
  for (std::size_t i = 0; i < n; ++i) square += static_cast<double>(vector[i]) * vector[i];
  const float scale = square > 0 ? static_cast<float>(1 / std::sqrt(square)) : 0;
  for (std::size_t i = 0; i < n; ++i) vector[i] *= scale;
}

// In eight lanes, so that the order of the additions is fixed and the compiler can use vectors.
float dot(const float* a, const float* b, std::size_t n) {
  float lanes[8] = {};
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (std::size_t lane = 0; lane < 8; ++lane) lanes[lane] += a[i + lane] * b[i + lane];
  for (; i < n; ++i) lanes[0] += a[i] * b[i];
  float sum = 0;
  for (const float lane : lanes) sum += lane;
  return sum;
}

}  // namespace

Result<WordVectors> read_vectors(const std::filesystem::path& path, std::size_t limit) {
  std::ifstream in(path);
  if (!in) return Error{Code::NotFound, "cannot read the vectors " + path.string()};
  WordVectors vectors;
  for (std::string line; vectors.words.size() < limit && std::getline(in, line);) {
    std::istringstream fields(line);
    std::string word;
    fields >> word;
    const std::size_t before = vectors.values.size();
    for (float value; fields >> value;) vectors.values.push_back(value);
    const std::size_t n = vectors.values.size() - before;
    if (vectors.dimensions == 0) vectors.dimensions = n;
    if (n == 0 || n != vectors.dimensions)
      return Error{Code::InvalidArgument, path.string() + ": the vector of \"" + word +
                                              "\" has another length than the first"};
    normalise(&vectors.values[before], n);
    vectors.words.push_back(word);
  }
  if (vectors.words.empty()) return Error{Code::InvalidArgument, path.string() + " is empty"};
  return vectors;
}

std::vector<int> cluster(const WordVectors& vectors, int classes, int rounds) {
  const std::size_t n = vectors.dimensions, words = vectors.words.size();
  const auto k = static_cast<std::size_t>(classes);
  std::vector<float> centres(k * n);
  // The commonest words lie close together, so the first centres are taken ever further apart.
  for (std::size_t c = 0; c < k; ++c) {
    const double place = static_cast<double>(c) / static_cast<double>(k);
    const auto word = static_cast<std::size_t>(place * place * static_cast<double>(words));
    std::copy_n(&vectors.values[std::min(word + c, words - 1) * n], n, &centres[c * n]);
  }

  std::vector<int> classes_of(words, 0);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t w = 0; w < words; ++w) {
      float best = -2;
      for (std::size_t c = 0; c < k; ++c) {
        const float closeness = dot(&vectors.values[w * n], &centres[c * n], n);
        if (closeness <= best) continue;
        best = closeness;
        classes_of[w] = static_cast<int>(c);
      }
    }
    std::fill(centres.begin(), centres.end(), 0.0f);
    for (std::size_t w = 0; w < words; ++w)
      for (std::size_t i = 0; i < n; ++i)
        centres[static_cast<std::size_t>(classes_of[w]) * n + i] += vectors.values[w * n + i];
    for (std::size_t c = 0; c < k; ++c) normalise(&centres[c * n], n);
  }
  return classes_of;
}

}  // namespace entente::train
