// Ranked: a node and its score in a ranking.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/view.h"

namespace entente {

struct Ranked {
  NodeIndex node;
  double score;
  friend bool operator==(const Ranked&, const Ranked&) = default;
};

// Of one of several windows of valid time.
struct WindowRanking {
  std::uint32_t edges = 0;     // that may have held in it
  std::vector<Ranked> ranked;  // the nodes that they touch, in the order of NodeIndex
};

}  // namespace entente
