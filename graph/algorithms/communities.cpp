#include "graph/algorithms/communities.h"

#include <algorithm>
#include <deque>
#include <numeric>
#include <utility>

namespace entente {
namespace {

constexpr double kLeastGain = 1e-12;  // less is rounding

// A graph whose nodes are groups of nodes: what is inside counts as a node's own.
struct Level {
  Rows rows;
  std::vector<double> own;       // weight inside, both ends counted
  std::vector<double> strength;  // all ends at the node
  std::uint32_t size() const { return rows.size(); }
};

double total_of(const Level& level) {
  return std::accumulate(level.strength.begin(), level.strength.end(), 0.0);
}

Level level_of(Rows rows) {
  Level level{.rows = std::move(rows), .own = {}, .strength = {}};
  level.own.assign(level.size(), 0);
  level.strength.assign(level.size(), 0);
  for (std::uint32_t node = 0; node < level.size(); ++node)
    for (std::uint32_t i = level.rows.first[node]; i < level.rows.first[node + 1]; ++i)
      level.strength[node] += level.rows.weight[i];
  return level;
}

// Sums the weight from a node to each group; cleared by touching only what was touched.
class ToGroups {
 public:
  explicit ToGroups(std::size_t groups) : weight_(groups, -1) {}
  void gather(const Level& level, std::uint32_t node, const Groups& groups) {
    for (const std::uint32_t group : touched_) weight_[group] = -1;
    touched_.clear();
    for (std::uint32_t i = level.rows.first[node]; i < level.rows.first[node + 1]; ++i) {
      double& weight = weight_[groups[level.rows.to[i]]];
      if (weight < 0) {
        weight = 0;
        touched_.push_back(groups[level.rows.to[i]]);
      }
      weight += level.rows.weight[i];
    }
    std::ranges::sort(touched_);
  }
  const std::vector<std::uint32_t>& touched() const { return touched_; }
  double to(std::uint32_t group) const { return std::max(weight_[group], 0.0); }

