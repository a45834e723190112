#include "graph/flatten.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <numeric>
#include <vector>

#include "graph/algorithms/parallel.h"
#include "graph/own_columns.h"

namespace entente {
namespace {
constexpr std::uint32_t kNodePart = 4096, kEdgePart = 1u << 16;

// Which places of a table are used. Many threads may say so.
class Used {
 public:
  explicit Used(std::size_t places) : is_(places) {}
  void use(std::uint32_t place) {
    if (is_[place].load(std::memory_order_relaxed) == 0) is_[place].store(1, std::memory_order_relaxed);
  }
  bool operator[](std::size_t place) const { return is_[place].load(std::memory_order_relaxed) != 0; }

 private:
  std::vector<std::atomic<std::uint8_t>> is_;
};

class Flattening {
 public:
  Flattening(const Columns& from, std::span<const NodeIndex> nodes) : from_(from), nodes_(nodes) {}

  Columns run() {
    place_rows();
    place_nodes();
    find_used();
    place_tables();
    place_edges();
    place_in_rows();
    place_by_id();
    place_counts();
    return columns_over(own_);
  }

 private:
  std::uint32_t out_length(NodeIndex node) const { return from_.out_end[node.value] - from_.out_first[node.value]; }
  std::uint32_t in_length(NodeIndex node) const { return from_.in_end[node.value] - from_.in_first[node.value]; }
  template <typename Work>
  void each_row(Work work) const {  // (new place of the node, the node)
    in_parts(static_cast<std::uint32_t>(nodes_.size()), kNodePart, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t at = begin; at < end; ++at) work(at, nodes_[at]);
    });
  }

  void place_rows() {
    const std::size_t n = nodes_.size();
    to_.out_first.assign(n + 1, 0), to_.in_first.assign(n + 1, 0);
    becomes_.resize(from_.node_ids.size());
    moves_.assign(from_.node_ids.size(), 0);
    for (std::uint32_t at = 0; at < n; ++at) {
      const NodeIndex node = nodes_[at];
      becomes_[node.value] = {at};
      moves_[node.value] = to_.out_first[at] - from_.out_first[node.value];
      to_.out_first[at + 1] = to_.out_first[at] + out_length(node);
      to_.in_first[at + 1] = to_.in_first[at] + in_length(node);
    }
    edges_ = to_.out_first.back();
  }

  void place_nodes() {
    const std::size_t n = nodes_.size();
    to_.node_ids.resize(n), to_.labels.resize(n);
    to_.names_first.assign(1, 0), to_.more_labels_first.assign(1, 0);
    to_.names_first.reserve(n + 1), to_.more_labels_first.reserve(n + 1);
    to_.names.reserve(from_.names.size());
    for (std::uint32_t at = 0; at < n; ++at) {
      const std::uint32_t node = nodes_[at].value;
      to_.node_ids[at] = from_.node_ids[node];
      to_.labels[at] = from_.labels[node];
      const auto name = from_.names.subspan(from_.names_first[node], from_.names_first[node + 1] - from_.names_first[node]);
      to_.names.insert(to_.names.end(), name.begin(), name.end());
      to_.names_first.push_back(to_.names.size());
      const auto labels = from_.more_labels.subspan(from_.more_labels_first[node],
                                                    from_.more_labels_first[node + 1] - from_.more_labels_first[node]);
      to_.more_labels.insert(to_.more_labels.end(), labels.begin(), labels.end());
      to_.more_labels_first.push_back(static_cast<std::uint32_t>(to_.more_labels.size()));
    }
  }

  // Of edges that went away some days and confidences may have been the last.
  void find_used() {
    each_row([&](std::uint32_t, NodeIndex node) {
      for (std::uint32_t edge = from_.out_first[node.value]; edge < from_.out_end[node.value]; ++edge) {
        confidences_.use(from_.confidences[edge]);
        if (from_.wide_limits.empty())
          for (const std::uint16_t place : from_.limits[edge]) instants_.use(place);
        else
          for (const std::uint32_t place : from_.wide_limits[edge]) instants_.use(place);
      }
    });
  }

