// The part of the catalog that answers with other rows than scores of nodes.
#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>

#include "graph/algorithms/betweenness.h"
#include "graph/algorithms/communities.h"
#include "graph/algorithms/components.h"
#include "graph/algorithms/cut_points.h"
#include "graph/algorithms/motifs.h"
#include "graph/algorithms/triads.h"
#include "graph/catalog.h"

namespace entente {
namespace {

using View = const Slice&;
using Told = const Arguments&;
using Table = Result<std::vector<Row>>;

constexpr Column kGroupColumns[] = {{"group", ColumnType::Count}, {"node", ColumnType::Node}};
constexpr Column kEdgeScoreColumns[] = {{"edge", ColumnType::Edge}, {"score", ColumnType::Number}};
constexpr Column kEdgeColumns[] = {{"edge", ColumnType::Edge}};
constexpr Column kTriadColumns[] = {{"one", ColumnType::Node}, {"two", ColumnType::Node},
                                    {"three", ColumnType::Node}, {"foes", ColumnType::Count}};
constexpr Column kMotifColumns[] = {{"motif", ColumnType::Text}, {"count", ColumnType::Count}};

constexpr Parameter kConnected[] = {
    {"connected", ParameterType::Choice, "weakly",
     "Weakly: edges are ways both ways; strongly: along edges there and back.", 0, 0,
     "weakly|strongly"}};
constexpr Parameter kCommunity[] = {
    {"resolution", ParameterType::Number, "1", "More: smaller communities.", 0.001, 1000},
    {"weight", ParameterType::Choice, "edge",
     "What edges count for: each one, all between two nodes together one, or each its confidence.",
     0, 0, "edge|pair|confidence"}};
constexpr Parameter kEdgeBetweenness[] = {
    {"direction", ParameterType::Choice, "any",
     "Edges are ways both ways, or from head to tail alone.", 0, 0, "any|forward"}};
constexpr Parameter kTriads[] = {
    {"list", ParameterType::Count, "1000", "How many of those out of balance to list.", 0, 1e9}};
constexpr Parameter kMotifs[] = {
    {"edges", ParameterType::Count, "3", "Of how many edges: 2 or 3.", 2, 3},
    {"within", ParameterType::Count, "90", "Days from the first edge to the last.", 0, 1e6}};

bool has_edge(View view, NodeIndex node) {
  return view.out_edges(node).begin() != view.out_edges(node).end() ||
         view.in_edges(node).begin() != view.in_edges(node).end();
}

// By group; nodes without an edge, each a group of its own, are left out.
std::vector<Row> rows_of(View view, const Groups& groups) {
  std::vector<std::pair<std::uint32_t, NodeIndex>> members;
  for (std::uint32_t node = 0; node < groups.size(); ++node)
    if (groups[node] != kNoGroup && has_edge(view, NodeIndex{node}))
      members.push_back({groups[node], NodeIndex{node}});
  std::ranges::sort(members);
  std::vector<Row> rows;
  for (const auto& [group, node] : members) rows.push_back({std::uint64_t{group} + 1, node});
  return rows;
}

constexpr TableAlgorithm kTableAlgorithms[] = {
    {"bridges", "Edges without which a part of the graph falls apart.", {}, kEdgeColumns,
     [](View view, Told told) -> Table {
       std::vector<Row> rows;
       for (const EdgeIndex edge : cut_points(view, told.cancel()).bridges) rows.push_back({edge});
       return rows;
     }},
    {"communities", "Groups with more edges inside than chance would put there (Leiden).",
     kCommunity, kGroupColumns,
     [](View view, Told told) -> Table {
       return rows_of(view, communities(view, {.resolution = told.number("resolution"),
                                               .weight = static_cast<Weight>(told.choice("weight")),
                                               .cancel = told.cancel()})
                                .groups);
     }},
    {"components", "Parts of the graph between which there is no way.", kConnected, kGroupColumns,
     [](View view, Told told) -> Table {
       const Groups groups = components(view, static_cast<Connected>(told.choice("connected")), told.cancel());
       return is_stopped(told.cancel()) ? std::vector<Row>() : rows_of(view, groups);
     }},
    {"edge-betweenness", "The number of pairs of nodes whose shortest paths go over the edge.",
     kEdgeBetweenness, kEdgeScoreColumns,
     [](View view, Told told) -> Table {
       const auto scores = edge_betweenness(
           view, {.direction = static_cast<Direction>(told.choice("direction")), .cancel = told.cancel()});
       std::vector<EdgeIndex> edges;
       each_edge(view, [&](EdgeIndex edge) { edges.push_back(edge); });
       std::ranges::sort(edges, {}, [&](EdgeIndex edge) {
         return std::tuple(-scores[edge.value], view.snapshot().id(edge));
       });
       std::vector<Row> rows;
       for (const EdgeIndex edge : edges) rows.push_back({edge, scores[edge.value]});
       return rows;
     }},
    {"motifs", "How often edges follow one another in each small pattern; 'ab ba' is give and take.",
     kMotifs, kMotifColumns,
     [](View view, Told told) -> Table {
       const auto counts =
           temporal_motifs(view, {.edges = static_cast<int>(told.count("edges")),
                                  .within_days = static_cast<std::uint32_t>(told.count("within")),
                                  .cancel = told.cancel()});
       if (!counts) return counts.error();
       std::vector<Row> rows;
       for (const auto& [motif, count] : *counts) rows.push_back({motif, count});
       std::ranges::stable_sort(rows, std::ranges::greater(),
                                [](const Row& row) { return std::get<std::uint64_t>(row[1]); });
       return rows;
     }},
    {"triads", "Threes out of balance: one foe among friends, or three foes.", kTriads,
     kTriadColumns,
     [](View view, Told told) -> Table {
       std::vector<Row> rows;
       for (const Triad& triad : triads(view, told.count("list"), told.cancel()).unbalanced)
         rows.push_back({triad.nodes[0], triad.nodes[1], triad.nodes[2],
                         static_cast<std::uint64_t>(triad.foes)});
       return rows;
     }},
};

}  // namespace

Result<std::vector<Row>> TableAlgorithm::rows(const Slice& view, const Arguments& arguments) const {
  auto found = compute(view, arguments);
  if (is_stopped(arguments.cancel())) return Error{Code::LimitReached, std::string(name) + ": stopped, as was asked"};
  return found;
}

std::span<const TableAlgorithm> table_algorithms() { return kTableAlgorithms; }

Result<const TableAlgorithm*> table_algorithm_named(std::string_view name) {
  for (const TableAlgorithm& algorithm : kTableAlgorithms)
    if (algorithm.name == name) return &algorithm;
  std::string known;
  for (const TableAlgorithm& algorithm : kTableAlgorithms)
    known.append(known.empty() ? "" : ", ").append(algorithm.name);
  return Error{Code::NotFound, "there is no analysis '" + std::string(name) + "'; choose one of " + known};
}

}  // namespace entente
