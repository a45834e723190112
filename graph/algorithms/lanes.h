// Lanes: eight numbers at once, for kernels that ask eight questions with one look at the graph.
#pragma once
#include <cstdint>
#include <cstring>

// One function body, compiled for several processors; which is asked once, when the program starts.
// (Sums and products are not fused, see CMakeLists.txt: every body gives the same bits.)
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define ENTENTE_VECTORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ENTENTE_VECTORS
#endif

namespace entente {

inline constexpr std::uint32_t kLanes = 8;
using LaneMask = std::uint8_t;  // a bit a lane

struct alignas(64) Lanes {
  double value[kLanes];
};
typedef double LaneVector __attribute__((vector_size(64)));
typedef std::int64_t LaneBits __attribute__((vector_size(64)));

// All ones in the lanes of the mask.
inline __attribute__((always_inline)) void spread(LaneMask lanes, LaneBits& mask) {
  constexpr LaneBits kBit = {1, 2, 4, 8, 16, 32, 64, 128};
  const std::int64_t all = lanes;
  const LaneBits every = {all, all, all, all, all, all, all, all};
  mask = (every & kBit) != 0;
}
inline __attribute__((always_inline)) void load(const Lanes& from, LaneVector& to) { std::memcpy(&to, from.value, sizeof to); }
inline __attribute__((always_inline)) void store(const LaneVector& from, Lanes& to) { std::memcpy(to.value, &from, sizeof from); }

}  // namespace entente
