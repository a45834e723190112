// Rolling windows: a ranking over and over, in a window that moves through valid time.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/catalog.h"
#include "graph/slice.h"
#include "schema/result.h"

namespace entente {

struct RollingOptions {
  std::uint32_t every_months = 1;    // how far the window moves
  std::uint32_t window_months = 12;  // how long it is
  std::size_t limit = 5;             // of each window: so many of the best
  std::vector<NodeIndex> track = {}; // and these, wherever they stand
  std::size_t max_windows = 10'000;
  const Cancel* cancel = nullptr;    // asked before each window
};

struct RollingWindow {
  DayRange days;
  std::uint32_t edges = 0;           // that may have held in it
  std::vector<Ranked> best;          // as ranking() has them
  struct Tracked {
    std::size_t place;               // from 1; 0: no edge in the window
    double score;
    friend bool operator==(const Tracked&, const Tracked&) = default;
  };
  std::vector<Tracked> tracked;      // in the order of options.track
  friend bool operator==(const RollingWindow&, const RollingWindow&) = default;
};

// Windows end with a month, every so many, and the last with the month of the last day that an
// admitted edge knows of; the first contains the first such day. Within the view's own window, if
// it has one. Each is the algorithm on exactly the slice of its days: edges that may have held at
// some time of them; PageRank of eight windows at once, which differs from that by less than ten times
// its tolerance and gives the same bits every time. Nothing if all edges are undated. InvalidArgument for a length of 0 months and
// for more than max_windows; LimitReached when cancelled; errors of the algorithm.
Result<std::vector<RollingWindow>> rolling(const Slice& view, const RankAlgorithm& algorithm,
                                           const Arguments& arguments,
                                           const RollingOptions& options = {});

}  // namespace entente
