// Temporal motifs: the small patterns in which edges follow one another.
// A. Paranjape, A. R. Benson, J. Leskovec, "Motifs in temporal networks", WSDM 2017.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "graph/algorithms/work.h"
#include "graph/slice.h"
#include "schema/result.h"

namespace entente {

struct MotifOptions {
  int edges = 3;                       // 2 or 3
  std::uint32_t within_days = 90;      // from the first edge to the last
  std::uint64_t max_work = 2'000'000'000;  // edges looked at
  const Cancel* cancel = nullptr;
};

// How often each pattern occurs. A pattern is written as its edges in their order, nodes by the
// letters a, b, c in the order in which they come in: "ab ba ab" is give and take, "ab bc ca" goes
// round. With two edges there are 6, with three 36.
//   An occurrence is a sequence of admitted edges on at most three nodes, each after the first
//   sharing a node with one before, which began on different days, ascending, at most `within_days`
//   from the first to the last. An edge begins on its start, if that is known to the day; others
//   are left out, and loops. Parallel edges are several. InvalidArgument for other numbers of
//   edges; LimitReached beyond max_work or when cancelled. O(what it looks at).
using MotifCounts = std::map<std::string, std::uint64_t>;
Result<MotifCounts> temporal_motifs(const Slice& view, const MotifOptions& options = {});

}  // namespace entente
