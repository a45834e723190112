// `entente serve` as a program: what it answers, what a command beside it does, and how it ends.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {
namespace json = boost::json;

class Serve : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("a.txt", kScheduling);
    write("b.txt", kSupply);
    ASSERT_EQ(run({"import", "-q", "a.txt"}).code, 0);
    server = start({"serve", "--port", "0", "-q"});
    for (int i = 0; i < 3000 && read_file(folder / "out").find("stop ") == std::string::npos; ++i) ::usleep(10'000);
    const std::string said = read_file(folder / "out");
    std::filesystem::rename(folder / "out", folder / "said");  // the next command has its own
    const std::size_t at = said.find("http://localhost:");
    ASSERT_NE(at, std::string::npos) << said << read_file(folder / "err");
    port = static_cast<std::uint16_t>(std::stoi(said.substr(at + 17)));
    token = said.substr(said.find("#token=") + 7, 64);
  }
  void TearDown() override {
    if (server > 0) ::kill(server, SIGKILL), finish(server);
    ProgramTest::TearDown();
  }
  int stop() {
    ::kill(server, SIGTERM);
    int status = 0;
    ::waitpid(server, &status, 0);
    server = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  // One request on a connection of its own; the whole answer, or as much as `until` needs.
  std::string said_to(const std::string& request, std::string_view until = {}) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET, address.sin_port = htons(port), address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_GT(::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL), 0);
    std::string heard;
    char piece[65536];
    while (until.empty() || heard.find(until) == std::string::npos) {
      const ssize_t got = ::recv(descriptor, piece, sizeof piece, 0);
      if (got <= 0) break;
      heard.append(piece, static_cast<std::size_t>(got));
    }
    ::close(descriptor);
    return heard;
  }
  std::string head(const std::string& line, const std::string& fields = "") {
    return line + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) + "\r\nConnection: close\r\n" + fields + "\r\n";
  }
  std::string got(const std::string& target, const std::string& fields = "") { return said_to(head("GET " + target, fields)); }
  static std::string body(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }
  static int status(const std::string& answer) { return answer.size() < 12 ? 0 : std::stoi(answer.substr(9, 3)); }
  json::object asked(const std::string& target, int expected = 200) {
    const std::string answer = got(target);
    EXPECT_EQ(status(answer), expected) << target << ": " << answer;
    json::error_code fault;
    const json::value value = json::parse(body(answer), fault);
    EXPECT_FALSE(fault) << answer;
    return value.is_object() ? value.as_object() : json::object();
  }
  std::string field(const std::string& answer, const std::string& name) {
    const std::size_t at = answer.find(name + ": ");
    return at == std::string::npos ? "" : answer.substr(at + name.size() + 2, answer.find("\r\n", at) - at - name.size() - 2);
  }

  pid_t server = -1;
  std::uint16_t port = 0;
  std::string token;
};

TEST_F(Serve, AnswersAsTheCommandLineDoes) {
  for (const auto& [target, words] : std::vector<std::pair<std::string, std::vector<std::string>>>{
           {"/v1/paths?from=China&to=norfentanyl&k=1", {"path", "China", "norfentanyl", "-k", "1"}},
           {"/v1/rank?by=degree", {"rank", "--by", "degree"}},
           {"/v1/paths?from=China&to=norfentanyl&as_of=2024-09-02&certain=true", {"path", "China", "norfentanyl", "--as-of", "2024-09-02", "--certain"}}}) {
    std::vector<std::string> command = words;
    command.push_back("--json");
    const Ran ran = run(command);
    json::object mine = json::parse(ran.out).as_object(), theirs = asked(target);
    theirs.erase("meaning");
    EXPECT_EQ(mine, theirs) << target;
  }
}

TEST_F(Serve, KnowsEveryAddressThatItDescribes) {
  EXPECT_EQ(body(got("/healthz")), "ok\n");
  const json::object paths = asked("/v1/openapi.json").at("paths").as_object();
  for (const char* path : {"/v1/search", "/v1/entities/{entity}", "/v1/entities/{entity}/neighbours", "/v1/paths", "/v1/rank",
                           "/v1/timeline", "/v1/slice", "/v1/diff", "/v1/facts/{edge}", "/v1/facts/{edge}/history",
                           "/v1/documents/{document}", "/v1/export/{format}", "/v1/import", "/v1/verbs", "/v1/changes"})
    EXPECT_TRUE(paths.contains(path)) << path;
  EXPECT_GT(asked("/v1/search?q=norf").at("results").as_array().size(), 0u);
  EXPECT_EQ(asked("/v1/entities/China").at("node").as_object().at("name").as_string(), "China");
  EXPECT_GT(asked("/v1/entities/China/neighbours").at("edges").as_array().size(), 0u);
  EXPECT_GT(asked("/v1/timeline?name=China").at("periods").as_array().size(), 0u);
  const json::object slice = asked("/v1/slice");
  const std::string edge = std::to_string(slice.at("edges").as_array()[0].as_object().at("id").as_int64());
  EXPECT_EQ(asked("/v1/facts/" + edge).at("history").as_array().size(), 1u);
  EXPECT_EQ(asked("/v1/documents").at("documents").as_array().size(), 1u);
  EXPECT_GT(asked("/v1/documents/1").at("citations").as_array().size(), 0u);
  EXPECT_EQ(asked("/v1/commits").at("commits").as_array().size(), 1u);
  for (const char* format : {"gexf", "gexf-1.2", "graphml", "node-link", "graphology", "nodes-csv", "edges-csv"})
    EXPECT_EQ(status(got(std::string("/v1/export/") + format)), 200) << format;
  EXPECT_NE(body(got("/v1/metrics")).find("entente_commit 1\n"), std::string::npos);
}

