#include "graph/algorithms/cut.h"

#include <algorithm>
#include <vector>

#include "graph/algorithms/path_ends.h"
#include "graph/algorithms/path_steps.h"

namespace entente {

Result<Cut> minimum_cut(const Slice& view, NodeIndex from, NodeIndex to,
                        const CutOptions& options) {
  if (const Status ends = check_path_ends(view, from, to); !ends) return ends.error();
  if (from == to) return Error{Code::InvalidArgument, "cut: nothing parts a node from itself"};
  if (options.apart == Apart::Nodes && !edges_of_step(view, from, to, options.direction).empty())
    return Error{Code::InvalidArgument,
                 "cut: an edge joins the two directly, so no other nodes part them; ask for edges"};
  WorkMeter meter(options.max_work, options.cancel);
  Flow flow(view, from, to, options.direction, options.apart, meter);
  while (flow.augment()) {}
  const std::vector<Flow::Place> near = flow.reachable();
  if (meter.over()) return meter.error("cut");

  Cut cut;
  const auto is_near = [&](Flow::Place place) { return std::ranges::binary_search(near, place); };
  for (const Flow::Place& place : near) {
    if (options.apart == Apart::Nodes) {
      const bool is_end = place.node == from || place.node == to;
      if (!is_end && !place.left && !is_near({place.node, true})) cut.nodes.push_back(place.node);
      continue;
    }
    const auto beyond = [&](const auto& steps) {
      for (const Step step : steps)
        if (!is_near({step.node, false})) cut.edges.push_back(step.edge);
    };
    beyond(view.out_edges(place.node));
    if (options.direction == Direction::Any) beyond(view.in_edges(place.node));
  }
  std::ranges::sort(cut.edges, {}, [&](EdgeIndex edge) { return view.snapshot().row_order(edge); });
  return cut;
}

}  // namespace entente
