// Deterministic mutations: the same seed gives the same inputs on every machine.
#pragma once
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace entente::fuzz {

// One to four changes: bits flipped, bytes replaced, pieces cut out, doubled, moved in from another
// seed, numbers at their limits.
std::string mutated(const std::vector<std::string>& seeds, std::mt19937& random);

}  // namespace entente::fuzz
