// Paths in time order: each step on a day on which its edge held, none before the step before.
//
// A route goes from node to node over admitted edges; it takes a step on one of the edge's usable
// days (usable_days.h; by default those that are certain), within the window of the options. Days
// never decrease along a route; several steps may share a day, for a day is all that is known. A
// step itself takes no time. `max_wait` limits the days between one step and the next; before the
// first step and after the last there is no waiting.
//   A route departs on the day of its first step and arrives on the day of its last.
//
// With a limit on waiting, a route may come back to a node if that is how it bridges the time;
// to ask for distinct nodes then is NP-hard (A. Casteigts, A.-S. Himmel, H. Molter, P. Zschoche,
// "Finding temporal paths under waiting time constraints", Algorithmica 83, 2021). Without one,
// the nodes are distinct.
//
// The four aims are those of H. Wu et al., "Path problems in temporal graphs", PVLDB 7(9), 2014;
// there edges are instants, here they are intervals. Search: hop by hop, each node with the days
// on which one can go on from it; a day that fewer hops reach is never looked at again. Fastest
// walks along the front of (departure, arrival), two searches a point.
//
// Ties: fewer steps; then the first found in the order of rows. Of a route to arrive early, steps
// are taken as late as they can be, of one to depart late as early as they can be: little waiting.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "graph/algorithms/usable_days.h"
#include "graph/algorithms/work.h"
#include "graph/view.h"
#include "schema/result.h"

namespace entente {

enum class TimeAim : std::uint8_t {
  Earliest,  // to arrive as early as can be, departing on the window's first day or later
  Latest,    // to depart as late as can be, arriving on the window's last day or earlier
  Fastest,   // the fewest days from departure to arrival; of several the earliest
  Fewest,    // the fewest steps; of several the earliest arrival
};

struct TimePathOptions {
  TimeAim aim = TimeAim::Earliest;
  DayRange window = {};  // all steps lie in it, and in every window of the view
  std::optional<std::uint32_t> max_wait_days = {};
  UsableDays days = UsableDays::Certain;
  Direction direction = Direction::Any;
  std::uint32_t max_hops = ~std::uint32_t{0};
  std::uint64_t max_work = 200'000'000;  // entries of rows looked at
  const Cancel* cancel = nullptr;
};

struct TimeStep {
  EdgeIndex edge;
  // kFirstDay or kLastDay where nothing bounds it: as early, or as late, as one likes.
  Day day;
  DayRange usable;  // the edge's usable days in the window
  friend bool operator==(const TimeStep&, const TimeStep&) = default;
};

struct TimeRoute {
  std::vector<NodeIndex> nodes;  // one more than steps
  std::vector<TimeStep> steps;   // none from a node to itself
  Day departure() const { return steps.front().day; }
  Day arrival() const { return steps.back().day; }
  friend bool operator==(const TimeRoute&, const TimeRoute&) = default;
};

// Nothing if there is no route. NotFound if an end is not in the view; LimitReached beyond
// max_work or when cancelled. O(hops * m) for each search without a limit on waiting. Instantiated for Snapshot and Slice.
template <GraphView G>
Result<std::optional<TimeRoute>> time_path(const G& view, NodeIndex from, NodeIndex to,
                                           const TimePathOptions& options = {});

// The same by way of the stations, in their order: to arrive early at each, and to go on from there
// no sooner. No way by them all arrives earlier. Nodes and edges may come again after a station.
// InvalidArgument for other aims than Earliest, and with a limit on waiting.
template <GraphView G>
Result<std::optional<TimeRoute>> time_path_through(const G& view, NodeIndex from,
                                                   const std::vector<NodeIndex>& stations, NodeIndex to,
                                                   const TimePathOptions& options = {});

}  // namespace entente
