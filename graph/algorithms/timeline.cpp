#include "graph/algorithms/timeline.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {
namespace {
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;

int months_in(Period period) {
  return period == Period::Year ? 12 : period == Period::Quarter ? 3 : 1;
}

// The first month of the period in which the day lies.
year_month period_of(Day day, Period period) {
  const year_month_day date{day};
  const unsigned months_before = static_cast<unsigned>(date.month()) - 1;
  const unsigned length = static_cast<unsigned>(months_in(period));
  return date.year() / std::chrono::month{months_before / length * length + 1};
}

std::string name_of(year_month first, Period period) {
  std::string year = std::to_string(static_cast<int>(first.year()));
  year.insert(0, year.size() < 4 ? 4 - year.size() : 0, '0');
  const unsigned month = static_cast<unsigned>(first.month());
  if (period == Period::Year) return year;
  if (period == Period::Quarter) return year + "-Q" + std::to_string(month / 3 + 1);
  return year + (month < 10 ? "-0" : "-") + std::to_string(month);
}

Timeline arranged(const Snapshot& columns, std::vector<EdgeIndex> edges, Period period) {
  const auto start = [&](EdgeIndex edge) { return columns.valid(edge).from().kind(); };
  std::ranges::sort(edges, {}, [&](EdgeIndex edge) {
    const bool undated = start(edge) == Bound::Kind::Unknown;
    return std::tuple(undated, undated ? kFirstDay : columns.earliest_start(edge),
                      undated ? kFirstDay : columns.latest_start(edge), columns.latest_end(edge),
                      columns.id(edge));
  });

  Timeline timeline;
  std::map<year_month, PeriodCount> counts;
  for (const EdgeIndex edge : edges) {
    if (start(edge) != Bound::Kind::Known) {
      ++(start(edge) == Bound::Kind::Open ? timeline.always : timeline.undated);
      continue;
    }
    const year_month first = period_of(columns.earliest_start(edge), period);
    const year_month last = period_of(columns.latest_start(edge), period);
    for (year_month at = first; at <= last; at += months{months_in(period)})
      ++(first == last ? counts[at].certain : counts[at].possible);
  }
  for (auto& [first, count] : counts) {
    count.days = {Day{first / 1}, Day{(first + months{months_in(period)}) / 1}};
    count.name = name_of(first, period);
    timeline.periods.push_back(std::move(count));
  }
  timeline.edges = std::move(edges);
  return timeline;
}

}  // namespace

template <GraphView G>
Timeline timeline(const G& view, NodeIndex node, Period period) {
  std::vector<EdgeIndex> edges;
  for (const Step step : view.out_edges(node)) edges.push_back(step.edge);
  for (const Step step : view.in_edges(node))
    if (step.node != node) edges.push_back(step.edge);
  return arranged(view.snapshot(), std::move(edges), period);
}

template <GraphView G>
Timeline timeline(const G& view, NodeIndex one, NodeIndex other, Period period) {
  std::vector<EdgeIndex> edges;
  for (const Step step : view.edges_from_to(one, other)) edges.push_back(step.edge);
  if (one != other)
    for (const Step step : view.edges_from_to(other, one)) edges.push_back(step.edge);
  return arranged(view.snapshot(), std::move(edges), period);
}

template Timeline timeline(const Snapshot&, NodeIndex, Period);
template Timeline timeline(const Slice&, NodeIndex, Period);
template Timeline timeline(const Snapshot&, NodeIndex, NodeIndex, Period);
template Timeline timeline(const Slice&, NodeIndex, NodeIndex, Period);

}  // namespace entente
