#include "graph/algorithms/shortest_path.h"

#include <algorithm>
#include <queue>
#include <string>
#include <utility>

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
  Nodes closed;  // ascending
};
struct Later {
  bool operator()(const Candidate& a, const Candidate& b) const {
    return a.nodes.size() != b.nodes.size() ? a.nodes.size() > b.nodes.size()
                                            : a.nodes > b.nodes;
  }
};

}  // namespace

template <GraphView G>
Result<std::optional<Path>> shortest_path(const G& view, NodeIndex from, NodeIndex to,
                                          const PathOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  using Search = PathSearch<G>;
  Search search(view, options);
  const PathBans no_bans;
  const auto outcome = search.find(from, to, options.max_hops, no_bans, Need::Least);
  if (outcome == Search::Outcome::OutOfWork) return search.meter().error("path");
  if (outcome == Search::Outcome::None) return std::optional<Path>();
  return std::optional(path_along(view, search.least(), options.direction));
}

template <GraphView G>
Result<std::vector<Path>> all_shortest_paths(const G& view, NodeIndex from, NodeIndex to,
                                             const PathOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  using Search = PathSearch<G>;
  Search search(view, options);
  const PathBans no_bans;
  const auto outcome = search.find(from, to, options.max_hops, no_bans, Need::All);
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
  using Search = PathSearch<G>;
  Search search(view, options);
  std::priority_queue<Candidate, std::vector<Candidate>, Later> candidates;

  // Finds the best path that begins with `root` and does not go on to `closed`.
  const auto offer = [&](const Nodes& root, Nodes closed) {
    const std::uint32_t walked = static_cast<std::uint32_t>(root.size() - 1);
    std::ranges::sort(closed);
    const PathBans bans{.nodes = Nodes(root.begin(), root.end() - 1), .first_hops = closed};
    const auto outcome = search.find(root.back(), to, options.max_hops - walked, bans, Need::Least);
    if (outcome != Search::Outcome::Found) return outcome;
    const Nodes spur = search.least();
    Candidate found{.nodes = root, .deviation = root.size() - 1, .closed = std::move(closed)};
    found.nodes.insert(found.nodes.end(), spur.begin() + 1, spur.end());
    candidates.push(std::move(found));
    return outcome;
  };

  std::vector<Path> paths;
  if (k == 0) return paths;
  if (offer({from}, {}) == Search::Outcome::OutOfWork) return search.meter().error("path");
  while (!candidates.empty()) {
    Candidate best = candidates.top();
    candidates.pop();
    paths.push_back(path_along(view, best.nodes, options.direction));
    if (paths.size() == k) break;
    for (std::size_t place = best.deviation; place + 1 < best.nodes.size(); ++place) {
      const Nodes root(best.nodes.begin(),
                       best.nodes.begin() + static_cast<std::ptrdiff_t>(place) + 1);
      Nodes closed = place == best.deviation ? std::move(best.closed) : Nodes();
      closed.push_back(best.nodes[place + 1]);
      if (offer(root, std::move(closed)) == Search::Outcome::OutOfWork)
        return search.meter().error("path");
    }
  }
  return paths;
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
