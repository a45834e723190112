#include "graph/algorithms/pagerank.h"

#include <cmath>
#include <span>
#include <utility>

#include "graph/algorithms/links.h"
#include "graph/algorithms/parallel.h"
#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {
namespace {

constexpr std::uint32_t kPart = 4096;  // nodes to a part; sums are added up part by part

// Where jumps go, by node; and how many such nodes no edge touches: those all have one rank.
struct Goals {
  std::vector<bool> is;
  std::uint32_t alone = 0;
};
struct Ranks {
  std::vector<double> rank;
  double alone = 0;  // of each goal that no edge touches
};

// From so many nodes on the first rounds look up shares in single precision, half of the bytes, until
// the ranks together move less than this; the last rounds do not.
constexpr std::uint32_t kManyNodes = 1u << 16;
constexpr double kRough = 1e-6;

// Pulls: a node's rank is gathered from the nodes that lead to it. `gather(node, share)` sums their
// shares, given as double or float; `leaving` is by node the weight of all that leads on from it.
template <typename Gather>
Ranks iterate(const Goals& goals, std::vector<double> leaving, const PageRankOptions& options,
              Gather gather) {
  const auto nodes = static_cast<std::uint32_t>(leaving.size());
  const double alone = goals.alone;
  double count = alone;
  for (const bool is_in : goals.is) count += is_in;
  Ranks found{.rank = std::vector<double>(nodes, 0.0)};
  if (count == 0) return found;
  std::vector<double>& rank = found.rank;
  for (std::uint32_t node = 0; node < nodes; ++node)
    if (goals.is[node]) rank[node] = 1 / count;
  if (goals.alone > 0) found.alone = 1 / count;
  for (double& weight : leaving) weight = weight > 0 ? 1 / weight : 0;  // now what it is shared by

  struct Sums {
    double dangling = 0, moved = 0, all = 0;
  };
  std::vector<Sums> sums(nodes / kPart + 1);
  const auto total = [&](double Sums::*which) {
    double sum = 0;
    for (const Sums& part : sums) sum += part.*which;
    return sum;
  };
  double scale = 1;  // rounding must not add up over the rounds: ranks are divided by their sum
  std::uint32_t round = 0;
  const auto go_on_until = [&](double tolerance, auto share) {
    share.resize(nodes);
    while (round < options.max_iterations && !is_stopped(options.cancel)) {
      ++round;
      in_parts(nodes, kPart, [&](std::uint32_t part, std::uint32_t begin, std::uint32_t end) {
        double dangling = 0;
        for (std::uint32_t node = begin; node < end; ++node) {
          const double here = rank[node] *= scale;
          share[node] = static_cast<typename decltype(share)::value_type>(here * leaving[node]);
          if (leaving[node] == 0) dangling += here;
        }
        sums[part].dangling = dangling;
      });
      found.alone *= scale;
      const double dangling = total(&Sums::dangling) + alone * found.alone;
      const double jump = (1 - options.damping + options.damping * dangling) / count;
      in_parts(nodes, kPart, [&](std::uint32_t part, std::uint32_t begin, std::uint32_t end) {
        double moved = 0, all = 0;
        for (std::uint32_t node = begin; node < end; ++node) {
          const double next = (goals.is[node] ? jump : 0) + options.damping * gather(node, share);
          moved += std::abs(next - rank[node]);
          all += next;
          rank[node] = next;
        }
        sums[part].moved = moved, sums[part].all = all;
      });
      double moved = total(&Sums::moved);
      if (goals.alone > 0) moved += alone * std::abs(jump - std::exchange(found.alone, jump));
      scale = 1 / (total(&Sums::all) + alone * found.alone);
      if (moved < tolerance) break;
    }
  };
  if (nodes >= kManyNodes && options.tolerance < kRough) go_on_until(kRough, std::vector<float>());
  go_on_until(options.tolerance, std::vector<double>());
  for (double& value : rank) value *= scale;
  found.alone *= scale;
  return found;
}

template <typename Share>
double gathered(std::span<const NodeIndex> from, const std::vector<Share>& shares) {
  const Share* const share = shares.data();
  double sum = 0;
  for (const NodeIndex node : from) sum += static_cast<double>(share[node.value]);
  return sum;
}

// Each edge one, or each pair: no weights to be read. A view that leaves nothing out is not copied.
template <GraphView G>
std::vector<double> by_links(const G& view, const Goals& goals, const PageRankOptions& options) {
  const bool along = options.direction == Direction::Forward;
  const Parallel parallel = options.weight == Weight::Pair ? Parallel::Merge : Parallel::Keep;
  const Links sources = gather_links(view, along ? Side::In : Side::Both, parallel, Loops::Keep, options.cancel);
  std::vector<double> leaving(sources.size(), 0.0);
  if (along && leaves_nothing_out(view) && parallel == Parallel::Keep) {
    for (std::uint32_t node = 0; node < sources.size(); ++node)
      leaving[node] = static_cast<double>(view.out_row(NodeIndex{node}).size());
  } else {
    for (const NodeIndex from : sources.to()) leaving[from.value] += 1;
  }
  return iterate(goals, std::move(leaving), options, [&](std::uint32_t node, const auto& share) {
           return gathered(sources.of(node), share);
         }).rank;
}

// Along edges of a part of the graph: one pass over the columns, and then nodes that no edge touches
// are out of the way. For rankings of one window after the other.
template <GraphView G>
std::vector<double> by_part(const G& view, const Goals& goals, const PageRankOptions& options) {
  struct Pair {
    NodeIndex head, tail;
    bool operator==(const Pair&) const = default;
  };
  constexpr std::uint32_t kAlone = ~std::uint32_t{0};
  const std::uint32_t nodes = view.node_limit();
  std::vector<Pair> pairs;  // by head
  std::vector<std::uint32_t> place(nodes, kAlone);
  each_edge(view, [&](EdgeIndex edge) {
    const Pair pair{view.head(edge), view.tail(edge)};
    if (options.weight == Weight::Pair && !pairs.empty() && pairs.back() == pair) return;
    pairs.push_back(pair);
    place[pair.head.value] = place[pair.tail.value] = 0;
  });
  Goals touched;
  std::vector<std::uint32_t> node_at;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (place[node] == kAlone) {
      touched.alone += goals.is[node];
      continue;
    }
    place[node] = static_cast<std::uint32_t>(node_at.size());
    node_at.push_back(node);
    touched.is.push_back(goals.is[node]);
  }
  std::vector<std::uint32_t> first(node_at.size() + 1, 0);
  std::vector<double> leaving(node_at.size(), 0.0);
  for (const Pair& pair : pairs) ++first[place[pair.tail.value] + 1], leaving[place[pair.head.value]] += 1;
  for (std::size_t i = 0; i < node_at.size(); ++i) first[i + 1] += first[i];
  FreshArray<NodeIndex> from;
  from.make(pairs.size());
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (const Pair& pair : pairs) from.get()[next[place[pair.tail.value]]++] = {place[pair.head.value]};
  const Links sources(std::move(first), std::move(from));

