// Snapshot and slice as graphs of Boost, and Boost's components on them, as they come.
#include "graph/boost_view.h"

#include <gtest/gtest.h>

#include <boost/graph/connected_components.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>
#include <set>

#include "graph/slice.h"
#include "tests/support/graph_text.h"

namespace entente {
namespace {

using Directed = BoostView<Slice>;
using Both = BoostView<Slice, Reading::Undirected>;

template <typename Graph>
void model_boosts_concepts() {
  BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, std::uint32_t,
                                                            boost::vertex_index_t>));
  BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, BoostEdge,
                                                            boost::edge_index_t>));
  BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, BoostEdge,
                                                            boost::edge_weight_t>));
}

// A table by vertex, as Boost likes it.
template <typename T, typename Graph>
auto by_vertex(std::vector<T>& table, const Graph& graph) {
  table.resize(num_vertices(graph));
  return boost::make_iterator_property_map(table.begin(), get(boost::vertex_index, graph));
}

TEST(BoostView, ModelsBoostsConcepts) {
  model_boosts_concepts<BoostView<Snapshot>>();
  model_boosts_concepts<Directed>();
  model_boosts_concepts<Both>();
}

TEST(BoostView, CountsAndNumbersOnlyWhatTheSliceAdmits) {
  const DrawnGraph g("a AID b; b AID c; c AID a; c SANCTION a; a AID a");
  const Slice slice = g.slice({.types = {type_of("AID")}, .avoid = {g.id("b")}});
  const Directed graph(slice);
  EXPECT_EQ(num_vertices(graph), 2u);
  EXPECT_EQ(num_edges(graph), 2u);  // c AID a, a AID a
  std::set<std::uint32_t> vertex_places, edge_places;
  for (auto [v, end] = vertices(graph); v != end; ++v)
    vertex_places.insert(get(boost::vertex_index, graph, *v));
  for (auto [e, end] = edges(graph); e != end; ++e)
    edge_places.insert(get(boost::edge_index, graph, *e));
  EXPECT_EQ(vertex_places, (std::set<std::uint32_t>{0, 1}));
  EXPECT_EQ(edge_places, (std::set<std::uint32_t>{0, 1}));
  EXPECT_EQ(out_degree(g["a"].value, graph), 1u);
  EXPECT_EQ(in_degree(g["a"].value, graph), 2u);
  EXPECT_EQ(degree(g["a"].value, Both(slice)), 3u);  // the loop stands twice
}

TEST(BoostView, ConnectedComponentsOfASliceFallApartWhenAnEdgeEnds) {
  const DrawnGraph g("a AID b 2019/2021; c AID b 2020/2024; d AID e 2018/..");
  const auto components = [&](std::string_view when) {
    const Slice slice = g.slice({.valid = window(when), .certain_only = true});
    const Both graph(slice);
    std::vector<int> component;
    return boost::connected_components(graph, by_vertex(component, graph));
  };
  EXPECT_EQ(components("2020-06..2020-12"), 2);  // the edge b-c began some day of 2020
  EXPECT_EQ(components("2022"), 3);
  EXPECT_EQ(components("2025"), 4);
}

TEST(BoostView, StrongComponentsHeedDirection) {
  const DrawnGraph g("a AID b; b AID c; c AID a; c AID d");
  const Slice slice = g.slice();
  const Directed graph(slice);
  std::vector<int> component, root, time;
  std::vector<boost::default_color_type> colour;
  const int count = boost::strong_components(
      graph, by_vertex(component, graph),
      boost::root_map(by_vertex(root, graph))
          .discover_time_map(by_vertex(time, graph))
          .color_map(by_vertex(colour, graph)));
  EXPECT_EQ(count, 2);
}

}  // namespace
}  // namespace entente
