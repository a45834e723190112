// BoostView: any GraphView as a graph of Boost.Graph, so that Boost's algorithms run on a slice.
//
//   const BoostView graph(slice);                    // from head to tail
//   const BoostView<Slice, Reading::Undirected> both(slice);
//   std::vector<std::size_t> component(num_vertices(both));
//   boost::connected_components(both, boost::make_iterator_property_map(
//                                         component.begin(), get(boost::vertex_index, both)));
//
// It models BidirectionalGraph, VertexListGraph, EdgeListGraph and AdjacencyGraph, with property
// maps vertex_index, edge_index and edge_weight. Parallel edges and loops stay. Read undirectedly,
// an edge stands at both of its ends, a loop twice at its one. The weight is the edge's doubt,
// -ln(confidence): the shortest way by weight is the one most likely to be true as a whole. For
// another weight, give the algorithm boost::make_function_property_map<BoostEdge>(f).
// A vertex is a NodeIndex's number. vertex_index and edge_index run densely over what the view
// admits, as Boost's tables need it; where a slice leaves something out, they differ from it.
// edges() goes by EdgeIndex: by rows in a flat snapshot; in an overlay (graph/overlay.h) rows that changed
// come last.
#pragma once
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include "graph/snapshot.h"
#include "graph/view.h"

namespace entente {

enum class Reading : std::uint8_t { Directed, Undirected };

// An edge as it was come by: read undirectedly, source and target depend on the side.
struct BoostEdge {
  std::uint32_t source = 0, target = 0;
  EdgeIndex index;
  friend bool operator==(const BoostEdge& a, const BoostEdge& b) { return a.index == b.index; }
  friend auto operator<=>(const BoostEdge& a, const BoostEdge& b) { return a.index <=> b.index; }
};

// Borrows the view. Making it costs a pass over nodes and edges of a slice, nothing of a snapshot.
template <GraphView G, Reading kReading = Reading::Directed>
class BoostView {
 public:
  explicit BoostView(const G& view) : view_(&view) {
    // Places are handed out in the order of indices; where all are admitted they are the indices.
    vertex_count_ = view.node_count();
    if (vertex_count_ != view.node_limit()) {
      vertex_places_.resize(view.node_limit());
      std::uint32_t next = 0;
      each_node(view, [&](NodeIndex node) { vertex_places_[node.value] = next++; });
    }
    edge_count_ = view.edge_count();
    if (edge_count_ != view.edge_limit()) {
      edge_places_.resize(view.edge_limit());
      std::uint32_t next = 0;
      each_edge(view, [&](EdgeIndex edge) { edge_places_[edge.value] = next++; });
    }
  }

  const G& view() const { return *view_; }
  std::uint32_t vertex_count() const { return vertex_count_; }
  std::uint32_t edge_count() const { return edge_count_; }
  std::uint32_t vertex_place(std::uint32_t vertex) const {
    return vertex_places_.empty() ? vertex : vertex_places_[vertex];
  }
  std::uint32_t edge_place(EdgeIndex edge) const {
    return edge_places_.empty() ? edge.value : edge_places_[edge.value];
  }

