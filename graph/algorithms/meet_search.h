// MeetSearch: a shortest path by one breadth-first search from both ends, over at the first meeting.
// An engine of shortest_path.cpp; see shortest_path.h for which path it is.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "graph/algorithms/path_scratch.h"
#include "graph/algorithms/shortest_path.h"
#include "graph/algorithms/work.h"
#include "graph/snapshot.h"
#include "graph/view.h"

namespace entente {

// Where a search may not go, on top of what the view leaves out.
struct PathBans {
  std::span<const NodeIndex> nodes = {};       // not to be entered
  std::span<const NodeIndex> first_hops = {};  // not to be entered straight from the source
};

// Searches one after the other on one view, sharing the marks: a search costs what it touches, not
// the size of the graph. Borrows view and options. Not thread-safe.
template <GraphView G>
class MeetSearch {
 public:
  enum class Outcome { Found, None, OutOfWork };

  MeetSearch(const G& view, const PathOptions& options)
      : view_(view), options_(options), meter_(options.max_work, options.cancel),
        scratch_((options.scratch != nullptr ? *options.scratch : own_).meets_) {
    scratch_.make_for(view.node_limit());
    marks_ = scratch_.marks.get(), queue_ = scratch_.queue.get();
  }

  // The work of all searches together counts against options.max_work.
  Outcome find(NodeIndex source, NodeIndex target, std::uint32_t max_hops, const PathBans& bans);

  const WorkMeter& meter() const { return meter_; }  // says why it ran out of work

  // From source to target. After Outcome::Found.
  std::vector<NodeIndex> path() const;

 private:
  // What a mark holds: the base of the search and one of these. A node is on one side alone, for
  // where the sides meet the search is over.
  static constexpr std::uint32_t kSource = 0, kTarget = 1, kBanned = 2, kStamps = 3;

  // The last complete level of a side, in the queue, and what walking over its rows will cost.
  struct Level {
    std::uint32_t begin, end;
    std::uint64_t cost;
  };
  enum class Grown { Further, Met, OutOfWork };
  template <bool kForward, bool kAny>
  Grown grow();
  template <bool kForward, bool kAny>
  std::uint64_t row_length(NodeIndex node) const {
    return (kForward || kAny ? view_.out_row(node).size() : 0) + (!kForward || kAny ? view_.in_row(node).size() : 0);
  }
  template <bool kAny>
  Outcome search(std::uint32_t max_hops);
  bool is_banned_hop(NodeIndex to) const { return std::ranges::find(bans_->first_hops, to) != bans_->first_hops.end(); }

  const G& view_;
  const PathOptions& options_;
  WorkMeter meter_;
  PathScratch own_;  // unless the options bring one
  PathScratch::Meets& scratch_;
  PathScratch::Meet* marks_;
  std::uint32_t* queue_;

