// PathScratch: what searches for shortest paths leave to the next.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "graph/view.h"

namespace entente {

// Marks of 16 bytes a node. A search that finds them from the one before touches no fresh pages,
// which on a large graph cost more than the search. One thread at a time; views may differ.
class PathScratch {
 public:
  PathScratch() = default;
  PathScratch(const PathScratch&) = delete;
  PathScratch& operator=(const PathScratch&) = delete;

 private:
  template <GraphView G>
  friend class PathSearch;

  // Distances count from the search's own base, so what searches before left says nothing.
  struct Mark {
    std::uint32_t source, target;  // base + distance
    std::uint32_t path;            // base: see PathSearch
    std::uint32_t banned;          // base: not to be entered
  };
  struct Free {
    void operator()(Mark* marks) const { std::free(marks); }
  };

  // calloc: the system hands out zeroed pages when they are first touched.
  Mark* marks_for(std::size_t nodes) {
    if (nodes > nodes_ || marks_ == nullptr) {
      marks_.reset(static_cast<Mark*>(std::calloc(std::max<std::size_t>(nodes, 1), sizeof(Mark))));
      if (marks_ == nullptr) throw std::bad_alloc();
      nodes_ = nodes, base_ = 0, used_ = 1;
    }
    return marks_.get();
  }
  // Beyond every mark that there is; `levels` more may be used.
  std::uint32_t next_base() {
    base_ += used_;
    if (base_ > kLast) {
      std::fill_n(marks_.get(), nodes_, Mark{});
      base_ = 1;
    }
    used_ = 1;
    return base_;
  }
  void used(std::uint32_t levels) { used_ = std::max(used_, levels); }

  static constexpr std::uint32_t kLast = 0xC0000000;  // a search has fewer levels than are left
  std::unique_ptr<Mark[], Free> marks_;
  std::size_t nodes_ = 0;
  std::uint32_t base_ = 0, used_ = 1;
  std::vector<NodeIndex> source_frontier, target_frontier, frontier, crossings;
};

}  // namespace entente
