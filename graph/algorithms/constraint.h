// Constraint: how much of what a node puts into its ties comes back to the same few, because they
// are tied to each other. Little of it: the node bridges structural holes.
// R. S. Burt, "Structural holes: the social structure of competition", 1992; as networkx has it.
#pragma once
#include <vector>

#include "graph/algorithms/rows.h"
#include "graph/algorithms/work.h"
#include "graph/slice.h"

namespace entente {

// By NodeIndex; 0 for nodes that are not admitted or have no neighbour. The sum over neighbours j
// of (p(i,j) + sum over q of p(i,q) p(q,j))^2, where p(i,j) is the part of the weight of all edges
// at i, both ways, that lies between i and j. Parallel edges add up, or count as one; loops do not
// count. O(sum of d^2).
std::vector<double> constraint(const Slice& view, Weight weight = Weight::Edge,
                               const Cancel* cancel = nullptr);  // after it was asked: no answer

}  // namespace entente
