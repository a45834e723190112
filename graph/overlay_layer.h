// Layer: the columns of an overlay while it is made, and what keeps them. Of graph/overlay.cpp alone.
#pragma once
#include <cassert>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/columns.h"
#include "graph/mapped_file.h"
#include "graph/overlay_counts.h"

namespace entente {

// A column that begins as the base has it.
template <typename T>
class Growing {
 public:
  Growing(std::span<const T> from, std::size_t room, const MappedFile* file)
      : bytes_(std::as_bytes(from), room * sizeof(T), file), size_(from.size()), limit_(size_ + room) {}
  T& operator[](std::size_t at) { return data()[at]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(size_); }
  void push(T value) {
    assert(size_ < limit_);
    data()[size_++] = value;
  }
  void resize(std::size_t size) {
    assert(size <= limit_);
    size_ = size;
  }
  std::span<const T> span() const { return {data(), size_}; }

 private:
  T* data() const { return reinterpret_cast<T*>(bytes_.data()); }
  ChangeableBytes bytes_;
  std::size_t size_, limit_;
};

// All columns that the changes may touch, and what keeps the others.
struct Layer {
  Layer(const Columns& base, std::size_t nodes, std::size_t name_bytes, std::size_t labels, std::size_t out_places,
        std::size_t in_places, std::size_t edges)
      : file(base.file), owner(base.owner),
        node_ids(base.node_ids, nodes, file.get()), labels(base.labels, nodes, file.get()),
        more_labels(base.more_labels, labels, file.get()), more_labels_first(base.more_labels_first, nodes, file.get()),
        names(base.names, name_bytes, file.get()), names_first(base.names_first, nodes, file.get()),
        out_first(base.out_first, nodes, file.get()), out_end(base.out_first.subspan(1), nodes, file.get()),
        in_first(base.in_first, nodes, file.get()), in_end(base.in_first.subspan(1), nodes, file.get()),
        heads(base.heads, out_places, file.get()), tails(base.tails, out_places, file.get()),
        in_nodes(base.in_nodes, in_places, file.get()), in_edges(base.in_edges, in_places, file.get()),
        kinds(base.kinds, out_places, file.get()), limits(base.limits, room(base.limits, out_places), file.get()),
        wide_limits(base.wide_limits, room(base.wide_limits, out_places), file.get()),
        confidences(base.confidences, out_places, file.get()), edge_ids(base.edge_ids, room(base.edge_ids, out_places), file.get()),
        wide_edge_ids(base.wide_edge_ids, room(base.wide_edge_ids, out_places), file.get()),
        edges_by_id(base.edges_by_id, edges, file.get()) {}

  template <typename T>
  static std::size_t room(std::span<const T> one_of_two, std::size_t places) { return one_of_two.empty() ? 0 : places; }

  // Borrows all of this.
  Columns columns() const {
    Columns columns;
    columns.node_ids = node_ids.span();
    columns.labels = labels.span();
    columns.more_labels = more_labels.span();
    columns.more_labels_first = more_labels_first.span();
    columns.names = names.span();
    columns.names_first = names_first.span();
    columns.out_first = out_first.span(), columns.out_end = out_end.span();
    columns.in_first = in_first.span(), columns.in_end = in_end.span();
    columns.heads = heads.span(), columns.tails = tails.span();
    columns.in_nodes = in_nodes.span(), columns.in_edges = in_edges.span();
    columns.kinds = kinds.span();
    columns.limits = limits.span(), columns.wide_limits = wide_limits.span();
    columns.confidences = confidences.span();
    columns.edge_ids = edge_ids.span(), columns.wide_edge_ids = wide_edge_ids.span();
    columns.edges_by_id = edges_by_id.span();
    columns.instants = instants, columns.confidence_values = confidence_values;
    columns.count_kinds = counts.kinds, columns.count_first = counts.first;
    columns.count_instants = counts.instants, columns.count_sums = counts.sums;
    return columns;
  }

  std::shared_ptr<const MappedFile> file;
  std::shared_ptr<const void> owner;
  Growing<NodeId> node_ids;
  Growing<LabelId> labels, more_labels;
  Growing<std::uint32_t> more_labels_first;
  Growing<char> names;
  Growing<std::uint64_t> names_first;
  Growing<std::uint32_t> out_first, out_end, in_first, in_end;
  Growing<NodeIndex> heads, tails, in_nodes;
  Growing<EdgeIndex> in_edges;
  Growing<EdgeKind> kinds;
  Growing<Limits> limits;
  Growing<WideLimits> wide_limits;
  Growing<std::uint32_t> confidences, edge_ids;
  Growing<EdgeId> wide_edge_ids;
  Growing<EdgeIndex> edges_by_id;
  std::vector<std::int32_t> instants;
  std::vector<double> confidence_values;
  DayCounts counts;
};

}  // namespace entente
