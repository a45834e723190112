#include "tools/serve/stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace entente::serve {
namespace {

Error broken(const char* what) {
  return {Code::Unavailable, std::string(what) + ": " + std::generic_category().message(errno)};
}

// Waits until the socket is ready for `events`. False at the deadline.
bool wait_for(int descriptor, short events, Deadline deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    pollfd wanted{descriptor, events, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // the read or write itself will tell
  }
}
}  // namespace

SocketStream::SocketStream(int descriptor) : descriptor_(descriptor) {
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
  const int on = 1;  // an answer is one write: waiting for more bytes would only cost 40 ms
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

SocketStream::~SocketStream() { ::close(descriptor_); }

Result<std::size_t> SocketStream::read_some(char* to, std::size_t size, Deadline deadline) {
  for (;;) {
    const ssize_t got = ::recv(descriptor_, to, size, 0);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return broken("reading from the client");
    if (!wait_for(descriptor_, POLLIN, deadline)) return Error{Code::LimitReached, "the client sent nothing in time"};
  }
}

Status SocketStream::write_all(std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return broken("writing to the client");
    if (!wait_for(descriptor_, POLLOUT, deadline)) return Error{Code::LimitReached, "the client took nothing in time"};
  }
  return kOk;
}

bool SocketStream::client_left() {
  char byte;
  const ssize_t got = ::recv(descriptor_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

void SocketStream::stop_reading() { ::shutdown(descriptor_, SHUT_RD); }
void SocketStream::hang_up() { ::shutdown(descriptor_, SHUT_RDWR); }

}  // namespace entente::serve
