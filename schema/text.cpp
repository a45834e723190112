#include "schema/text.h"

#include <algorithm>
#include <cassert>

namespace entente {
namespace {
bool continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Length of the well-formed character at `at`, or 0.
std::size_t length_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned char { return i < text.size() ? text[i] : 0; };
  const unsigned char lead = byte(at), second = byte(at + 1);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4 || !continues(second)) return 0;
  if (lead < 0xE0) return 2;
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
  if (!continues(byte(at + 2))) return 0;
  if (lead < 0xF0) return 3;
  if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
  return continues(byte(at + 3)) ? 4 : 0;
}
}  // namespace

std::optional<std::size_t> find_utf8_fault(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = length_at(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::uint64_t count_characters(std::string_view utf8) {
  return std::uint64_t(std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); }));
}

CharacterMap::CharacterMap(std::string_view utf8)
    : size_(count_characters(utf8)), bytes_(utf8.size()) {
  if (size_ == bytes_) return;
  starts_.reserve(size_);
  for (std::size_t i = 0; i < utf8.size(); ++i)
    if (!continues(utf8[i])) starts_.push_back(std::uint32_t(i));
}

std::uint64_t CharacterMap::byte_of(std::uint64_t character) const {
  assert(character <= size_);
  if (character == size_) return bytes_;
  return starts_.empty() ? character : starts_[character];
}

std::uint64_t CharacterMap::character_of(std::uint64_t byte) const {
  assert(byte <= bytes_);
  if (byte == bytes_) return size_;
  if (starts_.empty()) return byte;
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), std::uint32_t(byte));
  return std::uint64_t(after - starts_.begin()) - 1;
}

std::optional<std::string_view> cut(std::string_view utf8, std::uint64_t start, std::uint64_t end) {
  if (start > end) return std::nullopt;
  std::uint64_t character = 0;
  std::size_t first = utf8.size(), last = utf8.size();
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (continues(utf8[i])) continue;
    if (character == start) first = i;
    if (character == end) {
      last = i;
      return utf8.substr(first, last - first);
    }
    ++character;
  }
  if (end != character) return std::nullopt;
  return utf8.substr(first, last - first);
}

}  // namespace entente
