// TLS over a connected socket, behind the same interface: OpenSSL, 1.2 and newer.
#pragma once
#include <filesystem>
#include <memory>

#include "tools/serve/stream.h"

struct ssl_ctx_st;
struct ssl_st;

namespace entente::serve {

// Certificate and key of a server. Shared by all its connections; safe from any thread.
class TlsIdentity {
 public:
  // PEM files, the certificate followed by those that lead to its root. InvalidArgument if they cannot be
  // read, do not belong together, or others of this machine may read the key.
  static Result<TlsIdentity> load(const std::filesystem::path& certificate, const std::filesystem::path& key);
  TlsIdentity(TlsIdentity&&) noexcept = default;
  TlsIdentity& operator=(TlsIdentity&&) noexcept = default;
  ssl_ctx_st* context() const { return context_.get(); }

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  explicit TlsIdentity(ssl_ctx_st* context) : context_(context) {}
  std::unique_ptr<ssl_ctx_st, Free> context_;
};

// The handshake is part of the first read or write, and has five seconds. Whoever speaks plain HTTP here
// is hung up on. Owns and closes the descriptor; borrows the identity.
class TlsStream : public Stream {
 public:
  TlsStream(int descriptor, const TlsIdentity& identity);
  ~TlsStream() override;
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;
  Result<std::size_t> read_some(char* to, std::size_t size, Deadline deadline) override;
  Status write_all(std::string_view first, std::string_view second, Deadline deadline) override;
  using Stream::write_all;
  bool client_left() override;
  void stop_reading() override;
  void hang_up() override;

 private:
  struct Free {
    void operator()(ssl_st* ssl) const;
  };
  Status shake_hands();
  Status write_one(std::string_view bytes, Deadline deadline);
  // After a call of OpenSSL that gave `result`: waits for what it wants. False at the deadline; an error
  // when the connection is broken.
  Result<bool> wait_for_more(int result, Deadline deadline);

  const int descriptor_;
  const Deadline handshake_until_;
  std::unique_ptr<ssl_st, Free> ssl_;
  bool ready_ = false;
};

}  // namespace entente::serve