TEST_F(Serve, SaysWhatIsWrongAndWhatToDo) {
  EXPECT_EQ(asked("/v1/slice?as_off=2024", 400).at("detail").as_string(), "there is no parameter 'as_off' here");
  EXPECT_EQ(asked("/v1/slice?as_of=2024-13", 400).at("status").as_int64(), 400);
  EXPECT_EQ(asked("/v1/slice?limit=0", 400).at("status").as_int64(), 400);
  EXPECT_EQ(asked("/v1/slice?certain=maybe", 400).at("status").as_int64(), 400);
  EXPECT_EQ(asked("/v1/paths?from=China", 400).at("hint").as_string(), "write from=NAME&to=NAME");
  EXPECT_NE(std::string(asked("/v1/paths?from=Chin&to=norfentanyl", 404).at("hint").as_string()).find("China"), std::string::npos);
  EXPECT_EQ(asked("/v1/facts/99999", 404).at("status").as_int64(), 404);
  EXPECT_EQ(asked("/v1/facts/x", 400).at("status").as_int64(), 400);
  EXPECT_EQ(asked("/v1/export/xlsx", 404).at("status").as_int64(), 404);
  EXPECT_EQ(asked("/v1/diff?from=2024", 400).at("status").as_int64(), 400);
}

TEST_F(Serve, PinsWhatWasKnownAndTagsIt) {
  const std::string first = got("/v1/slice");
  const std::string tag = field(first, "ETag");
  EXPECT_EQ(tag.size(), 34u);
  EXPECT_EQ(field(first, "Cache-Control"), "private, no-cache");
  EXPECT_EQ(status(got("/v1/slice", "If-None-Match: " + tag + "\r\n")), 304);
  const std::string pinned = got("/v1/slice?known_by=%231");
  EXPECT_EQ(field(pinned, "Cache-Control"), "private, max-age=31536000, immutable");
  ASSERT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  EXPECT_EQ(status(got("/v1/slice", "If-None-Match: " + tag + "\r\n")), 200);
  EXPECT_EQ(body(got("/v1/slice?known_by=%231")), body(pinned));
  EXPECT_NE(body(got("/v1/slice")), body(first));
}

TEST_F(Serve, PagesNeverShift) {
  const json::object first = asked("/v1/entities/China/neighbours?limit=1");
  const std::string next(first.at("next").as_string());
  ASSERT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  EXPECT_EQ(asked("/v1/entities/China/neighbours?limit=1&cursor=" + next, 400).at("status").as_int64(), 400);
  const json::object second = asked("/v1/entities/China/neighbours?limit=1&known_by=%231&cursor=" + next);
  EXPECT_EQ(second.at("count"), first.at("count"));
  EXPECT_NE(second.at("edges"), first.at("edges"));
}

TEST_F(Serve, ComparesTwoDatesOfEitherClock) {
  const auto has = [](const json::object& diff, const char* key, const char* tail) {
    for (const json::value& edge : diff.at(key).as_array())
      if (edge.as_object().at("type") == "CONTROLS" && edge.as_object().at("head") == "China" && edge.as_object().at("tail") == tail) return true;
    return false;
  };
  EXPECT_TRUE(has(asked("/v1/diff?from=2024-08-15&to=2024-09-02"), "added", "norfentanyl"));
  EXPECT_TRUE(has(asked("/v1/diff?from=2024-09-02&to=2024-08-15"), "ended", "norfentanyl"));
  ASSERT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  EXPECT_GT(asked("/v1/diff?known_from=%231&known_to=%232").at("added").as_array().size(), 0u);
  EXPECT_EQ(asked("/v1/diff?known_from=%231&known_to=%231").at("added").as_array().size(), 0u);
}

TEST_F(Serve, ImportsOnlyWithTheToken) {
  const std::string text = read_file(folder / "b.txt");
  const auto posted = [&](const std::string& fields) {
    return said_to(head("POST /v1/import?name=b", fields + "Content-Type: text/plain\r\nContent-Length: " + std::to_string(text.size()) + "\r\n") + text);
  };
  EXPECT_EQ(status(posted("")), 401);
  EXPECT_EQ(status(posted("Authorization: Bearer " + std::string(64, '0') + "\r\n")), 401);
  EXPECT_EQ(status(posted("Authorization: Bearer " + token + "\r\nOrigin: http://attacker.example\r\n")), 403);
  EXPECT_EQ(asked("/v1/commits").at("commits").as_array().size(), 1u);
  EXPECT_EQ(status(posted("Authorization: Bearer " + token + "\r\n")), 201);
  EXPECT_EQ(status(posted("Authorization: Bearer " + token + "\r\n")), 200);
  EXPECT_EQ(asked("/v1/commits").at("commits").as_array().size(), 2u);
}

