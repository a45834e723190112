// Boost's searches on a slice, as they come.
#include <gtest/gtest.h>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cmath>
#include <optional>

#include "graph/algorithms/shortest_path.h"
#include "graph/boost_view.h"
#include "graph/slice.h"
#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"

namespace entente {
namespace {

using Directed = BoostView<Slice>;
using Both = BoostView<Slice, Reading::Undirected>;

// A table by vertex, as Boost likes it.
template <typename T, typename Graph>
auto by_vertex(std::vector<T>& table, const Graph& graph) {
  table.resize(num_vertices(graph));
  return boost::make_iterator_property_map(table.begin(), get(boost::vertex_index, graph));
}

TEST(BoostView, BreadthFirstSearchFindsTheLengthOfOurShortestPaths) {
  for (std::uint32_t i = 0; i < cases(100); ++i) {
    Dice dice(5'000'000 + i);
    const RandomGraph random = random_graph(dice, 20, 40);
    const Slice slice(random.snapshot, random_filter(dice, random));
    const Directed graph(slice);
    for (auto [from, end] = vertices(graph); from != end; ++from) {
      std::vector<int> distance;
      const auto distances = by_vertex(distance, graph);
      boost::breadth_first_search(
          graph, *from,
          boost::visitor(boost::make_bfs_visitor(
                             boost::record_distances(distances, boost::on_tree_edge{})))
              .vertex_index_map(get(boost::vertex_index, graph)));
      for (auto [to, last] = vertices(graph); to != last; ++to) {
        const auto path = *shortest_path(slice, NodeIndex{*from}, NodeIndex{*to},
                                         {.direction = Direction::Forward});
        const int expected = path ? static_cast<int>(path->steps.size()) : 0;  // 0: not reached
        ASSERT_EQ(get(distances, *to), expected) << i;
      }
    }
  }
}

TEST(BoostView, DijkstraByWeightFindsTheLikeliestWay) {
  const DrawnGraph g("a AID d 0.5; a AID b 0.9; b AID c 0.9; c AID d 0.9; a CONSULT d 0.6 2019");
  const auto likeliest = [&](const Filter& filter) {
    const Slice slice = g.slice(filter);
    const Both graph(slice);
    std::vector<double> distance;
    const auto distances = by_vertex(distance, graph);
    boost::dijkstra_shortest_paths(graph, g["a"].value,
                                   boost::distance_map(distances)
                                       .weight_map(get(boost::edge_weight, graph))
                                       .vertex_index_map(get(boost::vertex_index, graph)));
    return std::exp(-get(distances, g["d"].value));
  };
  EXPECT_NEAR(likeliest({}), 0.729, 1e-12);
  EXPECT_NEAR(likeliest({.avoid = {g.id("b")}}), 0.6, 1e-12);
  EXPECT_NEAR(likeliest({.types = {type_of("AID")}, .avoid = {g.id("b")}}), 0.5, 1e-12);
}

}  // namespace
}  // namespace entente
