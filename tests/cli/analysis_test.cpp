// Paths of every kind, cuts, rankings over time, groups and differences, as a user asks for them.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {
namespace json = boost::json;

class Analysis : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("a.txt", kScheduling);
    write("b.txt", kSupply);
    ASSERT_EQ(run({"import", "-q", "a.txt"}).code, 0);
    ASSERT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  }
  json::object asked(std::vector<std::string> arguments) {
    arguments.push_back("--json");
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, 0) << ran.err;
    json::error_code error;
    const json::value answer = json::parse(ran.out, error);
    EXPECT_FALSE(error) << ran.out;
    return answer.is_object() ? answer.as_object() : json::object();
  }
  const std::string un = "UN Commission on Narcotic Drugs";
};

TEST_F(Analysis, PathsInTimeTellTheDayOfEachStep) {
  const json::object answer = asked({"path", un, "China", "--in-time", "earliest", "--type", "CONTROLS"});
  const json::object& path = answer.at("paths").as_array().at(0).as_object();
  EXPECT_EQ(path.at("days"), json::parse(R"(["2024-09-01", "2024-09-01"])"));
  EXPECT_EQ(run({"path", un, "China", "--in-time", "earliest", "--type", "CONTROLS", "--during", "..2023"}).code, 1);
  EXPECT_EQ(run({"path", un, "China", "--in-time", "soon"}).code, 2);
  EXPECT_EQ(run({"path", un, "China", "--in-time", "latest", "--together"}).code, 2);
}

TEST_F(Analysis, PathsTogetherTellWhenTheWholeChainHeld) {
  const json::object answer = asked({"path", un, "China", "--together", "--type", "CONTROLS"});
  EXPECT_EQ(answer.at("paths").as_array().at(0).as_object().at("together"), json::parse(R"(["2024-09-01.."])"));
}

TEST_F(Analysis, PathsByWeightPatternNodesAndHubs) {
  EXPECT_GT(asked({"path", un, "China", "--weight", "confidence"}).at("paths").as_array().at(0).as_object().at("cost").to_number<int>(), 1);
  EXPECT_EQ(run({"path", un, "China", "--weight", "beauty"}).code, 2);
  EXPECT_EQ(asked({"path", un, "China", "--pattern", "CONTROLS ^CONTROLS"}).at("paths").as_array().size(), 1u);
  EXPECT_EQ(run({"path", un, "China", "--pattern", "CONTROLS CONTROLS"}).code, 1);
  EXPECT_EQ(run({"path", un, "China", "--pattern", "CONTROLS ("}).code, 2);
  EXPECT_EQ(asked({"path", un, "China", "--through", "norfentanyl"}).at("paths").as_array().size(), 1u);
  EXPECT_EQ(asked({"path", un, "China", "--disjoint", "nodes"}).at("paths").as_array().size(), 1u);
  EXPECT_EQ(run({"path", un, "China", "--avoid-hubs", "1"}).code, 1);
}

TEST_F(Analysis, CutsNameWhatHoldsTheTwoTogether) {
  EXPECT_EQ(asked({"cut", un, "China"}).at("edges").as_array().size(), 1u);
  EXPECT_EQ(asked({"cut", un, "China", "--nodes"}).at("nodes").as_array().at(0).as_object().at("name").as_string(),
            "norfentanyl");
}

TEST_F(Analysis, RankingsTakeParametersAndMoveThroughTime) {
  EXPECT_EQ(asked({"rank", "--by", "pagerank", "--set", "damping=0.5"}).at("with").as_string(),
            "damping=0.5 direction=forward weight=edge");
  EXPECT_EQ(run({"rank", "--by", "pagerank", "--set", "damping=5"}).code, 2);
  const json::object answer = asked({"rank", "--every", "month", "--window", "6months", "--track", "China"});
  const json::array& windows = answer.at("windows").as_array();
  ASSERT_FALSE(windows.empty());
  EXPECT_EQ(windows.at(0).as_object().at("days").as_string(), "2021-10-01..2022-03-31");
  EXPECT_EQ(run({"rank", "--every", "fortnight"}).code, 2);
  EXPECT_EQ(run({"rank", "--window", "year"}).code, 2);
}

TEST_F(Analysis, EveryAnalysisOfTheCatalogIsACommand) {
  for (const char* name : {"bridges", "communities", "components", "edge-betweenness"})
    EXPECT_FALSE(asked({name}).at("results").as_array().empty()) << name;
  EXPECT_EQ(run({"communities", "--resolution", "-1"}).code, 2);
  EXPECT_LE(run({"triads"}).code, 1);
  EXPECT_LE(run({"motifs", "--edges", "2"}).code, 1);
  EXPECT_NE(run({"help", "measures"}).out.find("betweenness-sampled"), std::string::npos);
}

TEST_F(Analysis, DifferencesPartTheWorldFromWhatIsKnown) {
  // Between August and October 2024 the control began; that is the world.
  const json::object world = asked({"diff", "--then", "2024-08-15", "--as-of", "2024-09-15", "--type", "CONTROLS"});
  ASSERT_FALSE(world.at("edges").as_array().empty());
  for (const json::value& change : world.at("edges").as_array())
    EXPECT_EQ(change.as_object().at("change").as_string(), "began");
  // Between the first import and the second we learned of the sanction.
  const json::object known = asked({"diff", "--then-known", "#1", "--by", "degree"});
  bool learned = false;
  for (const json::value& change : known.at("edges").as_array())
    learned = learned || change.as_object().at("change").as_string() == "learned";
  EXPECT_TRUE(learned);
  for (const json::value& score : known.at("scores").as_array())
    EXPECT_EQ(score.as_object().at("by_world").to_number<double>(), 0);
  EXPECT_EQ(run({"diff"}).code, 2);
  EXPECT_EQ(run({"diff", "--then", "2024", "--as-of", "2024"}).code, 1);
}

}  // namespace
}  // namespace entente
