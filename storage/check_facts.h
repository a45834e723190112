// Inside storage: what `check` remembers of every fact: a few bits each, and sums that do not grow.
#pragma once
#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/ids.h"

namespace entente {

// A multiset of versions as sums of their digests, whatever the order: two are equal if their sums
// are. In buckets by id, so that where they differ only a few facts need be compared one by one.
class FactSums {
 public:
  FactSums() : buckets_(kBuckets) {}
  // `digest` is a SHA-256 of the record, which has the id in it.
  void add(std::uint64_t id, std::string_view digest) {
    Sum& sum = buckets_[bucket_of(id)];
    sum.first += part(digest.substr(0, 8));
    sum.second += part(digest.substr(8, 8));
    ++sum.count;
  }
  friend bool operator==(const FactSums&, const FactSums&) = default;

  static std::size_t bucket_of(std::uint64_t id) { return id % kBuckets; }
  // At most `most` of the buckets in which they differ.
  std::set<std::size_t> differing(const FactSums& other, std::size_t most) const {
    std::set<std::size_t> found;
    for (std::size_t bucket = 0; bucket < kBuckets && found.size() < most; ++bucket)
      if (buckets_[bucket] != other.buckets_[bucket]) found.insert(bucket);
    return found;
  }

 private:
  static constexpr std::size_t kBuckets = 4096;
  struct Sum {
    std::uint64_t first = 0, second = 0, count = 0;
    friend bool operator==(const Sum&, const Sum&) = default;
  };
  static std::uint64_t part(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
    return number;
  }
  std::vector<Sum> buckets_;
};

// A set of ids, a bit each. Ids may be any numbers; those near each other cost least.
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

// The label of every node, two bytes each.
class Labels {
 public:
  void set(NodeId node, LabelId label) {
    auto& page = pages_[node.value / kPage];
    if (!page) page = std::make_unique<Page>();
    (*page)[node.value % kPage] = {label, true};
  }
  std::optional<LabelId> of(NodeId node) const {
    const auto page = pages_.find(node.value / kPage);
    if (page == pages_.end()) return std::nullopt;
    const auto& [label, known] = (*page->second)[node.value % kPage];
    return known ? std::optional(label) : std::nullopt;
  }

 private:
  static constexpr std::size_t kPage = 256;
  using Page = std::array<std::pair<LabelId, bool>, kPage>;
  std::unordered_map<std::uint64_t, std::unique_ptr<Page>> pages_;
};

}  // namespace entente
