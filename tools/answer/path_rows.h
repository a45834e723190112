// Paths with everything a person may want to read of their edges.
#pragma once
#include <boost/json/array.hpp>
#include <string>
#include <vector>

#include "graph/algorithms/shortest_path.h"
#include "tools/answer/edge_row.h"

namespace entente {

// A hop as it is told: the best of its parallel edges, and how many more there are.
struct Hop {
  EdgeRow row;
  NodeId from;  // the end that the path comes from
  std::vector<EdgeId> parallel;
};
using Chain = std::vector<Hop>;

Result<std::vector<Chain>> chains_of(const std::vector<Path>& paths, const Snapshot& snapshot, EdgeReader& reader);

// [{length, nodes: [name], edges: [edge with `parallel`: [id]]}], `start` being the first name.
boost::json::array to_json(const std::vector<Chain>& chains, const std::string& start);

}  // namespace entente
