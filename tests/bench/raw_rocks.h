// For reading: bare RocksDB with nothing but adjacency keys, both directions.
//
// Key: direction u8, node u64, type u16, other u64, from u32, edge u64 (31 bytes); value: to u32,
// confidence u16. No names, records, evidence, timeline, history or log.
#pragma once
#include <filesystem>

#include "tests/bench/generate.h"

namespace entente::bench {

class RawRocks {
 public:
  static void load(const MadeGraph& graph, const std::filesystem::path& directory);  // sort, files, ingest
  explicit RawRocks(const std::filesystem::path& directory);
  ~RawRocks();
  RawRocks(const RawRocks&) = delete;
  RawRocks& operator=(const RawRocks&) = delete;

  // How many out-edges of the node hold on that day.
  std::size_t count_on(std::uint32_t node, std::int32_t day);

 private:
  struct State;
  State* state_;
};

}  // namespace entente::bench
