// One connection: requests in any pieces, bad ones, and what the parser alone would let pass.
#include <gtest/gtest.h>

#include "tests/serve/scripted.h"

namespace entente::serve {
namespace {

using Then = ScriptedStream::Then;

std::string asked(const std::string& request) { return statuses(heard_from({request})); }
std::string target(const std::string& text) { return asked("GET " + text + " HTTP/1.1\r\nHost: localhost:7373\r\n\r\n"); }
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Connection, ServesRequestsOneAfterTheOther) {
  EXPECT_EQ(asked(get("/v1/echo/a") + get("/v1/echo/b") + post("x", kMayWrite) + get("/nothing") + get("/")),
            "200 200 201 404 200");
}

TEST(Connection, DoesNotMindHowTheBytesArrive) {
  const std::string bytes = get("/v1/echo/a?q=1") + post("hello", kMayWrite) + get("/");
  std::vector<std::string> pieces;
  for (const char c : bytes) pieces.emplace_back(1, c);
  EXPECT_EQ(heard_from(pieces), heard_from({bytes}));
  EXPECT_EQ(statuses(heard_from(pieces)), "200 201 200");
}

TEST(Connection, ClosesWhenAsked) {
  const std::string heard = heard_from({get("/", "Connection: close\r\n") + get("/")});
  EXPECT_EQ(statuses(heard), "200");
  EXPECT_TRUE(has(heard, "Connection: close"));
}

TEST(Connection, AnswersHeadWithoutABody) {
  const std::string heard = heard_from({"HEAD / HTTP/1.1\r\nHost: localhost:7373\r\n\r\n"});
  EXPECT_TRUE(has(heard, "Content-Length: 4\r\n"));
  EXPECT_TRUE(heard.ends_with("\r\n\r\n"));
}

TEST(Connection, DecodesAnAddressOnce) {
  EXPECT_TRUE(heard_from({get("/v1/echo/a%20%C3%A9?q=x%26y+z")}).ends_with("a \u00e9|x&y z"));
  EXPECT_TRUE(heard_from({get("/v1/echo/%2541")}).ends_with("%41|"));
}

TEST(Connection, RefusesAddressesThatAreNoPlainPath) {
  for (const char* bad : {"http://localhost:7373/", "*", "localhost:7373", "//", "/v1//echo", "/../etc/passwd", "/v1/..",
                          "/v1/%2e%2e/x", "/v1/.", "/v1/echo/a%2fb", "/v1/echo/a%5cb", "/v1/echo\\a", "/v1/%00",
                          "/v1/%0a", "/v1/%zz", "/v1/%4", "/v1/%", "/v1/%ff", "/v1/echo/a?q=%00", "/v1/echo/a#b", "/v1/"})
    EXPECT_EQ(target(bad), "400") << bad;
}

TEST(Connection, RefusesWhatIsNotHttp11) {
  EXPECT_EQ(asked("GET / HTTP/1.0\r\nHost: localhost:7373\r\n\r\n"), "505");
  EXPECT_EQ(asked("GET / HTTP/2.0\r\nHost: localhost:7373\r\n\r\n"), "400");
  EXPECT_EQ(asked("nonsense\r\n\r\n"), "400");
  EXPECT_EQ(asked(get("/", "A: " + std::string(1, '\0') + "\r\n")), "400");
  EXPECT_EQ(asked("GET / HTTP/1.1\r\nHost : localhost:7373\r\n\r\n"), "400");
}

TEST(Connection, RefusesAFoldedField) {
  EXPECT_EQ(asked(get("/", "X-A: one\r\n two\r\n")), "400");
  EXPECT_EQ(asked("GET / HTTP/1.1\r\nHost: localhost:7373\r\n\tattacker.example\r\n\r\n"), "400");
}

TEST(Connection, RefusesAHeaderThatIsTooLarge) {
  EXPECT_EQ(asked(get("/", "X-A: " + std::string(9000, 'a') + "\r\n")), "431");
  std::string many;
  for (int i = 0; i < 65; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
  EXPECT_EQ(asked(get("/", many)), "431");
}

TEST(Connection, StopsReadingAHeaderOfAHundredMegabytes) {
  ScriptedStream stream({"GET / HTTP/1.1\r\nHost: localhost:7373\r\nX-A: " + std::string(100'000'000, 'a')});
  const Router router = small_router();
  Gate gate(1, 1);
  RecentAnswers recent(1024 * 1024);
  Counts counts;
  const std::atomic<bool> stopping{false};
  serve_connection(stream, router, {}, gate, recent, counts, stopping);
  EXPECT_EQ(statuses(stream.heard), "431");
  EXPECT_LT(stream.read, 100'000u);
}

TEST(Connection, TakesNoTransferCodingButChunked) {
  const auto coded = [](const std::string& coding, const std::string& body) {
    return asked("POST /v1/write HTTP/1.1\r\nHost: localhost:7373\r\n" + kMayWrite + "Transfer-Encoding: " + coding +
                 "\r\n\r\n" + body);
  };
  EXPECT_EQ(coded("chunked", "5\r\nhello\r\n0\r\n\r\n"), "201");
  EXPECT_EQ(coded("xchunked", "hello"), "501");
  EXPECT_EQ(coded("gzip, chunked", "5\r\nhello\r\n0\r\n\r\n"), "501");
  EXPECT_EQ(coded("chunked, identity", "5\r\nhello\r\n0\r\n\r\n"), "501");
  EXPECT_EQ(coded("chunked", "zz\r\nhello\r\n0\r\n\r\n"), "400");
  EXPECT_EQ(coded("chunked", "ffffffffffffffffff\r\nhello"), "400");
}

TEST(Connection, RefusesTwoWaysToTellTheLength) {
  EXPECT_EQ(asked(post("hello", kMayWrite + "Transfer-Encoding: chunked\r\n")), "400");
  EXPECT_EQ(asked(post("hello", kMayWrite + "Content-Length: 3\r\n")), "400");
  EXPECT_EQ(asked(post("", kMayWrite + "Content-Length: -1\r\n")), "400");
}

TEST(Connection, ReadsNoCompressedBody) { EXPECT_EQ(asked(post("x", kMayWrite + "Content-Encoding: gzip\r\n")), "415"); }

TEST(Connection, RefusesABodyThatIsTooLargeOrCutShort) {
  EXPECT_EQ(asked(post(std::string(1000, 'a'), kMayWrite)), "201");
  EXPECT_EQ(asked(post(std::string(1001, 'a'), kMayWrite)), "413");
  EXPECT_EQ(asked("POST /v1/write HTTP/1.1\r\nHost: localhost:7373\r\n" + kMayWrite + "Transfer-Encoding: chunked\r\n\r\n" +
                  "3e9\r\n" + std::string(1001, 'a') + "\r\n0\r\n\r\n"),
            "413");
  const std::string whole = post("hello", kMayWrite);
  EXPECT_EQ(asked(whole.substr(0, whole.size() - 1)), "400");
  EXPECT_EQ(asked(get("/", "Content-Length: 1\r\n") + "x"), "413");  // nothing is posted there
}

TEST(Connection, DoesNotReadTheBodyOfWhatItRefuses) {
  ScriptedStream stream({"POST /v1/write HTTP/1.1\r\nHost: localhost:7373\r\nContent-Type: text/plain\r\n",
                         "Content-Length: 900\r\n\r\n", std::string(900, 'a')});
  const Router router = small_router();
  Gate gate(1, 1);
  RecentAnswers recent(1024 * 1024);
  Counts counts;
  const std::atomic<bool> stopping{false};
  serve_connection(stream, router, {}, gate, recent, counts, stopping);
  EXPECT_EQ(statuses(stream.heard), "401");
  EXPECT_LT(stream.read, 200u);
}

TEST(Connection, SaysContinueToWhoWaitsForIt) {
  const std::string heard = heard_from({post("hello", kMayWrite + "Expect: 100-continue\r\n")});
  EXPECT_EQ(statuses(heard), "100 201");
  EXPECT_EQ(statuses(heard_from({post("hello", "Expect: 100-continue\r\n")})), "401");
}

TEST(Connection, EndsWithWhoIsSilent) {
  EXPECT_EQ(statuses(heard_from({}, Then::StaySilent)), "");
  EXPECT_EQ(statuses(heard_from({get("/")}, Then::StaySilent)), "200");
  EXPECT_EQ(statuses(heard_from({"GET / HT"}, Then::StaySilent)), "408");
  const std::string whole = post("hello", kMayWrite);
  EXPECT_EQ(statuses(heard_from({whole.substr(0, whole.size() - 1)}, Then::StaySilent)), "408");
}

TEST(Connection, AnswersWrongsAsProblems) {
  const std::string heard = heard_from({get("/nothing")});
  EXPECT_TRUE(has(heard, "Content-Type: application/problem+json\r\n"));
  EXPECT_TRUE(has(heard, "\"status\":404"));
  EXPECT_TRUE(has(heard, "\"hint\":\"GET /v1/openapi.json"));
}

}  // namespace
}  // namespace entente::serve
