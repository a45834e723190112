// A set of ids as ranges: small where ids that follow one another are in it together.
#pragma once
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

namespace entente {

class IdRanges {
 public:
  struct Range {
    std::uint64_t first = 0, count = 0;
    friend bool operator==(const Range&, const Range&) = default;
  };

  // Ascending: each id is greater than all before it.
  void add(std::uint64_t id) { add(Range{id, 1}); }
  // O(log ranges).
  bool contains(std::uint64_t id) const {
    const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), id,
                                        [](std::uint64_t wanted, const Range& range) { return wanted < range.first; });
    return after != ranges_.begin() && id - std::prev(after)->first < std::prev(after)->count;
  }
  std::uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const std::vector<Range>& ranges() const { return ranges_; }

  // False, and nothing is added, unless the range is not empty and lies after all before it.
  bool add(const Range& range) {
    const bool after = ranges_.empty() || range.first >= ranges_.back().first + ranges_.back().count;
    if (range.count == 0 || !after || range.first + range.count < range.first) return false;
    if (!ranges_.empty() && range.first == ranges_.back().first + ranges_.back().count) ranges_.back().count += range.count;
    else ranges_.push_back(range);
    size_ += range.count;
    return true;
  }
  friend bool operator==(const IdRanges&, const IdRanges&) = default;

 private:
  std::vector<Range> ranges_;
  std::uint64_t size_ = 0;
};

// What is in one or the other; they have no id in common.
inline IdRanges united(const IdRanges& a, const IdRanges& b) {
  std::vector<IdRanges::Range> all;
  std::merge(a.ranges().begin(), a.ranges().end(), b.ranges().begin(), b.ranges().end(), std::back_inserter(all),
             [](const auto& x, const auto& y) { return x.first < y.first; });
  IdRanges both;
  for (const auto& range : all) both.add(range);
  return both;
}

}  // namespace entente
