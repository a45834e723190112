// Bound: one end of a valid time, as precisely as the source knew it. EDTF in and out.
//
// Valid time has a resolution of one day. A bound is either
//   known    some day of a period: the day itself, an ISO week, a month or a year
//   open     known to have no end on that side ("since always", "still so")
//   unknown  there is an end, nobody said where
// "Unknown" is not "open": an unknown start is not minus infinity.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace entente {

using Day = std::chrono::sys_days;  // a day in UTC; the type has the unit
inline constexpr Day kFirstDay{std::chrono::days{INT32_MIN}};  // before every day: minus infinity
inline constexpr Day kLastDay{std::chrono::days{INT32_MAX}};   // after every day: plus infinity

// [from, to): half-open, never written with equal ends for something that exists.
struct DayRange {
  Day from = kFirstDay;
  Day to = kLastDay;
  bool contains(Day day) const { return from <= day && day < to; }
  bool contains(const DayRange& other) const { return from <= other.from && other.to <= to; }
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

enum class Precision : std::uint8_t { Day, Week, Month, Year };
std::string_view name_of(Precision precision);  // "day", "week", "month", "year"

// A value: copy and compare freely.
class Bound {
 public:
  enum class Kind : std::uint8_t { Unknown, Open, Known };

  Bound() = default;  // unknown
  static Bound unknown() { return {}; }
  static Bound open() { return Bound(Kind::Open, Precision::Day, {}); }
  // The period of that precision in which `day` lies: known(2024-09-17, Month) is 2024-09.
  static Bound known(Day day, Precision precision = Precision::Day) {
    return precision == Precision::Day ? Bound(Kind::Known, precision, day) : known_coarsely(day, precision);
  }

  // Reads `2024-09-01`, `2024-09`, `2024`, `2024-W32` (ISO 8601 week, beyond EDTF), `..` and the
  // empty string. Refuses days that no calendar has, and years outside 0001 to 9999.
  static Result<Bound> parse(std::string_view edtf);
  std::string edtf() const;  // parse(b.edtf()) == b

  Kind kind() const { return kind_; }
  bool is_known() const { return kind_ == Kind::Known; }
  Precision precision() const { return precision_; }  // of a known bound

  // The days among which the bound lies: one day for a day, thirty for a month, all when unknown.
  // Of an open bound this is meaningless: see Interval, which knows which side it is on.
  DayRange period() const {
    if (kind_ == Kind::Known && precision_ == Precision::Day) return {first_, first_ + std::chrono::days(1)};
    return coarse_period();
  }

  friend auto operator<=>(const Bound&, const Bound&) = default;

 private:
  Bound(Kind kind, Precision precision, Day first) : kind_(kind), precision_(precision), first_(first) {}
  // Of what is not one day; days, which are nearly all there is, need no calendar.
  static Bound known_coarsely(Day day, Precision precision);
  DayRange coarse_period() const;

  Kind kind_ = Kind::Unknown;
  Precision precision_ = Precision::Day;
  Day first_{};  // first day of the period
};

// A day as EDTF writes it, `2024-09-01`.
std::string edtf_of(Day day);

}  // namespace entente
