// A test for every rule: who may ask, and what every answer carries.
#include <gtest/gtest.h>

#include "tests/serve/scripted.h"

namespace entente::serve {
namespace {

std::string asked(const std::string& request) { return statuses(heard_from({request})); }
std::string with_host(const std::string& hosts) { return asked("GET / HTTP/1.1\r\n" + hosts + "\r\n"); }
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Rules, AnswerOnlyToTheNamesOfThisServer) {
  EXPECT_EQ(with_host("Host: localhost:7373\r\n"), "200");
  EXPECT_EQ(with_host("Host: LOCALHOST:7373\r\n"), "200");
  EXPECT_EQ(with_host("Host: 127.0.0.1:7373\r\n"), "200");
  EXPECT_EQ(with_host("Host: attacker.example:7373\r\n"), "421");
  EXPECT_EQ(with_host("Host: localhost\r\n"), "421");
  EXPECT_EQ(with_host("Host: localhost:7374\r\n"), "421");
  EXPECT_EQ(with_host("Host: localhost:7373.attacker.example\r\n"), "421");
  EXPECT_EQ(with_host("Host: \r\n"), "421");
}

TEST(Rules, WantExactlyOneHost) {
  EXPECT_EQ(with_host(""), "421");
  EXPECT_EQ(with_host("Host: localhost:7373\r\nHost: localhost:7373\r\n"), "421");
  EXPECT_EQ(with_host("Host: localhost:7373\r\nHost: attacker.example\r\n"), "421");
}

TEST(Rules, ApplyToWhatIsNotThereToo) {
  EXPECT_EQ(asked("GET /nothing HTTP/1.1\r\nHost: attacker.example\r\n\r\n"), "421");
  EXPECT_EQ(asked(get("/nothing", "Origin: http://attacker.example\r\n")), "403");
}

TEST(Rules, RefuseAForeignOrigin) {
  EXPECT_EQ(asked(get("/v1/echo/a", "Origin: http://localhost:7373\r\n")), "200");
  EXPECT_EQ(asked(get("/v1/echo/a", "Origin: http://attacker.example\r\n")), "403");
  EXPECT_EQ(asked(get("/v1/echo/a", "Origin: null\r\n")), "403");
  EXPECT_EQ(asked(get("/v1/echo/a", "Origin: \r\n")), "403");
  EXPECT_EQ(asked(get("/v1/echo/a", "Origin: http://localhost:7373\r\nOrigin: http://localhost:7373\r\n")), "403");
  EXPECT_EQ(asked(post("x", kMayWrite + "Origin: http://attacker.example\r\n")), "403");
}

TEST(Rules, LetALinkElsewhereOpenThePageAndNothingElse) {
  const std::string click = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
  EXPECT_EQ(asked(get("/", click)), "200");
  EXPECT_EQ(asked(get("/v1/echo/a", click)), "403");
  EXPECT_EQ(asked(get("/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n")), "403");
  EXPECT_EQ(asked(get("/", "Sec-Fetch-Site: same-site\r\n")), "403");  // another port of this machine
  EXPECT_EQ(asked(get("/v1/echo/a", "Sec-Fetch-Site: same-origin\r\n")), "200");
  EXPECT_EQ(asked(post("x", kMayWrite + click)), "403");
}

TEST(Rules, LetNobodyWriteWithoutTheToken) {
  const std::string text = "Content-Type: text/plain\r\n";
  EXPECT_EQ(asked(post("x", kMayWrite)), "201");
  EXPECT_EQ(asked(post("x", text)), "401");
  EXPECT_EQ(asked(post("x", text + "Authorization: Bearer wrong\r\n")), "401");
  EXPECT_EQ(asked(post("x", text + "Authorization: Bearer \r\n")), "401");
  EXPECT_EQ(asked(post("x", text + "Authorization: Basic secret\r\n")), "401");
  EXPECT_EQ(asked(post("x", text + "Authorization: Bearer secret\r\nAuthorization: Bearer secret\r\n")), "401");
}

TEST(Rules, LetNobodyWriteWhereThereIsNoToken) {
  Rules rules = kRules;
  rules.token = "";
  Request request;
  request.method = "POST";
  request.fields = {{"host", "localhost:7373"}, {"authorization", "Bearer "}, {"content-type", "text/plain"}};
  EXPECT_EQ(rules.refuse(request, Access::Write, {})->status, 401);
}

TEST(Rules, TakeOnlyBodiesOfTheRoutesTypes) {
  const std::string token = "Authorization: Bearer secret\r\n";
  EXPECT_EQ(asked(post("x", token + "Content-Type: text/plain; charset=utf-8\r\n")), "201");
  EXPECT_EQ(asked(post("x", token + "Content-Type: application/x-www-form-urlencoded\r\n")), "415");
  EXPECT_EQ(asked(post("x", token)), "415");
}

TEST(Rules, KnowFiveMethods) {
  const auto method = [](const std::string& name) {
    return asked(name + " /v1/echo/a HTTP/1.1\r\nHost: localhost:7373\r\n\r\n");
  };
  EXPECT_EQ(method("GET"), "200");
  EXPECT_EQ(method("HEAD"), "200");
  EXPECT_EQ(method("OPTIONS"), "204");
  EXPECT_EQ(method("POST"), "405");
  EXPECT_EQ(method("DELETE"), "405");
  EXPECT_EQ(method("TRACE"), "405");
  EXPECT_EQ(method("CONNECT"), "405");
  EXPECT_EQ(method("PROPFIND"), "405");
}

TEST(Rules, SayWhatABrowserMayDoInEveryAnswer) {
  for (const std::string& request : {get("/"), get("/nothing"), get("/v1/broken"), std::string("nonsense\r\n\r\n"),
                                     std::string("GET / HTTP/1.1\r\nHost: attacker.example\r\n\r\n")}) {
    const std::string heard = heard_from({request});
    EXPECT_TRUE(has(heard, "Content-Security-Policy: default-src 'none'; script-src 'self'")) << heard;
    EXPECT_TRUE(has(heard, "X-Content-Type-Options: nosniff")) << heard;
    EXPECT_TRUE(has(heard, "Referrer-Policy: no-referrer")) << heard;
    EXPECT_TRUE(has(heard, "Cross-Origin-Resource-Policy: same-origin")) << heard;
    EXPECT_FALSE(has(heard, "Access-Control-Allow")) << heard;
    EXPECT_FALSE(has(heard, "unsafe")) << heard;
  }
}

TEST(Rules, TellNothingOfTheirOwnFaults) {
  const std::string heard = heard_from({get("/v1/broken") + get("/v1/echo/a")});
  EXPECT_EQ(statuses(heard), "500 200");
  EXPECT_FALSE(has(heard, "/home/x"));
}

TEST(Token, IsRandomAndComparedWhole) {
  EXPECT_EQ(random_token().size(), 64u);
  EXPECT_NE(random_token(), random_token());
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
  EXPECT_FALSE(same_secret("", "a"));
}

}  // namespace
}  // namespace entente::serve
