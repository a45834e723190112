#include "graph/algorithms/time_path.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "graph/algorithms/path_ends.h"
#include "graph/algorithms/work.h"
#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {
namespace {

// Days as plain numbers, first and last inclusive; a search against time has them negated.
using Number = std::int64_t;
struct Span {
  Number first, last;
};
constexpr Number kEndless = Number{1} << 40;

Number number_of(Day day) { return day.time_since_epoch().count(); }
Day day_of(Number number) { return Day{std::chrono::days{static_cast<int>(number)}}; }
Span span_of(const DayRange& range) {
  return {number_of(range.from), range.to == kLastDay ? number_of(kLastDay)
                                                      : number_of(range.to) - 1};
}
Span reversed(Span span) { return {-span.last, -span.first}; }

// Adds a span to disjoint ascending ones, and returns the parts that were not in them.
std::vector<Span> add_to(std::vector<Span>& spans, Span added) {
  std::vector<Span> fresh, kept;
  Span grown = added;
  Number next = added.first;
  for (const Span& span : spans) {
    if (span.last < added.first || span.first > added.last) {
      kept.push_back(span);
      continue;
    }
    if (next < span.first) fresh.push_back({next, span.first - 1});
    next = span.last + 1;
    grown = {std::min(grown.first, span.first), std::max(grown.last, span.last)};
  }
  if (next <= added.last) fresh.push_back({next, added.last});
  kept.insert(std::ranges::upper_bound(kept, grown.first, {}, &Span::first), grown);
  spans = std::move(kept);
  return fresh;
}

// The edges of a route in the order in which it takes them.
using Edges = std::vector<Step>;  // node: where the edge leads

// Searches on one view. Forward it asks for the earliest day at the far end; against time it walks
// from the target over negated days, so that the earliest there is the latest departure.
template <GraphView G>
class TimeSearch {
 public:
  TimeSearch(const G& view, NodeIndex from, NodeIndex to, const DayRange& window,
             const TimePathOptions& options)
      : view_(view), from_(from), to_(to), window_(window), options_(options),
        wait_(options.max_wait_days ? Number{*options.max_wait_days} : kEndless),
        meter_(options.max_work, options.cancel) {}

  struct Found {
    Number day = 0;  // of the last step of this search
    Edges edges;     // in the order of time
  };
  struct Question {
    bool forward = true;
    bool first_hop_count = false;  // stop at the fewest steps
    Span allowed;                  // all steps on these days
  };
  // Empty if there is no way; `out_of_work` if it gave up.
  std::optional<Found> find(Question question);
  bool out_of_work() const { return meter_.over(); }
  const WorkMeter& meter() const { return meter_; }

  TimeRoute route(const Edges& edges, Span allowed, bool late) const;

 private:
  struct Label {  // arrival at a node on each day of the span
    NodeIndex node;
    EdgeIndex edge;
    std::uint32_t parent;
    Span days;
  };
  struct Part {  // days on which to go on from a label
    std::uint32_t label;
    Span days;
  };
  std::optional<Span> usable(EdgeIndex edge, Span allowed) const {
    const auto days = usable_days(view_.snapshot(), edge, options_.days, window_);
    if (!days) return {};
    const Span span = span_of(*days);
    const Span both{std::max(span.first, allowed.first), std::min(span.last, allowed.last)};
    return both.first <= both.last ? std::optional(both) : std::nullopt;
  }
  Edges trace(const std::vector<Label>& labels, std::uint32_t last, bool forward) const;

