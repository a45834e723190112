#include "graph/algorithms/pagerank_windows.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <numeric>
#include <ranges>
#include <utility>

#include "graph/algorithms/parallel.h"

namespace entente {
namespace {

// The linear system of these windows: rank = scale * given + the shares of whoever leads there. Places
// are those of inner nodes, which edges lead to and from, all that goes round; then of the others that
// edges lead to. Those that edges only lead from have what jumps bring, and told it on beforehand.
struct System {
  std::uint32_t inner = 0;
  std::vector<std::uint32_t> first, head;  // rows by place, of places
  std::vector<LaneMask> lanes;
  std::vector<Lanes> given;  // by place: by jumps, and by those that edges only lead from
  std::vector<Lanes> part;   // of the rank of an inner node that goes over each of its edges
  std::vector<Lanes> lost;   // and that does not come to another inner one
  std::vector<Lanes> share;  // rank * part
  std::vector<Lanes> rank;   // by place
  Lanes all_given, scale;
};

inline __attribute__((always_inline)) void pull(const System& s, const LaneVector& scale, std::uint32_t place,
                                                LaneVector& sum) {
  load(s.given[place], sum);
  sum *= scale;
  for (std::uint32_t at = s.first[place]; at < s.first[place + 1]; ++at) {
    LaneVector share;
    LaneBits mask;
    load(s.share[s.head[at]], share);
    spread(s.lanes[at], mask);
    sum += (LaneVector)((LaneBits)share & mask);
  }
}

// How many edges lead from each of the numbered, by lane.
ENTENTE_VECTORS void count(const std::vector<std::uint32_t>& heads, const std::vector<LaneMask>& lanes,
                           std::vector<Lanes>& counts) {
  constexpr LaneVector kOne = {1, 1, 1, 1, 1, 1, 1, 1};
  for (std::size_t at = 0; at < heads.size(); ++at) {
    LaneVector sum;
    LaneBits mask;
    spread(lanes[at], mask);
    load(counts[heads[at]], sum);
    store(sum + (LaneVector)((LaneBits)kOne & mask), counts[heads[at]]);
  }
}

// One round; how far the ranks moved, by lane. What comes in must be as much as is lost, so that no
// round is spent on the sum of the ranks: it is what is given that is scaled.
ENTENTE_VECTORS Lanes go_round(System& s) {
  LaneVector moved = {}, all_lost = {}, scale, all_given;
  load(s.scale, scale);
  load(s.all_given, all_given);
  for (std::uint32_t place = 0; place < s.inner; ++place) {
    LaneVector rank, before, part, lost;
    pull(s, scale, place, rank);
    load(s.rank[place], before);
    load(s.part[place], part);
    load(s.lost[place], lost);
    store(rank, s.rank[place]);
    store(rank * part, s.share[place]);
    const LaneVector change = rank - before;
    moved += change < 0 ? -change : change;
    all_lost += rank * lost;
  }
  const LaneVector next = all_lost / all_given;
  scale = all_given > 0 ? next : scale;
  store(scale, s.scale);
  Lanes all;
  store(moved, all);
  return all;
}

// What every place gets of the shares as they are.
ENTENTE_VECTORS void finish(System& s) {
  LaneVector scale;
  load(s.scale, scale);
  for (std::uint32_t place = 0; place < s.given.size(); ++place) {
    LaneVector rank;
    pull(s, scale, place, rank);
    store(rank, s.rank[place]);
  }
}

// `base`, by node, is what jumps bring. Afterwards arcs.head are the numbers that `number` gives to
// nodes: places, and beyond them those that edges only lead from.
template <typename Arcs>
System system_of(Arcs& arcs, const std::vector<double>& base, double damping, std::vector<std::uint32_t>& number) {
  const auto nodes = static_cast<std::uint32_t>(base.size());
  System s;
  std::vector<std::uint32_t> placed;
  number.assign(nodes, 0);
  const auto number_all = [&](std::uint32_t& next, auto which) {
    for (std::uint32_t node = 0; node < nodes; ++node)
      if (which(arcs.in[node] != 0, arcs.out[node] != 0)) number[node] = next++, placed.push_back(node);
  };
  std::uint32_t next = 0;
  number_all(next, [](bool in, bool out) { return in && out; });
  s.inner = next;
  number_all(next, [](bool in, bool out) { return in && !out; });
  const std::uint32_t places = next;
  number_all(next, [](bool in, bool out) { return !in && out; });

  for (std::uint32_t& head : arcs.head) head = number[head];
  std::vector<Lanes> part(next);
  count(arcs.head, arcs.lanes, part);
  for (Lanes& lanes : part)
    for (double& value : lanes.value) value = value > 0 ? damping / value : 0;

  s.given.resize(places), s.rank.resize(places);
  s.lost.assign(s.inner, Lanes{});
  s.head.reserve(arcs.head.size()), s.lanes.reserve(arcs.head.size());
  s.first.reserve(places + 1), s.first.push_back(0);
  for (std::uint32_t place = 0; place < places; ++place) {
    const std::uint32_t node = placed[place];
    Lanes& given = s.given[place];
    std::ranges::fill(given.value, base[node]);
    for (std::uint32_t at = node == 0 ? 0 : arcs.end[node - 1]; at < arcs.end[node]; ++at) {
      const std::uint32_t head = arcs.head[at];
      if (head < places) {
        s.head.push_back(head), s.lanes.push_back(arcs.lanes[at]);
        continue;
      }
      for (std::uint32_t lane = 0; lane < kLanes; ++lane)
        if (arcs.lanes[at] >> lane & 1) given.value[lane] += base[placed[head]] * part[head].value[lane];
    }
    s.first.push_back(static_cast<std::uint32_t>(s.head.size()));
    if (place + 1 == s.inner) count(s.head, s.lanes, s.lost);  // for now the edges between inner nodes
  }
  part.resize(s.inner);
  s.part = std::move(part), s.share.resize(s.inner);
  s.all_given = Lanes{};
  std::ranges::fill(s.scale.value, 1.0);
  for (std::uint32_t place = 0; place < s.inner; ++place)
    for (std::uint32_t lane = 0; lane < kLanes; ++lane) {
      const double given = s.given[place].value[lane], goes = s.part[place].value[lane];
      s.all_given.value[lane] += given;
      s.lost[place].value[lane] = 1 - s.lost[place].value[lane] * goes;
      s.rank[place].value[lane] = given;
      s.share[place].value[lane] = given * goes;
    }
  return s;
}

}  // namespace

bool PageRankWindows::can(const PageRankOptions& options) {
  return options.direction == Direction::Forward && options.weight != Weight::Confidence;
}

PageRankWindows::PageRankWindows(const Slice& view, const PageRankOptions& options) : view_(view), options_(options) {
  assert(can(options));
  const Columns& columns = view.snapshot().columns();
  const std::uint32_t nodes = view.node_limit();
  base_.assign(nodes, 0);
  if (options.start.empty()) {
    each_node(view, [&](NodeIndex node) { base_[node.value] = 1; });
  } else {
    for (const NodeIndex node : options.start)
      if (node.value < nodes && view.admits(node)) base_[node.value] = 1;
  }
  const double goals = std::accumulate(base_.begin(), base_.end(), 0.0);
  for (double& base : base_) base /= std::max(goals, 1.0);

  constexpr std::uint32_t kPart = 8192;
  const bool whole = view.is_whole();
  std::vector<std::vector<Arc>> parts(nodes / kPart + 1);
  first_.assign(nodes + 1, 0);
  in_parts(nodes, kPart, [&](std::uint32_t part, std::uint32_t begin, std::uint32_t end) {
    std::vector<Arc>& arcs = parts[part];
    for (NodeIndex node{begin}; node.value < end; ++node.value) {
      if (!view.admits(node)) continue;
      const std::size_t before = arcs.size();
      const StepRow row = view.in_row(node);
      for (std::size_t at = 0; at < row.size(); ++at) {
        const Step step{row.node(at), row.edge(at)};
        if (!whole && !view.admits(step)) continue;
        const std::uint32_t edge = step.edge.value;
        if (columns.wide_limits.empty())
          arcs.push_back({step.node.value, columns.limits[edge][0], columns.limits[edge][3]});
        else
          arcs.push_back({step.node.value, columns.wide_limits[edge][0], columns.wide_limits[edge][3]});
      }
      first_[node.value + 1] = static_cast<std::uint32_t>(arcs.size() - before);
    }
  });
  for (std::uint32_t node = 0; node < nodes; ++node) first_[node + 1] += first_[node];
  arcs_.resize(first_[nodes]);
  in_parts(nodes, kPart, [&](std::uint32_t part, std::uint32_t begin, std::uint32_t) {
    std::ranges::copy(parts[part], arcs_.begin() + first_[begin]);
    parts[part] = {};
  });
}

// The edges that may have held in any window, and how many there are by their lanes.
std::array<std::uint32_t, 256> PageRankWindows::arcs_of(Arcs& arcs, const std::vector<LaneMask>& begun,
                                                        const std::vector<LaneMask>& not_over) const {
  const std::uint32_t nodes = view_.node_limit();
  std::array<std::uint32_t, 256> edges_in{};
  arcs.end.resize(nodes), arcs.in.resize(nodes), arcs.out.resize(nodes);
  arcs.head.resize(arcs_.size()), arcs.lanes.resize(arcs_.size());
  const Arc* const all = arcs_.data();
  const LaneMask *const begun_at = begun.data(), *const not_over_at = not_over.data();
  LaneMask* const out = arcs.out.data();
  std::uint32_t* const head = arcs.head.data();
  LaneMask* const lanes = arcs.lanes.data();
  const bool merge = options_.weight == Weight::Pair;
  std::uint32_t end = 0;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    const std::uint32_t begin = end;
    LaneMask in = 0;
    for (std::uint32_t at = first_[node]; at < first_[node + 1]; ++at) {
      const Arc arc = all[at];
      const auto when = static_cast<LaneMask>(begun_at[arc.first] & not_over_at[arc.last]);
      if (when == 0) continue;
      ++edges_in[when];
      in |= when, out[arc.head] |= when;
      if (merge && end > begin && head[end - 1] == arc.head) {
        lanes[end - 1] |= when;
        continue;
      }
      head[end] = arc.head, lanes[end++] = when;
    }
    arcs.in[node] = in;
    arcs.end[node] = end;
  }
  arcs.head.resize(end), arcs.lanes.resize(end);
  return edges_in;
}

