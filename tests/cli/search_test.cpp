// Looking for names and words: what is mistyped is found, and every unknown name says what it may be.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {
namespace json = boost::json;

class Searched : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("a.txt", kScheduling);
    write("b.txt", kSupply);
    ASSERT_EQ(run({"import", "-q", "a.txt", "b.txt"}).code, 0);
  }
  json::array results(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "search");
    arguments.push_back("--json");
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, 0) << ran.err;
    const json::value answer = json::parse(ran.out);
    return answer.as_object().at("results").as_array();
  }
};

TEST_F(Searched, NamesForgiveTypingErrorsAndTellHowLikeTheyAre) {
  const json::array found = results({"Sinola Cartle"});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().at("name").as_string(), "Sinaloa Cartel");
  EXPECT_GT(found.front().at("likeness").as_double(), 0.75);
  EXPECT_LT(found.front().at("likeness").as_double(), 1);
  EXPECT_EQ(results({"fent"}).front().at("name").as_string(), "fentanyl");
  const Ran none = run({"search", "zzzzzz"});
  EXPECT_EQ(none.code, 1);
  EXPECT_EQ(none.err, "no name is like 'zzzzzz'\n");
}

TEST_F(Searched, OfThePastHaveWhatWasKnownThen) {
  EXPECT_EQ(run({"search", "Sinaloa Cartel", "--known-by", "#1"}).code, 1);
  EXPECT_EQ(run({"search", "Sinaloa Cartel", "--known-by", "#2"}).code, 0);
  EXPECT_EQ(run({"search", "Sinaloa Cartel", "--known-by", "yesterweek"}).code, 2);
}

TEST_F(Searched, TextsShowTheSentence) {
  const json::array found = results({"--text", "\"under control\" march"});
  ASSERT_EQ(found.size(), 1u);
  const json::object& text = found.front().as_object();
  EXPECT_EQ(text.at("title").as_string(), "Three precursors come under control");
  bool told = false;
  for (const json::value& sentence : text.at("sentences").as_array())
    told |= sentence.at("text").as_string() ==
            "The UN Commission on Narcotic Drugs placed norfentanyl under control in March 2022.";
  EXPECT_TRUE(told) << text;
  const Ran shown = run({"search", "--text", "treasur*"});
  EXPECT_EQ(shown.code, 0);
  EXPECT_NE(shown.out.find("the Treasury Department sanctioned the Sinaloa Cartel."), std::string::npos) << shown.out;
  EXPECT_EQ(run({"search", "--text", "treasure"}).code, 1);
  EXPECT_EQ(run({"search", "--text", "..."}).code, 2);
}

TEST_F(Searched, NameThatIsUnknownGetsASuggestionInEveryCommand) {
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"show", "Sinola Cartel"}, {"path", "Sinola Cartel", "China"}, {"timeline", "Sinola Cartel"},
           {"slice", "--around", "Sinola Cartel"}}) {
    const Ran ran = run(command);
    EXPECT_EQ(ran.code, 1) << command.front();
    EXPECT_NE(ran.err.find("did you mean Sinaloa Cartel"), std::string::npos) << command.front() << ": " << ran.err;
  }
}

}  // namespace
}  // namespace entente
