#include "graph/algorithms/cores.h"

#include <algorithm>
#include <utility>

#include "graph/algorithms/rows.h"

namespace entente {

std::vector<std::uint32_t> core_numbers(const Slice& view) {
  const Rows rows = gather_rows(view, Side::Both, Weight::Pair, Loops::Drop);
  const std::uint32_t nodes = rows.size();
  // Nodes by the neighbours that they have left, in one array with a bucket for each number.
  std::vector<std::uint32_t> left(nodes), order(nodes), place(nodes), bucket;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    left[node] = rows.first[node + 1] - rows.first[node];
    if (bucket.size() < left[node] + 2u) bucket.resize(left[node] + 2u, 0);
    ++bucket[left[node] + 1];
  }
  for (std::size_t i = 1; i < bucket.size(); ++i) bucket[i] += bucket[i - 1];
  std::vector<std::uint32_t> next(bucket);
  for (std::uint32_t node = 0; node < nodes; ++node) {
    place[node] = next[left[node]]++;
    order[place[node]] = node;
  }
  for (std::uint32_t at = 0; at < nodes; ++at) {
    const std::uint32_t node = order[at];
    for (std::uint32_t i = rows.first[node]; i < rows.first[node + 1]; ++i) {
      const std::uint32_t other = rows.to[i];
      if (left[other] <= left[node]) continue;
      // It changes places with the first of its bucket, which then begins one later.
      const std::uint32_t first = std::max(bucket[left[other]], at + 1), moved = order[first];
      std::swap(order[first], order[place[other]]);
      std::swap(place[moved], place[other]);
      bucket[left[other]] = first + 1;
      --left[other];
    }
  }
  return left;
}

}  // namespace entente
