// Readers: who reads at this moment, so that a purge can have the database to itself.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace entente::serve {

// Safe from any thread. Must outlive the tokens that it gives out.
class Readers {
 public:
  // One reader, until the token goes. Waits while another is alone, or waits to be; a thread that reads
  // already never does, or the two would wait for each other.
  std::shared_ptr<void> enter();

  // From its making to its end nobody reads but who did when it gave up waiting. Not from a thread that reads.
  class Alone {
   public:
    Alone(Readers& readers, std::chrono::milliseconds patience);
    ~Alone();
    Alone(const Alone&) = delete;
    explicit operator bool() const { return alone_; }

   private:
    Readers& readers_;
    bool alone_;
  };

 private:
  void leave(std::thread::id who);

  std::mutex mutex_;  // of all that follows
  std::condition_variable changed_;
  std::map<std::thread::id, std::size_t> reading_;
  bool closed_ = false;
};

}  // namespace entente::serve
