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
  std::uint32_t edge_count() const;  // O(m)
  bool admits(NodeIndex node) const { return all_nodes_ || admits_node(node); }
  bool admits(EdgeIndex edge) const {
    return admits_edge(edge) && admits(head(edge)) && admits(tail(edge));
  }
  bool admits(Step step) const { return admits_edge(step.edge) && admits(step.node); }
  Steps out_edges(NodeIndex node) const;
  Steps in_edges(NodeIndex node) const;
  Steps edges_from_to(NodeIndex head, NodeIndex tail) const;
  std::span<const Step> out_row(NodeIndex node) const { return snapshot_->out_row(node); }
  std::span<const Step> in_row(NodeIndex node) const { return snapshot_->in_row(node); }
  NodeIndex head(EdgeIndex edge) const { return snapshot_->head(edge); }
  NodeIndex tail(EdgeIndex edge) const { return snapshot_->tail(edge); }
  // The weakest answer over all windows behind: those of the filters and the snapshot's.
  Truth truth(EdgeIndex edge) const;
  std::optional<DayRange> window() const;  // of the filters and the snapshot
  const Snapshot& snapshot() const { return *snapshot_; }
  const std::shared_ptr<const Snapshot>& shared() const { return snapshot_; }

 private:
  struct Window {
    DayRange days;
    bool certain_only;
  };
  struct LabelRule {
    std::vector<bool> allowed;  // by LabelId
    std::vector<NodeIndex> keep;
  };
  void narrow(const Filter& filter);
  void narrow_types(const Filter& filter);
  void narrow_nodes(const Filter& filter);
  bool admits_node(NodeIndex node) const;
  // The conditions on the edge itself, without its ends.
  bool admits_edge(EdgeIndex edge) const {
    const unsigned moods = moods_by_type_[snapshot_->type(edge).value];
    if ((moods >> mood(snapshot_->mode(edge), snapshot_->negated(edge)) & 1u) == 0) return false;
    if (min_confidence_ > 0 && snapshot_->confidence(edge) < min_confidence_) return false;
    return windows_.empty() || admits_time(edge);
  }
  bool admits_time(EdgeIndex edge) const {
    Truth truth = snapshot_->truth(edge);
    for (const Window& window : windows_) {
      truth = std::min(truth, snapshot_->meets(edge, window.days));
      if (truth == Truth::No || (window.certain_only && truth != Truth::Yes)) return false;
    }
    return true;
  }
  static unsigned mood(Mode mode, bool negated) {
    return static_cast<unsigned>(mode) * 2 + (negated ? 1 : 0);
  }

  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<std::uint8_t> moods_by_type_;  // by EdgeTypeId: a bit for each (mode, negated)
  double min_confidence_ = 0;
  std::vector<Window> windows_;
  bool all_nodes_ = true;
  std::vector<LabelRule> label_rules_;
  std::vector<NodeIndex> avoid_;  // ascending
};

// The admitted part of a row. Borrows the slice.
class Slice::Steps {
 public:
  class iterator {
   public:
    using value_type = Step;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const Slice* slice, const Step* at, const Step* end)
        : slice_(slice), at_(at), end_(end) {
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
    const Step* at_ = nullptr;
    const Step* end_ = nullptr;
  };

  Steps(const Slice& slice, std::span<const Step> row) : slice_(&slice), row_(row) {}
  iterator begin() const { return {slice_, row_.data(), row_.data() + row_.size()}; }
  std::default_sentinel_t end() const { return {}; }

 private:
  const Slice* slice_;
  std::span<const Step> row_;
};

inline Slice::Steps Slice::out_edges(NodeIndex node) const {
  return {*this, admits(node) ? snapshot_->out_edges(node) : std::span<const Step>()};
}
inline Slice::Steps Slice::in_edges(NodeIndex node) const {
  return {*this, admits(node) ? snapshot_->in_edges(node) : std::span<const Step>()};
}
inline Slice::Steps Slice::edges_from_to(NodeIndex head, NodeIndex tail) const {
  return {*this, admits(head) ? snapshot_->edges_from_to(head, tail) : std::span<const Step>()};
}

static_assert(GraphView<Snapshot> && GraphView<Slice>);

}  // namespace entente
