// DayCounts: an image's counts of edges by kind and day (Columns::count_...), as they change. Of graph/ alone.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "graph/columns.h"

namespace entente {

class DayCounts {
 public:
  std::vector<std::uint32_t> kinds, first, instants, sums;  // as in Columns

  DayCounts() = default;
  explicit DayCounts(const Columns& from);
  void move_instants(std::span<const std::uint32_t> becomes);  // ascending; before anything is added
  // One edge more, or less.
  void add(std::uint32_t kind, std::uint32_t start, std::uint32_t end, std::int64_t by);
  void finish();  // after the last: the lists are as those of a new image. O(their length)

 private:
  using Steps = std::map<std::uint32_t, std::int64_t>;  // instant -> edges that begin, or end, there
  void put(std::span<const std::uint32_t> instants, std::span<const std::uint32_t> sums, const Steps& steps, DayCounts& to) const;
  std::map<std::uint32_t, std::pair<Steps, Steps>> changes_;  // by kind
};

}  // namespace entente
