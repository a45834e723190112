#include "tools/serve/workers.h"

#include <utility>

namespace entente::serve {

Workers::~Workers() {
  for (;;) {
    std::list<std::thread> all;
    {
      const std::lock_guard lock(mutex_);
      all.splice(all.end(), ended_);
      if (all.empty() && running_.empty()) return;
    }
    for (std::thread& thread : all) thread.join();
    if (all.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

bool Workers::start(std::function<void()> work) {
  std::list<std::thread> ended;
  {
    const std::lock_guard lock(mutex_);
    ended.splice(ended.end(), ended_);
    if (running_.size() >= most_) {
      ended_.splice(ended_.end(), ended);
      return false;
    }
    const auto place = running_.emplace(running_.end());
    *place = std::thread([this, place, work = std::move(work)]() mutable {
      work();
      work = nullptr;  // what it holds goes here, not with the thread's end
      const std::lock_guard again(mutex_);
      ended_.splice(ended_.end(), running_, place);
    });
  }
  for (std::thread& thread : ended) thread.join();
  return true;
}

std::size_t Workers::busy() const {
  const std::lock_guard lock(mutex_);
  return running_.size();
}

}  // namespace entente::serve
