#include "schema/bound.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <optional>

namespace entente {
namespace {
using std::chrono::days;
using std::chrono::months;
using std::chrono::weekday;
using std::chrono::year_month_day;

// Exactly `text.size()` decimal digits as a number.
std::optional<int> digits(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

Day monday_of(Day day) { return day - (weekday(day) - std::chrono::Monday); }

// ISO 8601: week 1 is the one with January 4th.
Day first_week_of(int year) {
  using namespace std::chrono;
  return monday_of(sys_days(std::chrono::year(year) / January / 4));
}

Day first_of(Day day, Precision precision) {
  const year_month_day date(day);
  switch (precision) {
    case Precision::Day:
      return day;
    case Precision::Week:
      return monday_of(day);
    case Precision::Month:
      return Day(date.year() / date.month() / 1);
    case Precision::Year:
      return Day(date.year() / 1 / 1);
  }
  return day;
}

Day end_of(Day first, Precision precision) {
  const year_month_day date(first);
  switch (precision) {
    case Precision::Day:
      return first + days(1);
    case Precision::Week:
      return first + days(7);
    case Precision::Month:
      return Day((date.year() / date.month() + months(1)) / 1);
    case Precision::Year:
      return Day((date.year() + std::chrono::years(1)) / 1 / 1);
  }
  return first;
}

Error unreadable(std::string_view text) {
  const std::string shown(text.substr(0, 60));
  return {Code::InvalidArgument,
          "cannot read '" + shown +
              "' as a date; write 2024-09-01, 2024-09, 2024, 2024-W36, '..' for open or nothing "
              "for unknown"};
}

// `YYYY-Www`
Result<Bound> parse_week(std::string_view text) {
  const auto year = digits(text.substr(0, 4));
  const auto week = digits(text.substr(6, 2));
  if (!year || !week || *year < 1 || *week < 1) return unreadable(text);
  const Day first = first_week_of(*year) + days(7 * (*week - 1));
  if (first >= first_week_of(*year + 1))
    return Error{Code::InvalidArgument, std::string(text) + " does not exist: that year has fewer weeks"};
  return Bound::known(first, Precision::Week);
}
}  // namespace

std::string_view name_of(Precision precision) {
  static constexpr std::array<std::string_view, 4> kNames = {"day", "week", "month", "year"};
  return kNames[static_cast<std::size_t>(precision)];
}

Bound Bound::known_coarsely(Day day, Precision precision) {
  return Bound(Kind::Known, precision, first_of(day, precision));
}

Result<Bound> Bound::parse(std::string_view text) {
  if (text.empty()) return unknown();
  if (text == "..") return open();
  if (text.size() == 8 && text[4] == '-' && text[5] == 'W') return parse_week(text);
  const bool shaped = text.size() == 4 || (text.size() == 7 && text[4] == '-') ||
                      (text.size() == 10 && text[4] == '-' && text[7] == '-');
  if (!shaped) return unreadable(text);

  const auto year = digits(text.substr(0, 4));
  const auto month = text.size() >= 7 ? digits(text.substr(5, 2)) : 1;
  const auto day = text.size() == 10 ? digits(text.substr(8, 2)) : 1;
  if (!year || !month || !day || *year < 1) return unreadable(text);
  const year_month_day date{std::chrono::year(*year), std::chrono::month(unsigned(*month)),
                            std::chrono::day(unsigned(*day))};
  if (!date.ok())
    return Error{Code::InvalidArgument, std::string(text) + " is not a day of the calendar"};
  const Precision precision = text.size() == 10  ? Precision::Day
                              : text.size() == 7 ? Precision::Month
                                                 : Precision::Year;
  return known(Day(date), precision);
}

std::string edtf_of(Day day) {
  const year_month_day date(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()),
                unsigned(date.day()));
  return text;
}

std::string Bound::edtf() const {
  if (kind_ == Kind::Unknown) return "";
  if (kind_ == Kind::Open) return "..";
  const std::string date = edtf_of(first_);
  switch (precision_) {
    case Precision::Day:
      return date;
    case Precision::Month:
      return date.substr(0, 7);
    case Precision::Year:
      return date.substr(0, 4);
    case Precision::Week:
      break;
  }
  // The Thursday of an ISO week lies in the week's year.
  const int year = int(year_month_day(first_ + days(3)).year());
  char text[32];
  std::snprintf(text, sizeof text, "%04d-W%02d", year,
                int((first_ - first_week_of(year)).count() / 7 + 1));
  return text;
}

DayRange Bound::coarse_period() const {
  if (kind_ != Kind::Known) return {};
  return {first_, end_of(first_, precision_)};
}

}  // namespace entente
