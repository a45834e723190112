#include "graph/diff.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace entente {
namespace {

constexpr std::string_view kKinds[kChangeKinds] = {"began",     "ended",  "learned",  "retracted",
                                                   "corrected", "merged", "supported"};
constexpr std::string_view kNodeKinds[] = {"added", "gone", "merged", "unmerged", "corrected"};

// What an edge says, by ids that mean the same in both snapshots.
struct Says {
  NodeId head, tail;
  EdgeTypeId type;
  Interval valid;
  Mode mode;
  bool negated;
  friend bool operator==(const Says&, const Says&) = default;
};
Says says(const Snapshot& s, EdgeIndex e) {
  return {s.id(s.head(e)), s.id(s.tail(e)), s.type(e), s.valid(e), s.mode(e), s.negated(e)};
}

// Admitted edges by id.
std::map<EdgeId, EdgeIndex> edges_of(const Slice& slice) {
  std::map<EdgeId, EdgeIndex> all;
  each_edge(slice, [&](EdgeIndex edge) { all.emplace(slice.snapshot().id(edge), edge); });
  return all;
}

class Differ {
 public:
  Differ(const DiffSides& sides, std::span<const Act> acts)
      : old_(sides.before.snapshot()), now_(sides.after.snapshot()),
        before_(edges_of(sides.before)), learned_(edges_of(sides.learned)),
        after_(edges_of(sides.after)) {
    for (const Act& act : acts) {
      const bool replaces = act.verb == Verb::Correct || act.verb == Verb::Change;
      if (act.subject == Subject::Edge && replaces && act.other != 0 && act.other != act.id)
        became_[EdgeId{act.id}] = EdgeId{act.other};
      if (act.subject == Subject::Node && (act.verb == Verb::Merge || act.verb == Verb::Unmerge))
        met_.insert({NodeId{act.id}, NodeId{act.other}});
    }
  }

  Diff run() {
    for (const auto& [id, edge] : before_) compare(id, edge);
    for (const auto& [id, edge] : after_) {
      if (before_.contains(id) || stands_for_.contains(id)) continue;
      add(learned_.contains(id) ? ChangeKind::Learned : ChangeKind::Began, id, {}, {}, edge);
    }
    // Believed now to have held at the first valid time, and over by the second.
    for (const auto& [id, edge] : learned_)
      if (!before_.contains(id) && !after_.contains(id) && !stands_for_.contains(id))
        add(ChangeKind::Learned, id, {}, {}, edge);
    nodes();
    std::ranges::sort(diff_.edges, {}, [](const EdgeChange& c) { return std::tuple(c.kind, c.edge); });
    std::ranges::sort(diff_.nodes, {}, [](const NodeChange& c) { return std::tuple(c.kind, c.node, c.with); });
    return std::move(diff_);
  }

 private:
  void add(ChangeKind kind, EdgeId edge, std::optional<EdgeId> became, std::optional<EdgeIndex> was,
           std::optional<EdgeIndex> is) {
    diff_.edges.push_back({kind, edge, became, was, is});
  }

  bool was_merged(NodeId node) const {
    return std::ranges::any_of(met_, [&](const auto& pair) {
      return pair.first == node || pair.second == node;
    });
  }
  // Do they differ in nothing but ends that were found to be one, or two?
  bool differ_by_merger(const Says& was, const Says& is) const {
    if (was.head == is.head && was.tail == is.tail) return false;
    const bool head = was.head == is.head || (was_merged(was.head) && was_merged(is.head));
    const bool tail = was.tail == is.tail || (was_merged(was.tail) && was_merged(is.tail));
    return head && tail && was.type == is.type && was.mode == is.mode && was.negated == is.negated;
  }

  // The edge that says now what that one said, if it is another.
  std::optional<EdgeIndex> successor(EdgeId id, const Says& was) const {
    EdgeId at = id;
    for (std::size_t steps = 0; became_.contains(at) && steps <= became_.size(); ++steps)
      at = became_.at(at);
    if (at != id)
      if (const auto found = now_.find(at)) return found;
    // Joined to one that says the same of the node that its end became.
    if (!was_merged(was.head) && !was_merged(was.tail)) return {};
    std::optional<EdgeIndex> found;
    for (const auto* side : {&learned_, &after_})
      for (const auto& [other, edge] : *side) {
        const Says is = says(now_, edge);
        if (!differ_by_merger(was, is)) continue;
        const bool compatible = is.valid.allows(was.valid) || was.valid.allows(is.valid);
        if (compatible && (!found || now_.id(edge) < now_.id(*found))) found = edge;
      }
    return found;
  }

