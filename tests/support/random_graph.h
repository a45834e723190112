// Random temporal multigraphs and random filters, for witnesses. The same seed gives the same.
#pragma once
#include <cstdint>
#include <memory>
#include <random>
#include <vector>

#include "graph/overlay.h"
#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine_() % n); }
  bool one_in(std::uint32_t n) { return below(n) == 0; }

 private:
  std::mt19937_64 engine_;
};

struct RandomGraph {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  AsOf as_of;
  std::shared_ptr<const Snapshot> snapshot;
};

// Nodes with ids that are no dense numbers; edges of a few types, modes, confidences and every
// kind of bound in the spring of 2024, parallel ones and loops among them.
RandomGraph random_graph(Dice& dice, std::uint32_t max_nodes, std::uint32_t max_edges);

// The graph's snapshot made another way: some other graph, and over it the changes that make it this one.
// Every second random_graph() has its snapshot so.
std::shared_ptr<const Snapshot> laid_over(const RandomGraph& graph, Dice& dice);
// The other graph, and the changes.
struct Before {
  std::shared_ptr<const Snapshot> base;
  Changes changes;
};
Before before(const RandomGraph& graph, Dice& dice);

// Often nothing, sometimes several conditions at once.
Filter random_filter(Dice& dice, const RandomGraph& graph);

// The filter read literally, on facts and not on columns: the witness of Slice.
bool passes(const Filter& filter, const Node& node);
Truth passes(const Filter& filter, const Edge& edge, Truth before);  // No: it does not

// ENTENTE_LONG=1 in the environment asks for ten times as many cases.
std::uint32_t cases(std::uint32_t usual);

}  // namespace entente
