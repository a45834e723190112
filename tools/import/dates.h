// Expressions of time in a sentence, read against the day the article was published.
//
// "last November" in August 2024 is 2023-11, "Sept. 1" with a verb of the future is the next one,
// "since 2019" is a start and "until 2019" an end. What cannot be told stays out; the publication
// date is never a date by itself. Weeks run Monday to Sunday.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/interval.h"
#include "tools/import/text.h"

namespace entente {

enum class TimeKind : std::uint8_t {
  At,     // on, in, during
  Since,  // since, from, beginning, effective
  Until,  // until, through
  By,     // no later than
  Range   // from ... to, between ... and
};

struct TimeMention {
  std::int32_t first = 0, last = 0;  // words, with the preposition
  TimeKind kind = TimeKind::At;
  Bound from, to;  // equal unless a range
  bool future = false;
};

// In order; they do not overlap. Without a publication date only full dates are read.
// `before` is the date told last, for "that same year".
std::vector<TimeMention> find_dates(const Sentence& sentence, Bound published, Bound before = {});

// By their full names, in lower case.
bool names_month(std::string_view word);
bool names_weekday(std::string_view word);

// When an edge holds that such a time is said of. `lasting` is of the edge's type.
Interval interval_of(const TimeMention& time, bool lasting);
// When one holds of which no time is said: a state goes on, a happening is any day.
Interval undated(bool lasting);

}  // namespace entente
