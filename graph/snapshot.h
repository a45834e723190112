// Snapshot: the graph as of (valid, recorded), in columns and compressed rows.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "graph/columns.h"
#include "graph/view.h"
#include "schema/as_of.h"
#include "schema/fact.h"
#include "schema/ontology.h"
#include "schema/result.h"

namespace entente {

// A window of days as places in a snapshot's table of instants: an edge may have held in it if its
// earliest start is before `to` and its latest end not before `from`.
struct InstantRange {
  std::uint32_t from = 0, to = 0;
};

// Immutable, shared by many readers, safe from any thread. Holds all nodes believed at
// `as_of().recorded` (one that was merged into another is that other) and all edges believed then that
// may have held in `as_of().valid`. Evidence, aliases and properties are not in it: ask the store by
// id, late, for the rows that survive.
// 40 bytes an edge (48 when there are more than 65,536 different days, 4 more when ids are beyond 32
// bits), and a node's 30 and its name; they may lie in memory or in a mapped image (graph/image.h),
// which is the same to whoever asks. `make` sorts by counting, O(n + m).
class Snapshot {
 public:
  // Corruption if an edge's end is not among the nodes, an id comes twice, or a label or type is
  // not in the ontology. LimitReached beyond 2^32 - 2 nodes or edges.
  static Result<std::shared_ptr<const Snapshot>> make(const std::vector<Node>& nodes,
                                                      const std::vector<Edge>& edges,
                                                      const Ontology& ontology,
                                                      const AsOf& as_of = {});

  // Over columns that fit together (Columns::wrong_entries has nothing to say); flat ones need no ends.
  Snapshot(Columns columns, const Ontology& ontology, const AsOf& as_of);

  const Columns& columns() const { return columns_; }
  bool is_layered() const { return columns_.is_layered; }  // changes lie over an image: graph/overlay.h
  const AsOf& as_of() const { return as_of_; }
  const Ontology& ontology() const { return ontology_; }
  std::optional<NodeIndex> find(NodeId id) const;  // O(log n)
  std::optional<EdgeIndex> find(EdgeId id) const;  // O(log m)
  std::optional<std::uint32_t> place_by_id(EdgeId id) const;  // in Columns::edges_by_id; also of one that left

  // ---- as a GraphView: everything is admitted
  std::uint32_t node_limit() const { return columns_.nodes(); }
  std::uint32_t edge_limit() const { return columns_.edges(); }
  std::uint32_t node_count() const { return node_limit(); }
  std::uint32_t edge_count() const { return edge_limit() - columns_.left_edges; }
  bool admits(NodeIndex node) const { return node.value < node_limit(); }
  bool admits(EdgeIndex edge) const { return edge.value < edge_limit() && !kind(edge).left(); }
  bool admits(Step) const { return true; }
  StepRow out_edges(NodeIndex node) const {
    const std::uint32_t first = columns_.out_first[node.value];
    return {columns_.tails.subspan(first, columns_.out_end[node.value] - first), EdgeIndex{first}};
  }
  StepRow in_edges(NodeIndex node) const {
    const std::uint32_t first = columns_.in_first[node.value];
    return {columns_.in_nodes.subspan(first, columns_.in_end[node.value] - first),
            columns_.in_edges.data() + first};
  }
  StepRow edges_from_to(NodeIndex head, NodeIndex tail) const;  // O(log of the shorter row + edges)
  StepRow out_row(NodeIndex node) const { return out_edges(node); }
  StepRow in_row(NodeIndex node) const { return in_edges(node); }
  NodeIndex head(EdgeIndex edge) const { return columns_.heads[edge.value]; }
  NodeIndex tail(EdgeIndex edge) const { return columns_.tails[edge.value]; }
  // Edges in the order of rows; of a snapshot without changes over it that of their indices.
  auto row_order(EdgeIndex edge) const { return std::tuple(head(edge), tail(edge), id(edge)); }
  Truth truth(EdgeIndex edge) const { return kind(edge).truth(); }  // in as_of().valid
  // The days that were asked for; of a snapshot those of as_of().valid, or all.
  std::optional<DayRange> window() const { return as_of_.valid.value_or(DayRange{}); }
  const Snapshot& snapshot() const { return *this; }

  // ---- columns of nodes
  NodeId id(NodeIndex node) const { return columns_.node_ids[node.value]; }
  LabelId label(NodeIndex node) const { return columns_.labels[node.value]; }
  std::span<const LabelId> more_labels(NodeIndex node) const;
  std::string_view name(NodeIndex node) const;

