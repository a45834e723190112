// The sentence of a text around a place in it, to be shown.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace entente {

struct Passage {
  std::uint64_t start = 0, end = 0;  // characters of the text
  std::string text;                  // those, with line breaks as spaces
};

// The sentence that holds the characters [start, end), or the sentences from the first to the last;
// at most kMostPassage characters around the place. Sentences are those of ICU for English; a blank
// line ends one. Needs well-formed UTF-8 and a place in it. Thread-safe.
inline constexpr std::uint64_t kMostPassage = 600;
Passage passage_around(std::string_view utf8, std::uint64_t start, std::uint64_t end);

}  // namespace entente
