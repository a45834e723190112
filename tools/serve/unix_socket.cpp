#include "tools/serve/unix_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace entente::serve {
namespace fs = std::filesystem;
namespace {

std::string reason() { return std::generic_category().message(errno); }

// An address holds 107 bytes and a zero. A longer path is told by a descriptor of its directory, which
// must stay open as long as the address is used.
struct Address {
  sockaddr_un bytes{};
  Descriptor directory;
};
std::optional<Address> address_in(const fs::path& directory) {
  Address address;
  address.bytes.sun_family = AF_UNIX;
  std::string path = (directory / kSocketName).string();
  if (path.size() >= sizeof address.bytes.sun_path) {
    address.directory = Descriptor(::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!address.directory) return std::nullopt;
    path = "/proc/self/fd/" + std::to_string(address.directory.number()) + "/" + kSocketName;
  }
  std::memcpy(address.bytes.sun_path, path.c_str(), path.size() + 1);
  return address;
}
}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}
Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}
int Descriptor::release() { return std::exchange(number_, -1); }

Result<Descriptor> listen_in(const fs::path& directory) {
  const auto refused = [&] {
    return Error{Code::Unavailable, "cannot make the socket " + (directory / kSocketName).string() + ": " + reason() +
                                        "; may you write in the database's folder?"};
  };
  remove_socket_in(directory);
  const auto address = address_in(directory);
  if (!address) return refused();
  Descriptor listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listening) return refused();
  // The mode of the file is that of the descriptor less the umask: nobody gets in between.
  const mode_t before = ::umask(0177);
  const int bound = ::bind(listening.number(), reinterpret_cast<const sockaddr*>(&address->bytes), sizeof address->bytes);
  const int fault = errno;
  ::umask(before);
  errno = fault;
  if (bound != 0 || ::listen(listening.number(), 64) != 0) return refused();
  return listening;
}

void remove_socket_in(const fs::path& directory) {
  std::error_code ignored;
  fs::remove(directory / kSocketName, ignored);
}

Result<std::optional<Descriptor>> connect_in(const fs::path& directory) {
  const auto unreachable = [&](const std::string& why) {
    return Error{Code::Unavailable, "a server has the database " + directory.string() + " open and cannot be reached: " + why};
  };
  struct stat folder{};
  const auto address = address_in(directory);
  if (!address || ::stat(directory.c_str(), &folder) != 0) return std::optional<Descriptor>();
  Descriptor connected(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!connected) return unreachable(reason());
  const timeval patience{.tv_sec = 10, .tv_usec = 0};  // of a server whose line of callers is full
  ::setsockopt(connected.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (::connect(connected.number(), reinterpret_cast<const sockaddr*>(&address->bytes), sizeof address->bytes) != 0) {
    const bool nobody = errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR || errno == ENOTSOCK || errno == EPROTOTYPE;
    if (nobody) return std::optional<Descriptor>();
    return unreachable(reason());
  }
  const auto user = user_behind(connected.number());
  if (!user || (*user != ::geteuid() && *user != folder.st_uid))
    return unreachable("its socket is of another user than the database");
  return std::optional(std::move(connected));
}

std::optional<uid_t> user_behind(int descriptor) {
  ucred who{};
  socklen_t size = sizeof who;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return std::nullopt;
  return who.uid;
}

}  // namespace entente::serve
