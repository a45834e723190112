// The socket in a database's directory, by which commands on the same machine find the server that has the
// database open: `socket`, mode 0600. POSIX alone; what is said over it is rpc_server.h's and rpc_client.h's.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>

#include "schema/result.h"

namespace entente::serve {

inline constexpr const char* kSocketName = "socket";

// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int number() const { return number_; }
  int release();
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

// Listens. Whatever lies at that name is of a server that was killed, for the caller holds the lock of the
// writer; it is removed. A path longer than the 107 bytes of an address goes by the directory's descriptor.
Result<Descriptor> listen_in(const std::filesystem::path& directory);
void remove_socket_in(const std::filesystem::path& directory);

// Connected, and the other side is a process of this user or of the owner of the directory. Nothing if
// nobody listens: no socket, or one that a killed server left. Unavailable if a server cannot be reached.
Result<std::optional<Descriptor>> connect_in(const std::filesystem::path& directory);

// Whose process is on the other side; nothing if the kernel does not tell.
std::optional<uid_t> user_behind(int descriptor);

}  // namespace entente::serve