  // Of the last search.
  std::uint32_t base_ = 0;
  NodeIndex source_, target_;
  const PathBans* bans_ = nullptr;
  Level from_source_{}, from_target_{};
  NodeIndex before_, after_;  // the step on which the sides met
};

template <GraphView G>
typename MeetSearch<G>::Outcome MeetSearch<G>::find(NodeIndex source, NodeIndex target, std::uint32_t max_hops,
                                                    const PathBans& bans) {
  base_ = scratch_.next_base(kStamps);
  source_ = before_ = source, target_ = after_ = target, bans_ = &bans;
  if (source == target) return Outcome::Found;
  for (const NodeIndex node : bans.nodes) marks_[node.value].stamp = base_ + kBanned;
  marks_[source.value] = {base_ + kSource, source.value};
  marks_[target.value] = {base_ + kTarget, target.value};
  return options_.direction == Direction::Any ? search<true>(max_hops) : search<false>(max_hops);
}

template <GraphView G>
template <bool kAny>
typename MeetSearch<G>::Outcome MeetSearch<G>::search(std::uint32_t max_hops) {
  const auto last = static_cast<std::uint32_t>(scratch_.queue.size() - 1);
  queue_[0] = source_.value, queue_[last] = target_.value;
  from_source_ = {0, 1, row_length<true, kAny>(source_)};
  from_target_ = {last, last - 1, row_length<false, kAny>(target_)};
  // An edge that leads in is looked up anywhere in the columns, those that lead out lie side by side:
  // where edges are asked whether they pass a filter, one costs as much as four.
  constexpr std::uint64_t kEntry = !kAny && !std::is_same_v<G, Snapshot> ? 4 : 1;
  for (std::uint32_t hops = 1; hops <= max_hops; ++hops) {
    if (from_source_.begin == from_source_.end || from_target_.begin == from_target_.end) return Outcome::None;
    const Grown grown = from_source_.cost <= from_target_.cost * kEntry ? grow<true, kAny>() : grow<false, kAny>();
    if (grown == Grown::OutOfWork) return Outcome::OutOfWork;
    if (grown == Grown::Met) return Outcome::Found;
  }
  return Outcome::None;
}

// One level further on one side. Both sides know all nodes up to their distance, and no way is as
// short as both together: so the first step that leads from one side into the other makes a
// shortest path.
template <GraphView G>
template <bool kForward, bool kAny>
typename MeetSearch<G>::Grown MeetSearch<G>::grow() {
  Level& side = kForward ? from_source_ : from_target_;
  PathScratch::Meet* const marks = marks_;
  const std::uint32_t base = base_;
  std::uint32_t end = side.end;
  std::uint64_t cost = 0;

  constexpr std::size_t kAhead = 16;
  const Columns& columns = view_.snapshot().columns();
  [[maybe_unused]] const EdgeKind* const kinds = columns.kinds.data();
  [[maybe_unused]] const Limits* const limits = columns.limits.empty() ? nullptr : columns.limits.data();

  // Of the entries of a row; false where the sides meet.
  const auto walk = [&](NodeIndex node, const StepRow& row, auto leads_in, bool check_hops) {
    const std::span<const NodeIndex> others = row.nodes();
    for (std::size_t at = 0; at < others.size(); ++at) {
      // Marks lie anywhere, and what a filter asks of edges that lead in: what comes soon is fetched beforehand.
      if (at + kAhead < others.size()) {
        __builtin_prefetch(&marks[others[at + kAhead].value]);
        if constexpr (leads_in.value && !std::is_same_v<G, Snapshot>) {
          const std::uint32_t edge = row.edge(at + kAhead).value;
          __builtin_prefetch(kinds + edge);
          if (limits != nullptr) __builtin_prefetch(limits + edge);
        }
      }
      const NodeIndex other = others[at];
      PathScratch::Meet& mark = marks[other.value];
      const std::uint32_t who = mark.stamp - base;
      if (who == (kForward ? kSource : kTarget) || who == kBanned) continue;
      if (!view_.admits(Step{other, row.edge(at)})) continue;
      if (kForward && check_hops && is_banned_hop(other)) continue;
      if (who == (kForward ? kTarget : kSource)) {
        if (!kForward && check_hops && other == source_ && is_banned_hop(node)) continue;
        before_ = kForward ? node : other, after_ = kForward ? other : node;
        return false;
      }
      mark = {base + (kForward ? kSource : kTarget), node.value};
      queue_[end] = other.value;
      kForward ? ++end : --end;
      cost += row_length<kForward, kAny>(other);
    }
    return true;
  };

  for (std::uint32_t at = side.begin; at != side.end; kForward ? ++at : --at) {
    const NodeIndex node{queue_[at]};
    if (!meter_.spend(row_length<kForward, kAny>(node) + 1)) return Grown::OutOfWork;
    const bool check_hops = !bans_->first_hops.empty() && (!kForward || node == source_);
    if ((kForward || kAny) && !walk(node, view_.out_row(node), std::false_type(), check_hops)) return Grown::Met;
    if ((!kForward || kAny) && !walk(node, view_.in_row(node), std::true_type(), check_hops)) return Grown::Met;
  }
  side = {side.end, end, cost};
  return Grown::Further;
}

template <GraphView G>
std::vector<NodeIndex> MeetSearch<G>::path() const {
  std::vector<NodeIndex> nodes = {before_};
  while (nodes.back() != source_) nodes.push_back(NodeIndex{marks_[nodes.back().value].parent});
  std::ranges::reverse(nodes);
  if (source_ == target_) return nodes;
  nodes.push_back(after_);
  while (nodes.back() != target_) nodes.push_back(NodeIndex{marks_[nodes.back().value].parent});
  return nodes;
}

}  // namespace entente
