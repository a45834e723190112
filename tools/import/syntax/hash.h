// The one hash of the syntax models: stable for ever, because its values stand in model files.
#pragma once
#include <cstdint>
#include <string_view>

namespace entente::syntax {

// Folds `value` into `seed`; good bits at both ends after `finish`.
constexpr std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
  seed = (seed ^ value) * 0x9E3779B97F4A7C15u;
  return seed ^ (seed >> 29);
}

constexpr std::uint64_t finish(std::uint64_t hash) {
  hash *= 0xBF58476D1CE4E5B9u;
  return hash ^ (hash >> 32);
}

constexpr std::uint64_t hash_text(std::string_view text, std::uint64_t seed = 0x243F6A8885A308D3u) {
  for (const char c : text) seed = mix(seed, static_cast<unsigned char>(c));
  return mix(seed, text.size());
}

}  // namespace entente::syntax
