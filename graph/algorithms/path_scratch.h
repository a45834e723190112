// PathScratch: what searches for shortest paths leave to the next.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/algorithms/fresh_array.h"
#include "graph/view.h"

namespace entente {

// Marks of 12 bytes a node, and 16 once all shortest paths were asked for. A search that finds them
// from the one before touches no fresh pages, which on a large graph cost more than the search. One
// thread at a time; views may differ.
class PathScratch {
 public:
  PathScratch() = default;
  PathScratch(const PathScratch&) = delete;
  PathScratch& operator=(const PathScratch&) = delete;

 private:
  template <GraphView G>
  friend class MeetSearch;
  template <GraphView G>
  friend class PathSearch;

  // Of MeetSearch: who came here, and from where. Stamps of searches before are below the base.
  struct Meet {
    std::uint32_t stamp, parent;
  };
  struct Meets {
    FreshArray<Meet> marks;
    FreshArray<std::uint32_t> queue;  // the source's side from the front, the target's from the back
    std::uint32_t base = 1;

    void make_for(std::size_t nodes) {
      if (marks.get() != nullptr && nodes <= marks.size()) return;
      marks.make(nodes), queue.make(nodes);
      base = 1;
    }
    // Beyond every stamp that there is; `stamps` from it on may be used.
    std::uint32_t next_base(std::uint32_t stamps) {
      if (base > ~std::uint32_t{0} - 2 * stamps) {
        std::fill_n(marks.get(), marks.size(), Meet{});
        base = 1;
      }
      base += stamps;
      return base;
    }
  };

  // Of PathSearch. Distances count from the search's own base, so what searches before left says
  // nothing.
  struct Mark {
    std::uint32_t source, target;  // base + distance
    std::uint32_t path;            // base: see PathSearch
  };
  struct Levels {
    FreshArray<Mark> marks;
    std::uint32_t base = 0, used = 1;
    std::vector<NodeIndex> source_frontier, target_frontier, frontier, crossings;

    void make_for(std::size_t nodes) {
      if (marks.get() != nullptr && nodes <= marks.size()) return;
      marks.make(nodes);
      base = 0, used = 1;
    }
    // Beyond every mark that there is.
    std::uint32_t next_base() {
      base += used;
      if (base > kLast) {
        std::fill_n(marks.get(), marks.size(), Mark{});
        base = 1;
      }
      used = 1;
      return base;
    }
    void use(std::uint32_t levels) { used = std::max(used, levels); }
    static constexpr std::uint32_t kLast = 0xC0000000;  // a search has fewer levels than are left
  };

  Meets meets_;
  Levels levels_;
};

}  // namespace entente
