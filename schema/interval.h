// Interval: a valid time between two bounds, and what can be said of it for certain.
#pragma once
#include <string>
#include <string_view>

#include "schema/bound.h"
#include "schema/result.h"

namespace entente {

// The three answers to a question about time. Ordered: No < Maybe < Yes.
enum class Truth : std::uint8_t { No, Maybe, Yes };
std::string_view name_of(Truth truth);  // "no", "maybe", "yes"

// When a fact held, from the first to the last day, both closed as people write them:
// 2023-11 to 2023-11 is something that happened in November, on days that nobody told.
// A reading is one way to fill in the bounds: days s < e with [s, e) inside what the bounds allow.
// An interval has at least one reading. A value: copy and compare freely.
//
// All four limits below account for each other (a start is before its end), so that two
// comparisons decide every question exactly; the witness in the test tries every reading.
class Interval {
 public:
  Interval() = default;  // both ends unknown
  // Refuses bounds that leave no reading: 2024 to 2019.
  static Result<Interval> make(Bound from, Bound to);
  static Interval happening(Bound when) { return Interval(when, when); }

  // Reads `FROM/TO` with two bounds as Bound::parse reads them; a single bound is both ends
  // (`2024-09` happened in that month); the empty string is unknown.
  static Result<Interval> parse(std::string_view edtf);
  std::string edtf() const;  // parse(i.edtf()) == i; one date when both ends are the same

  Bound from() const { return from_; }
  Bound to() const { return to_; }
  bool is_unknown() const;  // nothing is known of either end

  Day earliest_start() const;  // no reading starts before
  Day latest_start() const;    // no reading starts after
  Day earliest_end() const;    // no reading ends before; exclusive, as `to` of DayRange
  Day latest_end() const;      // no reading ends after; exclusive

  // Did it hold at some time of the window? Yes if every reading meets the window, No if none
  // does. The window of a question "as of 2024-09-02" is that one day. O(1).
  Truth meets(const DayRange& window) const;

  // Is every reading of `finer` a reading of this? Known bounds only: see compatible() of storage.
  bool allows(const Interval& finer) const;

  friend auto operator<=>(const Interval&, const Interval&) = default;

 private:
  Interval(Bound from, Bound to) : from_(from), to_(to) {}
  Bound from_, to_;
};

// The days that a date stands for in a question: `2024-09` is the whole month; `2023..2024` and
// `2023/2024` are the years from the first day of one to the last of the other; `..2019` is
// everything up to the end of 2019. Refuses the empty string.
Result<DayRange> parse_window(std::string_view text);

}  // namespace entente
