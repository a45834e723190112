// Slice: a view of a snapshot through time, types, labels, mode and confidence. Copies no edges.
#pragma once
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "graph/snapshot.h"
#include "graph/view.h"

namespace entente {

// What to leave in. Every condition must be met. An empty list asks nothing.
struct Filter {
  // Edges that may have held at some time of this window; nothing: at any time.
  std::optional<DayRange> valid = {};
  // Only those that certainly held then, and in the windows of the slices and the snapshot behind.
  bool certain_only = false;

  // Edges of one of these types or of a type of one of these families.
  std::vector<EdgeTypeId> types = {};
  std::vector<Family> families = {};
  // MENTIONS and its family say which document speaks of what; they would join everything with
  // everything. Left out, unless this is set or one of them is named above.
  bool include_evidence = false;

  std::vector<Mode> modes = {};
  bool include_negated = false;  // "no evidence that A controls B" is no way from A to B
  double min_confidence = 0;

  // Nodes that carry one of these labels, primary or not; or are named in `keep`.
  std::vector<LabelId> labels = {};
  std::vector<NodeId> keep = {};  // pass `labels` whatever they are: the ends of a path
  // Nodes to leave out, with all their edges. Wins over `keep`. Unknown ids are ignored.
  std::vector<NodeId> avoid = {};
};

// The nodes and edges of a snapshot that pass a filter, or several one after the other: a slice of
// a slice admits what both admit. Conditions are tested as an algorithm walks, a few compares an
// edge; making a slice costs O(size of the filter). A value; shares the snapshot, safe for many
// readers. The ranges it gives live as long as the slice.
class Slice {
 public:
  class Steps;

  explicit Slice(std::shared_ptr<const Snapshot> snapshot, const Filter& filter = {});
  Slice(const Slice& of, const Filter& filter);

  // ---- as a GraphView
  std::uint32_t node_limit() const { return snapshot_->node_limit(); }
  std::uint32_t edge_limit() const { return snapshot_->edge_limit(); }
  std::uint32_t node_count() const;  // O(n) if nodes are filtered
  std::uint32_t edge_count() const;  // O(kinds of edges) for types, modes and one window; else O(m)
  // Notes which edges it admits, so that slices of it look among these alone. O(m), 4 bytes an edge.
  void list_edges();
  // Those that may be admitted, in the order of rows; nothing: any. For each_edge().
  const std::vector<EdgeIndex>* listed() const { return listed_.get(); }

  // Nothing is left out.
  bool is_whole() const { return all_nodes_ && all_kinds_ && windows_.empty() && least_confidence_ == 0; }
  bool admits(NodeIndex node) const { return all_nodes_ || admits_node(node); }
  bool admits(EdgeIndex edge) const {
    return snapshot_->admits(edge) && admits_edge(edge) && admits(head(edge)) && admits(tail(edge));
  }
  bool admits(Step step) const { return admits_edge(step.edge) && admits(step.node); }
  Steps out_edges(NodeIndex node) const;
  Steps in_edges(NodeIndex node) const;
  Steps edges_from_to(NodeIndex head, NodeIndex tail) const;
  StepRow out_row(NodeIndex node) const { return snapshot_->out_row(node); }
  StepRow in_row(NodeIndex node) const { return snapshot_->in_row(node); }
  NodeIndex head(EdgeIndex edge) const { return snapshot_->head(edge); }
  NodeIndex tail(EdgeIndex edge) const { return snapshot_->tail(edge); }
  // The weakest answer over all windows behind: those of the filters and the snapshot's.
  Truth truth(EdgeIndex edge) const;
  std::optional<DayRange> window() const;  // of the filters and the snapshot
  bool is_layered() const { return snapshot_->is_layered(); }
  const Snapshot& snapshot() const { return *snapshot_; }
  const std::shared_ptr<const Snapshot>& shared() const { return snapshot_; }

