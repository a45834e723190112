// Dates and intervals as people and files write them.
#include "schema/interval.h"
#include "tests/fuzz/target.h"

namespace entente::fuzz {

void run_edtf(std::string_view bytes) {
  if (const auto bound = Bound::parse(bytes)) {
    const auto back = Bound::parse(bound->edtf());
    must(back && *back == *bound, "a bound is read as it was written");
    if (bound->is_known()) must(bound->period().from < bound->period().to, "a known bound has a day");
  }
  if (const auto interval = Interval::parse(bytes)) {
    const auto back = Interval::parse(interval->edtf());
    must(back && *back == *interval, "an interval is read as it was written");
  }
}

std::vector<std::string> edtf_seeds() {
  return {"2024-09-01", "2024-09", "2024", "2024-W32", "..", "", "2024-09-01/2024-10", "2019/..", "../2020", "/2020-02-29", "9999-12-31", "0001"};
}

}  // namespace entente::fuzz
