#include "graph/algorithms/ruled_path.h"

#include <algorithm>
#include <queue>
#include <string>
#include <tuple>
#include <utility>

#include "graph/algorithms/path_ends.h"
#include "graph/algorithms/path_steps.h"
#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {
namespace {

using Nodes = std::vector<NodeIndex>;
using States = PathPattern::States;
constexpr std::size_t kMaxTable = std::size_t{1} << 28;   // entries of a byte
constexpr std::size_t kMaxPrefixes = 8'000'000;
constexpr std::uint8_t kFar = 255;  // also: more than 254 steps, which no loopless search reaches

template <GraphView G>
class RuledSearch {
 public:
  RuledSearch(const G& view, NodeIndex from, NodeIndex to, const PathPattern& pattern,
              const Nodes& through, const PathOptions& options)
      : view_(view), from_(from), to_(to), pattern_(pattern), through_(through),
        max_hops_(std::min<std::uint32_t>(options.max_hops, kFar - 1)),
        sets_(std::size_t{1} << through.size()), meter_(options.max_work, options.cancel) {}

  Status measure();  // fills in how far it is to the target
  Result<std::vector<Nodes>> first(std::size_t k);
  Path told(const Nodes& nodes);

 private:
  struct Prefix {
    NodeIndex node;
    std::uint32_t parent, hops, whole;  // whole: hops and what is left at least
    States states;
    std::uint32_t passed;  // bit set of through_
  };
  template <typename Visit>  // visit(next, type of the edge, is it walked along)
  bool each_step(NodeIndex node, Visit visit) {
    if (!meter_.spend(view_.out_row(node).size() + view_.in_row(node).size() + 1)) return false;
    for (const Step step : view_.out_row(node))
      if (view_.admits(step)) visit(step.node, view_.snapshot().type(step.edge), true);
    for (const Step step : view_.in_row(node))
      if (view_.admits(step)) visit(step.node, view_.snapshot().type(step.edge), false);
    return true;
  }
  std::uint32_t bit(NodeIndex node) const {
    for (std::size_t i = 0; i < through_.size(); ++i)
      if (through_[i] == node) return 1u << i;
    return 0;
  }
  std::uint8_t& left(NodeIndex node, std::size_t state, std::uint32_t passed) {
    return left_[(std::size_t{node.value} * pattern_.state_count() + state) * sets_ + passed];
  }
  // Of the best of these states.
  std::uint8_t least_left(NodeIndex node, States states, std::uint32_t passed) {
    std::uint8_t least = kFar;
    for (States rest = states; rest != 0; rest &= rest - 1)
      least = std::min(least, left(node, static_cast<std::size_t>(__builtin_ctzll(rest)), passed));
    return least;
  }
  bool on_way(std::uint32_t prefix, NodeIndex node) const {
    for (std::uint32_t at = prefix;; at = prefixes_[at].parent) {
      if (prefixes_[at].node == node) return true;
      if (prefixes_[at].hops == 0) return false;
    }
  }
  Nodes nodes_to(std::uint32_t prefix) const {
    Nodes nodes(prefixes_[prefix].hops + 1);
    for (std::size_t i = nodes.size(); i-- > 0; prefix = prefixes_[prefix].parent)
      nodes[i] = prefixes_[prefix].node;
    return nodes;
  }