 private:
  std::vector<double> weight_;
  std::vector<std::uint32_t> touched_;
};

// Moves nodes to the group of greatest gain until none gains. True if any moved.
bool move_nodes(const Level& level, Groups& groups, double resolution, double total, const Cancel* cancel) {
  std::vector<double> strength(level.size(), 0);  // by group
  for (std::uint32_t node = 0; node < level.size(); ++node)
    strength[groups[node]] += level.strength[node];
  std::vector<std::uint32_t> empty;
  std::vector<std::uint32_t> members(level.size(), 0);
  for (const std::uint32_t group : groups) ++members[group];
  for (std::uint32_t group = level.size(); group-- > 0;)
    if (members[group] == 0) empty.push_back(group);
  ToGroups weights(level.size());
  std::deque<std::uint32_t> waiting(level.size());
  std::iota(waiting.begin(), waiting.end(), 0);
  std::vector<bool> waits(level.size(), true);
  bool any = false;
  while (!waiting.empty() && !is_stopped(cancel)) {
    const std::uint32_t node = waiting.front();
    waiting.pop_front();
    waits[node] = false;
    const std::uint32_t from = groups[node];
    strength[from] -= level.strength[node];
    weights.gather(level, node, groups);
    const auto gain = [&](std::uint32_t group) {
      return weights.to(group) - resolution * level.strength[node] * strength[group] / total;
    };
    std::uint32_t best = from;
    double most = gain(from);
    for (const std::uint32_t group : weights.touched())
      if (gain(group) > most + kLeastGain) best = group, most = gain(group);
    if (most < -kLeastGain && members[from] > 1 && !empty.empty()) best = empty.back();
    strength[best] += level.strength[node];
    if (best == from) continue;
    any = true;
    if (members[best]++ == 0) empty.pop_back();
    if (--members[from] == 0) empty.push_back(from);
    groups[node] = best;
    for (std::uint32_t i = level.rows.first[node]; i < level.rows.first[node + 1]; ++i) {
      const std::uint32_t other = level.rows.to[i];
      if (groups[other] == best || waits[other]) continue;
      waits[other] = true;
      waiting.push_back(other);
    }
  }
  return any;
}

// Divides each group into parts that hang together well: from single nodes, each joins, while it
// is alone, the part of its group of greatest gain.
Groups refined(const Level& level, const Groups& groups, double resolution, double total) {
  Groups parts(level.size());
  std::iota(parts.begin(), parts.end(), 0);
  std::vector<double> whole(level.size(), 0), strength = level.strength, outward(level.size(), 0);
  for (std::uint32_t node = 0; node < level.size(); ++node) {
    whole[groups[node]] += level.strength[node];
    for (std::uint32_t i = level.rows.first[node]; i < level.rows.first[node + 1]; ++i)
      if (groups[level.rows.to[i]] == groups[node]) outward[node] += level.rows.weight[i];
  }
  const auto hangs_together = [&](std::uint32_t part, std::uint32_t group) {
    return outward[part] >= resolution * strength[part] * (whole[group] - strength[part]) / total -
                                kLeastGain;
  };
  std::vector<bool> alone(level.size(), true);
  ToGroups weights(level.size());
  for (std::uint32_t node = 0; node < level.size(); ++node) {
    if (!alone[node] || !hangs_together(node, groups[node])) continue;
    weights.gather(level, node, parts);
    std::uint32_t best = node;
    double most = kLeastGain;
    for (const std::uint32_t part : weights.touched()) {
      if (part == node || groups[part] != groups[node] || !hangs_together(part, groups[node])) continue;
      const double gain = weights.to(part) - resolution * level.strength[node] * strength[part] / total;
      if (gain > most) best = part, most = gain;
    }
    if (best == node) continue;
    // A part is called after the node that it began with.
    outward[best] += outward[node] - 2 * weights.to(best);
    strength[best] += level.strength[node];
    parts[node] = best;
    alone[node] = alone[best] = false;
  }
  return parts;
}

// Each part becomes a node; `parts` is numbered 0, 1, ... in the order of first members.
Level joined(const Level& level, Groups& parts) {
  std::vector<std::uint32_t> number(level.size(), kNoGroup);
  std::uint32_t count = 0;
  for (std::uint32_t& part : parts) {
    if (number[part] == kNoGroup) number[part] = count++;
    part = number[part];
  }
  std::vector<std::vector<std::uint32_t>> members(count);
  for (std::uint32_t node = 0; node < level.size(); ++node) members[parts[node]].push_back(node);
  Level next;
  next.own.assign(count, 0);
  next.strength.assign(count, 0);
  next.rows.first.push_back(0);
  std::vector<double> weight(count, -1);
  std::vector<std::uint32_t> touched;
  for (std::uint32_t part = 0; part < count; ++part) {
    touched.clear();
    for (const std::uint32_t node : members[part]) {
      next.own[part] += level.own[node];
      next.strength[part] += level.strength[node];
      for (std::uint32_t i = level.rows.first[node]; i < level.rows.first[node + 1]; ++i) {
        const std::uint32_t to = parts[level.rows.to[i]];
        if (to == part) {
          next.own[part] += level.rows.weight[i];
          continue;
        }
        if (weight[to] < 0) weight[to] = 0, touched.push_back(to);
        weight[to] += level.rows.weight[i];
      }
    }
    std::ranges::sort(touched);
    for (const std::uint32_t to : touched) {
      next.rows.to.push_back(to);
      next.rows.weight.push_back(std::exchange(weight[to], -1));
    }
    next.rows.first.push_back(static_cast<std::uint32_t>(next.rows.to.size()));
  }
  return next;
}

// A group that does not hang together is several; apart they weigh no less.
Groups connected_parts(const Rows& rows, const Groups& groups) {
  Groups parts(groups.size(), kNoGroup);
  std::uint32_t count = 0;
  std::vector<std::uint32_t> found;
  for (std::uint32_t root = 0; root < groups.size(); ++root) {
    if (parts[root] != kNoGroup) continue;
    found.assign(1, root);
    parts[root] = count;
    for (std::size_t at = 0; at < found.size(); ++at)
      for (std::uint32_t i = rows.first[found[at]]; i < rows.first[found[at] + 1]; ++i) {
        const std::uint32_t other = rows.to[i];
        if (parts[other] != kNoGroup || groups[other] != groups[root]) continue;
        parts[other] = count;
        found.push_back(other);
      }
    ++count;
  }
  return parts;
}

}  // namespace

Communities communities(const Slice& view, const CommunityOptions& options) {
  const Level base = level_of(gather_rows(view, Side::Both, options.weight, Loops::Drop, options.cancel));
  const double total = total_of(base);
  Groups groups(base.size());  // by node of the base
  std::iota(groups.begin(), groups.end(), 0);
  if (total > 0) {
    // Rounds from the base on, each with its division as the start, until one changes nothing.
    for (bool moved = true; moved && !is_stopped(options.cancel);) {
      Level level = base;
      Groups now = groups, place(base.size());  // by node of the level; where a base node lies
      std::iota(place.begin(), place.end(), 0);
      moved = false;
      while (move_nodes(level, now, options.resolution, total, options.cancel)) {
        moved = true;
        Groups parts = refined(level, now, options.resolution, total);
        const std::uint32_t before = level.size();
        Level next = joined(level, parts);
        Groups next_groups(next.size());
        std::vector<std::uint32_t> number(level.size(), kNoGroup);
        std::uint32_t count = 0;
        for (std::uint32_t node = 0; node < level.size(); ++node) {
          std::uint32_t& group = number[now[node]];
          if (group == kNoGroup) group = count++;
          next_groups[parts[node]] = group;
        }
        for (std::uint32_t& at : place) at = parts[at];
        level = std::move(next);
        now = std::move(next_groups);
        if (level.size() == before) break;
      }
      for (std::uint32_t node = 0; node < base.size(); ++node) groups[node] = now[place[node]];
      groups = connected_parts(base.rows, groups);
    }
  }
  for (std::uint32_t node = 0; node < groups.size(); ++node)
    if (!view.admits(NodeIndex{node})) groups[node] = kNoGroup;
  number_groups(groups);
  return {groups, modularity(view, groups, options)};
}

double modularity(const Slice& view, const Groups& groups, const CommunityOptions& options) {
  const Level base = level_of(gather_rows(view, Side::Both, options.weight, Loops::Drop, options.cancel));
  const double total = total_of(base);
  if (!(total > 0)) return 0;
  double inside = 0;
  std::vector<double> strength(group_sizes(groups).size(), 0);
  for (std::uint32_t node = 0; node < base.size(); ++node) {
    if (groups[node] == kNoGroup) continue;
    strength[groups[node]] += base.strength[node];
    for (std::uint32_t i = base.rows.first[node]; i < base.rows.first[node + 1]; ++i)
      if (groups[base.rows.to[i]] == groups[node]) inside += base.rows.weight[i];
  }
  double expected = 0;
  for (const double part : strength) expected += part / total * (part / total);
  return inside / total - options.resolution * expected;
}

}  // namespace entente