std::vector<WindowRanking> PageRankWindows::ranks(std::span<const DayRange> windows) const {
  assert(windows.size() <= kLanes);
  const Snapshot& snapshot = view_.snapshot();
  const std::uint32_t nodes = view_.node_limit();
  std::vector<WindowRanking> found(windows.size());

  // In which windows an edge of these limits may have held: see Snapshot::meets.
  const std::size_t instants = snapshot.columns().instants.size();
  std::vector<LaneMask> begun(instants, 0), not_over(instants, 0);
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const InstantRange places = snapshot.places(windows[i]);
    const auto lane = static_cast<LaneMask>(1u << i);
    for (std::size_t at = 0; at < std::min<std::size_t>(places.to, instants); ++at) begun[at] |= lane;
    for (std::size_t at = places.from; at < instants; ++at) not_over[at] |= lane;
  }

  Arcs arcs;
  const auto edges_in = arcs_of(arcs, begun, not_over);
  std::vector<std::uint32_t> number;
  System s = system_of(arcs, base_, options_.damping, number);
  for (std::uint32_t round = 0; round < options_.max_iterations && !is_stopped(options_.cancel); ++round) {
    const Lanes scale = s.scale, moved = go_round(s);
    const auto is_still = [&](std::uint32_t lane) { return moved.value[lane] <= options_.tolerance * scale.value[lane]; };
    if (std::ranges::all_of(std::views::iota(0u, kLanes), is_still)) break;
  }
  finish(s);

  const auto rank_of = [&](std::uint32_t node, std::uint32_t lane) {
    return arcs.in[node] != 0 ? s.rank[number[node]].value[lane] : base_[node] * s.scale.value[lane];
  };
  Lanes sums{};
  for (std::uint32_t node = 0; node < nodes; ++node)
    for (std::uint32_t lane = 0; lane < kLanes; ++lane) sums.value[lane] += rank_of(node, lane);
  for (std::uint32_t lane = 0; lane < windows.size(); ++lane) {
    WindowRanking& window = found[lane];
    for (std::size_t lanes = 0; lanes < edges_in.size(); ++lanes)
      if (lanes >> lane & 1) window.edges += edges_in[lanes];
    window.ranked.reserve(s.rank.size());
  }
  for (std::uint32_t node = 0; node < nodes; ++node)
    for (unsigned left = arcs.in[node] | arcs.out[node]; left != 0; left &= left - 1) {
      const auto lane = static_cast<std::uint32_t>(std::countr_zero(left));
      const double sum = sums.value[lane];
      found[lane].ranked.push_back({NodeIndex{node}, sum > 0 ? rank_of(node, lane) / sum : 0});
    }
  return found;
}

}  // namespace entente
