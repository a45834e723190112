#include "graph/algorithms/shortest_path.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "graph/algorithms/meet_search.h"
#include "graph/algorithms/path_ends.h"
#include "graph/algorithms/path_search.h"
#include "graph/algorithms/path_steps.h"
#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {
namespace {

using Nodes = std::vector<NodeIndex>;

// The best path of one part of all paths, and what the part is: those that begin with
// nodes[0..deviation] and do not go on from there to one of `closed`. Lawler's partition: taking
// this path out leaves one such part for each place from `deviation` on.
struct Candidate {
  Nodes nodes;
  std::size_t deviation;
  Nodes closed;
};
struct Later {
  bool operator()(const Candidate& a, const Candidate& b) const {
    return a.nodes.size() != b.nodes.size() ? a.nodes.size() > b.nodes.size()
                                            : a.nodes > b.nodes;
  }
};

template <GraphView G>
Result<std::optional<Path>> shortest(const G& view, NodeIndex from, NodeIndex to, const PathOptions& options) {
  using Search = MeetSearch<G>;
  Search search(view, options);
  const auto outcome = search.find(from, to, options.max_hops, {});
  if (outcome == Search::Outcome::OutOfWork) return search.meter().error("path");
  if (outcome == Search::Outcome::None) return std::optional<Path>();
  return std::optional(path_along(view, search.path(), options.direction));
}

template <GraphView G>
Result<std::vector<Path>> k_shortest(const G& view, NodeIndex from, NodeIndex to, std::size_t k,
                                     const PathOptions& options) {
  using Search = MeetSearch<G>;
  Search search(view, options);
  std::vector<Candidate> candidates;  // a heap, the best in front

  // Finds the best path that begins with `root` and does not go on to `closed`.
  const auto offer = [&](std::span<const NodeIndex> root, Nodes closed) {
    const std::uint32_t walked = static_cast<std::uint32_t>(root.size() - 1);
    const PathBans bans{.nodes = root.first(walked), .first_hops = closed};
    const auto outcome = search.find(root.back(), to, options.max_hops - walked, bans);
    if (outcome != Search::Outcome::Found) return outcome;
    const Nodes spur = search.path();
    Candidate found{.nodes = Nodes(root.begin(), root.end()), .deviation = walked, .closed = std::move(closed)};
    found.nodes.insert(found.nodes.end(), spur.begin() + 1, spur.end());
    candidates.push_back(std::move(found));
    std::ranges::push_heap(candidates, Later());
    return outcome;
  };

  std::vector<Path> paths;
  if (k == 0) return paths;
  if (offer({&from, 1}, {}) == Search::Outcome::OutOfWork) return search.meter().error("path");
  while (!candidates.empty()) {
    std::ranges::pop_heap(candidates, Later());
    Candidate best = std::move(candidates.back());
    candidates.pop_back();
    paths.push_back(path_along(view, best.nodes, options.direction));
    if (paths.size() == k) break;
    for (std::size_t place = best.deviation; place + 1 < best.nodes.size(); ++place) {
      Nodes closed = place == best.deviation ? std::move(best.closed) : Nodes();
      closed.push_back(best.nodes[place + 1]);
      if (offer(std::span(best.nodes).first(place + 1), std::move(closed)) == Search::Outcome::OutOfWork)
        return search.meter().error("path");
    }
  }
  return paths;
}

}  // namespace

// A slice that leaves nothing out is searched as the snapshot that it is.
template <GraphView G>
Result<std::optional<Path>> shortest_path(const G& view, NodeIndex from, NodeIndex to,
                                          const PathOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  return leaves_nothing_out(view) ? shortest(view.snapshot(), from, to, options) : shortest(view, from, to, options);
}

template <GraphView G>
Result<std::vector<Path>> all_shortest_paths(const G& view, NodeIndex from, NodeIndex to,
                                             const PathOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  using Search = PathSearch<G>;
  Search search(view, options);
  const auto outcome = search.find(from, to, options.max_hops);
  if (outcome == Search::Outcome::OutOfWork) return search.meter().error("path");
  std::vector<Path> paths;
  if (outcome == Search::Outcome::None) return paths;
  bool too_many = false;
  search.all([&](const Nodes& nodes) {
    too_many = paths.size() == options.max_paths;
    if (!too_many) paths.push_back(path_along(view, nodes, options.direction));
    return !too_many;
  });
  if (too_many)
    return Error{Code::LimitReached, "path: there are more than " +
                                         std::to_string(options.max_paths) +
                                         " shortest paths; ask for the k shortest"};
  return paths;
}

template <GraphView G>
Result<std::vector<Path>> k_shortest_paths(const G& view, NodeIndex from, NodeIndex to,
                                           std::size_t k, const PathOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  return leaves_nothing_out(view) ? k_shortest(view.snapshot(), from, to, k, options)
                                  : k_shortest(view, from, to, k, options);
}

#define ENTENTE_FOR_VIEW(G)                                                                     \
  template Result<std::optional<Path>> shortest_path(const G&, NodeIndex, NodeIndex,            \
                                                     const PathOptions&);                       \
  template Result<std::vector<Path>> all_shortest_paths(const G&, NodeIndex, NodeIndex,         \
                                                        const PathOptions&);                    \
  template Result<std::vector<Path>> k_shortest_paths(const G&, NodeIndex, NodeIndex,           \
                                                      std::size_t, const PathOptions&);
ENTENTE_FOR_VIEW(Snapshot)
ENTENTE_FOR_VIEW(Slice)
#undef ENTENTE_FOR_VIEW

}  // namespace entente
