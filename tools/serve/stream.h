// Stream: bytes to and from one peer, blocking, with a deadline on every call.
//
// Protocols speak to this and not to a socket, so a test can play the peer from memory.
#pragma once
#include <chrono>
#include <cstddef>
#include <string_view>

#include "schema/result.h"

namespace entente::serve {

using Clock = std::chrono::steady_clock;
using Deadline = Clock::time_point;

// Used by one thread, except the last three, which any thread may call.
class Stream {
 public:
  virtual ~Stream() = default;
  // At least one byte, or 0 when the peer has closed. LimitReached at the deadline, Unavailable
  // when the connection broke.
  virtual Result<std::size_t> read_some(char* to, std::size_t size, Deadline deadline) = 0;
  // One after the other; in one step where the stream can.
  virtual Status write_all(std::string_view first, std::string_view second, Deadline deadline) = 0;
  Status write_all(std::string_view bytes, Deadline deadline) { return write_all(bytes, {}, deadline); }
  virtual bool client_left() = 0;  // hung up while we were busy; asked between steps of long work
  virtual void stop_reading() = 0;  // from now on reads give 0: a thread that waits for a request wakes
  virtual void hang_up() = 0;       // reads and writes fail
};

// A connected TCP socket. Owns and closes the descriptor.
class SocketStream : public Stream {
 public:
  explicit SocketStream(int descriptor);
  ~SocketStream() override;
  SocketStream(const SocketStream&) = delete;
  SocketStream& operator=(const SocketStream&) = delete;
  Result<std::size_t> read_some(char* to, std::size_t size, Deadline deadline) override;
  Status write_all(std::string_view first, std::string_view second, Deadline deadline) override;
  using Stream::write_all;
  bool client_left() override;
  void stop_reading() override;
  void hang_up() override;

 private:
  bool give_reads(std::chrono::milliseconds time);

  const int descriptor_;
  std::chrono::milliseconds reads_wait_{0};  // how long the socket lets a read wait, as last set
};

}  // namespace entente::serve
