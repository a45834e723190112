#include "graph/overlay_counts.h"

#include <algorithm>
#include <array>

namespace entente {

DayCounts::DayCounts(const Columns& from)
    : kinds(from.count_kinds.begin(), from.count_kinds.end()), first(from.count_first.begin(), from.count_first.end()),
      instants(from.count_instants.begin(), from.count_instants.end()), sums(from.count_sums.begin(), from.count_sums.end()) {}

void DayCounts::move_instants(std::span<const std::uint32_t> becomes) {
  for (std::uint32_t& instant : instants) instant = becomes[instant];
}

void DayCounts::add(std::uint32_t kind, std::uint32_t start, std::uint32_t end, std::int64_t by) {
  auto& [starts, ends] = changes_[kind];
  starts[start] += by, ends[end] += by;
}

void DayCounts::put(std::span<const std::uint32_t> old_instants, std::span<const std::uint32_t> old_sums, const Steps& steps,
                    DayCounts& to) const {
  auto next = steps.begin();
  std::int64_t sum = 0, last = 0, before = 0;
  const auto one = [&](std::uint32_t instant, std::int64_t step) {
    if (step == 0) return;
    sum += step;
    to.instants.push_back(instant), to.sums.push_back(static_cast<std::uint32_t>(sum));
  };
  for (std::size_t i = 0; i < old_instants.size(); ++i, last = before) {
    before = old_sums[i];
    for (; next != steps.end() && next->first < old_instants[i]; ++next) one(next->first, next->second);
    std::int64_t step = before - last;
    if (next != steps.end() && next->first == old_instants[i]) step += (next++)->second;
    one(old_instants[i], step);
  }
  for (; next != steps.end(); ++next) one(next->first, next->second);
}

void DayCounts::finish() {
  if (changes_.empty()) return;
  DayCounts to;
  to.first.assign(1, 0);
  std::vector<std::uint32_t> all = kinds;
  for (const auto& [kind, steps] : changes_) all.push_back(kind);
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  const Steps none;
  for (const std::uint32_t kind : all) {
    const auto at = std::ranges::lower_bound(kinds, kind);
    const bool old = at != kinds.end() && *at == kind;
    const auto place = static_cast<std::size_t>(at - kinds.begin());
    const auto changed = changes_.find(kind);
    const std::size_t begin = to.sums.size();
    for (std::size_t which = 0; which < 2; ++which) {
      const std::uint32_t from = old ? first[2 * place + which] : 0, end = old ? first[2 * place + which + 1] : 0;
      const Steps& steps = changed == changes_.end() ? none : which == 0 ? changed->second.first : changed->second.second;
      put(std::span(instants).subspan(from, end - from), std::span(sums).subspan(from, end - from), steps, to);
      to.first.push_back(static_cast<std::uint32_t>(to.sums.size()));
    }
    if (to.sums.size() == begin) to.first.resize(to.first.size() - 2);  // the last of its kind has gone
    else to.kinds.push_back(kind);
  }
  kinds = std::move(to.kinds), first = std::move(to.first), instants = std::move(to.instants), sums = std::move(to.sums);
  changes_.clear();
}

}  // namespace entente
