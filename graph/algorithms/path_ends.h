// What every path algorithm says of its ends and of its limit.
#pragma once
#include <cstdint>
#include <string>

#include "graph/snapshot.h"
#include "graph/view.h"
#include "schema/result.h"

namespace entente {

template <GraphView G>
Status check_path_ends(const G& view, NodeIndex from, NodeIndex to) {
  for (const NodeIndex end : {from, to}) {
    if (end.value >= view.node_limit())
      return Error{Code::NotFound, "path: an end is not a node of the graph"};
    if (!view.admits(end))
      return Error{Code::NotFound, "path: the filter leaves out '" +
                                       std::string(view.snapshot().name(end)) +
                                       "', an end of the path"};
  }
  return kOk;
}

inline Error path_out_of_work(std::uint64_t max_work) {
  return {Code::LimitReached, "path: gave up after looking at " + std::to_string(max_work) +
                                  " edges; narrow the filter or lower the number of hops"};
}

}  // namespace entente