  const G& view_;
  NodeIndex from_, to_;
  const PathPattern& pattern_;
  const Nodes& through_;
  std::uint32_t max_hops_;
  std::size_t sets_;
  WorkMeter meter_;
  std::vector<std::uint8_t> left_;  // by node, state, set of nodes passed
  std::vector<Prefix> prefixes_;
};

template <GraphView G>
Status RuledSearch<G>::measure() {
  const std::size_t entries = std::size_t{view_.node_limit()} * pattern_.state_count() * sets_;
  if (entries > kMaxTable)
    return Error{Code::LimitReached,
                 "path: the pattern and the nodes to pass through have too many states for a graph "
                 "of this size; shorten the pattern"};
  left_.assign(entries, kFar);
  struct Place {
    NodeIndex node;
    States states;
    std::uint32_t passed;
  };
  const auto all = static_cast<std::uint32_t>(sets_ - 1);
  std::vector<Place> frontier, next;
  const auto enter = [&](NodeIndex node, States states, std::uint32_t passed, std::uint8_t hops,
                         std::vector<Place>& into) {
    States fresh = 0;
    for (States rest = states; rest != 0; rest &= rest - 1) {
      std::uint8_t& known = left(node, static_cast<std::size_t>(__builtin_ctzll(rest)), passed);
      if (known != kFar) continue;
      known = hops;
      fresh |= rest & (~rest + 1);
    }
    if (fresh != 0) into.push_back({node, fresh, passed});
  };
  enter(to_, pattern_.accepting(), all, 0, frontier);
  for (std::uint32_t hops = 1; hops <= max_hops_ && !frontier.empty(); ++hops) {
    next.clear();
    for (const Place& place : frontier) {
      const std::uint32_t own = bit(place.node);
      if (own != 0 && (place.passed & own) == 0) continue;  // nobody comes here without passing it
      const bool went = each_step(place.node, [&](NodeIndex before, EdgeTypeId type, bool along) {
        if (before == place.node) return;
        const States states = pattern_.before(place.states, type, !along);
        if (states == 0) return;
        enter(before, states, place.passed, static_cast<std::uint8_t>(hops), next);
        if (own != 0)
          enter(before, states, place.passed & ~own, static_cast<std::uint8_t>(hops), next);
      });
      if (!went) return meter_.error("path");
    }
    std::swap(frontier, next);
  }
  return kOk;
}

template <GraphView G>
Result<std::vector<Nodes>> RuledSearch<G>::first(std::size_t k) {
  const auto later = [&](std::uint32_t a, std::uint32_t b) {
    if (prefixes_[a].whole != prefixes_[b].whole) return prefixes_[a].whole > prefixes_[b].whole;
    return nodes_to(a) > nodes_to(b);
  };
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, decltype(later)> waiting(later);
  const auto add = [&](Prefix prefix) {
    const std::uint8_t rest = least_left(prefix.node, prefix.states, prefix.passed);
    prefix.whole = prefix.hops + rest;
    if (rest == kFar || prefix.whole > max_hops_) return;
    prefixes_.push_back(prefix);
    waiting.push(static_cast<std::uint32_t>(prefixes_.size() - 1));
  };
  std::vector<Nodes> found;
  add({from_, 0, 0, 0, PathPattern::kBegin, bit(from_)});
  struct Reach {
    NodeIndex node;
    States states;
  };
  std::vector<Reach> reach;
  while (!waiting.empty() && found.size() < k) {
    const std::uint32_t at = waiting.top();
    waiting.pop();
    const Prefix prefix = prefixes_[at];
    if (prefix.node == to_) {  // it can only end here
      if (pattern_.accepts(prefix.states) && prefix.passed + 1 == sets_)
        found.push_back(nodes_to(at));
      continue;
    }
    reach.clear();
    const bool went = each_step(prefix.node, [&](NodeIndex next, EdgeTypeId type, bool along) {
      const States states = pattern_.after(prefix.states, type, along);
      if (states != 0) reach.push_back({next, states});
    });
    if (!went) return meter_.error("path");
    std::ranges::sort(reach, {}, &Reach::node);
    for (std::size_t i = 0; i < reach.size();) {
      const NodeIndex next = reach[i].node;
      States states = 0;
      for (; i < reach.size() && reach[i].node == next; ++i) states |= reach[i].states;
      if (!on_way(at, next))
        add({next, at, prefix.hops + 1, 0, states, prefix.passed | bit(next)});
    }
    if (prefixes_.size() > kMaxPrefixes)
      return Error{Code::LimitReached,
                   "path: gave up with too many beginnings of paths in memory; narrow the filter, "
                   "the pattern or the number of hops"};
  }
  return found;
}

template <GraphView G>
Path RuledSearch<G>::told(const Nodes& nodes) {
  // Which states each place can have: reached from the front, and leading to an accepting end.
  const auto walked = [&](EdgeIndex edge, NodeIndex from) { return view_.head(edge) == from; };
  Path path = path_along(view_, nodes, Direction::Any);
  std::vector<States> front = {PathPattern::kBegin}, back(nodes.size());
  for (std::size_t i = 0; i < path.steps.size(); ++i) {
    States next = 0;
    for (const EdgeIndex edge : path.steps[i])
      next |= pattern_.after(front[i], view_.snapshot().type(edge), walked(edge, nodes[i]));
    front.push_back(next);
  }
  back.back() = pattern_.accepting();
  for (std::size_t i = path.steps.size(); i-- > 0;) {
    const States ending = back[i + 1];
    for (const EdgeIndex edge : path.steps[i])
      back[i] |= pattern_.before(ending, view_.snapshot().type(edge), walked(edge, nodes[i]));
    std::erase_if(path.steps[i], [&](EdgeIndex edge) {
      const EdgeTypeId type = view_.snapshot().type(edge);
      return (pattern_.after(front[i], type, walked(edge, nodes[i])) & ending) == 0;
    });
  }
  return path;
}

}  // namespace

template <GraphView G>
Result<std::vector<Path>> ruled_paths(const G& view, NodeIndex from, NodeIndex to,
                                      const PathRules& rules, std::size_t k,
                                      const PathOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  Nodes through = rules.through;
  std::ranges::sort(through);
  const auto repeated = std::ranges::unique(through);
  through.erase(repeated.begin(), repeated.end());
  if (through.size() > kMaxThrough)
    return Error{Code::InvalidArgument, "path: through at most " + std::to_string(kMaxThrough) +
                                            " nodes"};
  for (const NodeIndex node : through)
    if (const Status inside = check_path_ends(view, node, node); !inside) return inside.error();
  const PathPattern any = PathPattern::any(options.direction, view.snapshot().ontology());
  const PathPattern& pattern = rules.pattern != nullptr ? *rules.pattern : any;
  std::vector<Path> paths;
  if (k == 0) return paths;

  RuledSearch<G> search(view, from, to, pattern, through, options);
  if (const Status measured = search.measure(); !measured) return measured.error();
  const auto found = search.first(k);
  if (!found) return found.error();
  for (const Nodes& nodes : *found) paths.push_back(search.told(nodes));
  return paths;
}

#define ENTENTE_FOR_VIEW(G)                                                                  \
  template Result<std::vector<Path>> ruled_paths(const G&, NodeIndex, NodeIndex,             \
                                                 const PathRules&, std::size_t,              \
                                                 const PathOptions&);
ENTENTE_FOR_VIEW(Slice)
#undef ENTENTE_FOR_VIEW

}  // namespace entente
