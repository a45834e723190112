// Shortest, all shortest, and k shortest loopless paths, with every filter inside the search.
//
// Give a Slice to ask for a path under conditions: what is found is shortest in the graph that the
// filter leaves. Length is the number of edges. A path is a sequence of distinct nodes; paths that
// differ only in which of several parallel edges they take are one path, and each of its steps
// lists those edges.
//
// Which of several equal paths, everywhere: the answer is determined by the snapshot, the filter and
// the question, on every machine and whatever searched before. See each function. (A NodeIndex orders
// as its NodeId; rows are in the order of other end and EdgeId.)
//
// Search: breadth-first from both ends, always growing the side whose rows are shorter, until the
// first step between the sides. A level costs what it touches; the rest of the last is not looked at.
// k shortest: J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science
// 17(11), 1971, with the partition of E. L. Lawler, Management Science 18(7), 1972, so that no
// path is found twice.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "graph/algorithms/path_scratch.h"
#include "graph/algorithms/work.h"
#include "graph/view.h"
#include "schema/result.h"

namespace entente {

struct PathOptions {
  // Any: an edge is a way from head to tail and from tail to head. Forward: head to tail alone.
  Direction direction = Direction::Any;
  std::uint32_t max_hops = ~std::uint32_t{0};     // longer paths do not count
  std::uint64_t max_work = 200'000'000;           // entries of rows looked at; about a second
  std::size_t max_paths = 100'000;                // of all_shortest_paths
  const Cancel* cancel = nullptr;                 // asked while it searches
  PathScratch* scratch = nullptr;           // kept from search to search; see there
};

struct Path {
  std::vector<NodeIndex> nodes;  // from the first end to the last; one node if the ends are one
  // For each step the admitted edges that make it: those that certainly hold before those that
  // may, then by confidence, then by EdgeId. In direction Any also those from tail to head.
  std::vector<std::vector<EdgeIndex>> steps;
  friend bool operator==(const Path&, const Path&) = default;
};

// All three: NotFound if an end is not in the view; LimitReached beyond max_work or max_paths, or
// when cancelled.
// No way within max_hops is no error: it is an empty answer. From a node to itself the one path
// has no steps. Instantiated for Snapshot and Slice.

// A path of least length: that of the first meeting. From each end nodes are looked at in the order in
// which they were found, and their rows in order: those out of it before those into it. The side with
// fewer entries in the rows of its last level, filtered or not, grows; the source's if they are equal.
// (In direction Forward, where something is left out, an entry of the target's side counts four.)
template <GraphView G>
Result<std::optional<Path>> shortest_path(const G& view, NodeIndex from, NodeIndex to,
                                          const PathOptions& options = {});

// Every path of least length, in the order of their sequences of NodeIds, compared from the start.
template <GraphView G>
Result<std::vector<Path>> all_shortest_paths(const G& view, NodeIndex from, NodeIndex to,
                                             const PathOptions& options = {});

// k loopless paths than which no other is shorter, fewest edges first; fewer if there are no more. The
// first is shortest_path(); those for a smaller k are the first of those for a larger.
template <GraphView G>
Result<std::vector<Path>> k_shortest_paths(const G& view, NodeIndex from, NodeIndex to,
                                           std::size_t k, const PathOptions& options = {});

}  // namespace entente
