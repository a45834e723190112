#include "schema/interval.h"

#include <algorithm>
#include <array>

namespace entente {
namespace {
using std::chrono::days;
constexpr days kOneDay{1};

// The range of one bound taken alone, as (first, last) day on which a reading may start, or on
// which it may still hold (inclusive). Open lies beyond every day on its side.
struct Reach {
  Day first, last;
};

Reach start_reach(const Bound& from) {
  if (from.kind() == Bound::Kind::Open) return {kFirstDay, kFirstDay};
  if (from.kind() == Bound::Kind::Unknown) return {kFirstDay, kLastDay - kOneDay};
  return {from.period().from, from.period().to - kOneDay};
}

Reach end_reach(const Bound& to) {  // exclusive ends
  if (to.kind() == Bound::Kind::Open) return {kLastDay, kLastDay};
  if (to.kind() == Bound::Kind::Unknown) return {kFirstDay + kOneDay, kLastDay};
  return {to.period().from + kOneDay, to.period().to};
}
}  // namespace

std::string_view name_of(Truth truth) {
  static constexpr std::array<std::string_view, 3> kNames = {"no", "maybe", "yes"};
  return kNames[static_cast<std::size_t>(truth)];
}

Result<Interval> Interval::make(Bound from, Bound to) {
  if (start_reach(from).first >= end_reach(to).last)
    return Error{Code::InvalidArgument,
                 "a valid time cannot end (" + to.edtf() + ") before it starts (" + from.edtf() + ")"};
  return Interval(from, to);
}

Result<Interval> Interval::parse(std::string_view edtf) {
  const std::size_t slash = edtf.find('/');
  const auto from = Bound::parse(edtf.substr(0, slash));
  if (!from) return from.error();
  if (slash == std::string_view::npos) {
    if (from->kind() == Bound::Kind::Open) return make(Bound::open(), Bound::open());
    return happening(*from);
  }
  const auto to = Bound::parse(edtf.substr(slash + 1));
  if (!to) return to.error();
  return make(*from, *to);
}

std::string Interval::edtf() const {
  if (from_ == to_ && from_.kind() != Bound::Kind::Open) return from_.edtf();
  return from_.edtf() + "/" + to_.edtf();
}

bool Interval::is_unknown() const {
  return from_.kind() == Bound::Kind::Unknown && to_.kind() == Bound::Kind::Unknown;
}

Day Interval::earliest_start() const { return start_reach(from_).first; }
Day Interval::latest_end() const { return end_reach(to_).last; }

Day Interval::latest_start() const {
  const Day latest = start_reach(from_).last;
  const Day end = latest_end();
  return end == kLastDay ? latest : std::min(latest, end - kOneDay);
}

Day Interval::earliest_end() const {
  const Day earliest = end_reach(to_).first;
  const Day start = earliest_start();
  return start == kFirstDay ? earliest : std::max(earliest, start + kOneDay);
}

Truth Interval::meets(const DayRange& window) const {
  if (earliest_start() >= window.to || latest_end() <= window.from) return Truth::No;
  if (latest_start() < window.to && earliest_end() > window.from) return Truth::Yes;
  return Truth::Maybe;
}

bool Interval::allows(const Interval& finer) const {
  const Reach start = start_reach(from_), finer_start = start_reach(finer.from_);
  const Reach end = end_reach(to_), finer_end = end_reach(finer.to_);
  return start.first <= finer_start.first && finer_start.last <= start.last &&
         end.first <= finer_end.first && finer_end.last <= end.last;
}

Result<DayRange> parse_window(std::string_view text) {
  if (text.empty())
    return Error{Code::InvalidArgument, "a date is missing; write 2024-09-01, 2024-09 or 2023..2024"};
  // Both `2023..2024` and EDTF's `2023/2024`; an open side is empty or `..`.
  std::string_view first = text, last = text;
  const std::size_t slash = text.find('/');
  const std::size_t dots = text.find("..");
  if (slash != std::string_view::npos) {
    first = text.substr(0, slash), last = text.substr(slash + 1);
  } else if (dots != std::string_view::npos) {
    first = text.substr(0, dots), last = text.substr(dots + 2);
  }
  const auto from = Bound::parse(first), to = Bound::parse(last);
  if (!from) return from.error();
  if (!to) return to.error();
  const DayRange window{from->is_known() ? from->period().from : kFirstDay,
                        to->is_known() ? to->period().to : kLastDay};
  if (window.from >= window.to)
    return Error{Code::InvalidArgument,
                 "'" + std::string(text) + "' ends before it starts; write FROM..TO"};
  return window;
}

}  // namespace entente
