// The interface as a whole: what its answers keep, and what they share.
#include <boost/json/serialize.hpp>

#include "tests/serve/served.h"

namespace entente::serve {
namespace {

const std::string kStory =
    "China: Government CONTROLS fentanyl: Chemical 2019-05-01/..\n"
    "China: Government ACCUSE Mexico: Government 2024-08\n"
    "Mexico: Government CONSULT China: Government 2024-09-01\n";

TEST_F(ServedTest, SaysTheSameAgainWithoutWorkingItOutAgain) {
  import("one", kStory);
  const std::string request = get("/v1/slice");
  const std::string first = wire(request), again = wire(request);
  EXPECT_EQ(statuses(first), "200");
  EXPECT_EQ(first, again);
  EXPECT_TRUE(recent.find(request));
}

TEST_F(ServedTest, ForgetsWhatItSaidWhenSomethingIsCommitted) {
  import("one", kStory);
  const auto edges = [&] { return ask("/v1/slice").at("edges").as_array().size(); };
  EXPECT_EQ(edges(), 3u);
  EXPECT_EQ(edges(), 3u);
  import("two", "Mexico: Government CONTROLS xylazine: Chemical 2023\n");
  EXPECT_EQ(edges(), 4u);
  EXPECT_EQ(edges(), 4u);
}

TEST_F(ServedTest, AnswersAboutTheSameCommitAreTheSameBytesAfterAnother) {
  import("one", kStory);
  const std::string before = wire(get("/v1/slice?known_by=%231"));
  import("two", "Mexico: Government CONTROLS xylazine: Chemical 2023\n");
  EXPECT_EQ(wire(get("/v1/slice?known_by=%231")), before);
}

TEST_F(ServedTest, CountsAndNamesOfAnEarlierCommitAreThoseOfThen) {
  import("one", kStory);
  const auto before = ask("/v1/about").at("totals");
  const auto named = ask("/v1/search?q=x").at("results").as_array().size();
  import("two", "Mexico: Government CONTROLS xylazine: Chemical 2023\n");
  const auto then = ask("/v1/about?known_by=%231").at("totals");
  EXPECT_EQ(boost::json::serialize(then), boost::json::serialize(before));
  EXPECT_EQ(named, 0u);
  EXPECT_EQ(ask("/v1/search?q=x").at("results").as_array().size(), 1u);
  EXPECT_EQ(ask("/v1/search?q=x&known_by=%231").at("results").as_array().size(), 0u);
  EXPECT_EQ(ask("/v1/search?q=&limit=2&known_by=%231").at("results").as_array().size(), 2u);
}

TEST_F(ServedTest, KeepsNoAnswerToARefusalOrAWrite) {
  const std::string refused = get("/v1/paths?from=Nobody&to=Nowhere");
  EXPECT_EQ(statuses(wire(refused)), "404");
  EXPECT_FALSE(recent.find(refused));
}

TEST_F(ServedTest, AHeadIsNotAnsweredWithTheBodyOfAGet) {
  import("one", kStory);
  const std::string head = "HEAD /v1/slice HTTP/1.1\r\nHost: localhost:7373\r\n\r\n";
  const std::string body = wire(get("/v1/slice")).substr(wire(head).size());
  EXPECT_TRUE(body.starts_with("{"));
  EXPECT_EQ(wire(head), wire(head));
  EXPECT_TRUE(wire(head).ends_with("\r\n\r\n"));
}

TEST_F(ServedTest, ATagThatTheClientHasSavesTheBody) {
  import("one", kStory);
  const std::string heard = wire(get("/v1/slice"));
  const std::size_t at = heard.find("ETag: ") + 6;
  const std::string tag = heard.substr(at, heard.find("\r\n", at) - at);
  for (int time = 0; time < 2; ++time) {
    const std::string again = wire(get("/v1/slice", "If-None-Match: " + tag + "\r\n"));
    EXPECT_EQ(statuses(again), "304");
    EXPECT_TRUE(again.ends_with("\r\n\r\n"));
  }
}

TEST(RecentAnswers, ForgetsWhatWasUsedLeastRecentlyWhenThereIsNoRoom) {
  RecentAnswers recent(1000);
  const auto answer = [] {
    return RecentAnswers::Answer{"head", std::make_shared<const std::string>(100, 'x'), [] { return true; }};
  };
  for (int i = 0; i < 9; ++i) recent.keep("r" + std::to_string(i), answer());
  EXPECT_TRUE(recent.find("r0"));
  recent.keep("r9", answer());
  EXPECT_TRUE(recent.find("r0"));
  EXPECT_FALSE(recent.find("r1"));
  EXPECT_TRUE(recent.find("r9"));
}

TEST(RecentAnswers, KeepsNothingThatWouldPushOutTheRest) {
  RecentAnswers recent(1000);
  recent.keep("large", {"head", std::make_shared<const std::string>(500, 'x'), [] { return true; }});
  EXPECT_FALSE(recent.find("large"));
}

}  // namespace
}  // namespace entente::serve
