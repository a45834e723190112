// Part: which edges of a slice an answer holds, when it cannot or need not hold them all.
#pragma once
#include <vector>

#include "graph/slice.h"
#include "tools/answer/session.h"
#include "tools/exchange/graph_export.h"

namespace entente {

struct Part {
  std::vector<EdgeIndex> edges;  // by EdgeId
  std::vector<NodeId> nodes;     // their ends, and those that were asked for; ascending
  std::uint64_t left_out = 0;    // edges that there were, beyond `limit`
};

// With names in `around`: the edges at any of them. Else: the edges among the nodes of highest
// degree, as many nodes as `limit` allows, so that what is shown hangs together. Of too many edges
// at the names those go first that are least certain of confidence. O(m log m).
Part part_of(const Slice& slice, const std::vector<NodeId>& around, std::size_t limit = ~std::size_t{0});

// Everything that formats for other programs hold of it.
Result<exchange::ExportGraph> export_of(const Session& session, const Slice& slice, const Part& part,
                                        const std::string& filter);

}  // namespace entente
