#include "graph/rolling.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <string>
#include <utility>

#include "graph/algorithms/parallel.h"

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
  // Of bounds of one precision the earliest and the latest know the earliest and the latest days.
  struct Extent {
    Day first = kLastDay, last = kFirstDay;
    void add(Day day) { first = std::min(first, day), last = std::max(last, day); }
  };
  std::array<Extent, 4> starts, ends;  // by precision; days within the periods
  const Snapshot& snapshot = view.snapshot();
  each_edge(view, [&](EdgeIndex edge) {
    const EdgeKind kind = snapshot.kind(edge);
    if (kind.from_kind() == Bound::Kind::Known)
      starts[static_cast<std::size_t>(kind.from_precision())].add(snapshot.earliest_start(edge));
    if (kind.to_kind() == Bound::Kind::Known)
      ends[static_cast<std::size_t>(kind.to_precision())].add(snapshot.latest_end(edge) - std::chrono::days{1});
  });
  std::optional<DayRange> all;
  for (const auto* extents : {&starts, &ends})
    for (std::size_t precision = 0; precision < extents->size(); ++precision) {
      const Extent& extent = (*extents)[precision];
      if (extent.first > extent.last) continue;
      for (const Day day : {extent.first, extent.last}) {
        const DayRange days = Bound::known(day, static_cast<Precision>(precision)).period();
        if (!all) all = days;
        all = DayRange{std::min(all->from, days.from), std::max(all->to, days.to)};
      }
    }
  const auto window = view.window();
  if (!all || !window) return {};
  const DayRange both{std::max(all->from, window->from), std::min(all->to, window->to)};
  return both.from < both.to ? std::optional(both) : std::nullopt;
}

// What is told of a window: `ranked` are the nodes that its edges touch, by NodeIndex.
RollingWindow told_of(const DayRange& days, std::uint32_t edges, std::vector<Ranked> ranked,
                      const RankAlgorithm& algorithm, const RollingOptions& options) {
  RollingWindow window{.days = days, .edges = edges, .best = {}, .tracked = {}};
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
  return window;
}

const Error kStopped{Code::LimitReached, "rolling: stopped, as was asked"};
bool is_stopped(const RollingOptions& options) { return options.cancel != nullptr && options.cancel->asked(); }

// Windows that follow each other, a few at once, by all cores. Which go together is fixed.
Result<std::vector<RollingWindow>> in_lanes(const std::vector<DayRange>& days, const WindowRanks& ranks,
                                            const RankAlgorithm& algorithm, const RollingOptions& options) {
  std::vector<RollingWindow> windows(days.size());
  in_parts(static_cast<std::uint32_t>(days.size()), kLanes, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
    if (is_stopped(options)) return;
    auto rankings = ranks(std::span(days).subspan(begin, end - begin));
    for (std::uint32_t i = begin; i < end; ++i) {
      WindowRanking& of = rankings[i - begin];
      windows[i] = told_of(days[i], of.edges, std::move(of.ranked), algorithm, options);
    }
  });
  if (is_stopped(options)) return kStopped;
  return windows;
}

// One after the other. Neighbouring windows have most of their edges in common: those of a few together
// are looked for once, and each window looks among them alone.
Result<std::vector<RollingWindow>> one_by_one(const Slice& view, const std::vector<DayRange>& days,
                                              const RankAlgorithm& algorithm, const Arguments& arguments,
                                              const RollingOptions& options) {
  constexpr std::size_t kTogether = 12;
  const auto through = [](const Slice& slice, const DayRange& window) {
    return Slice(slice, {.valid = window, .include_evidence = true, .include_negated = true});
  };
  std::vector<RollingWindow> windows;
  for (std::size_t begin = 0; begin < days.size(); begin += kTogether) {
    const std::size_t end = std::min(days.size(), begin + kTogether);
    Slice some = through(view, {days[begin].from, days[end - 1].to});
    some.list_edges();
    for (std::size_t i = begin; i < end; ++i) {
      if (is_stopped(options)) return kStopped;
      const Slice slice = through(some, days[i]);
      const auto scores = algorithm.scores(slice, arguments);
      if (!scores) return scores.error();
      windows.push_back(told_of(days[i], slice.edge_count(), ranked_nodes(slice, *scores), algorithm, options));
    }
  }
  return windows;
}

}  // namespace

Result<std::vector<RollingWindow>> rolling(const Slice& view, const RankAlgorithm& algorithm,
                                           const Arguments& arguments,
                                           const RollingOptions& options) {
  if (options.every_months == 0 || options.window_months == 0)
    return Error{Code::InvalidArgument, "rolling: a window is at least a month long, and moves at "
                                        "least a month"};
  const auto span = known_days(view);
  if (!span) return std::vector<RollingWindow>();
  const year_month last = month_of(span->to - std::chrono::days{1}) + months{1};
  const year_month first = month_of(span->from) + months{1};
  const auto count = static_cast<std::uint64_t>((last - first).count()) / options.every_months + 1;
  if (count > options.max_windows)
    return Error{Code::InvalidArgument,
                 "rolling: that would be " + std::to_string(count) + " windows; narrow --during or "
                 "let them move further"};
  const auto every = static_cast<int>(options.every_months);
  std::vector<DayRange> days;
  for (std::uint64_t i = count; i-- > 0;) {
    const year_month end = last - months{static_cast<int>(i) * every};
    days.push_back({first_day(end - months{static_cast<int>(options.window_months)}), first_day(end)});
  }
  const WindowRanks ranks = algorithm.in_windows != nullptr ? algorithm.in_windows(view, arguments) : WindowRanks();
  return ranks ? in_lanes(days, ranks, algorithm, options) : one_by_one(view, days, algorithm, arguments, options);
}

}  // namespace entente
