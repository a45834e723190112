// The interface as a whole: what its answers keep, and what they share.
#include <boost/json/serialize.hpp>

#include <map>
#include <thread>

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

TEST_F(ServedTest, AnEdgeOfManySourcesListsSomeAndSaysHowMany) {
  for (int i = 0; i < 60; ++i) import("a" + std::to_string(i), "China: Government ACCUSE Mexico: Government 2024-08 0.5" + std::to_string(i) + "\n");
  const auto edge = ask("/v1/slice").at("edges").at(0);
  EXPECT_EQ(edge.at("evidence").as_array().size(), 50u);
  EXPECT_EQ(edge.at("evidence_count").to_number<int>(), 60);
  const auto whole = ask("/v1/facts/" + std::to_string(edge.at("id").to_number<int>())).at("edge");
  EXPECT_EQ(whole.at("evidence").as_array().size(), 60u);
  EXPECT_EQ(whole.at("evidence_count").to_number<int>(), 60);
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

TEST_F(ServedTest, RanksByAMeasureWithItsParameters) {
  import("one", kStory);
  const auto first = [&](const std::string& more) {
    return ask("/v1/rank?by=degree" + more).at("results").as_array().at(0).as_object();
  };
  EXPECT_EQ(first("").at("name"), "China");
  EXPECT_EQ(first("").at("score"), 3.0);
  EXPECT_EQ(first("&side=in&type=CONTROLS").at("name"), "fentanyl");
  EXPECT_EQ(ask("/v1/rank?by=degree&side=in").at("with"), "side=in weight=edge");
  EXPECT_EQ(status("/v1/rank?by=pagerank&damping=0.5&start=China&start=Mexico"), "200");
}

TEST_F(ServedTest, RefusesParametersThatTheMeasureDoesNotTakeOrThatAreOutOfRange) {
  import("one", kStory);
  EXPECT_EQ(status("/v1/rank?by=degree&damping=0.5"), "400");
  EXPECT_EQ(ask("/v1/rank?by=degree&damping=0.5").at("hint"), "it takes side, weight");
  EXPECT_EQ(status("/v1/rank?by=pagerank&damping=7"), "400");
  EXPECT_EQ(status("/v1/rank?by=degree&side=up"), "400");
  EXPECT_EQ(status("/v1/rank?by=magic"), "400");
  EXPECT_EQ(status("/v1/rank?nonsense=1"), "400");
}

TEST_F(ServedTest, DescribesTheParametersOfMeasures) {
  const auto page = ask("/v1/openapi.json");
  std::map<std::string, boost::json::object> described;
  for (const auto& parameter : page.at("paths").at("/v1/rank").at("get").at("parameters").as_array())
    described[std::string(parameter.at("name").as_string())] = parameter.as_object();
  EXPECT_EQ(described.at("damping").at("schema").at("type"), "number");
  EXPECT_EQ(described.at("side").at("schema").at("enum").as_array().size(), 3u);
  EXPECT_EQ(described.at("sources").at("schema").at("type"), "integer");
  for (const auto& [name, parameter] : described) EXPECT_TRUE(parameter.contains("description")) << name;
}

TEST_F(ServedTest, ComparesTwoDatesOfEitherClock) {
  import("one", kStory);
  const auto world = ask("/v1/diff?from=2020&to=2024-08-15");
  EXPECT_EQ(world.at("added").as_array().size(), 1u);
  EXPECT_EQ(world.at("added").at(0).at("type"), "ACCUSE");
  EXPECT_EQ(world.at("added").at(0).at("of"), "world");
  EXPECT_EQ(ask("/v1/diff?from=2024-08-15&to=2025").at("ended").at(0).at("change"), "ended");
  import("two", "Mexico: Government CONTROLS xylazine: Chemical 2023\nMexico: Government CONSULT China: Government 2024-09-01\n");
  const auto known = ask("/v1/diff?known_from=%231&known_to=%232");
  EXPECT_EQ(known.at("added").as_array().size(), 1u);
  EXPECT_EQ(known.at("added").at(0).at("change"), "learned");
  EXPECT_EQ(known.at("changed").as_array().size(), 1u);
  EXPECT_EQ(known.at("changed").at(0).at("change"), "supported");
  EXPECT_EQ(known.at("changed").at(0).at("before").at("type"), "CONSULT");
  EXPECT_EQ(status("/v1/diff?known_from=%232&known_to=%231"), "400");
}

TEST_F(ServedTest, NamesThatMayBeOneAreListedAndJudged) {
  import("one", "Zanzibar_Trading_Company: Company SUPPLIES Bo: Person\nZanzibar_Tradings_Company: Company SUPPLIES Bo: Person\n");
  const auto pairs = ask("/v1/duplicates").at("pairs").as_array();
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_GT(pairs[0].at("reasons").as_array().size(), 0u);
  VerbRequest apart;
  apart.verb = "apart";
  for (const char* side : {"one", "other"}) apart.words.push_back("#" + std::to_string(pairs[0].at(side).at("id").to_number<std::uint64_t>()));
  ASSERT_TRUE(database->perform(apart));
  EXPECT_TRUE(ask("/v1/duplicates").at("pairs").as_array().empty());
}

// A limit that is over before it begins: whatever takes any time is stopped.
TEST_F(ServedTest, StopsAQuestionThatTakesTooLong) {
  Watch watch;
  const Watch::Guard guard(watch, {}, std::chrono::milliseconds(0));
  while (!guard.cancel()->asked()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_TRUE(guard.late());
}

TEST_F(ServedTest, StopsAQuestionWhoseClientLeft) {
  Watch watch;
  std::atomic<bool> left{false};
  const Watch::Guard guard(watch, [&] { return left.load(); }, std::chrono::hours(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(120));
  EXPECT_FALSE(guard.cancel()->asked());
  left = true;
  while (!guard.cancel()->asked()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_FALSE(guard.late());
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
