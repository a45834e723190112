// Diff: what changed between two points of (valid, recorded), and whether the world changed or what
// we know of it.
//
// Between the points lies a third: the valid time of the first with the recorded time of the
// second. From the first point to it only knowledge changed; from it to the second, only the world.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/catalog.h"
#include "graph/slice.h"
#include "schema/fact.h"
#include "schema/result.h"

namespace entente {

enum class ChangeKind : std::uint8_t {
  // The world:
  Began,      // holds at the second valid time and not at the first, by what is believed now
  Ended,      // the other way round
  // Knowledge:
  Learned,    // was not believed, and is now believed to have held at the first valid time
  Retracted,  // was believed, and is no more
  Corrected,  // is believed otherwise: other ends, type, time, mode or negation
  Merged,     // joins other nodes, because two were found to be one (or taken apart again)
  Supported,  // only its confidence is another: sources came or went
};
inline constexpr int kChangeKinds = 7;
std::string_view name_of(ChangeKind kind);  // "began", ...
bool is_of_world(ChangeKind kind);

struct EdgeChange {
  ChangeKind kind;
  EdgeId edge;                    // as it was; what began or was learned: as it is
  std::optional<EdgeId> became;   // the edge that stands for it now, if that is another
  std::optional<EdgeIndex> was;   // in the snapshot of the first recorded time
  std::optional<EdgeIndex> is;    // in that of the second
  friend bool operator==(const EdgeChange&, const EdgeChange&) = default;
};

enum class NodeChangeKind : std::uint8_t { Added, Gone, Merged, Unmerged, Corrected };
std::string_view name_of(NodeChangeKind kind);
struct NodeChange {
  NodeChangeKind kind;
  NodeId node;
  NodeId with;  // into which it was merged, or from which taken
  friend bool operator==(const NodeChange&, const NodeChange&) = default;
};

struct Diff {
  std::vector<EdgeChange> edges;  // by kind, then by edge
  std::vector<NodeChange> nodes;  // likewise; knowledge all of it, for nodes have no valid time
};

// The two points, as slices of two snapshots that have edges of any valid time: `before` of the
// first recorded time, `learned` and `after` of the second; `before` and `learned` in the window of
// the first valid time, `after` in that of the second; all under one filter.
struct DiffSides {
  const Slice& before;
  const Slice& learned;
  const Slice& after;
};

// `acts`: what the commits after the first recorded time did, up to the second, in their order.
// An edge that was corrected by giving it another id, or joined to another by a merger, is one
// change; one whose end became known by `change` has Ended if that lies before the second valid
// time. O(edges log edges).
Diff diff(const DiffSides& sides, std::span<const Act> acts);

// The score of a node at the three points.
struct ScoreChange {
  NodeId node;
  double before = 0, learned = 0, after = 0;
  double by_learning() const { return learned - before; }
  double by_world() const { return after - learned; }
  friend bool operator==(const ScoreChange&, const ScoreChange&) = default;
};

// Every node of either side whose score changed: the greatest change in all first, then by node.
// 0 where a node is not. Errors of the algorithm.
Result<std::vector<ScoreChange>> score_changes(const DiffSides& sides,
                                               const RankAlgorithm& algorithm,
                                               const Arguments& arguments);

}  // namespace entente
