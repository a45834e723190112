// Work: what bounds a search in time, and the switch that stops one.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace entente {

// Asked by another thread, or by a signal handler, to stop a search: it ends within a few
// milliseconds with LimitReached and no answer. Must outlive the search. Thread-safe.
class Cancel {
 public:
  void ask() noexcept { asked_.store(true, std::memory_order_relaxed); }
  bool asked() const noexcept { return asked_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> asked_ = false;
};

// Of a search that may be given none. What a kernel has when it stops is no answer: whoever gave the
// Cancel must not take it for one.
inline bool is_stopped(const Cancel* cancel) { return cancel != nullptr && cancel->asked(); }

// Of a loop over so many things of little work each: looked at once in kBetweenLooks.
inline constexpr std::uint32_t kBetweenLooks = 4096;

// Counts the entries of rows that a search looks at. Not thread-safe.
class WorkMeter {
 public:
  WorkMeter(std::uint64_t max_work, const Cancel* cancel) : max_work_(max_work), cancel_(cancel) {}

  // False once there was too much, or somebody asked to stop; and for ever after.
  bool spend(std::uint64_t work) {
    work_ += work;
    stopped_ = stopped_ || (cancel_ != nullptr && cancel_->asked());
    return work_ <= max_work_ && !stopped_;
  }
  bool over() const { return work_ > max_work_ || stopped_; }

  // After spend() said no; `what` is the question: "path".
  Error error(std::string_view what) const {
    if (stopped_) return {Code::LimitReached, std::string(what) + ": stopped, as was asked"};
    return {Code::LimitReached, std::string(what) + ": gave up after looking at " +
                                    std::to_string(max_work_) +
                                    " edges; narrow the filter or lower the number of hops"};
  }

 private:
  std::uint64_t max_work_;
  const Cancel* cancel_;
  std::uint64_t work_ = 0;
  bool stopped_ = false;
};

}  // namespace entente
