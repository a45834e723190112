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
  const auto end_of = [&](std::uint64_t i) { return last - months{static_cast<int>(i) * every}; };
  const auto days_of = [&](std::uint64_t oldest, std::uint64_t newest) {
    return DayRange{first_day(end_of(oldest) - months{static_cast<int>(options.window_months)}),
                    first_day(end_of(newest))};
  };
  // Neighbouring windows have most of their edges in common: those of a few together are looked for
  // once, and each window looks among them alone.
  constexpr std::uint64_t kTogether = 12;
  for (std::uint64_t i = count, rest = 0; i > 0; i = rest) {
    rest = i - std::min(i, kTogether);
    Slice some(view, {.valid = days_of(i - 1, rest), .include_evidence = true, .include_negated = true});
    some.list_edges();
    for (std::uint64_t at = i; at-- > rest;) {
      if (options.cancel != nullptr && options.cancel->asked())
        return Error{Code::LimitReached, "rolling: stopped, as was asked"};
      RollingWindow window;
      window.days = days_of(at, at);
      const Slice slice(some, {.valid = window.days, .include_evidence = true, .include_negated = true});
      const auto scores = algorithm.scores(slice, arguments);
      if (!scores) return scores.error();
      window.edges = slice.edge_count();
      std::vector<Ranked> ranked = ranked_nodes(slice, *scores);
      for (const NodeIndex node : options.track) {
        const auto tracked = std::ranges::lower_bound(ranked, node, {}, &Ranked::node);
        if (tracked == ranked.end() || tracked->node != node) {
          window.tracked.push_back({0, 0});
          continue;
        }
        const auto before = std::ranges::count_if(ranked, [&](const Ranked& other) {
          return ranks_before(other, *tracked, algorithm.least_first);
        });
        window.tracked.push_back({static_cast<std::size_t>(before) + 1, tracked->score});
      }
      window.best = best_of(std::move(ranked), options.limit, algorithm.least_first);
      windows.push_back(std::move(window));
    }
  }
  return windows;
}

}  // namespace entente
