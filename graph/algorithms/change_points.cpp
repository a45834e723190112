#include "graph/algorithms/change_points.h"

#include <algorithm>
#include <chrono>
#include <cmath>
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

// What `count` in `steps` steps costs at the rate that suits it best: minus the logarithm of its
// likelihood, less what every division has in common.
double cost(std::uint64_t count, std::size_t steps) {
  if (count == 0) return 0;
  const double n = static_cast<double>(count);
  return n - n * std::log(n / static_cast<double>(steps));
}

struct Began {
  int month;  // since the first
  bool is_conflict;
};

}  // namespace

double Phase::balance() const {
  const double all = static_cast<double>(cooperation) + conflict;
  return all > 0 ? (static_cast<double>(cooperation) - conflict) / all : 0;
}

Result<std::vector<Phase>> change_points(const Slice& view, NodeIndex one, NodeIndex other,
                                         const ChangePointOptions& options) {
  if (options.step_months == 0)
    return Error{Code::InvalidArgument, "change points: a step is at least a month"};
  const Snapshot& columns = view.snapshot();
  std::vector<std::pair<DayRange, bool>> starts;  // the days among which it began; is it conflict
  const auto add = [&](const auto& steps) {
    for (const Step step : steps) {
      const Family family = columns.family(step.edge);
      const Bound from = columns.valid(step.edge).from();
      if (!from.is_known()) continue;
      if (family != Family::Cooperative && family != Family::Conflictual) continue;
      starts.push_back({from.period(), family == Family::Conflictual});
    }
  };
  add(view.edges_from_to(one, other));
  if (one != other) add(view.edges_from_to(other, one));
  if (starts.empty()) return std::vector<Phase>();

  const auto least = std::ranges::min_element(starts, {}, [](const auto& s) { return s.first.from; });
  const year_month begin = month_of(least->first.from);
  const int width = static_cast<int>(options.step_months);
  const auto step_of = [&](Day day) {
    return static_cast<std::size_t>((month_of(day) - begin).count() / width);
  };
  std::vector<std::uint64_t> friendly = {0}, hostile = {0};  // running totals; one more than steps
  for (const auto& [days, is_conflict] : starts) {
    const std::size_t step = step_of(days.from);
    if (step != step_of(days.to - std::chrono::days{1})) continue;
    if (step >= options.max_steps)
      return Error{Code::LimitReached, "change points: more than " +
                                           std::to_string(options.max_steps) +
                                           " steps; narrow the time or take longer steps"};
    std::vector<std::uint64_t>& counts = is_conflict ? hostile : friendly;
    friendly.resize(std::max(friendly.size(), step + 2), 0);
    hostile.resize(friendly.size(), 0);
    ++counts[step + 1];
  }
  const std::size_t steps = friendly.size() - 1;
  if (steps == 0) return std::vector<Phase>();
  for (std::size_t i = 1; i <= steps; ++i) {
    friendly[i] += friendly[i - 1];
    hostile[i] += hostile[i - 1];
  }

  const double each = options.penalty * 1.5 * std::log(static_cast<double>(steps));
  std::vector<double> best(steps + 1, 0);
  std::vector<std::size_t> from(steps + 1, 0);
  for (std::size_t end = 1; end <= steps; ++end) {
    best[end] = INFINITY;
    for (std::size_t start = 0; start < end; ++start) {
      const double sum = best[start] + each + cost(friendly[end] - friendly[start], end - start) +
                         cost(hostile[end] - hostile[start], end - start);
      if (sum < best[end] - 1e-9) best[end] = sum, from[end] = start;
    }
  }
  std::vector<Phase> phases;
  const auto day_of = [&](std::size_t step) {
    return Day{(begin + months{static_cast<int>(step) * width}) / 1};
  };
  for (std::size_t end = steps; end > 0; end = from[end])
    phases.push_back({.days = {day_of(from[end]), day_of(end)},
                      .cooperation = static_cast<std::uint32_t>(friendly[end] - friendly[from[end]]),
                      .conflict = static_cast<std::uint32_t>(hostile[end] - hostile[from[end]])});
  std::ranges::reverse(phases);
  return phases;
}

}  // namespace entente
