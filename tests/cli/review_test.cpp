// Pairs that may be one, and what a person says of them: on the command line and over a pipe.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/support/program.h"

namespace entente {
namespace {
namespace json = boost::json;

constexpr std::string_view kFirst =
    "---\ntitle: One\npublished: 2024-10-02\n---\n\n"
    "The Zanzibar Trading Company supplies fentanyl to the Sinaloa Cartel. China controls norfentanyl.\n";
constexpr std::string_view kSecond =
    "---\ntitle: Two\npublished: 2024-10-03\n---\n\n"
    "The Zanzibar Tradings Company supplies fentanyl to the Sinaloa Cartel.\n";

class Reviewed : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("a.txt", kFirst);
    write("b.txt", kSecond);
    ASSERT_EQ(run({"import", "-q", "a.txt", "b.txt"}).code, 0);
  }
  json::array pairs(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"review", "--json"});
    const Ran ran = run(more);
    EXPECT_TRUE(ran.code == 0 || ran.code == 1) << ran.err;
    return json::parse(ran.out).as_object().at("pairs").as_array();
  }
  // `12=15` of the only pair.
  std::string pair() {
    const json::array all = pairs();
    EXPECT_EQ(all.size(), 1u) << all;
    if (all.empty()) return "1=1";
    return std::to_string(all[0].at("one").at("id").to_number<int>()) + "=" +
           std::to_string(all[0].at("other").at("id").to_number<int>());
  }
};

TEST_F(Reviewed, PairIsListedWithItsReasons) {
  const json::array all = pairs();
  ASSERT_EQ(all.size(), 1u) << all;
  std::string kinds;
  for (const json::value& reason : all[0].at("reasons").as_array()) kinds += std::string(reason.at("kind").as_string()) + ";";
  EXPECT_EQ(kinds, "spelling;neighbours;");
  const Ran shown = run({"review"});
  EXPECT_EQ(shown.code, 0);
  EXPECT_NE(shown.out.find("differ by few letters"), std::string::npos) << shown.out;
}

TEST_F(Reviewed, PairThatIsAcceptedIsMergedAndCanBeUndone) {
  const Ran ran = run({"review", "--accept", pair()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("merged"), std::string::npos) << ran.out;
  EXPECT_TRUE(pairs().empty());
  const Ran shown = run({"search", "Zanzibar Tradings Company", "--json"});
  EXPECT_EQ(json::parse(shown.out).at("results").as_array().size(), 1u) << shown.out;
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(Reviewed, PairThatIsRejectedIsRemembered) {
  const std::string which = pair();
  EXPECT_EQ(run({"review", "--reject", which}).code, 0);
  EXPECT_TRUE(pairs().empty());
  EXPECT_EQ(pairs({"--rejected"}).size(), 1u);
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(Reviewed, AnswersComeOverAPipe) {
  const Ran skipped = run_with("what\ns\n", {"review", "--ask"});
  EXPECT_EQ(skipped.code, 0);
  EXPECT_NE(skipped.err.find("'what' is no answer"), std::string::npos) << skipped.err;
  EXPECT_NE(skipped.out.find("0 pairs merged, 0 kept apart, 1 left"), std::string::npos) << skipped.out;
  const Ran ended = run_with("\n", {"review", "--ask"});  // an empty line, then the end: nothing is done
  EXPECT_NE(ended.out.find("1 left"), std::string::npos) << ended.out;
  const Ran accepted = run_with("{\"answer\": \"accept\"}\n", {"review", "--ask", "--json"});
  EXPECT_EQ(accepted.code, 0) << accepted.err;
  std::istringstream lines(accepted.out);
  std::vector<json::object> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(json::parse(line).as_object());
  ASSERT_EQ(rows.size(), 3u) << accepted.out;
  EXPECT_TRUE(rows[0].contains("reasons"));
  EXPECT_EQ(rows[1].at("judged").as_string(), "accept");
  EXPECT_EQ(rows[2].at("accepted").to_number<int>(), 1);
  EXPECT_TRUE(pairs().empty());
}

TEST_F(Reviewed, WrongPairsChangeNothing) {
  const std::string before = run({"log", "--json"}).out;
  for (const char* wrong : {"12", "a=b", "=", "1=1", "999999=1"}) {
    const Ran ran = run({"review", "--accept", wrong});
    EXPECT_TRUE(ran.code == 1 || ran.code == 2) << wrong << ": " << ran.code;
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
  }
  EXPECT_EQ(run({"log", "--json"}).out, before);
}

}  // namespace
}  // namespace entente
