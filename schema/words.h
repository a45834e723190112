// The words of a text as a search compares them, each with its place.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

struct TextWord {
  std::string folded;                // as fold_name() folds: "Açaí" is "acai", "U.S." is "us"
  std::uint64_t start = 0, end = 0;  // characters of the text, half-open
  friend bool operator==(const TextWord&, const TextWord&) = default;
};

// In order. A run of a script that fold_name() spells with spaces gives several words of one place
// ("习近平": xi, jin, ping). A word of more than kLongestWord bytes is cut there. Needs UTF-8. O(n);
// ASCII takes a fast path. Thread-safe.
inline constexpr std::size_t kLongestWord = 64;
std::vector<TextWord> words_of(std::string_view utf8);

}  // namespace entente