 private:
  struct Window {
    DayRange days;
    InstantRange places;  // of the days, in the snapshot
    bool certain_only;
  };
  struct LabelRule {
    std::vector<bool> allowed;  // by LabelId
    std::vector<NodeIndex> keep;
  };
  void narrow(const Filter& filter);
  void narrow_confidence(double least);
  void narrow_types(const Filter& filter);
  void narrow_nodes(const Filter& filter);
  bool admits_node(NodeIndex node) const;
  // The conditions on the edge itself, without its ends.
  bool admits_edge(EdgeIndex edge) const {
    if (!all_kinds_ && !admits_kind(snapshot_->kind(edge))) return false;
    if (least_confidence_ > 0 && snapshot_->confidence_place(edge) < least_confidence_ &&
        !(by_value_ && is_confident(edge)))
      return false;
    return windows_.empty() || admits_time(edge);
  }
  bool is_confident(EdgeIndex edge) const;  // here, it would lengthen every loop
  bool admits_time(EdgeIndex edge) const {
    Truth truth = snapshot_->truth(edge);
    for (const Window& window : windows_) {
      truth = std::min(truth, snapshot_->meets(edge, window.places));
      if (truth == Truth::No || (window.certain_only && truth != Truth::Yes)) return false;
    }
    return true;
  }
  bool admits_kind(EdgeKind kind) const {
    return moods_by_type_[kind.type().value] >> kind.mood() & 1u;
  }
  static unsigned mood(Mode mode, bool negated) {  // as EdgeKind has it
    return static_cast<unsigned>(mode) * 2 + (negated ? 1 : 0);
  }

  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<std::uint8_t> moods_by_type_;  // by EdgeTypeId: a bit for each (mode, negated)
  bool all_kinds_ = false;                   // those that the snapshot has
  // Its place in the snapshot; 0: any will do. Where some have no order, beyond all places, and by value.
  std::uint32_t least_confidence_ = 0;
  bool by_value_ = false;
  double min_confidence_ = 0;
  std::vector<Window> windows_;
  bool all_nodes_ = true;
  std::vector<LabelRule> label_rules_;
  std::vector<NodeIndex> avoid_;  // ascending
  std::shared_ptr<const std::vector<EdgeIndex>> listed_;
};

// Every admitted edge in the order of rows, from the list if there is one.
template <typename Visit>
void each_edge(const Slice& view, Visit visit) {
  if (view.listed() != nullptr) {
    for (const EdgeIndex edge : *view.listed())
      if (view.admits(edge)) visit(edge);
    return;
  }
  each_edge_by_rows(view, visit);
}

// The admitted part of a row. Borrows the slice.
class Slice::Steps {
 public:
  class iterator {
   public:
    using value_type = Step;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const Slice* slice, const StepRow& row)
        : slice_(slice), at_(row.begin()), end_(row.end()) {
      skip();
    }
    Step operator*() const { return *at_; }
    iterator& operator++() {
      ++at_;
      skip();
      return *this;
    }
    iterator operator++(int) {
      const iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }
    friend bool operator==(const iterator& a, std::default_sentinel_t) { return a.at_ == a.end_; }

   private:
    void skip() {
      while (at_ != end_ && !slice_->admits(*at_)) ++at_;
    }
    const Slice* slice_ = nullptr;
    StepRow::iterator at_, end_;
  };

  Steps(const Slice& slice, const StepRow& row) : slice_(&slice), row_(row) {}
  iterator begin() const { return {slice_, row_}; }
  std::default_sentinel_t end() const { return {}; }

 private:
  const Slice* slice_;
  StepRow row_;
};

inline Slice::Steps Slice::out_edges(NodeIndex node) const {
  return {*this, admits(node) ? snapshot_->out_edges(node) : StepRow()};
}
inline Slice::Steps Slice::in_edges(NodeIndex node) const {
  return {*this, admits(node) ? snapshot_->in_edges(node) : StepRow()};
}
inline Slice::Steps Slice::edges_from_to(NodeIndex head, NodeIndex tail) const {
  return {*this, admits(head) ? snapshot_->edges_from_to(head, tail) : StepRow()};
}

// What may be asked of the snapshot behind may be asked of it.
inline bool leaves_nothing_out(const Snapshot&) { return true; }
inline bool leaves_nothing_out(const Slice& slice) { return slice.is_whole(); }

static_assert(GraphView<Snapshot> && GraphView<Slice>);

}  // namespace entente
