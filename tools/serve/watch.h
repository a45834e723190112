// Watch: stops long work when its client has left, or its time is over.
//
// A search or a measure asks its Cancel between steps; somebody else has to raise it, for the thread
// that works looks at nothing else. One thread watches over all that runs.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

#include "graph/algorithms/work.h"

namespace entente::serve {

// Safe from any thread. Must outlive what it watches over.
class Watch {
 public:
  Watch();
  ~Watch();
  Watch(const Watch&) = delete;

 private:
  using Clock = std::chrono::steady_clock;
  struct Work {
    Cancel cancel;
    std::function<bool()> client_left;
    Clock::time_point until;
    bool late = false;
  };

 public:
  // As long as it lives, its work is watched. `client_left` is asked by the watching thread.
  class Guard {
   public:
    Guard(Watch& watch, std::function<bool()> client_left, std::chrono::milliseconds time);
    ~Guard();
    Guard(const Guard&) = delete;
    const Cancel* cancel() const { return &work_->cancel; }
    bool late() const;  // stopped because the time was over, and not because the client left

   private:
    Watch& watch_;
    std::list<Work>::iterator work_;
  };

 private:
  void look();

  mutable std::mutex mutex_;  // of works_ and ends_
  std::condition_variable changed_;
  std::list<Work> works_;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace entente::serve
