// Server: connections in, answers out. One thread accepts, one thread serves each connection.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "tools/serve/recent_answers.h"
#include "tools/serve/request_reader.h"
#include "tools/serve/router.h"
#include "tools/serve/tls_stream.h"

namespace entente::serve {

struct ServerOptions {
  std::uint16_t port = 7373;  // 0: any free one
  std::size_t max_connections = 2000;
  std::size_t max_running = 8;   // requests worked on at once
  std::size_t max_waiting = 256; // and in line behind them; more get 503
  std::chrono::milliseconds drain{5'000};  // for what runs when the server stops
  std::size_t recent_bytes = 64 * 1024 * 1024;  // of answers that are kept ready
  Limits limits = {};
  const TlsIdentity* tls = nullptr;  // with it every connection speaks TLS; must outlive the server
};

// Counts of what happened since the start, for /v1/metrics. All from any thread.
struct Counts {
  std::atomic<std::uint64_t> connections{0}, open{0}, requests{0}, refused{0}, failed{0}, bytes_out{0};
};

// Answers one connection until either side has enough. Returns when it is over. What a test plays
// against a stream in memory.
class Gate;
void serve_connection(Stream& stream, const Router& router, const Limits& limits, Gate& gate, RecentAnswers& recent,
                      Counts& counts, const std::atomic<bool>& stopping);

// So many at once, so many in line; the rest is turned away. Safe from any thread.
class Gate {
 public:
  Gate(std::size_t running, std::size_t waiting) : free_(running), places_(waiting) {}
  bool enter();  // false: the line is full
  void leave();

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t free_, places_;
};

// A listening socket of 127.0.0.1, bound before the router is made, for its rules need the port.
// Unavailable if the port is taken.
class Listener {
 public:
  static Result<Listener> open(std::uint16_t port);
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;
  ~Listener();
  std::uint16_t port() const { return port_; }
  int descriptor() const { return descriptor_; }
  void close();  // who connects from now on is refused

 private:
  Listener(int descriptor, std::uint16_t port) : descriptor_(descriptor), port_(port) {}
  int descriptor_;
  std::uint16_t port_;
};

class Server {
 public:
  // Starts to serve at once. The router must outlive it.
  Server(Listener listener, const Router& router, const ServerOptions& options, Counts& counts);
  ~Server();  // stops
  // Takes no more connections, lets those that are answering finish for a while, ends the others.
  void stop();
  bool stopping() const { return stopping_; }
  void forget_answers() { recent_.clear(); }  // those that are kept ready

 private:
  void accept_all();
  void run(int descriptor);
  std::unique_ptr<Stream> stream_of(int descriptor) const;

  const Router& router_;
  const ServerOptions options_;
  Counts& counts_;
  Listener listener_;
  Gate gate_;
  RecentAnswers recent_;
  std::atomic<bool> stopping_{false};
  int wake_[2] = {-1, -1};  // a pipe: ends the wait for connections
  std::mutex mutex_;        // of streams_
  std::condition_variable ended_;
  std::set<Stream*> streams_;
  std::thread acceptor_;
};

}  // namespace entente::serve
