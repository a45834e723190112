#include "graph/algorithms/components.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <tuple>
#include <utility>

#include "graph/algorithms/parallel.h"
#include "graph/algorithms/rows.h"

namespace entente {
namespace {

// Union and find, most of it over before most edges are looked at: after two steps from each node
// nearly all nodes of the largest part know each other, and only the rows of the others are walked
// to their end. M. Sutton, T. Ben-Nun, A. Barak, "Optimizing parallel graph connectivity computation
// via subgraph sampling", IPDPS 2018. The root of a part is its least node, whoever joins it when.
class Parts {
 public:
  explicit Parts(std::uint32_t nodes) : parent_(nodes) { std::iota(parent_.begin(), parent_.end(), 0u); }

  std::uint32_t root(std::uint32_t node) const {
    for (std::uint32_t up; (up = load(node)) != node;) node = up;
    return node;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    while ((a = root(a)) != (b = root(b))) {
      if (a < b) std::swap(a, b);
      std::uint32_t expected = a;
      if (std::atomic_ref(parent_[a]).compare_exchange_strong(expected, b, std::memory_order_relaxed)) return;
    }
  }
  void flatten() {
    in_parts(static_cast<std::uint32_t>(parent_.size()), 16384, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t node = begin; node < end; ++node)
        std::atomic_ref(parent_[node]).store(root(node), std::memory_order_relaxed);
    });
  }

 private:
  std::uint32_t load(std::uint32_t node) const {
    return std::atomic_ref(const_cast<std::uint32_t&>(parent_[node])).load(std::memory_order_relaxed);
  }
  std::vector<std::uint32_t> parent_;
};

// The part that most of some nodes are in.
std::uint32_t largest_of_some(const Parts& parts, std::uint32_t nodes) {
  std::vector<std::uint32_t> drawn;
  for (std::uint64_t i = 0; i < 1024; ++i) drawn.push_back(parts.root(static_cast<std::uint32_t>(i * 2654435761u % nodes)));
  std::ranges::sort(drawn);
  std::uint32_t largest = drawn[0];
  std::size_t most = 0;
  for (std::size_t i = 0, j = 0; i < drawn.size(); i = j) {
    while (j < drawn.size() && drawn[j] == drawn[i]) ++j;
    if (j - i > most) most = j - i, largest = drawn[i];
  }
  return largest;
}

void weakly(const Slice& view, Groups& groups, const Cancel* cancel) {
  const std::uint32_t nodes = view.node_limit();
  if (nodes == 0) return;
  constexpr std::size_t kSteps = 2;  // from each node, before the rest
  const bool whole = view.is_whole();
  Parts parts(nodes);
  // The row's steps from `first` on, at most so many.
  const auto walk = [&](std::uint32_t node, const StepRow& row, std::size_t first, std::size_t most) {
    const auto others = row.nodes();
    for (std::size_t i = first; i < others.size() && i - first < most; ++i)
      if (whole || view.admits(Step{others[i], row.edge(i)})) parts.join(node, others[i].value);
  };
  for (std::size_t step = 0; step < kSteps; ++step) {
    in_parts(nodes, 8192, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
      if (is_stopped(cancel)) return;
      for (std::uint32_t node = begin; node < end; ++node)
        if (view.admits(NodeIndex{node})) walk(node, view.out_row(NodeIndex{node}), step, 1);
    });
    parts.flatten();
  }
  const std::uint32_t largest = largest_of_some(parts, nodes);
  in_parts(nodes, 4096, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
    if (is_stopped(cancel)) return;
    for (std::uint32_t node = begin; node < end; ++node) {
      if (!view.admits(NodeIndex{node}) || parts.root(node) == largest) continue;
      walk(node, view.out_row(NodeIndex{node}), kSteps, ~std::size_t{0});
      walk(node, view.in_row(NodeIndex{node}), 0, ~std::size_t{0});
    }
  });
  parts.flatten();
  // Numbered in the order of their least nodes, which are the roots.
  std::uint32_t count = 0;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (groups[node] == kNoGroup) continue;
    const std::uint32_t root = parts.root(node);
    groups[node] = root == node ? count++ : groups[root];
  }
}

void strongly(const Rows& rows, Groups& groups, const Cancel* cancel) {
  const std::uint32_t nodes = rows.size();
  std::vector<std::uint32_t> entered(nodes, 0), lowest(nodes, 0), next(nodes), open, stack;
  std::uint32_t clock = 0, count = 0, steps = 0;
  for (std::uint32_t root = 0; root < nodes && !is_stopped(cancel); ++root) {
    if (groups[root] != kNoGroup - 1 || entered[root] != 0) continue;
    const auto enter = [&](std::uint32_t node) {
      entered[node] = lowest[node] = ++clock;
      next[node] = rows.first[node];
      stack.push_back(node);
      open.push_back(node);
    };
    enter(root);
    while (!stack.empty()) {
      if (++steps % kBetweenLooks == 0 && is_stopped(cancel)) return;
      const std::uint32_t node = stack.back();
      if (next[node] < rows.first[node + 1]) {
        const std::uint32_t other = rows.to[next[node]++];
        if (entered[other] == 0) enter(other);
        else if (groups[other] == kNoGroup - 1) lowest[node] = std::min(lowest[node], entered[other]);
        continue;
      }
      stack.pop_back();
      if (!stack.empty()) lowest[stack.back()] = std::min(lowest[stack.back()], lowest[node]);
      if (lowest[node] != entered[node]) continue;
      while (true) {
        const std::uint32_t member = open.back();
        open.pop_back();
        groups[member] = count;
        if (member == node) break;
      }
      ++count;
    }
  }
}

}  // namespace

void number_groups(Groups& groups) {
  struct Group {
    std::uint32_t size = 0, least = kNoGroup, number = 0;
  };
  std::vector<Group> all;
  for (std::uint32_t node = 0; node < groups.size(); ++node) {
    if (groups[node] == kNoGroup) continue;
    if (groups[node] >= all.size()) all.resize(groups[node] + 1u);
    Group& group = all[groups[node]];
    ++group.size;
    group.least = std::min(group.least, node);
  }
  std::vector<std::uint32_t> order(all.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](std::uint32_t g) {
    return std::tuple(~all[g].size, all[g].least);
  });
  for (std::uint32_t i = 0; i < order.size(); ++i) all[order[i]].number = i;
  for (std::uint32_t& group : groups)
    if (group != kNoGroup) group = all[group].number;
}

std::vector<std::uint32_t> group_sizes(const Groups& groups) {
  std::vector<std::uint32_t> sizes;
  for (const std::uint32_t group : groups) {
    if (group == kNoGroup) continue;
    if (group >= sizes.size()) sizes.resize(group + 1u, 0);
    ++sizes[group];
  }
  return sizes;
}

Groups components(const Slice& view, Connected connected, const Cancel* cancel) {
  const bool is_weak = connected == Connected::Weakly;
  Groups groups(view.node_limit(), kNoGroup);
  each_node(view, [&](NodeIndex node) { groups[node.value] = kNoGroup - 1; });  // still to be found
  if (is_weak) weakly(view, groups, cancel);
  else strongly(gather_rows(view, Side::Out, Weight::Pair, Loops::Drop, cancel), groups, cancel);
  if (is_stopped(cancel)) return groups;  // its numbers are none yet
  number_groups(groups);
  return groups;
}

}  // namespace entente
