#include "graph/rolling.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace entente {
namespace {
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;

year_month month_of(Day day) {
  const year_month_day date{day};
  return date.year() / date.month();
}
Day first_day(year_month month) { return Day{month / 1}; }

// From the first to the last day that an admitted edge knows of, within the view's window.
std::optional<DayRange> known_days(const Slice& view) {
  std::optional<DayRange> all;
  each_edge(view, [&](EdgeIndex edge) {
    const Interval valid = view.snapshot().valid(edge);
    for (const Bound bound : {valid.from(), valid.to()}) {
      if (!bound.is_known()) continue;
      const DayRange days = bound.period();
      if (!all) all = days;
      all = DayRange{std::min(all->from, days.from), std::max(all->to, days.to)};
    }
  });
  const auto window = view.window();
  if (!all || !window) return {};
  const DayRange both{std::max(all->from, window->from), std::min(all->to, window->to)};
  return both.from < both.to ? std::optional(both) : std::nullopt;
}

}  // namespace

Result<std::vector<RollingWindow>> rolling(const Slice& view, const RankAlgorithm& algorithm,
                                           const Arguments& arguments,
                                           const RollingOptions& options) {
  if (options.every_months == 0 || options.window_months == 0)
    return Error{Code::InvalidArgument, "rolling: a window is at least a month long, and moves at "
                                        "least a month"};
  std::vector<RollingWindow> windows;
  const auto span = known_days(view);
  if (!span) return windows;
  const year_month last = month_of(span->to - std::chrono::days{1}) + months{1};
  const year_month first = month_of(span->from) + months{1};
  const auto count = static_cast<std::uint64_t>((last - first).count()) / options.every_months + 1;
  if (count > options.max_windows)
    return Error{Code::InvalidArgument,
                 "rolling: that would be " + std::to_string(count) + " windows; narrow --during or "
                 "let them move further"};
  const auto every = static_cast<int>(options.every_months);
  for (std::uint64_t i = count; i-- > 0;) {
    if (options.cancel != nullptr && options.cancel->asked())
      return Error{Code::LimitReached, "rolling: stopped, as was asked"};
    const year_month end = last - months{static_cast<int>(i) * every};
    RollingWindow window;
    window.days = {first_day(end - months{static_cast<int>(options.window_months)}), first_day(end)};
    const Slice slice(view, {.valid = window.days, .include_evidence = true, .include_negated = true});
    const auto scores = algorithm.scores(slice, arguments);
    if (!scores) return scores.error();
    window.edges = slice.edge_count();
    const std::vector<Ranked> ranked = ranking(slice, *scores, ~std::size_t{0}, algorithm.least_first);
    for (const NodeIndex node : options.track) {
      const auto at = std::ranges::find(ranked, node, &Ranked::node);
      const std::size_t place = at == ranked.end() ? 0 : static_cast<std::size_t>(at - ranked.begin()) + 1;
      window.tracked.push_back({place, place == 0 ? 0 : at->score});
    }
    window.best.assign(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(
                                                            std::min(options.limit, ranked.size())));
    windows.push_back(std::move(window));
  }
  return windows;
}

}  // namespace entente
