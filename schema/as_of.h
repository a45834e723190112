// AsOf: where in the two clocks a question stands, and the one rule of what is visible there.
#pragma once
#include <optional>

#include "schema/ids.h"
#include "schema/interval.h"

namespace entente {

inline constexpr CommitId kLatest{~std::uint64_t{0}};

struct AsOf {
  std::optional<DayRange> valid;  // when in the world; nothing: at any time
  CommitId recorded = kLatest;    // what the database believed after this commit

  // A version made by commit `since` and ended by commit `until` (kLatest while it lives) is
  // believed at the commits since <= c < until.
  bool believes(CommitId since, CommitId until = kLatest) const {
    return since <= recorded && (recorded < until || until == kLatest);
  }
  Truth holds(const Interval& interval) const {
    return valid ? interval.meets(*valid) : Truth::Yes;
  }
};

}  // namespace entente