  const Ranks found = iterate(touched, std::move(leaving), options,
                              [&](std::uint32_t node, const auto& share) {
                                return gathered(sources.of(node), share);
                              });
  std::vector<double> rank(nodes, 0.0);
  for (std::uint32_t node = 0; node < nodes; ++node)
    if (goals.is[node]) rank[node] = found.alone;
  for (std::size_t i = 0; i < node_at.size(); ++i) rank[node_at[i]] = found.rank[i];
  return rank;
}

template <GraphView G>
std::vector<double> by_weight(const G& view, const Goals& goals, const PageRankOptions& options) {
  const Side side = options.direction == Direction::Forward ? Side::In : Side::Both;
  const Rows sources = gather_rows(view, side, options.weight, Loops::Keep, options.cancel);
  std::vector<double> leaving(sources.size(), 0.0);
  for (std::size_t i = 0; i < sources.to.size(); ++i) leaving[sources.to[i]] += sources.weight[i];
  return iterate(goals, std::move(leaving), options, [&](std::uint32_t node, const auto& share) {
           double sum = 0;
           for (std::uint32_t i = sources.first[node]; i < sources.first[node + 1]; ++i)
             sum += static_cast<double>(share[sources.to[i]]) * sources.weight[i];
           return sum;
         }).rank;
}

}  // namespace

template <GraphView G>
std::vector<double> pagerank(const G& view, const PageRankOptions& options) {
  Goals goals{.is = std::vector<bool>(view.node_limit())};
  if (options.start.empty()) {
    each_node(view, [&](NodeIndex node) { goals.is[node.value] = true; });
  } else {
    for (const NodeIndex node : options.start)
      if (node.value < view.node_limit() && view.admits(node)) goals.is[node.value] = true;
  }
  if (options.weight == Weight::Confidence) return by_weight(view, goals, options);
  const bool part = options.direction == Direction::Forward && !leaves_nothing_out(view);
  return part ? by_part(view, goals, options) : by_links(view, goals, options);
}

template std::vector<double> pagerank(const Snapshot&, const PageRankOptions&);
template std::vector<double> pagerank(const Slice&, const PageRankOptions&);

}  // namespace entente
