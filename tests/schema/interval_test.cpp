#include "schema/interval.h"

#include <gtest/gtest.h>

#include <vector>

namespace entente {
namespace {
Interval interval(std::string_view edtf) {
  const auto parsed = Interval::parse(edtf);
  EXPECT_TRUE(parsed) << edtf << ": " << parsed.error().message;
  return parsed ? *parsed : Interval();
}

Truth asked(std::string_view edtf, std::string_view when) {
  const auto window = parse_window(when);
  EXPECT_TRUE(window) << when;
  return interval(edtf).meets(*window);
}

TEST(Interval, IsWrittenAsItWasRead) {
  for (const char* edtf : {"2024-09-01", "2024-09", "2024-08-05/2024-09-01", "../2019", "2019/..",
                           "/2019", "2019/", "../", "/..", "../..", "", "2024-W32", "2022-03/.."})
    EXPECT_EQ(interval(edtf).edtf(), edtf);
}

TEST(Interval, RefusesToEndBeforeItStarts) {
  for (const char* wrong : {"2024/2019", "2024-09-02/2024-09-01", "2024-09/2024-08-31"})
    EXPECT_FALSE(Interval::parse(wrong)) << wrong;
  EXPECT_TRUE(Interval::parse("2024-09-15/2024-09"));  // ends later in the same month
}

TEST(Interval, OfADayHoldsOnThatDayOnly) {
  EXPECT_EQ(asked("2024-09-01", "2024-08-31"), Truth::No);
  EXPECT_EQ(asked("2024-09-01", "2024-09-01"), Truth::Yes);
  EXPECT_EQ(asked("2024-09-01", "2024-09-02"), Truth::No);
}

TEST(Interval, OfAMonthMayHoldOnEachOfItsDaysAndSurelyHoldsInTheMonth) {
  EXPECT_EQ(asked("2023-11", "2023-11-15"), Truth::Maybe);
  EXPECT_EQ(asked("2023-11", "2023-11"), Truth::Yes);
  EXPECT_EQ(asked("2023-11", "2023"), Truth::Yes);
  EXPECT_EQ(asked("2023-11", "2023-12"), Truth::No);
}

TEST(Interval, ThatStartedInAMonthIsCertainFromTheMonthsLastDay) {
  EXPECT_EQ(asked("2022-03/..", "2022-02-28"), Truth::No);
  EXPECT_EQ(asked("2022-03/..", "2022-03-10"), Truth::Maybe);
  EXPECT_EQ(asked("2022-03/..", "2022-03-31"), Truth::Yes);
  EXPECT_EQ(asked("2022-03/..", "2099"), Truth::Yes);
}

TEST(Interval, WithAnUnknownStartIsMaybeBeforeItsEndAndNotAfter) {
  EXPECT_EQ(asked("/2019", "1995"), Truth::Maybe);
  EXPECT_EQ(asked("/2019", "2019"), Truth::Yes);  // it ended in 2019, so it held then
  EXPECT_EQ(asked("/2019", "2020"), Truth::No);
}

TEST(Interval, WithAnOpenStartIsCertainBeforeItsEnd) {
  EXPECT_EQ(asked("../2019", "1995"), Truth::Yes);
  EXPECT_EQ(asked("../2019", "2020"), Truth::No);
}

TEST(Interval, OfWhichNothingIsKnownIsAlwaysMaybe) {
  EXPECT_EQ(asked("", "1995"), Truth::Maybe);
  EXPECT_EQ(asked("/..", "1995"), Truth::Maybe);
  EXPECT_EQ(asked("../..", "1995"), Truth::Yes);
}

TEST(Interval, AllowsAFinerOneButNotAnother) {
  EXPECT_TRUE(interval("2024-09").allows(interval("2024-09-12")));
  EXPECT_FALSE(interval("2024-09-12").allows(interval("2024-09")));
  EXPECT_TRUE(interval("/..").allows(interval("2024-09-01/..")));
  EXPECT_FALSE(interval("/2019").allows(interval("2015/..")));
  EXPECT_TRUE(interval("2022-03/..").allows(interval("2022-03/..")));
}

// The slow witness: every reading [s, e) that the bounds allow, on a calendar of fourteen days.
Truth by_every_reading(const Interval& interval, const DayRange& window, Day first, Day last) {
  const auto may_start = [&](Day s) {
    if (interval.from().kind() == Bound::Kind::Open) return s == first;
    return !interval.from().is_known() || interval.from().period().contains(s);
  };
  const auto may_end = [&](Day e) {  // exclusive: it held on the day before
    if (interval.to().kind() == Bound::Kind::Open) return e == last;
    return !interval.to().is_known() || interval.to().period().contains(e - std::chrono::days(1));
  };
  bool some = false, all = true;
  for (Day s = first; s < last; s += std::chrono::days(1))
    for (Day e = s + std::chrono::days(1); e <= last; e += std::chrono::days(1)) {
      if (!may_start(s) || !may_end(e)) continue;
      const bool meets = s < window.to && e > window.from;
      some |= meets, all &= meets;
    }
  return !some ? Truth::No : all ? Truth::Yes : Truth::Maybe;
}

TEST(Interval, AnswersAsTryingEveryReadingDoes) {
  using namespace std::chrono;
  const Day first = sys_days(2024y / July / 25), last = sys_days(2024y / August / 8);
  std::vector<Bound> bounds = {Bound::unknown(), Bound::open()};
  for (Day day = first + days(3); day < last - days(3); day += days(2))
    bounds.push_back(Bound::known(day));
  bounds.push_back(Bound::known(sys_days(2024y / July / 30), Precision::Week));  // 07-29 to 08-04

  int asked_about = 0;
  for (const Bound& from : bounds)
    for (const Bound& to : bounds) {
      const auto made = Interval::make(from, to);
      if (!made) continue;
      // Windows stay inside the calendar, whose first and last day stand for "before" and "after".
      for (Day a = first + days(1); a < last - days(1); a += days(1))
        for (Day b = a + days(1); b < last; b += days(3)) {
          const DayRange window{a, b};
          EXPECT_EQ(made->meets(window), by_every_reading(*made, window, first, last))
              << made->edtf() << " in " << edtf_of(a) << ".." << edtf_of(b);
          ++asked_about;
        }
    }
  EXPECT_GT(asked_about, 1000);
}

TEST(Window, IsTheWholePeriodOfItsDates) {
  const auto days_of = [](std::string_view text) {
    const auto window = parse_window(text);
    return window ? edtf_of(window->from) + " " + edtf_of(window->to) : window.error().message;
  };
  EXPECT_EQ(days_of("2024-09-02"), "2024-09-02 2024-09-03");
  EXPECT_EQ(days_of("2024-09"), "2024-09-01 2024-10-01");
  EXPECT_EQ(days_of("2023..2024"), "2023-01-01 2025-01-01");
  EXPECT_EQ(days_of("2023/2024-06"), "2023-01-01 2024-07-01");
  EXPECT_EQ(parse_window("..2019")->from, kFirstDay);
  EXPECT_EQ(parse_window("2019..")->to, kLastDay);
  for (const char* wrong : {"", "2024..2023", "yesterday-ish", "2024-02-30"})
    EXPECT_FALSE(parse_window(wrong)) << wrong;
}

}  // namespace
}  // namespace entente