  void compare(EdgeId id, EdgeIndex edge) {
    const Says was = says(old_, edge);
    auto is = now_.find(id);
    std::optional<EdgeId> became;
    if (!is) {
      is = successor(id, was);
      if (is) became = now_.id(*is);
    }
    if (!is) return add(ChangeKind::Retracted, id, {}, edge, {});
    const EdgeId now = now_.id(*is);
    if (became && !before_.contains(now)) stands_for_.insert(now);
    const Says says_now = says(now_, *is);
    const bool held_then = learned_.contains(now), holds = after_.contains(now);
    if (held_then && !holds) {
      // The world ended it, whatever else we learned of it.
      return add(ChangeKind::Ended, id, became, edge, is);
    }
    if (differ_by_merger(was, says_now)) return add(ChangeKind::Merged, id, became, edge, is);
    if (!(was == says_now)) return add(ChangeKind::Corrected, id, became, edge, is);
    if (!holds) return add(ChangeKind::Corrected, id, became, edge, is);  // an end of it was
    if (old_.confidence(edge) != now_.confidence(*is))
      add(ChangeKind::Supported, id, became, edge, is);
  }

  void nodes() {
    std::map<NodeId, NodeId> merged, unmerged;
    for (const auto& [one, other] : met_) merged[one] = other, unmerged[one] = other;
    for (NodeIndex node; node.value < old_.node_limit(); ++node.value) {
      const NodeId id = old_.id(node);
      const auto is = now_.find(id);
      if (!is) {
        const auto into = merged.find(id);
        if (into != merged.end()) diff_.nodes.push_back({NodeChangeKind::Merged, id, into->second});
        else diff_.nodes.push_back({NodeChangeKind::Gone, id, {}});
      } else if (old_.name(node) != now_.name(*is) || old_.label(node) != now_.label(*is)) {
        diff_.nodes.push_back({NodeChangeKind::Corrected, id, {}});
      }
    }
    for (NodeIndex node; node.value < now_.node_limit(); ++node.value) {
      const NodeId id = now_.id(node);
      if (old_.find(id)) continue;
      const auto from = unmerged.find(id);
      if (from != unmerged.end()) diff_.nodes.push_back({NodeChangeKind::Unmerged, id, from->second});
      else diff_.nodes.push_back({NodeChangeKind::Added, id, {}});
    }
  }

  const Snapshot& old_;
  const Snapshot& now_;
  std::map<EdgeId, EdgeIndex> before_, learned_, after_;
  std::map<EdgeId, EdgeId> became_;
  std::set<std::pair<NodeId, NodeId>> met_;  // merged or taken apart
  std::set<EdgeId> stands_for_;              // edges of now that are told as what others became
  Diff diff_;
};

}  // namespace

std::string_view name_of(ChangeKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view name_of(NodeChangeKind kind) { return kNodeKinds[static_cast<std::size_t>(kind)]; }
bool is_of_world(ChangeKind kind) { return kind == ChangeKind::Began || kind == ChangeKind::Ended; }

Diff diff(const DiffSides& sides, std::span<const Act> acts) { return Differ(sides, acts).run(); }

Result<std::vector<ScoreChange>> score_changes(const DiffSides& sides,
                                               const RankAlgorithm& algorithm,
                                               const Arguments& arguments) {
  std::map<NodeId, ScoreChange> by_node;
  const std::pair<const Slice*, double ScoreChange::*> points[] = {
      {&sides.before, &ScoreChange::before},
      {&sides.learned, &ScoreChange::learned},
      {&sides.after, &ScoreChange::after}};
  for (const auto& [slice, point] : points) {
    const auto scores = algorithm.scores(*slice, arguments);
    if (!scores) return scores.error();
    each_node(*slice, [&](NodeIndex node) {
      const NodeId id = slice->snapshot().id(node);
      ScoreChange& change = by_node[id];
      change.node = id;
      change.*point = (*scores)[node.value];
    });
  }
  std::vector<ScoreChange> changes;
  for (const auto& [id, change] : by_node)
    if (change.before != change.learned || change.learned != change.after) changes.push_back(change);
  std::ranges::sort(changes, {}, [](const ScoreChange& c) {
    return std::tuple(-std::max(std::abs(c.after - c.before),
                                std::max(std::abs(c.by_learning()), std::abs(c.by_world()))),
                      c.node);
  });
  return changes;
}

}  // namespace entente
