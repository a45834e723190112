#include "schema/bound.h"

#include <gtest/gtest.h>

namespace entente {
namespace {
Bound bound(std::string_view edtf) {
  const auto parsed = Bound::parse(edtf);
  EXPECT_TRUE(parsed) << edtf << ": " << parsed.error().message;
  return parsed ? *parsed : Bound();
}

std::string days_of(std::string_view edtf) {
  const DayRange period = bound(edtf).period();
  return edtf_of(period.from) + " to before " + edtf_of(period.to);
}

TEST(Bound, IsWrittenAsItWasRead) {
  for (const char* edtf : {"2024-09-01", "2024-09", "2024", "..", "", "0001-01-01", "9999-12-31",
                           "2024-02-29", "2024-W36", "2020-W53", "2021-W01"})
    EXPECT_EQ(bound(edtf).edtf(), edtf);
}

TEST(Bound, CoversThePeriodOfItsPrecision) {
  EXPECT_EQ(days_of("2024-09-01"), "2024-09-01 to before 2024-09-02");
  EXPECT_EQ(days_of("2024-02"), "2024-02-01 to before 2024-03-01");
  EXPECT_EQ(days_of("2023-12"), "2023-12-01 to before 2024-01-01");
  EXPECT_EQ(days_of("2024"), "2024-01-01 to before 2025-01-01");
  EXPECT_EQ(days_of("2024-W32"), "2024-08-05 to before 2024-08-12");
  EXPECT_EQ(days_of("2021-W01"), "2021-01-04 to before 2021-01-11");
}

TEST(Bound, OfALaterDayInThePeriodIsTheSamePeriod) {
  using namespace std::chrono;
  const Day day = sys_days(2024y / September / 17);
  EXPECT_EQ(Bound::known(day, Precision::Month), bound("2024-09"));
  EXPECT_EQ(Bound::known(day, Precision::Week), bound("2024-W38"));
  EXPECT_EQ(Bound::known(day, Precision::Year), bound("2024"));
}

TEST(Bound, RefusesWhatNoCalendarHas) {
  for (const char* wrong : {"2024-02-30", "2023-02-29", "2024-13", "2024-00", "0000", "24-09-01",
                            "2024-9-1", "2024/09/01", "September 2024", "2024-09-01T00:00",
                            "2021-W53", "2024-W00", "-024", "2024-0a", "...", " 2024"}) {
    const auto parsed = Bound::parse(wrong);
    ASSERT_FALSE(parsed) << wrong;
    EXPECT_EQ(parsed.error().code, Code::InvalidArgument);
    EXPECT_FALSE(parsed.error().message.empty());
  }
}

TEST(Bound, UnknownIsNotOpen) { EXPECT_NE(bound(""), bound("..")); }

}  // namespace
}  // namespace entente
