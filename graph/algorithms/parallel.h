// Parallel: a loop over places in parts that the cores take as they become free.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace entente {

inline unsigned threads_for(std::uint32_t parts) {
  return std::clamp(std::thread::hardware_concurrency(), 1u, std::max(parts, 1u));
}

// Calls work(part, first, last) for each part of [0, count), `size` places long. Which thread takes
// which part is not determined: work on one part must not look at what another writes, and sums are
// to be kept by part and added up in order. A loop of one part runs right here.
template <typename Work>
void in_parts(std::uint32_t count, std::uint32_t size, Work work) {
  const std::uint32_t parts = count / size + (count % size != 0);
  std::atomic<std::uint32_t> next{0};
  const auto run = [&] {
    for (std::uint32_t part; (part = next.fetch_add(1, std::memory_order_relaxed)) < parts;)
      work(part, part * size, std::min<std::uint32_t>(count, part * size + size));
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads_for(parts); ++i) others.emplace_back(run);
  run();
}

}  // namespace entente
