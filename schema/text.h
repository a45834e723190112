// Text as characters: UTF-8 checked, and offsets in code points told from offsets in bytes.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

// The byte offset of the first fault, or nothing if all is well-formed UTF-8 (RFC 3629: no
// surrogates, no overlong forms). O(n).
std::optional<std::size_t> find_utf8_fault(std::string_view text);

std::uint64_t count_characters(std::string_view utf8);

// Where each character of a text starts. Needs well-formed UTF-8. The text need not outlive it.
class CharacterMap {
 public:
  explicit CharacterMap(std::string_view utf8);  // O(n); 4 bytes a character unless all is ASCII
  std::uint64_t size() const { return size_; }   // characters
  // Both give one past the last for the end of the text; an offset beyond it is a bug.
  std::uint64_t byte_of(std::uint64_t character) const;
  std::uint64_t character_of(std::uint64_t byte) const;  // of the character that holds it; O(log n)

 private:
  std::uint64_t size_;
  std::uint64_t bytes_;
  std::vector<std::uint32_t> starts_;  // empty when every character is one byte
};

// The characters [start, end) of a text; nothing if it has no such place. O(n), no copy.
std::optional<std::string_view> cut(std::string_view utf8, std::uint64_t start, std::uint64_t end);

}  // namespace entente