 private:
  const G* view_;
  std::uint32_t vertex_count_ = 0, edge_count_ = 0;
  std::vector<std::uint32_t> vertex_places_, edge_places_;  // empty: all are admitted
};

// Over all admitted vertices, or edges, by index. `Item` is std::uint32_t or BoostEdge.
template <GraphView G, typename Item>
class BoostItems : public boost::iterator_facade<BoostItems<G, Item>, Item,
                                                 boost::forward_traversal_tag, Item> {
  static constexpr bool kVertices = std::is_same_v<Item, std::uint32_t>;

 public:
  BoostItems() = default;
  static std::pair<BoostItems, BoostItems> all_of(const G& view) {
    const std::uint32_t limit = kVertices ? view.node_limit() : view.edge_limit();
    return {BoostItems(view, 0, limit), BoostItems(view, limit, limit)};
  }

 private:
  friend class boost::iterator_core_access;
  BoostItems(const G& view, std::uint32_t at, std::uint32_t limit)
      : view_(&view), at_(at), limit_(limit) {
    skip();
  }
  bool admitted() const {
    if constexpr (kVertices) return view_->admits(NodeIndex{at_});
    else return view_->admits(EdgeIndex{at_});
  }
  void skip() {
    while (at_ != limit_ && !admitted()) ++at_;
  }
  void increment() { ++at_, skip(); }
  bool equal(const BoostItems& other) const { return at_ == other.at_; }
  Item dereference() const {
    const EdgeIndex edge{at_};
    if constexpr (kVertices) return at_;
    else return {view_->head(edge).value, view_->tail(edge).value, edge};
  }
  const G* view_ = nullptr;
  std::uint32_t at_ = 0, limit_ = 0;
};

// Over the edges out of a vertex (its out-row, read undirectedly then its in-row), or into it.
// `Item` is BoostEdge, or std::uint32_t for the neighbours.
template <GraphView G, Reading kReading, typename Item>
class BoostRow : public boost::iterator_facade<BoostRow<G, kReading, Item>, Item,
                                               boost::forward_traversal_tag, Item> {
  using Steps = decltype(std::declval<const G&>().out_edges(NodeIndex{}));

 public:
  BoostRow() = default;
  static std::pair<BoostRow, BoostRow> around(const G& view, std::uint32_t vertex, bool outward) {
    BoostRow begin, end;
    begin.vertex_ = end.vertex_ = vertex;
    begin.outward_ = end.outward_ = outward;
    const Steps out = view.out_edges(NodeIndex{vertex}), in = view.in_edges(NodeIndex{vertex});
    begin.part_ = 2;
    if (outward || kReading == Reading::Undirected) begin.put(0, out);
    if (!outward || kReading == Reading::Undirected) begin.put(1, in);
    begin.skip();
    return {begin, end};
  }

 private:
  friend class boost::iterator_core_access;
  struct Part {
    std::ranges::iterator_t<Steps> at{};
    std::ranges::sentinel_t<Steps> end{};
  };
  void put(int part, const Steps& steps) {
    parts_[part] = {std::ranges::begin(steps), std::ranges::end(steps)};
    part_ = std::min(part_, part);
    last_ = part + 1;
  }
  void skip() {
    while (part_ < last_ && parts_[part_].at == parts_[part_].end) ++part_;
    if (part_ >= last_) part_ = 2;
  }
  void increment() { ++parts_[part_].at, skip(); }
  bool equal(const BoostRow& other) const {
    return part_ == other.part_ && (part_ == 2 || parts_[part_].at == other.parts_[part_].at);
  }
  Item dereference() const {
    const Step step = *parts_[part_].at;
    if constexpr (std::is_same_v<Item, std::uint32_t>) return step.node.value;
    else if (outward_) return {vertex_, step.node.value, step.edge};
    else return {step.node.value, vertex_, step.edge};
  }
  Part parts_[2];  // out-row, in-row
  int part_ = 2;   // 2: past the end
  int last_ = 0;
  std::uint32_t vertex_ = 0;
  bool outward_ = true;
};

// ---- the functions by which Boost asks

template <GraphView G, Reading R>
auto vertices(const BoostView<G, R>& graph) {
  return BoostItems<G, std::uint32_t>::all_of(graph.view());
}
template <GraphView G, Reading R>
auto edges(const BoostView<G, R>& graph) {
  return BoostItems<G, BoostEdge>::all_of(graph.view());
}
template <GraphView G, Reading R>
std::uint32_t num_vertices(const BoostView<G, R>& graph) {
  return graph.vertex_count();
}
template <GraphView G, Reading R>
std::uint32_t num_edges(const BoostView<G, R>& graph) {
  return graph.edge_count();
}
template <GraphView G, Reading R>
std::uint32_t source(const BoostEdge& edge, const BoostView<G, R>&) {
  return edge.source;
}
template <GraphView G, Reading R>
std::uint32_t target(const BoostEdge& edge, const BoostView<G, R>&) {
  return edge.target;
}
template <GraphView G, Reading R>
auto out_edges(std::uint32_t vertex, const BoostView<G, R>& graph) {
  return BoostRow<G, R, BoostEdge>::around(graph.view(), vertex, true);
}
template <GraphView G, Reading R>
auto in_edges(std::uint32_t vertex, const BoostView<G, R>& graph) {
  return BoostRow<G, R, BoostEdge>::around(graph.view(), vertex, false);
}
template <GraphView G, Reading R>
auto adjacent_vertices(std::uint32_t vertex, const BoostView<G, R>& graph) {
  return BoostRow<G, R, std::uint32_t>::around(graph.view(), vertex, true);
}
template <GraphView G, Reading R>
std::uint32_t out_degree(std::uint32_t vertex, const BoostView<G, R>& graph) {
  const auto [begin, end] = out_edges(vertex, graph);
  return static_cast<std::uint32_t>(std::distance(begin, end));
}
template <GraphView G, Reading R>
std::uint32_t in_degree(std::uint32_t vertex, const BoostView<G, R>& graph) {
  const auto [begin, end] = in_edges(vertex, graph);
  return static_cast<std::uint32_t>(std::distance(begin, end));
}
template <GraphView G, Reading R>
std::uint32_t degree(std::uint32_t vertex, const BoostView<G, R>& graph) {
  return R == Reading::Undirected ? out_degree(vertex, graph)
                                  : out_degree(vertex, graph) + in_degree(vertex, graph);
}

// ---- property maps: readable, borrowing the graph

template <typename Graph>
struct BoostVertexIndex {
  using key_type = std::uint32_t;
  using value_type = std::uint32_t;
  using reference = std::uint32_t;
  using category = boost::readable_property_map_tag;
  const Graph* graph = nullptr;
  friend std::uint32_t get(const BoostVertexIndex& map, std::uint32_t vertex) {
    return map.graph->vertex_place(vertex);
  }
};
template <typename Graph>
struct BoostEdgeIndex {
  using key_type = BoostEdge;
  using value_type = std::uint32_t;
  using reference = std::uint32_t;
  using category = boost::readable_property_map_tag;
  const Graph* graph = nullptr;
  friend std::uint32_t get(const BoostEdgeIndex& map, const BoostEdge& edge) {
    return map.graph->edge_place(edge.index);
  }
};
template <typename Graph>
struct BoostEdgeWeight {
  using key_type = BoostEdge;
  using value_type = double;
  using reference = double;
  using category = boost::readable_property_map_tag;
  const Graph* graph = nullptr;
  friend double get(const BoostEdgeWeight& map, const BoostEdge& edge) {
    return -std::log(map.graph->view().snapshot().confidence(edge.index));
  }
};

template <GraphView G, Reading R>
BoostVertexIndex<BoostView<G, R>> get(boost::vertex_index_t, const BoostView<G, R>& graph) {
  return {&graph};
}
template <GraphView G, Reading R>
BoostEdgeIndex<BoostView<G, R>> get(boost::edge_index_t, const BoostView<G, R>& graph) {
  return {&graph};
}
template <GraphView G, Reading R>
BoostEdgeWeight<BoostView<G, R>> get(boost::edge_weight_t, const BoostView<G, R>& graph) {
  return {&graph};
}
template <typename Tag, GraphView G, Reading R, typename Key>
auto get(Tag tag, const BoostView<G, R>& graph, const Key& key) {
  return get(get(tag, graph), key);
}

}  // namespace entente

