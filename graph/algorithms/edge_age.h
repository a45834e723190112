// The age of an edge: how long ago it is known to have held.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>

#include "graph/snapshot.h"

namespace entente {

// The last day on which the edge is known to have held: `today` if it is known to go on; the last
// of the days among which a known end lies; else the last among which its start does. Nothing if
// neither is known.
inline std::optional<Day> last_known_day(const Snapshot& columns, EdgeIndex edge, Day today) {
  const Interval valid = columns.valid(edge);
  if (valid.to().kind() == Bound::Kind::Open) return today;
  if (valid.to().is_known()) return columns.latest_end(edge) - std::chrono::days{1};
  if (valid.from().is_known()) return columns.latest_start(edge);
  return {};
}

// Days from that day to today, not less than 0.
inline std::optional<std::uint64_t> age_in_days(const Snapshot& columns, EdgeIndex edge, Day today) {
  const auto last = last_known_day(columns, edge, today);
  if (!last) return {};
  const std::int64_t days = std::int64_t{today.time_since_epoch().count()} -
                            last->time_since_epoch().count();
  return static_cast<std::uint64_t>(std::max<std::int64_t>(days, 0));
}

// The last day that any admitted edge has a known bound on; nothing if all are undated. O(m).
template <GraphView G>
std::optional<Day> latest_known_day(const G& view) {
  std::optional<Day> latest;
  each_edge(view, [&](EdgeIndex edge) {
    const Interval valid = view.snapshot().valid(edge);
    for (const Bound bound : {valid.from(), valid.to()})
      if (bound.is_known())
        latest = std::max(latest.value_or(kFirstDay), bound.period().to - std::chrono::days{1});
  });
  return latest;
}

}  // namespace entente
