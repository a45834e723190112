// Whether two texts are copies of one: what they share of their runs of words.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/words.h"

namespace entente {

// Hashes of every five words that follow one another, folded; distinct, ascending. The same on every
// machine. A. Broder, "On the resemblance and containment of documents", SEQUENCES 1997. O(n).
std::vector<std::uint64_t> shingles_of(const std::vector<TextWord>& words);
std::vector<std::uint64_t> shingles_of(std::string_view utf8);

// The share of the smaller text's shingles that the other has too, in [0, 1]: a copy that was cut
// short, or that has a paragraph more, is still a copy. 0 if the smaller has fewer than kLeastShingles:
// two short notices may well use the same words.
double shared_part(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);
inline constexpr std::size_t kLeastShingles = 40;

// From here on one is called a copy of the other.
inline constexpr double kCopy = 0.8;

// A sketch by which copies meet: 64 minima of independent hashes, two a band. Of texts with a share J
// of all their shingles in common, some band is the same with probability 1 - (1 - J^2)^32: 0.87 for J
// of a quarter (a copy a third as long), 0.9999 for a half. All zero for fewer than kLeastShingles.
inline constexpr std::size_t kBands = 32;
std::array<std::uint32_t, kBands> bands_of(const std::vector<std::uint64_t>& shingles);

}  // namespace entente
