// Inside storage: the recount of indexes that `check` makes, in memory that does not grow with them.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/index.h"
#include "storage/rows.h"

namespace entente {

// Each entry that a fact wants and each that is there adds a hash of itself to one of many sums, which
// do not depend on the order. Where sums differ, and only there, entries are compared one by one.
class IndexRecount {
 public:
  IndexRecount();

  // Facts to index: must be there.
  void expect(const IndexEntry& entry) { add(wanted_, entry.family, entry.key, entry.value); }

  // What is wanted of this one is not known in full: it is not compared.
  void leave_out(ColumnFamily family) { left_out_ = family; }

  // Index to facts. `wanted_again` gives every entry that expect() was given, with words for its
  // fact; it is asked only if something differs. Faults go to `fault`, a sentence each.
  using Visit = std::function<void(const IndexEntry& entry, const std::string& which)>;
  using Fault = std::function<void(std::string sentence)>;
  Status compare(const Rows& rows, const std::function<Status(const Visit&)>& wanted_again, const Fault& fault);

  std::uint64_t entries() const { return entries_; }  // that were there

 private:
  static constexpr std::size_t kBuckets = 4096;     // a family
  static constexpr std::size_t kMostCompared = 64;  // buckets, one by one: faults are listed up to a number
  struct Sum {
    std::uint64_t first = 0, second = 0, count = 0;
    friend bool operator==(const Sum&, const Sum&) = default;
  };
  using Sums = std::array<std::vector<Sum>, kColumnFamilies>;
  static std::size_t bucket_of(std::string_view key);
  static void add(Sums& sums, ColumnFamily family, std::string_view key, std::string_view value);
  Status explain(const Rows& rows, const std::function<Status(const Visit&)>& wanted_again, const Fault& fault);

  Sums wanted_, there_;
  std::optional<ColumnFamily> left_out_;
  std::uint64_t entries_ = 0;
};

}  // namespace entente