TEST_F(Serve, StreamsCommitsAndResumes) {
  ASSERT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  const std::string both = said_to(head("GET /v1/changes?since=0"), "id: 2\n");
  EXPECT_NE(both.find("Content-Type: text/event-stream"), std::string::npos);
  EXPECT_NE(both.find("id: 1\nevent: commit\ndata: {"), std::string::npos);
  const std::string rest = said_to(head("GET /v1/changes?since=0", "Last-Event-ID: 1\r\n"), "id: 2\n");
  EXPECT_EQ(rest.find("id: 1\n"), std::string::npos);
  EXPECT_EQ(status(got("/v1/changes?since=99")), 400);
}

TEST_F(Serve, ACommandBesideItAnswersAndImports) {
  EXPECT_EQ(run({"search", "norf"}).code, 0);
  const Ran imported = run({"import", "b.txt"});
  EXPECT_EQ(imported.code, 0) << imported.err;
  EXPECT_EQ(imported.out, "1 article imported\n");
  EXPECT_EQ(run({"import", "b.txt"}).out, "0 articles imported, 1 already there; nothing changed\n");
  EXPECT_EQ(run({"log"}).code, 0);
  EXPECT_EQ(asked("/v1/commits").at("commits").as_array().size(), 2u);
  write("bad.txt", "\xff\xfe\xfd");
  EXPECT_EQ(run({"import", "bad.txt"}).code, 4);
  EXPECT_EQ(run({"import", "missing.txt"}).code, 4);
}

TEST_F(Serve, ACommandBesideItPutsRightAndUndoes) {
  const json::value before = asked("/v1/slice").at("edges");
  const Ran retracted = run({"retract", "document", "a", "--author", "Ana", "--key", "once"});
  EXPECT_EQ(retracted.code, 0) << retracted.err;
  EXPECT_NE(retracted.out.find("commit 2; to take it back: entente undo 2\n"), std::string::npos) << retracted.out;
  EXPECT_EQ(asked("/v1/slice").at("edges").as_array().size(), 0u);
  EXPECT_EQ(asked("/v1/commits").at("commits").as_array()[0].as_object().at("author"), "Ana");
  EXPECT_NE(run({"retract", "document", "a", "--key", "once"}).out.find("done before under this key, as commit 2"), std::string::npos);
  EXPECT_EQ(run({"retract", "document", "#1"}).code, 2);
  EXPECT_EQ(run({"retract", "document", "nowhere"}).code, 1);
  EXPECT_EQ(run({"undo", "2", "--dry-run"}).code, 0);
  EXPECT_EQ(run({"undo", "2"}).code, 0);
  EXPECT_EQ(asked("/v1/slice").at("edges").as_array().size(), before.as_array().size());
}

TEST_F(Serve, TakesVerbsOnlyWithTheTokenAndOnlyAsTheyAre) {
  const auto posted = [&](const std::string& fields, const std::string& text) {
    return said_to(head("POST /v1/verbs", fields + "Content-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) + "\r\n") + text);
  };
  const std::string allowed = "Authorization: Bearer " + token + "\r\n";
  const std::string verb = "{\"verb\":\"retract\",\"words\":[\"document\",\"#1\"]}";
  EXPECT_EQ(status(posted("", verb)), 401);
  for (const char* wrong : {"", "[]", "{\"verb\":7}", "{\"verb\":\"destroy\"}", "{\"verb\":\"retract\",\"words\":[1]}", "{\"colour\":\"red\"}"})
    EXPECT_EQ(status(posted(allowed, wrong)), 400) << wrong;
  EXPECT_EQ(asked("/v1/commits").at("commits").as_array().size(), 1u);
  EXPECT_EQ(status(posted(allowed, verb)), 200);
  EXPECT_EQ(asked("/v1/commits").at("commits").as_array().size(), 2u);
}

TEST_F(Serve, AnImportThroughItIsTheSameAsWithoutIt) {
  ASSERT_EQ(run({"import", "-q", "b.txt", "--publisher", "The Reader"}).code, 0);
  ASSERT_EQ(stop(), 0);
  const Ran through = run({"slice", "--json"});
  std::filesystem::rename(folder / ".entente", folder / "through");
  ASSERT_EQ(run({"import", "-q", "a.txt"}).code, 0);
  ASSERT_EQ(run({"import", "-q", "b.txt", "--publisher", "The Reader"}).code, 0);
  json::object one = json::parse(through.out).as_object(), other = json::parse(run({"slice", "--json"}).out).as_object();
  EXPECT_EQ(one.at("edges"), other.at("edges"));
  EXPECT_EQ(one.at("nodes"), other.at("nodes"));
}

}  // namespace
}  // namespace entente
