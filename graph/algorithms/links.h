// Links: who is next to whom in a view, gathered once for kernels that pass over it many times. As
// Rows without weights; and where a view leaves nothing out, the snapshot's own columns.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "graph/algorithms/fresh_array.h"
#include "graph/algorithms/parallel.h"
#include "graph/algorithms/rows.h"
#include "graph/algorithms/work.h"
#include "graph/slice.h"

namespace entente {

enum class Parallel : bool {
  Keep,   // a neighbour comes as often as there are edges
  Merge,  // once
};

// By NodeIndex, neighbours ascending. Borrows the snapshot if it could; else its own. Moves.
class Links {
 public:
  Links(std::span<const std::uint32_t> first, std::span<const NodeIndex> to) : first_(first), to_(to) {}
  Links(std::vector<std::uint32_t> first, FreshArray<NodeIndex> to)
      : own_first_(std::move(first)), own_to_(std::move(to)), first_(own_first_), to_(own_to_.get(), own_first_.back()) {}
  Links(Links&&) = default;
  Links& operator=(Links&&) = default;
  Links(const Links&) = delete;
  Links& operator=(const Links&) = delete;

  std::uint32_t size() const { return static_cast<std::uint32_t>(first_.size() - 1); }
  std::span<const NodeIndex> of(std::uint32_t node) const {
    return {to_.data() + first_[node], first_[node + 1] - first_[node]};
  }
  std::uint32_t degree(std::uint32_t node) const { return first_[node + 1] - first_[node]; }
  std::span<const std::uint32_t> first() const { return first_; }
  std::span<const NodeIndex> to() const { return to_; }

 private:
  std::vector<std::uint32_t> own_first_;
  FreshArray<NodeIndex> own_to_;
  std::span<const std::uint32_t> first_;
  std::span<const NodeIndex> to_;
};

// O(n + m), by all cores; O(1) for one side of a whole view with loops and parallel edges, unless
// changes lie over its image.
// Once asked to stop, the nodes that are left are given no neighbours.
template <GraphView G>
Links gather_links(const G& view, Side side, Parallel parallel, Loops loops, const Cancel* cancel = nullptr) {
  const Columns& columns = view.snapshot().columns();
  const bool whole = leaves_nothing_out(view);
  const bool layered = view.is_layered();
  if (whole && !layered && parallel == Parallel::Keep && loops == Loops::Keep && side != Side::Both)
    return side == Side::Out ? Links(columns.out_first, columns.tails) : Links(columns.in_first, columns.in_nodes);

  // Each part is written to where it lies if nothing is left out; then they close up.
  constexpr std::uint32_t kPart = 8192;
  const std::uint32_t nodes = view.node_limit();
  std::vector<std::size_t> before_part;  // of layered rows: how many entries
  if (layered) {
    std::size_t sum = 0;
    for (NodeIndex node; node.value < nodes; ++node.value) {
      if (node.value % kPart == 0) before_part.push_back(sum);
      sum += (side != Side::In ? view.out_row(node).size() : 0) + (side != Side::Out ? view.in_row(node).size() : 0);
    }
    before_part.push_back(sum);
  }
  const auto most_before = [&](std::uint32_t node) {  // of the first node of a part, or the end
    if (layered) return before_part[node / kPart + (node % kPart != 0)];
    return (side != Side::In ? std::size_t{columns.out_first[node]} : 0) + (side != Side::Out ? columns.in_first[node] : 0);
  };
  std::vector<std::uint32_t> first(nodes + 1, 0);
  FreshArray<NodeIndex> to;
  to.make(most_before(nodes));
  in_parts(nodes, kPart, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
    if (is_stopped(cancel)) return;
    NodeIndex* at = to.get() + most_before(begin);
    std::vector<NodeIndex> outward, inward;
    for (NodeIndex node{begin}; node.value < end; ++node.value) {
      const NodeIndex* const before = at;
      NodeIndex last{~std::uint32_t{0}};
      const auto add = [&](NodeIndex other) {
        if ((parallel == Parallel::Merge && other == last) || (loops == Loops::Drop && other == node)) return;
        *at++ = last = other;
      };
      if (!view.admits(node)) continue;
      const auto admitted = [&](const StepRow& row, auto take) {
        const auto others = row.nodes();
        for (std::size_t i = 0; i < others.size(); ++i)
          if (whole || view.admits(Step{others[i], row.edge(i)})) take(others[i]);
      };
      if (side == Side::Out) {
        admitted(view.out_row(node), add);
      } else if (side == Side::In) {
        admitted(view.in_row(node), add);
      } else {
        std::span<const NodeIndex> out = view.out_row(node).nodes(), in = view.in_row(node).nodes();
        if (!whole) {
          outward.clear(), inward.clear();
          admitted(view.out_row(node), [&](NodeIndex other) { outward.push_back(other); });
          admitted(view.in_row(node), [&](NodeIndex other) { inward.push_back(other); });
          out = outward, in = inward;
        }
        std::size_t i = 0, j = 0;
        while (i < out.size() && j < in.size()) add(out[i] <= in[j] ? out[i++] : in[j++]);
        while (i < out.size()) add(out[i++]);
        while (j < in.size()) add(in[j++]);
      }
      first[node.value + 1] = static_cast<std::uint32_t>(at - before);
    }
  });
  for (std::uint32_t node = 0; node < nodes; ++node) first[node + 1] += first[node];
  for (std::uint32_t begin = 0; begin < nodes; begin += kPart) {
    const std::uint32_t end = std::min(nodes, begin + kPart);
    std::memmove(to.get() + first[begin], to.get() + most_before(begin), sizeof(NodeIndex) * (first[end] - first[begin]));
  }
  return Links(std::move(first), std::move(to));
}

}  // namespace entente