  void place_tables() {
    InstantTable table(edges_);
    for (std::size_t i = 0; i < from_.instants.size(); ++i)
      if (instants_[i]) table.note(from_.instants[i]);
    to_.instants = table.finish();
    new_instants_.assign(from_.instants.size(), 0);
    for (std::size_t i = 0; i < from_.instants.size(); ++i)
      if (instants_[i]) new_instants_[i] = table[from_.instants[i]];

    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < from_.confidence_values.size(); ++i)
      if (confidences_[i]) order.push_back(i);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return from_.confidence_values[i]; });
    new_confidences_.assign(from_.confidence_values.size(), 0);
    for (const std::uint32_t i : order) {
      new_confidences_[i] = static_cast<std::uint32_t>(to_.confidence_values.size());
      to_.confidence_values.push_back(from_.confidence_values[i]);
    }
  }

  EdgeId id(std::uint32_t edge) const {
    return from_.edge_ids.empty() ? from_.wide_edge_ids[edge] : EdgeId{from_.edge_ids[edge]};
  }

  void place_edges() {
    to_.heads.resize(edges_), to_.tails.resize(edges_), to_.kinds.resize(edges_), to_.confidences.resize(edges_);
    const bool wide = to_.instants.size() > 65'536;
    if (wide) to_.wide_limits.resize(edges_);
    else to_.limits.resize(edges_);
    // The greatest id stands last, but for those that left.
    std::uint64_t greatest = 0;
    for (std::size_t i = from_.edges_by_id.size(); i-- > 0 && greatest == 0;)
      if (const EdgeIndex edge = from_.edges_by_id[i]; !from_.kinds[edge.value].left()) greatest = id(edge.value).value;
    const bool wide_ids = greatest > ~std::uint32_t{0};
    if (wide_ids) to_.wide_edge_ids.resize(edges_);
    else to_.edge_ids.resize(edges_);
    each_row([&](std::uint32_t place, NodeIndex node) {
      const std::uint32_t first = from_.out_first[node.value], length = out_length(node), at = to_.out_first[place];
      if (length == 0) return;
      std::fill_n(to_.heads.begin() + at, length, NodeIndex{place});
      std::memcpy(static_cast<void*>(to_.kinds.data() + at), from_.kinds.data() + first, length * sizeof(EdgeKind));
      if (!wide_ids && !from_.edge_ids.empty())
        std::memcpy(to_.edge_ids.data() + at, from_.edge_ids.data() + first, length * sizeof(std::uint32_t));
      for (std::uint32_t i = 0; i < length; ++i) {
        const std::uint32_t edge = first + i;
        to_.tails[at + i] = becomes_[from_.tails[edge].value];
        to_.confidences[at + i] = new_confidences_[from_.confidences[edge]];
        if (wide_ids) to_.wide_edge_ids[at + i] = id(edge);
        else if (from_.edge_ids.empty()) to_.edge_ids[at + i] = static_cast<std::uint32_t>(id(edge).value);
        for (std::size_t j = 0; j < 4; ++j) {
          const std::uint32_t instant =
              new_instants_[from_.wide_limits.empty() ? from_.limits[edge][j] : from_.wide_limits[edge][j]];
          if (wide) to_.wide_limits[at + i][j] = instant;
          else to_.limits[at + i][j] = static_cast<std::uint16_t>(instant);
        }
      }
    });
  }

  void place_in_rows() {
    to_.in_nodes.resize(edges_), to_.in_edges.resize(edges_);
    each_row([&](std::uint32_t place, NodeIndex node) {
      const std::uint32_t first = from_.in_first[node.value], length = in_length(node), at = to_.in_first[place];
      for (std::uint32_t i = 0; i < length; ++i) {
        const NodeIndex head = from_.in_nodes[first + i];
        to_.in_nodes[at + i] = becomes_[head.value];
        to_.in_edges[at + i] = {from_.in_edges[first + i].value + moves_[head.value]};
      }
    });
  }

  void place_by_id() {
    const auto entries = static_cast<std::uint32_t>(from_.edges_by_id.size());
    to_.edges_by_id.resize(edges_);
    const std::uint32_t parts = entries / kEdgePart + 1;
    std::vector<std::uint32_t> first(parts + 1, 0);
    if (from_.left_edges > 0) {
      in_parts(entries, kEdgePart, [&](std::uint32_t part, std::uint32_t begin, std::uint32_t end) {
        std::uint32_t count = 0;
        for (std::uint32_t i = begin; i < end; ++i) count += !from_.kinds[from_.edges_by_id[i].value].left();
        first[part + 1] = count;
      });
    } else {
      for (std::uint32_t part = 0; part < parts; ++part) first[part + 1] = std::min(kEdgePart, entries - part * kEdgePart);
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    in_parts(entries, kEdgePart, [&](std::uint32_t part, std::uint32_t begin, std::uint32_t end) {
      std::uint32_t at = first[part];
      for (std::uint32_t i = begin; i < end; ++i) {
        const std::uint32_t edge = from_.edges_by_id[i].value;
        if (from_.left_edges > 0 && from_.kinds[edge].left()) continue;
        to_.edges_by_id[at++] = {edge + moves_[from_.heads[edge].value]};
      }
    });
  }

  void place_counts() {
    to_.count_kinds.assign(from_.count_kinds.begin(), from_.count_kinds.end());
    to_.count_first.assign(from_.count_first.begin(), from_.count_first.end());
    to_.count_sums.assign(from_.count_sums.begin(), from_.count_sums.end());
    to_.count_instants.resize(from_.count_instants.size());
    for (std::size_t i = 0; i < from_.count_instants.size(); ++i)
      to_.count_instants[i] = new_instants_[from_.count_instants[i]];
  }

  const Columns& from_;
  const std::span<const NodeIndex> nodes_;
  const std::shared_ptr<OwnColumns> own_ = std::make_shared<OwnColumns>();
  OwnColumns& to_ = *own_;
  std::uint32_t edges_ = 0;
  std::vector<NodeIndex> becomes_;     // by old place
  std::vector<std::uint32_t> moves_;   // by old place: how far its out-row goes, modulo 2^32
  Used instants_{from_.instants.size()}, confidences_{from_.confidence_values.size()};
  std::vector<std::uint32_t> new_instants_, new_confidences_;
};
}  // namespace

Columns flat_columns(const Columns& layered, std::span<const NodeIndex> nodes) { return Flattening(layered, nodes).run(); }

std::shared_ptr<const Snapshot> flattened(const Snapshot& layered) {
  std::vector<NodeIndex> nodes(layered.node_limit());
  for (std::uint32_t i = 0; i < nodes.size(); ++i) nodes[i] = {i};
  return std::make_shared<Snapshot>(flat_columns(layered.columns(), nodes), layered.ontology(), layered.as_of());
}

}  // namespace entente
