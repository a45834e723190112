#include "graph/load.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "graph/algorithms/parallel.h"
#include "storage/read.h"

namespace entente {

Result<std::shared_ptr<const Snapshot>> load_snapshot(const ReadTransaction& read, AsOf as_of,
                                                      std::uint64_t by_parts_from) {
  as_of.recorded = std::min(as_of.recorded, read.last_commit());
  SnapshotBuilder builder(read.ontology(), as_of);
  const auto nodes = read.scan_nodes(as_of.recorded, [&](const Node& node) {
    builder.add(node);
    return true;
  });
  if (!nodes) return nodes.error();
  // Decoding edges is most of the work: parts of their ids are read by all cores.
  const auto limit = read.edge_limit();
  if (!limit) return limit.error();
  const bool many = as_of.recorded == read.last_commit() && limit->value > by_parts_from;  // of the past: history is read once
  const std::uint32_t parts = many ? 128 : 1;
  const std::uint64_t length = limit->value / parts + 1;
  std::vector<std::optional<Error>> faults(parts);
  builder.expect_parts(parts);
  in_parts(parts, 1, [&](std::uint32_t part, std::uint32_t, std::uint32_t) {
    const auto scanned = read.scan_edges(as_of.recorded, EdgeId{part * length}, EdgeId{(part + 1) * length}, [&](const Edge& edge) {
      builder.add(edge, part);
      return true;
    });
    if (!scanned) faults[part] = scanned.error();
  });
  for (const auto& fault : faults)
    if (fault) return *fault;
  return builder.finish();
}

}  // namespace entente
