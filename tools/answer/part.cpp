#include "tools/answer/part.h"

#include <algorithm>
#include <set>

#include "tools/answer/edge_row.h"

namespace entente {
namespace {

// Edges among the nodes of highest degree: nodes are taken one by one while their edges fit.
std::vector<EdgeIndex> best_connected(const Slice& slice, std::size_t limit, std::uint64_t& all) {
  const Snapshot& snapshot = slice.snapshot();
  std::vector<std::uint32_t> degree(slice.node_limit(), 0);
  std::vector<EdgeIndex> edges;
  each_edge(slice, [&](EdgeIndex edge) {
    edges.push_back(edge);
    ++degree[snapshot.head(edge).value];
    ++degree[snapshot.tail(edge).value];
  });
  all = edges.size();
  if (edges.size() <= limit) return edges;
  std::vector<NodeIndex> order;
  each_node(slice, [&](NodeIndex node) {
    if (degree[node.value] > 0) order.push_back(node);
  });
  std::stable_sort(order.begin(), order.end(),
                   [&](NodeIndex a, NodeIndex b) { return degree[a.value] > degree[b.value]; });
  std::vector<bool> taken(slice.node_limit(), false);
  std::size_t count = 0;
  for (const NodeIndex node : order) {
    std::size_t more = 0;
    for (const Step step : slice.out_edges(node)) more += taken[step.node.value] || step.node == node;
    for (const Step step : slice.in_edges(node)) more += taken[step.node.value];
    if (count + more > limit) continue;
    count += more;
    taken[node.value] = true;
  }
  std::erase_if(edges, [&](EdgeIndex edge) {
    return !taken[snapshot.head(edge).value] || !taken[snapshot.tail(edge).value];
  });
  return edges;
}

std::vector<EdgeIndex> at(const Slice& slice, const std::vector<NodeId>& around, std::size_t limit, std::uint64_t& all) {
  const Snapshot& snapshot = slice.snapshot();
  std::vector<EdgeIndex> edges;
  for (const NodeId id : around)
    if (const auto node = snapshot.find(id)) {
      for (const Step step : slice.out_edges(*node)) edges.push_back(step.edge);
      for (const Step step : slice.in_edges(*node)) edges.push_back(step.edge);
    }
  std::ranges::sort(edges, {}, [&](EdgeIndex edge) { return snapshot.row_order(edge); });
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  all = edges.size();
  if (edges.size() > limit) {
    std::stable_sort(edges.begin(), edges.end(), [&](EdgeIndex a, EdgeIndex b) {
      return snapshot.confidence(a) > snapshot.confidence(b);
    });
    edges.resize(limit);
  }
  return edges;
}
}  // namespace

Part part_of(const Slice& slice, const std::vector<NodeId>& around, std::size_t limit) {
  const Snapshot& snapshot = slice.snapshot();
  std::uint64_t all = 0;
  Part part;
  part.edges = around.empty() ? best_connected(slice, limit, all) : at(slice, around, limit, all);
  part.left_out = all - part.edges.size();
  std::sort(part.edges.begin(), part.edges.end(),
            [&](EdgeIndex a, EdgeIndex b) { return snapshot.id(a) < snapshot.id(b); });
  std::set<NodeId> nodes(around.begin(), around.end());
  for (const EdgeIndex edge : part.edges) nodes.insert({snapshot.id(snapshot.head(edge)), snapshot.id(snapshot.tail(edge))});
  part.nodes.assign(nodes.begin(), nodes.end());
  return part;
}

Result<exchange::ExportGraph> export_of(const Session& session, const Slice& slice, const Part& part,
                                        const std::string& filter) {
  const Snapshot& snapshot = slice.snapshot();
  exchange::ExportGraph graph;
  graph.database = session.database_id();
  graph.known_by = session.commit();
  graph.filter = filter;
  if (const auto& window = session.as_of().valid) graph.as_of = window_text(*window);
  if (graph.known_by) {
    const auto commit = session.read().commit(graph.known_by);
    if (!commit) return commit.error();
    if (*commit) graph.known_by_at = text_of((*commit)->at);
  }
  for (const NodeId id : part.nodes) {
    const auto node = session.read().node(id, session.commit());
    if (!node) return node.error();
    if (*node) graph.nodes.push_back({id, (*node)->name, session.ontology().label((*node)->label).name, (*node)->aliases});
  }
  EdgeReader reader(session);
  for (const EdgeIndex index : part.edges) {
    const auto row = reader.row(snapshot.id(index));
    if (!row) return row.error();
    exchange::ExportEdge edge;
    edge.id = row->edge.id, edge.head = row->edge.head, edge.tail = row->edge.tail;
    edge.type = row->type, edge.family = name_of(session.ontology().type(row->edge.type).family);
    edge.valid = row->edge.valid, edge.holds = row->holds;
    edge.mode = row->edge.mode, edge.negated = row->edge.negated, edge.confidence = row->edge.confidence;
    for (const Source& source : row->sources) {
      std::string from = source.publisher.empty() ? source.document : source.publisher;
      if (!source.published.empty()) from += " " + source.published;
      if (std::find(edge.sources.begin(), edge.sources.end(), from) == edge.sources.end()) edge.sources.push_back(from);
    }
    if (!row->sources.empty()) edge.quote = row->sources.front().quote;
    graph.edges.push_back(std::move(edge));
  }
  return graph;
}

}  // namespace entente
