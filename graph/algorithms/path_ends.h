// What every path algorithm says of its ends.
#pragma once
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

}  // namespace entente