  // ---- columns of edges
  EdgeId id(EdgeIndex edge) const {
    return columns_.edge_ids.empty() ? columns_.wide_edge_ids[edge.value]
                                     : EdgeId{columns_.edge_ids[edge.value]};
  }
  EdgeKind kind(EdgeIndex edge) const { return columns_.kinds[edge.value]; }
  EdgeTypeId type(EdgeIndex edge) const { return kind(edge).type(); }
  Family family(EdgeIndex edge) const { return ontology_.type(type(edge)).family; }
  Mode mode(EdgeIndex edge) const { return kind(edge).mode(); }
  bool negated(EdgeIndex edge) const { return kind(edge).negated(); }
  double confidence(EdgeIndex edge) const {
    return columns_.confidence_values[columns_.confidences[edge.value]];
  }
  // Orders as they do, but for those from Columns::ordered_confidences on.
  std::uint32_t confidence_place(EdgeIndex edge) const { return columns_.confidences[edge.value]; }
  Interval valid(EdgeIndex edge) const;
  Day earliest_start(EdgeIndex edge) const { return limit(edge, 0); }
  Day latest_start(EdgeIndex edge) const { return limit(edge, 1); }
  Day earliest_end(EdgeIndex edge) const { return limit(edge, 2); }
  Day latest_end(EdgeIndex edge) const { return limit(edge, 3); }

  // valid(edge).meets(window): for one edge; and for many, with the window looked up once.
  Truth meets(EdgeIndex edge, const DayRange& window) const { return meets(edge, places(window)); }
  InstantRange places(const DayRange& window) const;  // O(log instants)
  Truth meets(EdgeIndex edge, InstantRange window) const {
    return columns_.wide_limits.empty() ? meets(columns_.limits[edge.value], window)
                                        : meets(columns_.wide_limits[edge.value], window);
  }

  // Edges whose type and mood `wanted` takes, that may have held in the window or, without one, all.
  // O(kinds * log instants), whatever the number of edges.
  template <typename Wanted>
  std::uint64_t count(const std::optional<InstantRange>& window, Wanted wanted) const {
    std::uint64_t sum = 0;
    for (std::size_t kind = 0; kind < columns_.count_kinds.size(); ++kind) {
      if (!wanted(EdgeKind{columns_.count_kinds[kind]})) continue;
      sum += begun(2 * kind, window ? window->to : ~std::uint32_t{0});
      if (window) sum -= begun(2 * kind + 1, window->from);
    }
    return sum;
  }

 private:
  template <typename L>
  static Truth meets(const L& l, InstantRange window) {
    if (l[0] >= window.to || l[3] < window.from) return Truth::No;
    return l[1] < window.to && l[2] >= window.from ? Truth::Yes : Truth::Maybe;
  }
  static Day day(std::int32_t days) { return Day{std::chrono::days{days}}; }
  Day limit(EdgeIndex edge, std::size_t which) const {
    return day(columns_.instants[columns_.wide_limits.empty()
                                     ? columns_.limits[edge.value][which]
                                     : columns_.wide_limits[edge.value][which]]);
  }
  static std::uint32_t length(std::span<const std::uint32_t> first, NodeIndex node) {
    return first[node.value + 1] - first[node.value];
  }
  // How many of that list of counts stand before the instant.
  std::uint32_t begun(std::size_t list, std::uint32_t before) const;

  Columns columns_;
  Ontology ontology_;
  AsOf as_of_;
};

// Makes a snapshot from nodes and edges in any order, one at a time, keeping only what it needs.
class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(const Ontology& ontology, const AsOf& as_of = {});
  void add(const Node& node);  // one that was merged has no place; its edges are the survivor's
  void add(const Edge& edge) { add(edge, 0); }  // forgets it if it does not hold in as_of.valid
  // In parts, in the order of which they stand: several threads may add, each to one part at a time.
  void expect_parts(std::size_t parts) { edge_parts_.resize(parts); }
  void add(const Edge& edge, std::size_t part);
  Result<std::shared_ptr<const Snapshot>> finish();  // once; errors as Snapshot::make

 private:
  struct Row {
    EdgeId id;
    NodeId head, tail;
    EdgeKind kind;
    std::int32_t limits[4];  // days since 1970; see Interval
    double confidence;
  };
  struct Named {
    NodeId id;
    LabelId label;
    std::vector<LabelId> more_labels;
    std::string name;
  };
  Status place_nodes(struct OwnColumns& to);
  Status place_edges(struct OwnColumns& to);
  NodeId survivor_of(NodeId id) const;

  Ontology ontology_;
  AsOf as_of_;
  std::map<NodeId, NodeId> merged_;  // into which
  std::vector<Named> nodes_;
  std::vector<std::vector<Row>> edge_parts_{1};
  std::vector<Row> edges_;  // when all are there
};

}  // namespace entente
