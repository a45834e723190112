// Times, quantiles and the lines of a table, for benches.
#pragma once
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

#include "schema/result.h"

namespace entente::bench {

struct Cost {
  double wall = 0, cpu = 0;  // seconds; CPU of the whole process
};

inline Cost now() {
  timespec cpu;
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return {std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(),
          double(cpu.tv_sec) + double(cpu.tv_nsec) * 1e-9};
}

template <typename Work>
Cost cost_of(Work work) {
  const Cost before = now();
  work();
  const Cost after = now();
  return {after.wall - before.wall, after.cpu - before.cpu};
}

inline double quantile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[std::size_t(part * double(values.size() - 1))];
}
inline double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

// The value, or the end of the program with its error.
template <typename T>
T must(Result<T> result) {
  if (!result) std::fprintf(stderr, "bench: %s\n", result.error().message.c_str()), std::exit(1);
  return std::move(*result);
}

inline std::uint64_t bytes_in(const std::filesystem::path& place) {
  if (std::filesystem::is_regular_file(place)) return std::filesystem::file_size(place);
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(place))
    if (entry.is_regular_file()) bytes += entry.file_size();
  return bytes;
}

inline void heading() {
  std::printf("%-46s %12s %12s %7s  %s\n", "measure", "ours", "peer", "ratio", "bar");
}
// `ratio` is ours over the peer's, whatever the unit; the bar says which way is good.
inline void line(const char* what, double ours, double peer, const char* bar = "") {
  std::printf("%-46s %12.4g %12.4g %7.2f  %s\n", what, ours, peer, peer != 0 ? ours / peer : 0, bar);
  std::fflush(stdout);
}
inline void line(const char* what, double ours, const char* bar = "") {
  std::printf("%-46s %12.4g %12s %7s  %s\n", what, ours, "", "", bar);
  std::fflush(stdout);
}

}  // namespace entente::bench
