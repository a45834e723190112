// Snapshot: the graph as of (valid, recorded), in columns and compressed rows.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view.h"
#include "schema/as_of.h"
#include "schema/fact.h"
#include "schema/ontology.h"
#include "schema/result.h"

namespace entente {

// Immutable, shared by many readers, safe from any thread. Holds all nodes believed at
// `as_of().recorded` (one that was merged into another is that other) and all edges believed then that may have held in `as_of().valid`. Evidence,
// aliases and properties are not in it: ask the store by id, late, for the rows that survive.
// About 65 bytes an edge; `make` sorts, O((n + m) log m).
class Snapshot {
 public:
  // Corruption if an edge's end is not among the nodes, an id comes twice, or a label or type is
  // not in the ontology. LimitReached beyond 2^32 - 2 nodes or edges.
  static Result<std::shared_ptr<const Snapshot>> make(const std::vector<Node>& nodes,
                                                      const std::vector<Edge>& edges,
                                                      const Ontology& ontology,
                                                      const AsOf& as_of = {});

  const AsOf& as_of() const { return as_of_; }
  const Ontology& ontology() const { return ontology_; }
  std::optional<NodeIndex> find(NodeId id) const;  // O(log n)
  std::optional<EdgeIndex> find(EdgeId id) const;  // O(log m)

  // ---- as a GraphView: everything is admitted
  std::uint32_t node_limit() const { return static_cast<std::uint32_t>(node_ids_.size()); }
  std::uint32_t edge_limit() const { return static_cast<std::uint32_t>(edge_ids_.size()); }
  std::uint32_t node_count() const { return node_limit(); }
  std::uint32_t edge_count() const { return edge_limit(); }
  bool admits(NodeIndex node) const { return node.value < node_limit(); }
  bool admits(EdgeIndex edge) const { return edge.value < edge_limit(); }
  bool admits(Step) const { return true; }
  std::span<const Step> out_edges(NodeIndex node) const { return row(out_, out_first_, node); }
  std::span<const Step> in_edges(NodeIndex node) const { return row(in_, in_first_, node); }
  std::span<const Step> edges_from_to(NodeIndex head, NodeIndex tail) const;  // O(log row)
  std::span<const Step> out_row(NodeIndex node) const { return out_edges(node); }
  std::span<const Step> in_row(NodeIndex node) const { return in_edges(node); }
  NodeIndex head(EdgeIndex edge) const { return heads_[edge.value]; }
  NodeIndex tail(EdgeIndex edge) const { return tails_[edge.value]; }
  Truth truth(EdgeIndex edge) const { return kinds_[edge.value].truth; }  // in as_of().valid
  // The days that were asked for; of a snapshot those of as_of().valid, or all.
  std::optional<DayRange> window() const { return as_of_.valid.value_or(DayRange{}); }
  const Snapshot& snapshot() const { return *this; }

  // ---- columns of nodes
  NodeId id(NodeIndex node) const { return node_ids_[node.value]; }
  LabelId label(NodeIndex node) const { return labels_[node.value]; }
  std::span<const LabelId> more_labels(NodeIndex node) const;
  std::string_view name(NodeIndex node) const;

  // ---- columns of edges
  EdgeId id(EdgeIndex edge) const { return edge_ids_[edge.value]; }
  EdgeTypeId type(EdgeIndex edge) const { return kinds_[edge.value].type; }
  Family family(EdgeIndex edge) const { return ontology_.type(type(edge)).family; }
  Mode mode(EdgeIndex edge) const { return kinds_[edge.value].mode; }
  bool negated(EdgeIndex edge) const { return kinds_[edge.value].negated; }
  double confidence(EdgeIndex edge) const { return confidences_[edge.value]; }
  Interval valid(EdgeIndex edge) const;
  Day earliest_start(EdgeIndex edge) const { return day(limits_[edge.value].earliest_start); }
  Day latest_start(EdgeIndex edge) const { return day(limits_[edge.value].latest_start); }
  Day earliest_end(EdgeIndex edge) const { return day(limits_[edge.value].earliest_end); }
  Day latest_end(EdgeIndex edge) const { return day(limits_[edge.value].latest_end); }
  // valid(edge).meets(window), from the columns.
  Truth meets(EdgeIndex edge, const DayRange& window) const {
    const Limits& l = limits_[edge.value];
    if (day(l.earliest_start) >= window.to || day(l.latest_end) <= window.from) return Truth::No;
    const bool yes = day(l.latest_start) < window.to && day(l.earliest_end) > window.from;
    return yes ? Truth::Yes : Truth::Maybe;
  }

 private:
  friend class SnapshotBuilder;
  struct Limits {  // days since 1970; see Interval
    std::int32_t earliest_start, latest_start, earliest_end, latest_end;
  };
  struct BoundKind {  // of a known bound the period follows from the limits
    Bound::Kind kind;
    Precision precision;
  };
  struct Kind {
    EdgeTypeId type;
    Mode mode;
    bool negated;
    Truth truth;
    BoundKind from, to;
  };

  Snapshot(const Ontology& ontology, const AsOf& as_of) : ontology_(ontology), as_of_(as_of) {}
  static Day day(std::int32_t days) { return Day{std::chrono::days{days}}; }
  static std::span<const Step> row(const std::vector<Step>& steps,
                                   const std::vector<std::uint32_t>& first, NodeIndex node) {
    return std::span(steps).subspan(first[node.value], length(first, node));
  }
  static std::uint32_t length(const std::vector<std::uint32_t>& first, NodeIndex node) {
    return first[node.value + 1] - first[node.value];
  }

  Ontology ontology_;
  AsOf as_of_;

  // By NodeIndex; those named first_ have one entry more, the end.
  std::vector<NodeId> node_ids_;
  std::vector<LabelId> labels_;
  std::vector<LabelId> more_labels_;
  std::vector<std::uint32_t> more_labels_first_;
  std::string names_;
  std::vector<std::uint64_t> names_first_;
  std::vector<std::uint32_t> out_first_, in_first_;
  std::vector<Step> out_, in_;

  // By EdgeIndex.
  std::vector<EdgeId> edge_ids_;
  std::vector<NodeIndex> heads_, tails_;
  std::vector<Kind> kinds_;
  std::vector<Limits> limits_;
  std::vector<double> confidences_;
  std::vector<EdgeIndex> edges_by_id_;
};

// Makes a snapshot from nodes and edges in any order, one at a time, keeping only what it needs.
class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(const Ontology& ontology, const AsOf& as_of = {});
  void add(const Node& node);  // one that was merged has no place; its edges are the survivor's
  void add(const Edge& edge);  // forgets it if it does not hold in as_of.valid
  Result<std::shared_ptr<const Snapshot>> finish();  // once; errors as Snapshot::make

 private:
  struct Row {
    EdgeId id;
    NodeId head, tail;
    NodeIndex head_index, tail_index;
    Snapshot::Kind kind;
    Snapshot::Limits limits;
    double confidence;
  };
  struct Named {
    NodeId id;
    LabelId label;
    std::vector<LabelId> more_labels;
    std::string name;
  };
  Status place_nodes();
  Status place_edges();

  NodeId survivor_of(NodeId id) const;

  std::shared_ptr<Snapshot> made_;
  std::map<NodeId, NodeId> merged_;  // into which
  std::vector<Named> nodes_;
  std::vector<Row> edges_;
};

}  // namespace entente
