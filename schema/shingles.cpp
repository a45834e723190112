#include "schema/shingles.h"

#include <algorithm>

namespace entente {
namespace {
constexpr std::size_t kWords = 5;

// FNV-1a, and Sebastiano Vigna's splitmix64 as a mixer.
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : word) hash = (hash ^ std::uint8_t(c)) * 0x100000001B3u;
  return hash;
}
std::uint64_t mixed(std::uint64_t bits) {
  bits += 0x9E3779B97F4A7C15u;
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
  return bits ^ bits >> 31;
}
}  // namespace

std::vector<std::uint64_t> shingles_of(const std::vector<TextWord>& words) {
  std::vector<std::uint64_t> hashes;
  for (const TextWord& word : words) hashes.push_back(hash_of(word.folded));
  std::vector<std::uint64_t> shingles;
  for (std::size_t i = 0; i + kWords <= hashes.size(); ++i) {
    std::uint64_t hash = 0;
    for (std::size_t j = 0; j < kWords; ++j) hash = mixed(hash ^ hashes[i + j]);
    shingles.push_back(hash);
  }
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

std::vector<std::uint64_t> shingles_of(std::string_view utf8) { return shingles_of(words_of(utf8)); }

double shared_part(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const std::size_t smaller = std::min(a.size(), b.size());
  if (smaller < kLeastShingles) return 0;
  std::size_t both = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y) {
      ++both, ++x, ++y;
    } else {
      ++(*x < *y ? x : y);
    }
  }
  return double(both) / double(smaller);
}

std::array<std::uint32_t, kBands> bands_of(const std::vector<std::uint64_t>& shingles) {
  std::array<std::uint32_t, kBands> bands{};
  if (shingles.size() < kLeastShingles) return bands;
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t least[2] = {~std::uint64_t{0}, ~std::uint64_t{0}};
    const std::uint64_t seeds[2] = {mixed(2 * band + 1), mixed(2 * band + 2)};
    for (const std::uint64_t shingle : shingles)
      for (int i = 0; i < 2; ++i) least[i] = std::min(least[i], mixed(shingle ^ seeds[i]));
    bands[band] = std::uint32_t(mixed(least[0] ^ mixed(least[1])) >> 32);
  }
  return bands;
}

}  // namespace entente
