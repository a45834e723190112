#include "tools/serve/stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace entente::serve {
namespace {

Error broken(const char* what) {
  return {Code::Unavailable, std::string(what) + ": " + std::generic_category().message(errno)};
}

std::chrono::milliseconds left_until(Deadline deadline) {
  return std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
}

// Waits until the socket can take more. False at the deadline.
bool wait_to_write(int descriptor, Deadline deadline) {
  for (;;) {
    const auto left = left_until(deadline).count();
    if (left <= 0) return false;
    pollfd wanted{descriptor, POLLOUT, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // the write itself will tell
  }
}
}  // namespace

SocketStream::SocketStream(int descriptor) : descriptor_(descriptor) {
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
  const int on = 1;  // an answer is one write: waiting for more bytes would only cost 40 ms
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

SocketStream::~SocketStream() { ::close(descriptor_); }

// Lets a read wait so long, or a little less or longer: asking the system costs as much as the read,
// and a connection waits for its next request again and again for the same time.
bool SocketStream::give_reads(std::chrono::milliseconds time) {
  if (time >= reads_wait_ - reads_wait_ / 8 && time <= reads_wait_) return true;
  timeval wait{};
  wait.tv_sec = time.count() / 1000;
  wait.tv_usec = time.count() % 1000 * 1000;
  if (::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) != 0) return false;
  reads_wait_ = time;
  return true;
}

Result<std::size_t> SocketStream::read_some(char* to, std::size_t size, Deadline deadline) {
  for (;;) {
    const auto left = left_until(deadline);
    if (left.count() <= 0) {
      const ssize_t got = ::recv(descriptor_, to, size, MSG_DONTWAIT);
      if (got >= 0) return static_cast<std::size_t>(got);
      return Error{Code::LimitReached, "the client sent nothing in time"};
    }
    if (!give_reads(left)) return broken("reading from the client");
    const ssize_t got = ::recv(descriptor_, to, size, 0);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) return broken("reading from the client");
  }
}

Status SocketStream::write_all(std::string_view first, std::string_view second, Deadline deadline) {
  while (!first.empty() || !second.empty()) {
    iovec parts[2] = {{const_cast<char*>(first.data()), first.size()}, {const_cast<char*>(second.data()), second.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = second.empty() ? 1 : 2;
    const ssize_t sent = ::sendmsg(descriptor_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      const std::size_t of_first = std::min(first.size(), static_cast<std::size_t>(sent));
      first.remove_prefix(of_first);
      second.remove_prefix(static_cast<std::size_t>(sent) - of_first);
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return broken("writing to the client");
    if (!wait_to_write(descriptor_, deadline)) return Error{Code::LimitReached, "the client took nothing in time"};
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
