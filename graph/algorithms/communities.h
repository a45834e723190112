// Communities: groups with more edges inside than chance would put there.
// V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected
// communities", Scientific Reports 9, 2019.
#pragma once
#include <vector>

#include "graph/algorithms/components.h"
#include "graph/algorithms/rows.h"
#include "graph/algorithms/work.h"
#include "graph/slice.h"

namespace entente {

struct CommunityOptions {
  double resolution = 1;  // more: smaller communities
  Weight weight = Weight::Edge;
  const Cancel* cancel = nullptr;  // what is given back after it was asked is no answer
};

struct Communities {
  Groups groups;          // as components.h numbers them; each is connected
  double modularity = 0;  // of these groups, at that resolution
};

// Maximises modularity (M. E. J. Newman, M. Girvan, 2004): the part of all weight that lies within
// groups, less resolution * the sum over groups of (the group's part of all ends)^2. Edges count
// both ways, parallel ones add up (or count as one, Weight::Pair), loops do not count.
//   Local moves, refinement, aggregation, until nothing moves. Nothing is drawn by lot: nodes are
//   taken in their order, of equal gains the group of the lowest number wins, so the same view
//   gives the same groups. No move of one node would raise the modularity. (It is a heuristic: a
//   better division may exist.) A node without edges is a group of its own. O(m) a round.
Communities communities(const Slice& view, const CommunityOptions& options = {});

// Of any division, by the definition above; kNoGroup is left out. O(n + m).
double modularity(const Slice& view, const Groups& groups, const CommunityOptions& options = {});

}  // namespace entente
