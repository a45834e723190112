// The interface of Cap'n Proto on its socket: pinned snapshots, files in pieces, verbs, and clients that
// come in numbers, say nothing, or leave.
#include "tools/serve/rpc_server.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <fstream>
#include <thread>

#include "tests/serve/served.h"
#include "tools/answer/image_file.h"
#include "tools/serve/rpc_client.h"
#include "tools/serve/unix_socket.h"

namespace entente::serve {
namespace {

class RpcTest : public ServedTest {
 protected:
  void SetUp() override {
    ServedTest::SetUp();
    import("first", "Ana: Government CONTROLS salt: Chemical 2024-09-01/..\nAna: Government ACCUSE Bo: Person 2024-08\n");
  }
  void open(const RpcOptions& options = {}) {
    auto opened = RpcServer::open(folder(), *database, *router, "http://here/", options);
    ASSERT_TRUE(opened) << opened.error().message;
    rpc = std::move(*opened);
  }
  void TearDown() override {
    rpc.reset();
    ServedTest::TearDown();
  }
  std::filesystem::path folder() const { return temporary.path() / "db"; }
  RunningServer client() {
    auto found = RunningServer::of(folder());
    EXPECT_TRUE(found && *found) << (found ? "nobody listens" : found.error().message);
    return std::move(**found);
  }
  int connected() const {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::snprintf(address.sun_path, sizeof address.sun_path, "%s", (folder() / kSocketName).c_str());
    EXPECT_EQ(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return descriptor;
  }
  // Until the server hangs up.
  static bool is_hung_up(int descriptor) {
    char byte = 0;
    const bool over = ::recv(descriptor, &byte, 1, 0) <= 0;
    ::close(descriptor);
    return over;
  }

  std::unique_ptr<RpcServer> rpc;
};

TEST_F(RpcTest, ASnapshotAnswersAsItDidWhenItWasPinned) {
  open();
  auto server = client();
  EXPECT_EQ(server.address(), "http://here/");
  auto pinned = server.snapshot({});
  ASSERT_TRUE(pinned) << pinned.error().message;
  const auto before = pinned->ask("slice");
  ASSERT_TRUE(before) << before.error().message;
  EXPECT_EQ(*before, std::string(body_text(wire(get("/v1/slice?known_by=%231")))));
  import("second", "Bo: Person SUPPORT Ana: Government 2025\n");
  EXPECT_EQ(*pinned->ask("slice"), *before);
  EXPECT_NE(*server.snapshot({})->ask("slice"), *before);
  const auto narrow = server.snapshot({.as_of = "2024-08-02", .during = "", .known_by = "#1"});
  ASSERT_TRUE(narrow);
  EXPECT_EQ(narrow->ask("slice")->find("CONTROLS"), std::string::npos);
  EXPECT_NE(narrow->ask("slice")->find("ACCUSE"), std::string::npos);
  EXPECT_NE(narrow->ask("entities/Ana")->find("\"types\""), std::string::npos);
}

TEST_F(RpcTest, FilesComeInPiecesAndAreThoseOfHttp) {
  open();
  auto server = client();
  const auto pinned = server.snapshot({.as_of = "", .during = "", .known_by = "#1"});
  ASSERT_TRUE(pinned);
  for (const char* what : {"gexf", "graphml?around=Ana", "node-link"}) {
    std::string heard;
    const auto bytes = pinned->file(what, [&](std::string_view piece) { return heard += piece, true; });
    ASSERT_TRUE(bytes) << bytes.error().message;
    EXPECT_EQ(*bytes, heard.size());
    const std::string query = std::string("/v1/export/") + what + (std::string(what).find('?') == std::string::npos ? "?" : "&") + "known_by=%231";
    EXPECT_EQ(heard, body_text(wire(get(query)))) << what;
  }
  EXPECT_FALSE(pinned->file("gexf", [](std::string_view) { return false; }));
  EXPECT_TRUE(pinned->ask("slice"));
}

// By either way the bytes are those that the command writes, and nothing is left beside the database.
TEST_F(RpcTest, AnImageIsThatOfTheCommand) {
  open();
  auto server = client();
  const auto pinned = server.snapshot({.as_of = "2024-09-02", .during = "", .known_by = "#1"});
  ASSERT_TRUE(pinned);
  std::string heard;
  const auto bytes = pinned->file("image", [&](std::string_view piece) { return heard += piece, true; });
  ASSERT_TRUE(bytes) << bytes.error().message;
  const auto written = temporary.path() / "by-hand.image";
  auto session = database->ask({.as_of = "2024-09-02", .during = "", .known_by = "#1"});
  ASSERT_TRUE(session);
  const auto info = write_image_of(*session, {}, written);
  ASSERT_TRUE(info) << info.error().message;
  std::ifstream file(written, std::ios::binary);
  const std::string direct((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_EQ(heard, direct);
  const std::string answer = wire(get("/v1/export/image?as_of=2024-09-02&known_by=%231"));
  EXPECT_NE(answer.find("Content-Type: application/vnd.entente.image\r\n"), std::string::npos);
  EXPECT_NE(answer.find("ETag: \"" + info->digest.substr(0, 32) + "\"\r\n"), std::string::npos);
  EXPECT_NE(answer.find(direct.substr(0, 4096)), std::string::npos);
  EXPECT_EQ(status("/v1/export/image?around=Ana"), "400");
  EXPECT_EQ(status("/v1/export/image?type=NOTHING"), "400");
  for (const auto& entry : std::filesystem::directory_iterator(folder()))
    EXPECT_FALSE(entry.path().filename().string().starts_with("image.")) << entry.path();
}

TEST_F(RpcTest, SaysWhatIsWrongAsTheCommandsDo) {
  open();
  auto server = client();
  const auto pinned = server.snapshot({});
  ASSERT_TRUE(pinned);
  EXPECT_EQ(pinned->ask("nothing").error().code, Code::NotFound);
  EXPECT_EQ(pinned->ask("import").error().code, Code::NotFound);
  EXPECT_EQ(pinned->ask("changes").error().code, Code::InvalidArgument);
  EXPECT_EQ(pinned->ask("slice?limit=0").error().code, Code::InvalidArgument);
  EXPECT_EQ(pinned->ask("slice?known_by=%232").error().code, Code::InvalidArgument);
  EXPECT_EQ(pinned->ask("../slice").error().code, Code::InvalidArgument);
  EXPECT_EQ(pinned->ask("facts/99").error().code, Code::NotFound);
  EXPECT_EQ(pinned->file("xlsx", [](std::string_view) { return true; }).error().code, Code::NotFound);
  EXPECT_EQ(server.snapshot({.as_of = "2024-13", .during = "", .known_by = ""}).error().code, Code::InvalidArgument);
  VerbRequest request;
  request.verb = "destroy";
  EXPECT_EQ(server.perform(request).error().code, Code::InvalidArgument);
  Upload upload;
  upload.name = "x", upload.text = "unreadable";
  EXPECT_EQ(server.import(upload).error().message, "there is no reading this");
}

TEST_F(RpcTest, VerbsImportsAndClaimsAreCommits) {
  open();
  auto server = client();
  Upload upload;
  upload.name = "second", upload.text = "Bo: Person SUPPORT Ana: Government 2025\n", upload.author = "Ana";
  const auto imported = server.import(upload);
  ASSERT_TRUE(imported) << imported.error().message;
  EXPECT_EQ(imported->asserted.new_edges, 1u);
  const auto recorded = server.record(extract_of("third", "Bo: Person ACCUSE Ana: Government 2026\n"), "Bo", "by hand", "key");
  ASSERT_TRUE(recorded) << recorded.error().message;
  EXPECT_EQ(recorded->commit.value, 3u);
  Extract lies = extract_of("fourth", "Bo: Person ACCUSE Ana: Government 2027\n");
  lies.claims[0].quote = "never said";
  EXPECT_EQ(server.record(lies, "Bo", "").error().code, Code::InvalidArgument);
  lies.claims[0].type = EdgeTypeId{60'000};
  EXPECT_EQ(server.record(lies, "Bo", "").error().code, Code::InvalidArgument);
  lies.claims[0].head = 12;
  EXPECT_FALSE(server.record(lies, "Bo", ""));
  VerbRequest request;
  request.verb = "undo", request.words = {"3"};
  const auto undone = server.perform(request);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(undone->effect.ended_edges, 1u);
  EXPECT_EQ(database->last_commit().value, 4u);
}

TEST_F(RpcTest, APurgeWaitsUntilNobodyReads) {
  open();
  std::optional<Session> reading(std::move(*database->ask({})));
  std::atomic<bool> purged{false};
  std::thread other([&] {
    auto server = client();
    VerbRequest request;
    request.verb = "purge", request.words = {"document", "first"}, request.options["yes"] = {};
    const auto done = server.perform(request);
    EXPECT_TRUE(done) << done.error().message;
    purged = true;
  });
  // A thread that reads may ask again, or it and the purge would wait for each other.
  for (int i = 0; i < 20; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(database->ask({}));
  }
  EXPECT_FALSE(purged);
  reading.reset();
  other.join();
  EXPECT_EQ(database->ask({})->read().totals()->documents, 0u);
}

TEST_F(RpcTest, ManyClientsAtOnceEachGetTheirOwn) {
  open();
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&, i] {
      auto server = client();
      for (int turn = 0; turn < 10; ++turn) {
        const std::string name = "A" + std::to_string(i) + "x" + std::to_string(turn);
        const auto done = server.record(extract_of(name, name + ": Person ACCUSE Bo: Person 2026\n"), "t", "");
        const auto pinned = server.snapshot({});
        const auto found = pinned ? pinned->ask("entities/" + name) : Result<std::string>(pinned.error());
        wrong += !done || !found || found->find(name) == std::string::npos;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(database->last_commit().value, 121u);
}

TEST_F(RpcTest, WhoSaysNothingIsHungUpOn) {
  open({.first_call = std::chrono::milliseconds(100)});
  auto server = client();  // this one has called
  EXPECT_TRUE(is_hung_up(connected()));
  const int half = connected();
  ::send(half, "\0\0\0\0", 4, MSG_NOSIGNAL);
  EXPECT_TRUE(is_hung_up(half));
  EXPECT_TRUE(server.snapshot({}));
}

TEST_F(RpcTest, MoreThanItTakesAreHungUpOn) {
  open({.max_connections = 3});
  auto server = client();
  const int one = connected(), two = connected();
  EXPECT_TRUE(is_hung_up(connected()));
  ::close(one), ::close(two);
  EXPECT_TRUE(server.snapshot({}));
}

TEST_F(RpcTest, AMessageThatIsTooLargeIsRefused) {
  open({.most_bytes = 1024 * 1024});
  {
    auto server = client();
    Upload upload;
    upload.name = "large", upload.text = std::string(2 * 1024 * 1024, 'x');
    EXPECT_EQ(server.import(upload).error().code, Code::Unavailable);
  }
  EXPECT_TRUE(client().snapshot({}));
}

TEST_F(RpcTest, AServerThatStopsLeavesNoSocketAndSaysSoToItsClients) {
  open();
  std::thread([&] {
    auto server = client();
    rpc.reset();
    EXPECT_EQ(server.snapshot({}).error().code, Code::Unavailable);
  }).join();
  const auto none = RunningServer::of(folder());
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
  EXPECT_FALSE(std::filesystem::exists(folder() / kSocketName));
}

}  // namespace
}  // namespace entente::serve
