// Workers: threads for what takes long, so that whoever waits for it need not stand still.
#pragma once
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace entente::serve {

// Safe from any thread. Ends when all work has.
class Workers {
 public:
  explicit Workers(std::size_t most) : most_(most) {}
  ~Workers();
  Workers(const Workers&) = delete;

  // On a thread of its own; it must not throw. False if so many run already.
  bool start(std::function<void()> work);
  std::size_t busy() const;

 private:
  const std::size_t most_;
  mutable std::mutex mutex_;  // of all that follows
  std::list<std::thread> running_, ended_;
};

}  // namespace entente::serve
