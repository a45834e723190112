// Rows: the admitted edges of a view, gathered once into plain compressed rows for kernels that
// pass over the graph many times.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/snapshot.h"
#include "graph/view.h"

namespace entente {

// Which edges of a node: those out of it, those into it, or both.
enum class Side : std::uint8_t { Out, In, Both };

// What edges count for.
enum class Weight : std::uint8_t {
  Edge,        // each edge one; parallel edges add up
  Pair,        // all edges between two nodes together one
  Confidence,  // each edge its confidence; parallel edges add up
};

// By NodeIndex, neighbours ascending and distinct; `weight[i]` belongs to `to[i]`.
struct Rows {
  std::vector<std::uint32_t> first;  // one more than nodes
  std::vector<std::uint32_t> to;
  std::vector<double> weight;
  std::uint32_t size() const { return static_cast<std::uint32_t>(first.size() - 1); }
};

enum class Loops : bool { Drop, Keep };  // kept in Side::Both, a loop counts once for each end

// Once asked to stop, the rows of the nodes that are left are empty.
template <GraphView G>
Rows gather_rows(const G& view, Side side, Weight weight, Loops loops, const Cancel* cancel = nullptr) {
  struct Entry {
    std::uint32_t to;
    double weight;
  };
  const auto weight_of = [&](EdgeIndex edge) {
    return weight == Weight::Confidence ? view.snapshot().confidence(edge) : 1.0;
  };
  Rows rows;
  rows.first.push_back(0);
  std::vector<Entry> row, merged;
  for (NodeIndex node; node.value < view.node_limit(); ++node.value) {
    if (node.value % kBetweenLooks == 0 && is_stopped(cancel)) {
      rows.first.resize(view.node_limit() + std::size_t{1}, rows.first.back());
      break;
    }
    row.clear();
    const auto add = [&](const auto& steps) {
      for (const Step step : steps)
        if (step.node != node || loops == Loops::Keep)
          row.push_back({step.node.value, weight_of(step.edge)});
    };
    if (side != Side::In) add(view.out_edges(node));
    const auto outward = static_cast<std::ptrdiff_t>(row.size());
    if (side != Side::Out) add(view.in_edges(node));
    if (side == Side::Both) {  // each of the two is in order
      merged.resize(row.size());
      std::merge(row.begin(), row.begin() + outward, row.begin() + outward, row.end(), merged.begin(),
                 [](const Entry& a, const Entry& b) { return a.to < b.to; });
      row.swap(merged);
    }
    const std::size_t begin = rows.to.size();
    for (const Entry& entry : row) {
      if (rows.to.size() == begin || rows.to.back() != entry.to) {
        rows.to.push_back(entry.to);
        rows.weight.push_back(entry.weight);
      } else if (weight != Weight::Pair) {
        rows.weight.back() += entry.weight;
      }
    }
    rows.first.push_back(static_cast<std::uint32_t>(rows.to.size()));
  }
  return rows;
}

}  // namespace entente
