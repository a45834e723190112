// The catalog: every algorithm that ranks nodes, by name. A new one is a row here, its header and
// source in algorithms/, and its test.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "graph/slice.h"
#include "schema/result.h"

namespace entente {

struct RankAlgorithm {
  std::string_view name;     // as a person types it
  std::string_view meaning;  // one sentence
  std::vector<double> (*scores)(const Slice& view);  // by NodeIndex; 0 where not admitted
};

std::span<const RankAlgorithm> rank_algorithms();  // in the order to list them

// NotFound names those that there are.
Result<const RankAlgorithm*> rank_algorithm_named(std::string_view name);

struct Ranked {
  NodeIndex node;
  double score;
  friend bool operator==(const Ranked&, const Ranked&) = default;
};

// The admitted nodes that have an admitted edge, best first, equal scores by NodeId; at most
// `limit` of them.
std::vector<Ranked> ranking(const Slice& view, const std::vector<double>& scores,
                            std::size_t limit = ~std::size_t{0});

}  // namespace entente
