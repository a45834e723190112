// LaneSearch: what eight sources at once give to the nodes between them and all others. The engine of
// betweenness.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "graph/algorithms/lanes.h"
#include "graph/algorithms/links.h"
#include "graph/algorithms/work.h"

namespace entente {

// Brandes' accumulation, one source a lane of a vector, level by level: one look at an edge serves
// every source that has its tail on the same level, and most have. 136 bytes a node. Borrows the
// links. Not thread-safe.
class LaneSearch {
 public:
  LaneSearch(const Links& links, const Cancel* cancel);
  // Adds to `score`, by node, the dependencies of these sources (at most eight).
  void add_to(std::vector<double>& score, std::span<const std::uint32_t> sources);

 private:
  struct Visit {
    std::uint32_t node;
    LaneMask lanes;
  };
  void search(std::span<const std::uint32_t> sources);
  void gather(std::vector<double>& score);

  const Links& links_;
  const Cancel* const cancel_;
  std::vector<Lanes> paths_;      // how many shortest paths lead here
  std::vector<Lanes> share_;      // (1 + what lies behind) / paths
  std::vector<LaneMask> seen_, next_; // lanes that were here; that come here on the next level
  std::vector<Visit> order_;      // level after level
  std::vector<std::size_t> level_;  // where each begins, and the end
  std::vector<std::uint32_t> touched_;
};

// Sums over all sources, by all cores. Which sums with which is fixed: the same bits every time. No answer
// if it was stopped.
std::vector<double> summed_dependencies(const Links& links, std::span<const std::uint32_t> sources,
                                        const Cancel* cancel = nullptr);

}  // namespace entente
