// Flow: how much can go from one node to another when every edge carries one. The engine of
// disjoint_path.cpp and cut.cpp.
#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/slice.h"

namespace entente {

// What may not be used twice.
enum class Apart : std::uint8_t {
  Edges,  // an edge; parallel edges are several
  Nodes,  // a node other than the ends, and with it all of its edges; nor a step between the ends
};

// Integral flow along the admitted edges of a slice, kept only where there is some. A link is what
// joins two nodes: in Direction::Any it carries, either way, as many as it has edges. Under
// Apart::Nodes each node other than the ends lets one through, and a link between the ends carries
// one; other links then carry any number, so that the least cut is one of nodes.
// L. R. Ford, D. R. Fulkerson, "Maximal flow through a network", 1956; the shortest way first by
// the costs of R. G. Busacker, P. J. Gowen, 1960. Borrows all. Not thread-safe.
class Flow {
 public:
  Flow(const Slice& view, NodeIndex from, NodeIndex to, Direction direction, Apart apart,
       WorkMeter& meter)
      : view_(view), from_(from), to_(to), direction_(direction), apart_(apart), meter_(meter) {}

  // One more unit along the cheapest way of what is left, if there is one: a step costs one, and
  // one that takes flow back gains one. So the flow is always the one of least steps in all.
  // False too if work is over: ask the meter.
  bool augment();

  // The nodes behind each place: in Apart::Edges the place of entry is all there is of a node.
  struct Place {
    NodeIndex node;
    bool left = false;  // Apart::Nodes: where one leaves the node, beyond its own limit
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  // Every place that more flow could still reach. After augment() failed, this is the side of
  // `from` of the least cut that is nearest to it.
  std::vector<Place> reachable();

  // Units from a node to another, what went back taken off.
  int from_to(NodeIndex a, NodeIndex b) const {
    const auto at = flow_.find(key(a, b));
    return at == flow_.end() ? 0 : at->second;
  }
  // Nodes that `node` sends to, ascending, each with its units.
  std::vector<std::pair<NodeIndex, int>> sends(NodeIndex node);

 private:
  struct Arc {
    Place to;
    int cost;
  };
  static std::uint64_t key(NodeIndex a, NodeIndex b) { return std::uint64_t{a.value} << 32 | b.value; }
  std::uint64_t place(Place p) const { return std::uint64_t{p.node.value} << 1 | p.left; }
  bool is_end(NodeIndex node) const { return node == from_ || node == to_; }
  bool arcs(Place at, std::vector<Arc>& out);
  bool links(NodeIndex node, std::vector<std::pair<NodeIndex, int>>& out);

  const Slice& view_;
  NodeIndex from_, to_;
  Direction direction_;
  Apart apart_;
  WorkMeter& meter_;
  std::unordered_map<std::uint64_t, int> flow_;    // (a, b): units from a to b; never both ways
  std::unordered_map<std::uint32_t, int> through_; // units through a node
  std::unordered_map<std::uint32_t, std::vector<NodeIndex>> touched_;  // have flow with the node
};

}  // namespace entente
