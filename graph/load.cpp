#include "graph/load.h"

#include <algorithm>

#include "storage/read.h"

namespace entente {

Result<std::shared_ptr<const Snapshot>> load_snapshot(const ReadTransaction& read, AsOf as_of) {
  as_of.recorded = std::min(as_of.recorded, read.last_commit());
  SnapshotBuilder builder(read.ontology(), as_of);
  const auto nodes = read.scan_nodes(as_of.recorded, [&](const Node& node) {
    builder.add(node);
    return true;
  });
  if (!nodes) return nodes.error();
  const auto edges = read.scan_edges(as_of.recorded, [&](const Edge& edge) {
    builder.add(edge);
    return true;
  });
  if (!edges) return edges.error();
  return builder.finish();
}

}  // namespace entente
