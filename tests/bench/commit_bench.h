// Durable commits beside raw synced writes of the same bytes, and reading a present with a long past.
#pragma once
#include <filesystem>

namespace entente::bench {

struct CommitRates {
  double ours = 0, raw = 0;   // commits a second
  double bytes = 0;           // of one commit's write batch
};

// `commits` durable commits of one edge each, by `threads` threads, in several rounds that take
// turns with bare RocksDB, which writes the batches that our commits were, one synced write each.
// The medians of the rounds.
CommitRates commit_rates(const std::filesystem::path& directory, unsigned threads, unsigned commits);

struct DepthCosts {
  double flat = 0, deep = 0;  // microseconds a neighbour and its edge
};
// Reads all neighbours and edges of a store, and of one where each edge has `versions` more behind
// it: first as the writer left it, then opened anew. In turns; medians.
struct Depth {
  DepthCosts fresh, reopened;
};
Depth depth_costs(const std::filesystem::path& directory, unsigned versions);

}  // namespace entente::bench
