#include "tools/serve/readers.h"

namespace entente::serve {

std::shared_ptr<void> Readers::enter() {
  const auto me = std::this_thread::get_id();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !closed_ || reading_.contains(me); });
  ++reading_[me];
  // The token may end on another thread than it began.
  return {nullptr, [this, me](void*) { leave(me); }};
}

void Readers::leave(std::thread::id who) {
  const std::lock_guard lock(mutex_);
  if (const auto place = reading_.find(who); --place->second == 0) reading_.erase(place);
  changed_.notify_all();
}

Readers::Alone::Alone(Readers& readers, std::chrono::milliseconds patience) : readers_(readers) {
  std::unique_lock lock(readers_.mutex_);
  readers_.closed_ = true;
  alone_ = readers_.changed_.wait_for(lock, patience, [&] { return readers_.reading_.empty(); });
}

Readers::Alone::~Alone() {
  const std::lock_guard lock(readers_.mutex_);
  readers_.closed_ = false;
  readers_.changed_.notify_all();
}

}  // namespace entente::serve
