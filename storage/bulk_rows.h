// Inside storage: rows of a table on their way to records, and to index entries that are sorted later.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "schema/fact.h"
#include "schema/result.h"
#include "storage/rows.h"
#include "storage/sorted_files.h"
#include "storage/sorted_run.h"

namespace entente {

// A row whose names are nodes.
struct PendingRow {
  std::uint64_t row = 0;
  NodeId head, tail;
  Interval valid;
  double confidence = 1;
  EdgeTypeId type;
  Mode mode = Mode::Actual;
  bool negated = false;
  std::uint32_t properties = 0;  // place in Chunk::sets plus one; 0: none
};

// Rows that one thread takes on.
class Chunk {
 public:
  std::uint64_t first = 0;  // how many rows came before
  std::vector<PendingRow> rows;

  // The place of these properties, plus one. Rows often share them (what the table calls the relation), so
  // each set is kept once, unless there are very many. O(size).
  std::uint32_t place_of(const Properties& properties);

  struct Set {
    Properties properties;
    std::uint32_t rows = 0;  // that have it
  };
  const std::vector<Set>& sets() const { return sets_; }

 private:
  std::vector<Set> sets_;
  std::unordered_multimap<std::size_t, std::uint32_t> places_;  // by hash
};

// An entry of adjacency; edges by their place in the load.
struct AdjacencyRow {
  std::uint64_t place = 0;  // node << 17 | direction << 16 | type
  std::uint64_t when = 0;   // earliest start, shifted as in keys << 32 | edge
  char value[15] = {};
  std::uint8_t size = 0;
  friend bool operator<(const AdjacencyRow& a, const AdjacencyRow& b) {
    return a.place != b.place ? a.place < b.place : a.when < b.when;
  }
};
static_assert(sizeof(AdjacencyRow) == 32);

struct TimelineRow {
  std::uint64_t when = 0;  // as above
  std::uint32_t latest_end = 0;
  std::uint32_t unused = 0;
  friend bool operator<(const TimelineRow& a, const TimelineRow& b) { return a.when < b.when; }
};
static_assert(sizeof(TimelineRow) == 16);

// What all edges of a load share.
struct BulkOrigin {
  DocumentId table;
  EdgeId first_edge;
  CommitId commit;
  std::string extractor;
};

// What became of a chunk.
struct SortedChunk {
  std::vector<SortedRun<AdjacencyRow>> adjacency;
  std::vector<SortedRun<TimelineRow>> timeline;
  std::vector<SortedFile> files;     // of records
  std::vector<std::string> digests;  // of records, in blocks
  std::size_t memory_bytes = 0;
};

// Writes the records of the rows to a file and sorts their index entries; these go to a file too if
// `spill`. Safe for many threads, for a chunk each.
Result<SortedChunk> sort_chunk(const StoreState& store, const std::filesystem::path& folder,
                               const BulkOrigin& origin, const Chunk& chunk, bool spill);

}  // namespace entente
