// Inside storage: what `check` remembers of every fact: 16 bytes and a bit.
#pragma once
#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace entente {

// The first half of a SHA-256 for each id. Ids may be any numbers; those near each other cost least.
class FactDigests {
 public:
  void set(std::uint64_t id, std::string_view digest) {
    std::copy_n(digest.begin(), kSize, at(id).begin());
  }
  void erase(std::uint64_t id) { at(id) = {}; }

  bool operator==(const FactDigests& other) const { return holds(other) && other.holds(*this); }

 private:
  static constexpr std::size_t kSize = 16, kPage = 256;
  using Digest = std::array<char, kSize>;  // all zeros: no such fact
  using Page = std::array<Digest, kPage>;

  Digest& at(std::uint64_t id) {
    auto& page = pages_[id / kPage];
    if (!page) page = std::make_unique<Page>();
    return (*page)[id % kPage];
  }
  bool holds(const FactDigests& other) const {
    return std::all_of(other.pages_.begin(), other.pages_.end(), [&](const auto& theirs) {
      const auto ours = pages_.find(theirs.first);
      return ours != pages_.end() ? *ours->second == *theirs.second : *theirs.second == Page{};
    });
  }
  std::unordered_map<std::uint64_t, std::unique_ptr<Page>> pages_;
};

// A set of ids, a bit each.
class IdSet {
 public:
  bool insert(std::uint64_t id) {  // false if it was there
    auto& page = pages_[id / kPage];
    if (page[id % kPage]) return false;
    return page[id % kPage] = true;
  }

 private:
  static constexpr std::size_t kPage = 1024;
  std::unordered_map<std::uint64_t, std::bitset<kPage>> pages_;
};

}  // namespace entente
