#include "graph/algorithms/components.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "graph/algorithms/rows.h"

namespace entente {
namespace {

void weakly(const Rows& rows, Groups& groups) {
  std::uint32_t count = 0;
  std::vector<std::uint32_t> found;
  for (std::uint32_t root = 0; root < rows.size(); ++root) {
    if (groups[root] != kNoGroup - 1) continue;
    groups[root] = count;
    found.assign(1, root);
    for (std::size_t at = 0; at < found.size(); ++at)
      for (std::uint32_t i = rows.first[found[at]]; i < rows.first[found[at] + 1]; ++i) {
        if (groups[rows.to[i]] == count) continue;
        groups[rows.to[i]] = count;
        found.push_back(rows.to[i]);
      }
    ++count;
  }
}

void strongly(const Rows& rows, Groups& groups) {
  const std::uint32_t nodes = rows.size();
  std::vector<std::uint32_t> entered(nodes, 0), lowest(nodes, 0), next(nodes), open, stack;
  std::uint32_t clock = 0, count = 0;
  for (std::uint32_t root = 0; root < nodes; ++root) {
    if (groups[root] != kNoGroup - 1 || entered[root] != 0) continue;
    const auto enter = [&](std::uint32_t node) {
      entered[node] = lowest[node] = ++clock;
      next[node] = rows.first[node];
      stack.push_back(node);
      open.push_back(node);
    };
    enter(root);
    while (!stack.empty()) {
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

Groups components(const Slice& view, Connected connected) {
  const bool is_weak = connected == Connected::Weakly;
  const Rows rows = gather_rows(view, is_weak ? Side::Both : Side::Out, Weight::Pair, Loops::Drop);
  Groups groups(view.node_limit(), kNoGroup);
  each_node(view, [&](NodeIndex node) { groups[node.value] = kNoGroup - 1; });  // still to be found
  if (is_weak) weakly(rows, groups);
  else strongly(rows, groups);
  number_groups(groups);
  return groups;
}

}  // namespace entente
