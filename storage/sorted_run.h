// Inside storage: sorted runs of small records, in memory or spilled to a file, and their merge.
#pragma once
#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "schema/result.h"

namespace entente {

// Writes the bytes to a new file and maps it; the file has no name afterwards. The pages belong to
// the system's cache, not to our memory. A resource.
class MappedBytes {
 public:
  static Result<MappedBytes> spill(const std::filesystem::path& folder, std::span<const std::byte> bytes);
  MappedBytes(MappedBytes&& other) noexcept
      : start_(std::exchange(other.start_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  MappedBytes& operator=(MappedBytes&& other) noexcept {
    std::swap(start_, other.start_), std::swap(size_, other.size_);
    return *this;
  }
  ~MappedBytes() {
    if (start_) ::munmap(start_, size_);
  }
  const void* data() const { return start_; }
  std::size_t size() const { return size_; }

 private:
  MappedBytes(void* start, std::size_t size) : start_(start), size_(size) {}
  void* start_ = nullptr;
  std::size_t size_ = 0;
};

// Records in ascending order. `Record` is plain bytes with operator<. A resource.
template <typename Record>
class SortedRun {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  explicit SortedRun(std::vector<Record> sorted) : memory_(std::move(sorted)) {}
  explicit SortedRun(MappedBytes mapped) { mapped_.push_back(std::move(mapped)); }
  std::span<const Record> records() const {
    if (mapped_.empty()) return memory_;
    return {static_cast<const Record*>(mapped_.front().data()), mapped_.front().size() / sizeof(Record)};
  }

 private:
  std::vector<Record> memory_;
  std::vector<MappedBytes> mapped_;  // at most one
};

// Gives the records of several sorted spans in one ascending order.
template <typename Record>
class Merge {
 public:
  explicit Merge(std::vector<std::span<const Record>> runs) : runs_(std::move(runs)) {
    std::erase_if(runs_, [](const auto& run) { return run.empty(); });
    heap_.resize(runs_.size());
    for (std::size_t i = 0; i < heap_.size(); ++i) heap_[i] = i;
    for (std::size_t i = heap_.size() / 2; i-- > 0;) sink(i);
  }
  bool done() const { return heap_.empty(); }
  const Record& front() const { return runs_[heap_.front()].front(); }
  void pop() {
    auto& run = runs_[heap_.front()];
    run = run.subspan(1);
    if (run.empty()) {
      heap_.front() = heap_.back();
      heap_.pop_back();
    }
    if (!heap_.empty()) sink(0);
  }

 private:
  bool before(std::size_t a, std::size_t b) const { return runs_[a].front() < runs_[b].front(); }
  void sink(std::size_t at) {
    const std::size_t moving = heap_[at];
    for (;;) {
      std::size_t child = 2 * at + 1;
      if (child >= heap_.size()) break;
      if (child + 1 < heap_.size() && before(heap_[child + 1], heap_[child])) ++child;
      if (!before(heap_[child], moving)) break;
      heap_[at] = heap_[child];
      at = child;
    }
    heap_[at] = moving;
  }
  std::vector<std::span<const Record>> runs_;
  std::vector<std::size_t> heap_;  // places in runs_
};

// Cuts runs into `parts` of about the same size at common borders, for as many merges side by side.
template <typename Record>
std::vector<std::vector<std::span<const Record>>> cut(const std::vector<std::span<const Record>>& runs,
                                                      std::size_t parts) {
  std::vector<Record> samples;
  for (const auto& run : runs)
    for (std::size_t i = 0; i < run.size(); i += std::max<std::size_t>(1, run.size() / 64)) samples.push_back(run[i]);
  std::sort(samples.begin(), samples.end());
  std::vector<std::vector<std::span<const Record>>> all(parts);
  std::vector<std::span<const Record>> rest = runs;
  for (std::size_t part = 0; part + 1 < parts && !samples.empty(); ++part) {
    const Record& border = samples[samples.size() * (part + 1) / parts];
    for (auto& run : rest) {
      const auto size = std::size_t(std::lower_bound(run.begin(), run.end(), border) - run.begin());
      all[part].push_back(run.first(size));
      run = run.subspan(size);
    }
  }
  all.back() = std::move(rest);
  return all;
}

}  // namespace entente
