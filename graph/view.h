// GraphView: all that an algorithm may ask of a graph. Snapshot and Slice are the views.
#pragma once
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>

#include "schema/interval.h"

namespace entente {

class Snapshot;

// Places in a snapshot's columns: dense numbers from 0, in the order of NodeId for nodes, and in
// the order of (head, tail, EdgeId) for edges. They mean something in one snapshot only; a slice
// shares those of its snapshot. Tables by node are `table[node.value]`.
struct NodeIndex {
  std::uint32_t value = 0;
  friend auto operator<=>(const NodeIndex&, const NodeIndex&) = default;
};
struct EdgeIndex {
  std::uint32_t value = 0;
  friend auto operator<=>(const EdgeIndex&, const EdgeIndex&) = default;
};

// One entry of a node's row: an edge, and the node at its other end.
struct Step {
  NodeIndex node;
  EdgeIndex edge;
  friend bool operator==(const Step&, const Step&) = default;
};

// A row of a node: its steps, in two columns. A search that looks at the other ends first, and at
// few of the edges, so reads half of the bytes. Borrows the snapshot; a value, four words.
class StepRow {
 public:
  class iterator {
   public:
    using value_type = Step;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const StepRow& row, std::size_t at)
        : nodes_(row.nodes_), edges_(row.edges_), first_(row.first_), at_(at) {}
    Step operator*() const { return {nodes_[at_], edge()}; }
    NodeIndex node() const { return nodes_[at_]; }
    EdgeIndex edge() const {
      return edges_ != nullptr ? edges_[at_] : EdgeIndex{first_ + static_cast<std::uint32_t>(at_)};
    }
    iterator& operator++() {
      ++at_;
      return *this;
    }
    iterator operator++(int) {
      const iterator before = *this;
      ++at_;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

   private:
    const NodeIndex* nodes_ = nullptr;
    const EdgeIndex* edges_ = nullptr;
    std::uint32_t first_ = 0;
    std::size_t at_ = 0;
  };

  StepRow() = default;
  // The edges follow each other from `first` on; or they are `edges`, as many as the nodes.
  StepRow(std::span<const NodeIndex> nodes, EdgeIndex first)
      : nodes_(nodes.data()), first_(first.value), size_(nodes.size()) {}
  StepRow(std::span<const NodeIndex> nodes, const EdgeIndex* edges)
      : nodes_(nodes.data()), edges_(edges), size_(nodes.size()) {}

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::span<const NodeIndex> nodes() const { return {nodes_, size_}; }
  NodeIndex node(std::size_t at) const { return nodes_[at]; }
  EdgeIndex edge(std::size_t at) const {
    return edges_ != nullptr ? edges_[at] : EdgeIndex{first_ + static_cast<std::uint32_t>(at)};
  }
  StepRow part(std::size_t begin, std::size_t count) const {
    StepRow some = *this;
    some.nodes_ += begin, some.size_ = count;
    if (edges_ != nullptr) some.edges_ += begin;
    else some.first_ += static_cast<std::uint32_t>(begin);
    return some;
  }
  iterator begin() const { return {*this, 0}; }
  iterator end() const { return {*this, size_}; }

 private:
  const NodeIndex* nodes_ = nullptr;
  const EdgeIndex* edges_ = nullptr;  // null: they follow each other
  std::uint32_t first_ = 0;
  std::size_t size_ = 0;
};

// How an algorithm may walk over an edge: both ways, or only from its head to its tail.
enum class Direction : std::uint8_t { Any, Forward };

template <typename R>
concept StepRange = std::ranges::input_range<R> &&
                    std::convertible_to<std::ranges::range_value_t<R>, Step>;

// Rows are in the order of (other end, EdgeId), parallel edges side by side. A loop stands in both
// rows of its node. What a range shows lives as long as the view.
template <typename G>
concept GraphView = requires(const G& view, NodeIndex node, EdgeIndex edge) {
  // Indices are below these; not every index need be admitted. O(1).
  { view.node_limit() } -> std::same_as<std::uint32_t>;
  { view.edge_limit() } -> std::same_as<std::uint32_t>;
  // How many are admitted. O(1) in a snapshot, a pass over the columns in a slice.
  { view.node_count() } -> std::same_as<std::uint32_t>;
  { view.edge_count() } -> std::same_as<std::uint32_t>;
  // An edge is admitted only if both of its ends are.
  { view.admits(node) } -> std::same_as<bool>;
  { view.admits(edge) } -> std::same_as<bool>;
  // Admitted edges only; empty for a node that is not admitted.
  { view.out_edges(node) } -> StepRange;
  { view.in_edges(node) } -> StepRange;
  { view.edges_from_to(node, node) } -> StepRange;
  // For searches that can do without most steps, and so test what is cheap first: the rows with
  // what is not admitted, and whether a step from an admitted node is. O(1).
  { view.out_row(node) } -> std::same_as<StepRow>;
  { view.in_row(node) } -> std::same_as<StepRow>;
  { view.admits(Step{node, edge}) } -> std::same_as<bool>;
  { view.head(edge) } -> std::same_as<NodeIndex>;
  { view.tail(edge) } -> std::same_as<NodeIndex>;
  // Of an admitted edge: does it certainly hold in the windows of the question, or maybe?
  { view.truth(edge) } -> std::same_as<Truth>;
  // The days that every window of the question contains; nothing: there is none.
  { view.window() } -> std::same_as<std::optional<DayRange>>;
  // Indices of edges are in no order, and some are of none: see each_edge().
  { view.is_layered() } -> std::same_as<bool>;
  // The columns behind the view.
  { view.snapshot() } -> std::same_as<const Snapshot&>;
};

// Every admitted node in the order of its index; and edge in the order of rows, (head, tail, id).
// That is also the order of their indices, unless changes lie over an image (graph/overlay.h).
template <GraphView G, typename Visit>
void each_node(const G& view, Visit visit) {
  for (NodeIndex node; node.value < view.node_limit(); ++node.value)
    if (view.admits(node)) visit(node);
}
template <GraphView G, typename Visit>
void each_edge_by_rows(const G& view, Visit visit) {
  if (!view.is_layered()) {
    for (EdgeIndex edge; edge.value < view.edge_limit(); ++edge.value)
      if (view.admits(edge)) visit(edge);
    return;
  }
  for (NodeIndex node; node.value < view.node_limit(); ++node.value) {
    const StepRow row = view.out_row(node);
    for (std::size_t at = 0; at < row.size(); ++at)
      if (view.admits(row.edge(at))) visit(row.edge(at));
  }
}
template <GraphView G, typename Visit>
void each_edge(const G& view, Visit visit) {
  each_edge_by_rows(view, visit);
}

}  // namespace entente
