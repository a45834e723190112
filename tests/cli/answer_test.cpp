// Questions as a user asks them, on two small articles: every answer is dated and sourced.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {
namespace json = boost::json;

class Answer : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("a.txt", kScheduling);
    write("b.txt", kSupply);
    ASSERT_EQ(run({"import", "-q", "a.txt"}).code, 0);
    ASSERT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  }

  json::object asked(std::vector<std::string> arguments, int code = 0) {
    arguments.push_back("--json");
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, code) << ran.err;
    json::error_code error;
    const json::value answer = json::parse(ran.out, error);
    EXPECT_FALSE(error) << ran.out;
    return answer.is_object() ? answer.as_object() : json::object();
  }

  // `HEAD TYPE TAIL valid holds` of the edges of that type, one a line.
  std::string edges(std::vector<std::string> arguments, std::string_view type) {
    std::string lines;
    const json::object answer = asked(std::move(arguments));  // outlives the loop
    for (const json::value& value : answer.at("edges").as_array()) {
      const json::object& edge = value.as_object();
      if (edge.at("type").as_string() != type) continue;
      for (const char* key : {"head", "type", "tail", "valid", "holds"})
        lines += std::string(edge.at(key).as_string()) + (std::string_view(key) == "holds" ? "\n" : " ");
    }
    return lines;
  }
  bool holds(const std::string& as_of, const std::string& edge) {
    return edges({"slice", "--as-of", as_of}, "CONTROLS").find(edge) != std::string::npos;
  }
};

TEST_F(Answer, ToASliceKnowsYesNoAndMaybe) {
  EXPECT_FALSE(holds("2024-08-15", "China CONTROLS norfentanyl"));
  EXPECT_TRUE(holds("2024-09-02", "China CONTROLS norfentanyl 2024-09-01/.. yes"));
  EXPECT_FALSE(holds("2022-02-28", "UN Commission on Narcotic Drugs CONTROLS norfentanyl"));
  EXPECT_TRUE(holds("2022-03-10", "UN Commission on Narcotic Drugs CONTROLS norfentanyl 2022-03/.. maybe"));
  EXPECT_TRUE(holds("2022-04-01", "UN Commission on Narcotic Drugs CONTROLS norfentanyl 2022-03/.. yes"));
  EXPECT_EQ(run({"slice", "--as-of", "2022-03-10", "--certain", "--type", "CONTROLS"}).code, 1);
}

TEST_F(Answer, ToAPathQuotesItsSources) {
  const json::object answer = asked({"path", "UN Commission on Narcotic Drugs", "China"});
  const json::array& paths = answer.at("paths").as_array();
  ASSERT_FALSE(paths.empty());
  const json::array& chain = paths.front().as_object().at("edges").as_array();
  ASSERT_EQ(chain.size(), 2u);
  for (const json::value& hop : chain) {
    const json::array& evidence = hop.as_object().at("evidence").as_array();
    ASSERT_FALSE(evidence.empty());
    const json::object& source = evidence.front().as_object();
    const std::string text = read_file(folder / (std::string(source.at("document").as_string()) + ".txt"));
    const std::string quote(source.at("quote").as_string());
    EXPECT_EQ(text.substr(source.at("start").to_number<std::size_t>(), quote.size()), quote);
  }
  const std::string page = run({"path", "UN Commission on Narcotic Drugs", "China"}).out;
  EXPECT_NE(page.find("\u201cThe UN Commission on Narcotic Drugs placed norfentanyl"), std::string::npos) << page;
  EXPECT_NE(page.find("Three precursors come under control, The Entente Reader, 2024-08-07"), std::string::npos);
}

TEST_F(Answer, NoPathIsAnAnswerOfItsOwn) {
  const Ran ran = run({"path", "Sinaloa Cartel", "Xi Jinping", "--as-of", "1990", "--certain"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.err.find("no path joins"), std::string::npos);
}

TEST_F(Answer, AsKnownEarlierStaysTheSame) {
  const std::vector<std::string> question = {"slice", "--known-by", "#1", "--json"};
  const std::string then = run(question).out;
  EXPECT_EQ(then.find("Sinaloa"), std::string::npos);
  write("c.txt", "Mexico controls norfentanyl. On October 3, 2024, Mexico sanctioned the Sinaloa Cartel.\n");
  ASSERT_EQ(run({"import", "-q", "c.txt", "--published", "2024-10-05"}).code, 0);
  EXPECT_EQ(run(question).out, then);
}

TEST_F(Answer, CanBeAskedAgainByThePrintedCommand) {
  const Ran ran = run({"rank", "--by", "betweenness", "--as-of", "2024-09", "--show-command"});
  ASSERT_EQ(ran.code, 0);
  const std::size_t at = ran.out.find("entente rank");
  ASSERT_NE(at, std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.substr(at),
            "entente rank --by betweenness --limit 20 --during 2024-09-01..2024-09-30 --known-by '#2'\n");
  const Ran again = run({"rank", "--by", "betweenness", "--limit", "20", "--during", "2024-09-01..2024-09-30",
                         "--known-by", "#2"});
  EXPECT_EQ(again.out, ran.out.substr(0, at));
}

TEST_F(Answer, ToRankTimelineShowSearchStatsAndLogHasItsShape) {
  EXPECT_FALSE(asked({"rank", "--by", "pagerank"}).at("results").as_array().empty());
  EXPECT_FALSE(asked({"timeline", "norfentanyl"}).at("edges").as_array().empty());
  EXPECT_EQ(asked({"show", "norfentanyl"}).at("node").as_object().at("label").as_string(), "Chemical");
  EXPECT_EQ(asked({"search", "norf"}).at("results").as_array().front().as_object().at("name").as_string(),
            "norfentanyl");
  EXPECT_EQ(asked({"stats"}).at("stored").as_object().at("documents").to_number<int>(), 2);
  EXPECT_EQ(asked({"log"}).at("commits").as_array().size(), 2u);
  EXPECT_TRUE(asked({"check"}).at("clean").as_bool());
}

TEST_F(Answer, ToWhyHasEverySourceAndTheArithmetic) {
  std::string id;
  const json::object controls = asked({"slice", "--type", "CONTROLS"});
  for (const json::value& value : controls.at("edges").as_array()) {
    const json::object& edge = value.as_object();
    if (edge.at("head").as_string() == "China" && edge.at("tail").as_string() == "norfentanyl")
      id = std::to_string(edge.at("id").to_number<int>());
  }
  ASSERT_FALSE(id.empty());
  const json::object answer = asked({"why", id});
  EXPECT_EQ(answer.at("edge").as_object().at("evidence").as_array().size(), 2u);
  EXPECT_NE(answer.at("confidence_arithmetic").as_string().find("from 2 documents taken as independent"),
            std::string::npos);
  EXPECT_EQ(answer.at("history").as_array().size(), 2u);
}

}  // namespace
}  // namespace entente
