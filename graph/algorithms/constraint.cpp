#include "graph/algorithms/constraint.h"

namespace entente {

std::vector<double> constraint(const Slice& view, Weight weight, const Cancel* cancel) {
  const Rows rows = gather_rows(view, Side::Both, weight, Loops::Drop, cancel);
  const std::uint32_t nodes = rows.size();
  std::vector<double> sum(nodes, 0.0), score(nodes, 0.0), indirect(nodes, 0.0);
  for (std::uint32_t node = 0; node < nodes; ++node)
    for (std::uint32_t i = rows.first[node]; i < rows.first[node + 1]; ++i) sum[node] += rows.weight[i];
  const auto part = [&](std::uint32_t node, std::uint32_t i) {
    return sum[node] > 0 ? rows.weight[i] / sum[node] : 0;
  };
  for (std::uint32_t node = 0; node < nodes && !is_stopped(cancel); ++node) {
    const auto each = [&](std::uint32_t of, auto visit) {
      for (std::uint32_t i = rows.first[of]; i < rows.first[of + 1]; ++i) visit(rows.to[i], part(of, i));
    };
    each(node, [&](std::uint32_t q, double to_q) {
      if (!is_stopped(cancel)) each(q, [&](std::uint32_t j, double q_to_j) { indirect[j] += to_q * q_to_j; });
    });
    each(node, [&](std::uint32_t j, double to_j) {
      score[node] += (to_j + indirect[j]) * (to_j + indirect[j]);
    });
    each(node, [&](std::uint32_t q, double) {
      if (!is_stopped(cancel)) each(q, [&](std::uint32_t j, double) { indirect[j] = 0; });
    });
  }
  return score;
}

}  // namespace entente
