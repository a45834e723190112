#include "tools/answer/path_rows.h"

#include "tools/answer/json.h"

namespace entente {

Result<std::vector<Chain>> chains_of(const std::vector<Path>& paths, const Snapshot& snapshot, EdgeReader& reader) {
  std::vector<Chain> chains;
  for (const Path& path : paths) {
    Chain chain;
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
      auto row = reader.row(snapshot.id(path.steps[i].front()));
      if (!row) return row.error();
      Hop hop{std::move(*row), snapshot.id(path.nodes[i]), {}};
      for (std::size_t j = 1; j < path.steps[i].size(); ++j) hop.parallel.push_back(snapshot.id(path.steps[i][j]));
      chain.push_back(std::move(hop));
    }
    chains.push_back(std::move(chain));
  }
  return chains;
}

boost::json::array to_json(const std::vector<Chain>& chains, const std::string& start) {
  boost::json::array paths;
  for (const Chain& chain : chains) {
    boost::json::array edges, nodes;
    nodes.emplace_back(start);
    for (const Hop& hop : chain) {
      boost::json::object edge = to_json(hop.row);
      boost::json::array parallel;
      for (const EdgeId id : hop.parallel) parallel.emplace_back(id.value);
      edge["parallel"] = std::move(parallel);
      edges.push_back(std::move(edge));
      nodes.emplace_back(hop.row.edge.head == hop.from ? hop.row.tail : hop.row.head);
    }
    boost::json::object path;
    path["length"] = chain.size();
    path["nodes"] = std::move(nodes);
    path["edges"] = std::move(edges);
    paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace entente
