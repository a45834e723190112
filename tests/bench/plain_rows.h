// The peer of the graph bench: the smallest program that does the work. One mapped file of compressed
// rows and columns, textbook kernels on it, two threads, and nothing else: no filters that compose,
// no second clock, no ties told apart, no names. What a graph store can hope to come near to.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "tests/bench/generate.h"

namespace entente::bench {

inline constexpr std::uint32_t kNoWayThere = ~std::uint32_t{0};

// Mapped for as long as it lives.
class PlainRows {
 public:
  static void write(const MadeGraph& graph, const std::filesystem::path& file);
  explicit PlainRows(const std::filesystem::path& file);
  ~PlainRows();
  PlainRows(const PlainRows&) = delete;
  PlainRows& operator=(const PlainRows&) = delete;

  std::uint32_t nodes = 0, edges = 0;
  std::span<const std::uint32_t> out_first, out_to;           // edges in the order of (head, tail)
  std::span<const std::uint32_t> in_first, in_from, in_edge;
  std::span<const std::int32_t> from, to;                     // days, both included
  std::span<const std::int32_t> starts, ends;                 // the same, each sorted
  std::span<const float> confidence;
  std::span<const std::uint16_t> type;

 private:
  const char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

struct PlainFilter {
  std::uint16_t type = 0;
  std::int32_t from = 0, to = 0;  // may have held in these days, both included
};

// Breadth-first from both ends, the cheaper side first, over at the first meeting.
class PlainSearch {
 public:
  explicit PlainSearch(const PlainRows& rows);
  std::uint32_t hops(std::uint32_t from, std::uint32_t to);
  std::uint32_t hops(std::uint32_t from, std::uint32_t to, const PlainFilter& filter);
  // Lengths of the k shortest loopless paths (Yen), ascending.
  std::vector<std::uint32_t> k_lengths(std::uint32_t from, std::uint32_t to, std::size_t k);
  // Different nodes two steps away over edges of at least that confidence.
  std::uint32_t two_hops(std::uint32_t node, float confidence);

 private:
  template <typename Ok>
  std::uint32_t search(std::uint32_t from, std::uint32_t to, Ok ok);
  std::vector<std::uint32_t> path(std::uint32_t from, std::uint32_t to, const std::vector<std::uint32_t>& closed);

  const PlainRows& rows_;
  std::vector<std::uint32_t> seen_[2], parent_[2], banned_, frontier_[2], next_;
  std::uint32_t stamp_ = 0;
};

std::uint64_t plain_count(const PlainRows& rows, std::int32_t from, std::int32_t to);
struct PlainSlice {
  std::vector<std::uint32_t> first, to;
};
PlainSlice plain_extract(const PlainRows& rows, std::int32_t from, std::int32_t to);

std::vector<float> plain_pagerank(const PlainRows& rows, unsigned rounds);
std::uint32_t plain_components(const PlainRows& rows);                // how many
std::vector<std::uint32_t> plain_cores(const PlainRows& rows);        // of the simple graph
// From these sources, along the edges, parallel edges as one.
std::vector<double> plain_betweenness(const PlainRows& rows, std::span<const std::uint32_t> sources);

}  // namespace entente::bench
