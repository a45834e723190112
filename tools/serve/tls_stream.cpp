#include "tools/serve/tls_stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

namespace entente::serve {
namespace {
constexpr std::chrono::seconds kHandshake{5};

// What OpenSSL says went wrong, and forgets it.
std::string openssl_fault() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* const why = code ? ERR_reason_error_string(code) : nullptr;
  return why ? why : "no reason given";
}

Error unusable(const std::filesystem::path& file, const std::string& why) {
  return {Code::InvalidArgument, file.string() + ": " + why};
}
}  // namespace

void TlsIdentity::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void TlsStream::Free::operator()(ssl_st* ssl) const { SSL_free(ssl); }

Result<TlsIdentity> TlsIdentity::load(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  struct stat status{};
  if (::stat(certificate.c_str(), &status) != 0) return unusable(certificate, "there is no such file");
  if (::stat(key.c_str(), &status) != 0) return unusable(key, "there is no such file");
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return unusable(key, "others may read this key; take that away with chmod 600");
  TlsIdentity identity(SSL_CTX_new(TLS_server_method()));
  SSL_CTX* const context = identity.context();
  if (!context) return Error{Code::Unavailable, "TLS: " + openssl_fault()};
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // A key with a passphrase cannot be used: nobody is there to type it.
  SSL_CTX_set_default_passwd_cb(context, [](char*, int, int, void*) { return 0; });
  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1)
    return unusable(certificate, "this is no certificate in PEM: " + openssl_fault());
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1)
    return unusable(key, "this is no private key in PEM without a passphrase, or not of that certificate: " + openssl_fault());
  if (SSL_CTX_check_private_key(context) != 1) return unusable(key, "this is not the key of " + certificate.string());
  return identity;
}

TlsStream::TlsStream(int descriptor, const TlsIdentity& identity)
    : descriptor_(descriptor), handshake_until_(Clock::now() + kHandshake), ssl_(SSL_new(identity.context())) {
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (ssl_) SSL_set_fd(ssl_.get(), descriptor);
}

TlsStream::~TlsStream() {
  if (ready_) SSL_shutdown(ssl_.get());  // says good-bye, and does not wait for theirs
  ERR_clear_error();
  ::close(descriptor_);
}

Result<bool> TlsStream::wait_for_more(int result, Deadline deadline) {
  const int what = SSL_get_error(ssl_.get(), result);
  if (what != SSL_ERROR_WANT_READ && what != SSL_ERROR_WANT_WRITE) {
    ready_ = false;
    return Error{Code::Unavailable, "TLS with the client: " + openssl_fault()};
  }
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    pollfd wanted{descriptor_, static_cast<short>(what == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;  // the call itself will tell
  }
}

Status TlsStream::shake_hands() {
  if (ready_) return kOk;
  if (!ssl_) return Error{Code::Unavailable, "TLS: out of memory"};
  for (;;) {
    ERR_clear_error();
    const int result = SSL_accept(ssl_.get());
    if (result == 1) break;
    const auto more = wait_for_more(result, handshake_until_);
    if (!more) return more.error();
    if (!*more) return Error{Code::Unavailable, "the client did not agree on TLS in time"};
  }
  ready_ = true;
  return kOk;
}

Result<std::size_t> TlsStream::read_some(char* to, std::size_t size, Deadline deadline) {
  if (const Status ready = shake_hands(); !ready) return ready.error();
  for (;;) {
    ERR_clear_error();
    const int got = SSL_read(ssl_.get(), to, static_cast<int>(std::min<std::size_t>(size, 1 << 20)));
    if (got > 0) return static_cast<std::size_t>(got);
    if (SSL_get_error(ssl_.get(), got) == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
    const auto more = wait_for_more(got, deadline);
    if (!more) return more.error();
    if (!*more) return Error{Code::LimitReached, "the client sent nothing in time"};
  }
}

Status TlsStream::write_one(std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    ERR_clear_error();
    const int sent = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20)));
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    const auto more = wait_for_more(sent, deadline);
    if (!more) return more.error();
    if (!*more) return Error{Code::LimitReached, "the client took nothing in time"};
  }
  return kOk;
}

Status TlsStream::write_all(std::string_view first, std::string_view second, Deadline deadline) {
  if (const Status ready = shake_hands(); !ready) return ready.error();
  // A short header travels in one record with what follows it.
  constexpr std::size_t kRecord = 16 * 1024;
  if (!second.empty() && first.size() < kRecord) {
    std::string joined(first);
    const std::size_t taken = std::min(second.size(), kRecord - first.size());
    joined.append(second.substr(0, taken));
    if (const Status sent = write_one(joined, deadline); !sent) return sent.error();
    return write_one(second.substr(taken), deadline);
  }
  if (const Status sent = write_one(first, deadline); !sent) return sent.error();
  return write_one(second, deadline);
}

bool TlsStream::client_left() {
  char byte;
  const ssize_t got = ::recv(descriptor_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

void TlsStream::stop_reading() { ::shutdown(descriptor_, SHUT_RD); }
void TlsStream::hang_up() { ::shutdown(descriptor_, SHUT_RDWR); }

}  // namespace entente::serve
