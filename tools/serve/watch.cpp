#include "tools/serve/watch.h"

#include <utility>

namespace entente::serve {
namespace {
constexpr std::chrono::milliseconds kPause{10};
}

Watch::Watch() : thread_([this] { look(); }) {}

Watch::~Watch() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Watch::look() {
  std::unique_lock lock(mutex_);
  while (!ends_) {
    if (works_.empty()) {
      changed_.wait(lock, [&] { return ends_ || !works_.empty(); });
      continue;
    }
    changed_.wait_for(lock, kPause, [&] { return ends_; });
    const auto now = Clock::now();
    for (Work& work : works_) {
      if (work.cancel.asked()) continue;
      work.late = now >= work.until;
      if (work.late || (work.client_left && work.client_left())) work.cancel.ask();
    }
  }
}

Watch::Guard::Guard(Watch& watch, std::function<bool()> client_left, std::chrono::milliseconds time) : watch_(watch) {
  const std::lock_guard lock(watch_.mutex_);
  work_ = watch_.works_.emplace(watch_.works_.end());
  work_->client_left = std::move(client_left);
  work_->until = Clock::now() + time;
  if (watch_.works_.size() == 1) watch_.changed_.notify_all();
}

Watch::Guard::~Guard() {
  const std::lock_guard lock(watch_.mutex_);
  watch_.works_.erase(work_);
}

bool Watch::Guard::late() const {
  const std::lock_guard lock(watch_.mutex_);
  return work_->late;
}

}  // namespace entente::serve
