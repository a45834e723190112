// Compare: the three slices between two points of both clocks, and what changed (graph/diff.h).
#pragma once
#include <optional>

#include "graph/diff.h"
#include "tools/answer/session.h"

namespace entente {

struct Comparison {
  Slice before, learned, after;  // as DiffSides has them
  Diff diff;
  DiffSides sides() const { return {before, learned, after}; }
};

// `first` and `second` are sessions without a window of valid time, of the two recorded times; the windows
// are those of the two valid times. InvalidArgument if the first was recorded later.
Result<Comparison> compare(Session& first, Session& second, const std::optional<DayRange>& then,
                           const std::optional<DayRange>& now, const Where& where);

// A date, or FROM..TO; nothing for no text. `option` is named in the error.
Result<std::optional<DayRange>> window_or_any(std::string_view text, std::string_view option);

}  // namespace entente