  const G& view_;
  NodeIndex from_, to_;
  DayRange window_;  // of the options and of the view
  const TimePathOptions& options_;
  Number wait_;
  WorkMeter meter_;
};

template <GraphView G>
std::optional<typename TimeSearch<G>::Found> TimeSearch<G>::find(Question question) {
  const bool forward = question.forward;
  const NodeIndex start = forward ? from_ : to_, goal = forward ? to_ : from_;
  const Span all = forward ? question.allowed : reversed(question.allowed);
  std::vector<Label> labels = {{start, {}, 0, all}};
  std::vector<Part> frontier = {{0, all}};
  std::unordered_map<std::uint32_t, std::vector<Span>> seen;  // by node: days to go on
  seen[start.value] = {all};
  std::optional<std::uint32_t> best;

  for (std::uint32_t hops = 0; hops < options_.max_hops && !frontier.empty(); ++hops) {
    std::vector<Part> next;
    for (const Part& part : frontier) {
      const NodeIndex node = labels[part.label].node;
      const auto cross = [&](const StepRow& row) {
        if (!meter_.spend(row.size() + 1)) return;
        for (const Step step : row) {
          if (step.node == node || !view_.admits(step)) continue;
          auto days = usable(step.edge, question.allowed);
          if (!days) continue;
          if (!forward) days = reversed(*days);
          days->first = std::max(days->first, part.days.first);
          days->last = std::min(days->last, part.days.last);
          if (days->first > days->last) continue;
          if (best && days->first >= labels[*best].days.first) continue;  // no earlier than that
          const auto label = static_cast<std::uint32_t>(labels.size());
          if (step.node == goal) {
            labels.push_back({step.node, step.edge, part.label, *days});
            best = label;
            continue;
          }
          const Number last = std::min(days->last + wait_, all.last);
          const std::vector<Span> fresh = add_to(seen[step.node.value], {days->first, last});
          if (fresh.empty()) continue;
          labels.push_back({step.node, step.edge, part.label, *days});
          for (const Span& span : fresh) next.push_back({label, span});
        }
      };
      const bool any = options_.direction == Direction::Any;
      if (forward || any) cross(view_.out_row(node));
      if (!forward || any) cross(view_.in_row(node));
      if (out_of_work()) return {};
    }
    if (best && question.first_hop_count) break;
    frontier = std::move(next);
  }
  if (!best) return {};
  const Number day = labels[*best].days.first;
  return Found{forward ? day : -day, trace(labels, *best, forward)};
}

template <GraphView G>
Edges TimeSearch<G>::trace(const std::vector<Label>& labels, std::uint32_t last,
                           bool forward) const {
  Edges edges;
  for (std::uint32_t at = last; at != 0; at = labels[at].parent) {
    const NodeIndex other = labels[labels[at].parent].node;
    edges.push_back({forward ? labels[at].node : other, labels[at].edge});
  }
  if (forward) std::ranges::reverse(edges);
  return edges;
}

// The days of given edges: with `late` the earliest arrival and each step as late as can be for
// it, else the latest departure and each step as early as can be.
template <GraphView G>
TimeRoute TimeSearch<G>::route(const Edges& edges, Span allowed, bool late) const {
  TimeRoute route{.nodes = {from_}, .steps = {}};
  std::vector<Span> spans;  // days on which the step can be taken, seen from the start of the pass
  for (const Step& edge : edges) {
    route.nodes.push_back(edge.node);
    route.steps.push_back(
        {edge.edge, {}, *usable_days(view_.snapshot(), edge.edge, options_.days, window_)});
    spans.push_back(*usable(edge.edge, allowed));
  }
  if (!late) {
    std::ranges::reverse(spans);
    for (Span& span : spans) span = reversed(span);
  }
  for (std::size_t i = 1; i < spans.size(); ++i)
    spans[i] = {std::max(spans[i].first, spans[i - 1].first),
                std::min(spans[i].last, spans[i - 1].last + wait_)};
  Number day = spans.empty() ? 0 : spans.back().first;
  for (std::size_t i = spans.size(); i-- > 0;) {
    day = std::min(day, spans[i].last);
    route.steps[late ? i : spans.size() - 1 - i].day = day_of(late ? day : -day);
  }
  return route;
}

template <GraphView G>
std::optional<TimeRoute> fastest(TimeSearch<G>& search, Span allowed) {
  std::optional<TimeRoute> best;
  Number least = 0;
  for (Span rest = allowed; rest.first <= rest.last;) {
    const auto early = search.find({.forward = true, .allowed = rest});
    if (!early) break;
    // Of those that arrive so early, the one that departs last.
    const Span until{rest.first, early->day};
    const auto late = search.find({.forward = false, .allowed = until});
    if (!late) break;  // out of work
    const Number length = early->day - late->day;
    if (!best || length < least) {
      best = search.route(late->edges, {late->day, early->day}, false);
      least = length;
    }
    if (least == 0) break;
    rest.first = late->day + 1;
  }
  return best;
}

}  // namespace

template <GraphView G>
Result<std::optional<TimeRoute>> time_path(const G& view, NodeIndex from, NodeIndex to,
                                           const TimePathOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  if (from == to) return std::optional(TimeRoute{.nodes = {from}, .steps = {}});
  const auto window = days_asked(view, options.window);
  if (!window) return std::optional<TimeRoute>();
  TimeSearch<G> search(view, from, to, *window, options);
  const Span allowed = span_of(*window);
  std::optional<TimeRoute> route;
  if (options.aim == TimeAim::Fastest) {
    route = fastest(search, allowed);
  } else {
    const bool late = options.aim != TimeAim::Latest;
    const auto found = search.find({.forward = late,
                                    .first_hop_count = options.aim == TimeAim::Fewest,
                                    .allowed = allowed});
    if (found) route = search.route(found->edges, allowed, late);
  }
  if (search.out_of_work()) return search.meter().error("path");
  return route;
}

template <GraphView G>
Result<std::optional<TimeRoute>> time_path_through(const G& view, NodeIndex from,
                                                   const std::vector<NodeIndex>& stations, NodeIndex to,
                                                   const TimePathOptions& options) {
  if (options.aim != TimeAim::Earliest || options.max_wait_days)
    return Error{Code::InvalidArgument,
                 "path: by way of other nodes there is only the earliest arrival, however long one waits"};
  TimeRoute whole{.nodes = {from}, .steps = {}};
  TimePathOptions leg = options;
  std::vector<NodeIndex> stops = stations;
  stops.push_back(to);
  for (const NodeIndex stop : stops) {
    const auto found = time_path(view, whole.nodes.back(), stop, leg);
    if (!found) return found.error();
    if (!*found) return std::optional<TimeRoute>();
    whole.nodes.insert(whole.nodes.end(), (*found)->nodes.begin() + 1, (*found)->nodes.end());
    whole.steps.insert(whole.steps.end(), (*found)->steps.begin(), (*found)->steps.end());
    if (!whole.steps.empty()) leg.window.from = std::max(options.window.from, whole.arrival());
  }
  return std::optional(std::move(whole));
}

template Result<std::optional<TimeRoute>> time_path(const Snapshot&, NodeIndex, NodeIndex,
                                                    const TimePathOptions&);
template Result<std::optional<TimeRoute>> time_path(const Slice&, NodeIndex, NodeIndex,
                                                    const TimePathOptions&);
template Result<std::optional<TimeRoute>> time_path_through(const Snapshot&, NodeIndex,
                                                            const std::vector<NodeIndex>&, NodeIndex,
                                                            const TimePathOptions&);
template Result<std::optional<TimeRoute>> time_path_through(const Slice&, NodeIndex,
                                                            const std::vector<NodeIndex>&, NodeIndex,
                                                            const TimePathOptions&);

}  // namespace entente
