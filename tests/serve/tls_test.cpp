// TLS on a real socket, with a certificate made for the test.
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/serve/client_socket.h"
#include "tests/serve/scripted.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tls_identity.h"

namespace entente::serve {
namespace {
namespace fs = std::filesystem;

struct FreeContext { void operator()(SSL_CTX* context) const { SSL_CTX_free(context); } };
struct FreeSsl { void operator()(SSL* ssl) const { SSL_free(ssl); } };

// A client that speaks TLS of the versions given, and believes any certificate.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int least = TLS1_2_VERSION, int most = TLS1_3_VERSION) : socket_(port) {
    context_.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), least);
    SSL_CTX_set_max_proto_version(context_.get(), most);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_.descriptor());
    agreed = SSL_connect(ssl_.get()) == 1;
  }
  std::string exchange(const std::string& request, std::string_view end) {
    SSL_write(ssl_.get(), request.data(), static_cast<int>(request.size()));
    std::string heard;
    char piece[16384];
    while (heard.find(end) == std::string::npos) {
      const int got = SSL_read(ssl_.get(), piece, sizeof piece);
      if (got <= 0) return heard + "<closed>";
      heard.append(piece, static_cast<std::size_t>(got));
    }
    return heard;
  }
  bool agreed = false;

 private:
  Client socket_;
  std::unique_ptr<SSL_CTX, FreeContext> context_;
  std::unique_ptr<SSL, FreeSsl> ssl_;
};

class TlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ::signal(SIGPIPE, SIG_IGN);
    write_identity(certificate(), key());
  }
  fs::path certificate() const { return temporary.path() / "certificate.pem"; }
  fs::path key() const { return temporary.path() / "key.pem"; }
  void serve() {
    auto loaded = TlsIdentity::load(certificate(), key());
    ASSERT_TRUE(loaded) << loaded.error().message;
    identity.emplace(std::move(*loaded));
    auto listener = Listener::open(0);
    ASSERT_TRUE(listener) << listener.error().message;
    port = listener->port();
    router.emplace(Rules{{"localhost:" + std::to_string(port)}, ""});
    router->add({"GET", "/x", Access::Read, [](const Call&) { return said("done"); }, ""});
    router->add({"GET", "/large", Access::Read, [](const Call&) { return said(std::string(3'000'000, 'x') + "end"); }, ""});
    server.emplace(std::move(*listener), *router, ServerOptions{.tls = &*identity}, counts);
  }
  std::string ask(const std::string& target) const {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) + "\r\n\r\n";
  }

  TemporaryDirectory temporary;
  std::uint16_t port = 0;
  Counts counts;
  std::optional<TlsIdentity> identity;
  std::optional<Router> router;
  std::optional<Server> server;
};

TEST_F(TlsTest, AnswersOneRequestAfterTheOther) {
  serve();
  TlsClient client(port);
  ASSERT_TRUE(client.agreed);
  for (int time = 0; time < 3; ++time) EXPECT_TRUE(client.exchange(ask("/x"), "done").starts_with("HTTP/1.1 200"));
  EXPECT_EQ(counts.connections, 1u);
}

TEST_F(TlsTest, SendsALargeAnswerWhole) {
  serve();
  TlsClient client(port);
  const std::string heard = client.exchange(ask("/large"), "xend");
  EXPECT_EQ(heard.size() - heard.find("\r\n\r\n") - 4, 3'000'003u);
}

TEST_F(TlsTest, AgreesOnNoVersionBefore12) {
  serve();
  EXPECT_FALSE(TlsClient(port, TLS1_VERSION, TLS1_1_VERSION).agreed);
  EXPECT_TRUE(TlsClient(port, TLS1_2_VERSION, TLS1_2_VERSION).agreed);
}

TEST_F(TlsTest, HangsUpOnPlainHttp) {
  serve();
  Client client(port);
  client.say(ask("/x"));
  EXPECT_EQ(client.hear("done").find("200"), std::string::npos);
}

TEST_F(TlsTest, StopsWhileAClientIsIdleAndAnotherHasNotShakenHands) {
  serve();
  TlsClient idle(port);
  idle.exchange(ask("/x"), "done");
  Client silent(port);
  server->stop();  // hangs if one of them were waited for
}

TEST_F(TlsTest, RefusesAKeyThatOthersMayRead) {
  ::chmod(key().c_str(), 0644);
  const auto loaded = TlsIdentity::load(certificate(), key());
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("chmod 600"), std::string::npos);
}

TEST_F(TlsTest, RefusesWhatIsNoCertificateOrNotItsKey) {
  write_identity(temporary.path() / "other.pem", temporary.path() / "other-key.pem");
  EXPECT_FALSE(TlsIdentity::load(certificate(), temporary.path() / "other-key.pem"));
  std::ofstream(temporary.path() / "text.pem") << "hello";
  EXPECT_FALSE(TlsIdentity::load(temporary.path() / "text.pem", key()));
  EXPECT_FALSE(TlsIdentity::load(temporary.path() / "nothing.pem", key()));
}

}  // namespace
}  // namespace entente::serve
