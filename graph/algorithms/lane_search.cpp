#include "graph/algorithms/lane_search.h"

#include <algorithm>

#include "graph/algorithms/parallel.h"

namespace entente {

LaneSearch::LaneSearch(const Links& links, const Cancel* cancel)
    : links_(links), cancel_(cancel), paths_(links.size()), share_(links.size()), seen_(links.size(), 0), next_(links.size(), 0) {}

void LaneSearch::add_to(std::vector<double>& score, std::span<const std::uint32_t> sources) {
  search(sources);
  if (!is_stopped(cancel_)) gather(score);
  for (const Visit& visit : order_) {
    seen_[visit.node] = next_[visit.node] = 0;
    paths_[visit.node] = Lanes{};
  }
}

ENTENTE_VECTORS void LaneSearch::search(std::span<const std::uint32_t> sources) {
  order_.clear();
  level_.assign(1, 0);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    seen_[sources[i]] = static_cast<LaneMask>(seen_[sources[i]] | 1u << i);
    paths_[sources[i]].value[i] = 1;
    order_.push_back({sources[i], static_cast<LaneMask>(1u << i)});
  }
  while (level_.back() != order_.size()) {
    const std::size_t begin = level_.back(), end = order_.size();
    level_.push_back(end);
    touched_.clear();
    for (std::size_t at = begin; at < end; ++at) {
      if (at % kBetweenLooks == 0 && is_stopped(cancel_)) return;
      const Visit visit = order_[at];
      LaneVector here;
      load(paths_[visit.node], here);
      for (const NodeIndex other : links_.of(visit.node)) {
        const auto fresh = static_cast<LaneMask>(visit.lanes & ~seen_[other.value]);
        if (fresh == 0) continue;
        LaneBits mask;
        LaneVector there;
        spread(fresh, mask);
        load(paths_[other.value], there);
        there += (LaneVector)((LaneBits)here & mask);
        store(there, paths_[other.value]);
        if (next_[other.value] == 0) touched_.push_back(other.value);
        next_[other.value] = static_cast<LaneMask>(next_[other.value] | fresh);
      }
    }
    for (const std::uint32_t node : touched_) {
      seen_[node] = static_cast<LaneMask>(seen_[node] | next_[node]);
      order_.push_back({node, next_[node]});
      next_[node] = 0;
    }
  }
  // The last level is empty; its beginning is the end.
}

ENTENTE_VECTORS void LaneSearch::gather(std::vector<double>& score) {
  // next_ holds the lanes that a node has on the level below the one that is looked at.
  for (std::size_t level = level_.size() - 1; level-- > 0;) {
    const std::size_t begin = level_[level], end = level_[level + 1];
    for (std::size_t at = begin; at < end; ++at) {
      if (at % kBetweenLooks == 0 && is_stopped(cancel_)) return;
      const Visit visit = order_[at];
      LaneVector behind = {}, paths, share;
      for (const NodeIndex other : links_.of(visit.node)) {
        const auto below = static_cast<LaneMask>(visit.lanes & next_[other.value]);
        if (below == 0) continue;
        LaneBits mask;
        LaneVector part;
        spread(below, mask);
        load(share_[other.value], part);
        behind += (LaneVector)((LaneBits)part & mask);
      }
      LaneBits mask;
      spread(visit.lanes, mask);
      load(paths_[visit.node], paths);
      load(share_[visit.node], share);
      const LaneVector given = behind * paths;
      const LaneVector mine = (1.0 + given) / paths;  // lanes not of this visit are not taken
      share = (LaneVector)(((LaneBits)mine & mask) | ((LaneBits)share & ~mask));
      store(share, share_[visit.node]);
      if (level > 0) {
        const LaneVector counted = (LaneVector)((LaneBits)given & mask);
        double sum = 0;
        for (std::uint32_t lane = 0; lane < kLanes; ++lane) sum += counted[lane];
        score[visit.node] += sum;
      }
    }
    if (level + 2 < level_.size())
      for (std::size_t at = level_[level + 1]; at < level_[level + 2]; ++at) next_[order_[at].node] = 0;
    for (std::size_t at = begin; at < end; ++at)
      next_[order_[at].node] = static_cast<LaneMask>(next_[order_[at].node] | order_[at].lanes);
  }
}

std::vector<double> summed_dependencies(const Links& links, std::span<const std::uint32_t> sources, const Cancel* cancel) {
  constexpr std::uint32_t kSums = 8;  // each of every eighth group, whoever computes it
  const auto groups = static_cast<std::uint32_t>((sources.size() + kLanes - 1) / kLanes);
  const std::uint32_t sums = std::clamp(groups, 1u, kSums);
  std::vector<std::vector<double>> parts(sums);
  std::mutex mutex;
  std::vector<std::unique_ptr<LaneSearch>> idle;
  in_parts(sums, 1, [&](std::uint32_t part, std::uint32_t, std::uint32_t) {
    std::unique_ptr<LaneSearch> search;
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) search = std::move(idle.back()), idle.pop_back();
    }
    if (!search) search = std::make_unique<LaneSearch>(links, cancel);
    parts[part].assign(links.size(), 0.0);
    for (std::uint32_t group = part; group < groups && !is_stopped(cancel); group += sums) {
      const std::size_t first = std::size_t{group} * kLanes;
      search->add_to(parts[part], sources.subspan(first, std::min<std::size_t>(kLanes, sources.size() - first)));
    }
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(search));
  });
  for (std::uint32_t part = 1; part < sums; ++part)
    for (std::uint32_t node = 0; node < links.size(); ++node) parts[0][node] += parts[part][node];
  return std::move(parts[0]);
}

}  // namespace entente
