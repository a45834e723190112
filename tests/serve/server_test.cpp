// The server on a real socket: many clients, slow ones, and a stop.
#include "tools/serve/server.h"

#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "tests/serve/client_socket.h"
#include "tests/serve/scripted.h"

namespace entente::serve {
namespace {

class ServerTest : public ::testing::Test {
 protected:
  // Serves `/x` (says "done"), `/slow` (waits for `release`), `/stream` (until the client leaves).
  void serve(const ServerOptions& options) {
    auto listener = Listener::open(0);
    ASSERT_TRUE(listener) << listener.error().message;
    port = listener->port();
    router.emplace(Rules{{"localhost:" + std::to_string(port)}, ""});
    router->add({"GET", "/x", Access::Read, [](const Call&) { return said("done"); }, ""});
    router->add({"GET", "/slow", Access::Read,
                 [this](const Call&) {
                   entered.count_down();
                   release.wait();
                   return said("slow");
                 },
                 ""});
    router->add({"GET", "/stream", Access::Read,
                 [this](const Call&) {
                   Response response;
                   response.stream = [this](const Response::Send& send) {
                     while (send("tick\n")) std::this_thread::sleep_for(std::chrono::milliseconds(5));
                     left.count_down();
                   };
                   return response;
                 },
                 ""});
    server.emplace(std::move(*listener), *router, options, counts);
  }

  std::uint16_t port = 0;
  std::latch entered{1}, release{1}, left{1};
  Counts counts;
  std::optional<Router> router;
  std::optional<Server> server;
};

TEST_F(ServerTest, KeepsAConnectionForMoreThanOneRequest) {
  serve({});
  Client client(port);
  for (int i = 0; i < 3; ++i) {
    client.ask("/x");
    EXPECT_TRUE(client.hear("done").ends_with("done"));
  }
  EXPECT_EQ(counts.connections, 1u);
  EXPECT_EQ(counts.requests, 3u);
}

TEST_F(ServerTest, ServesOthersWhileOneIsSilent) {
  serve({});
  std::vector<std::unique_ptr<Client>> silent;
  for (int i = 0; i < 50; ++i) silent.push_back(std::make_unique<Client>(port));
  for (const auto& client : silent) client->say("GET /x HT");
  Client client(port);
  client.ask("/x");
  EXPECT_TRUE(client.hear("done").ends_with("done"));
}

TEST_F(ServerTest, TurnsAwayWhoFindsTheLineFull) {
  serve({.max_running = 1, .max_waiting = 0});
  Client first(port), second(port);
  first.ask("/slow");
  entered.wait();
  second.ask("/x");
  const std::string heard = second.hear("\r\n\r\n");
  EXPECT_NE(heard.find("503"), std::string::npos);
  EXPECT_NE(heard.find("Retry-After: 1"), std::string::npos);
  release.count_down();
  EXPECT_TRUE(first.hear("slow").ends_with("slow"));
}

TEST_F(ServerTest, TakesOnlySoManyConnections) {
  serve({.max_connections = 2});
  Client one(port), two(port);
  one.ask("/x"), two.ask("/x");
  one.hear("done"), two.hear("done");
  Client three(port);
  EXPECT_NE(three.hear("<closed>").find("503"), std::string::npos);
}

TEST_F(ServerTest, StopsAStreamWhenTheClientLeaves) {
  serve({});
  {
    Client client(port);
    client.ask("/stream");
    client.hear("tick\n\r\n5\r\ntick");
  }
  left.wait();  // hangs if nobody noticed
}

TEST_F(ServerTest, StopsIdleConnectionsAtOnceAndLetsAnswersFinish) {
  serve({});
  Client idle(port), busy(port);
  idle.ask("/x");
  idle.hear("done");
  busy.ask("/slow");
  entered.wait();
  std::thread stopper([&] { server->stop(); });
  EXPECT_EQ(idle.hear("never"), "<closed>");
  release.count_down();
  EXPECT_TRUE(busy.hear("slow").ends_with("slow"));
  stopper.join();
  EXPECT_EQ(counts.open, 0u);
  EXPECT_FALSE(Client(port).connected);
}

TEST_F(ServerTest, SaysWhenThePortIsTaken) {
  serve({});
  const auto second = Listener::open(port);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("--port"), std::string::npos);
}

}  // namespace
}  // namespace entente::serve