namespace boost {

template <entente::GraphView G, entente::Reading R>
struct graph_traits<entente::BoostView<G, R>> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = entente::BoostEdge;
  using directed_category = std::conditional_t<R == entente::Reading::Undirected, undirected_tag,
                                               bidirectional_tag>;
  using edge_parallel_category = allow_parallel_edge_tag;
  struct traversal_category : bidirectional_graph_tag,
                              vertex_list_graph_tag,
                              edge_list_graph_tag,
                              adjacency_graph_tag {};
  using vertex_iterator = entente::BoostItems<G, std::uint32_t>;
  using edge_iterator = entente::BoostItems<G, entente::BoostEdge>;
  using out_edge_iterator = entente::BoostRow<G, R, entente::BoostEdge>;
  using in_edge_iterator = out_edge_iterator;
  using adjacency_iterator = entente::BoostRow<G, R, std::uint32_t>;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint32_t;
  using degree_size_type = std::uint32_t;
  static vertex_descriptor null_vertex() { return ~std::uint32_t{0}; }
};

template <entente::GraphView G, entente::Reading R>
struct property_map<entente::BoostView<G, R>, vertex_index_t> {
  using type = entente::BoostVertexIndex<entente::BoostView<G, R>>;
  using const_type = type;
};
template <entente::GraphView G, entente::Reading R>
struct property_map<entente::BoostView<G, R>, edge_index_t> {
  using type = entente::BoostEdgeIndex<entente::BoostView<G, R>>;
  using const_type = type;
};
template <entente::GraphView G, entente::Reading R>
struct property_map<entente::BoostView<G, R>, edge_weight_t> {
  using type = entente::BoostEdgeWeight<entente::BoostView<G, R>>;
  using const_type = type;
};

}  // namespace boost
