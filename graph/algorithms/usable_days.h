// Usable days: on which days an edge is a way, for searches in time.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "graph/snapshot.h"
#include "graph/view.h"

namespace entente {

// Certain: the days that every reading of the edge's bounds contains, from its latest start to its
// earliest end. Of "in September 2024" there are none: it happened, but on no day for certain. Of
// "since 2024-09-01", with no word of an end, there is the one day; of "2024-09-01/..", all since.
// Possible: the days that some reading contains, from its earliest start to its latest end.
// Told: those, of edges of which at least one bound is known or open; one without any date says
// nothing of an order.
enum class UsableDays : std::uint8_t { Certain, Possible, Told };

// The years 0001 to 9999, in which dates can be written. Days beyond stand for "so early" and "so
// late" alone: that an edge of unknown start goes on for ever makes no day there certain.
inline constexpr DayRange kCalendar{std::chrono::year{1} / 1 / 1, std::chrono::year{10'000} / 1 / 1};

inline std::optional<DayRange> common(const DayRange& a, const DayRange& b) {
  const DayRange both{std::max(a.from, b.from), std::min(a.to, b.to)};
  return both.from < both.to ? std::optional(both) : std::nullopt;
}

// Those of them in `within`.
inline std::optional<DayRange> usable_days(const Snapshot& columns, EdgeIndex edge,
                                           UsableDays days, const DayRange& within) {
  const EdgeKind kind = columns.kind(edge);
  if (days == UsableDays::Told && kind.from_kind() == Bound::Kind::Unknown &&
      kind.to_kind() == Bound::Kind::Unknown)
    return std::nullopt;
  const DayRange held = days == UsableDays::Certain
                            ? DayRange{columns.latest_start(edge), columns.earliest_end(edge)}
                            : DayRange{columns.earliest_start(edge), columns.latest_end(edge)};
  return common(held, kCalendar) ? common(held, within) : std::nullopt;
}

// `within`, as far as the windows of the view reach.
template <GraphView G>
std::optional<DayRange> days_asked(const G& view, const DayRange& within) {
  const auto window = view.window();
  return window ? common(within, *window) : std::nullopt;
}

}  // namespace entente
