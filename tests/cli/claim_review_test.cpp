// Every claim is shown with its sentence and stored as a person says: by lines or JSON lines.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {
namespace json = boost::json;

class ClaimReviewed : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("b.txt", kSupply);
  }
  // `HEAD TYPE TAIL valid mode` of each edge.
  std::string edges() {
    const json::value answer = json::parse(run({"slice", "--json"}).out);
    std::string all;
    for (const json::value& edge : answer.at("edges").as_array()) {
      for (const char* key : {"head", "type", "tail", "valid", "mode"}) all += std::string(edge.at(key).as_string()) + " ";
      all.back() = '\n';
    }
    return all;
  }
  std::vector<json::object> lines_of(const std::string& out) {
    std::istringstream in(out);
    std::vector<json::object> rows;
    for (std::string line; std::getline(in, line);) rows.push_back(json::parse(line).as_object());
    return rows;
  }
  std::size_t claims() {  // that the article has
    std::size_t count = 0;
    for (const json::object& row : lines_of(run_with("q\n", {"import", "--review", "--json", "b.txt"}).out))
      if (row.contains("of")) count = std::size_t(row.at("of").to_number<int>());
    return count;
  }
};

TEST_F(ClaimReviewed, ShowsTheSentenceOfEach) {
  const Ran ran = run_with("a\nA\n", {"import", "--review", "b.txt"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("The Sinaloa Cartel traffics fentanyl."), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("1 article imported"), std::string::npos) << ran.out;
  const std::string reviewed = edges();
  std::filesystem::remove_all(folder / ".entente");
  ASSERT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  EXPECT_EQ(edges(), reviewed);  // all accepted: as without a review
}

TEST_F(ClaimReviewed, StoresWhatIsAcceptedAndEditedAlone) {
  const std::size_t all = claims();
  ASSERT_GE(all, 3u);
  EXPECT_FALSE(std::filesystem::exists(folder / ".entente"));  // quit: nothing was made
  const Ran ran = run_with(
      "nonsense\n"
      "{\"answer\": \"edit\", \"when\": \"yesterday\"}\n"
      "{\"answer\": \"edit\", \"type\": \"CONTROLS\", \"head\": \"fentanyl\"}\n"
      "{\"answer\": \"edit\", \"tail\": \"xylazine: Chemical\", \"when\": \"2024-05/..\", \"mode\": \"alleged\"}\n"
      "{\"answer\": \"reject_rest\"}\n",
      {"import", "--review", "--json", "b.txt"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const auto rows = lines_of(ran.out);
  EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.contains("error") && !row.contains("file"); }), 3);
  const json::object& file = rows.back().at("files").as_array()[0].as_object();
  EXPECT_EQ(file.at("edited").to_number<int>(), 1);
  EXPECT_EQ(file.at("rejected").to_number<std::size_t>(), all - 1);
  const std::string head(rows.front().at("head").as_string()), type(rows.front().at("type").as_string());
  EXPECT_EQ(edges(), head + " " + type + " xylazine 2024-05/.. alleged\n");
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(ClaimReviewed, LineMayEditToo) {
  const Ran ran = run_with("e when=2020; mode=planned;\nR\n", {"import", "--review", "b.txt"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(edges().find(" 2020 planned\n"), std::string::npos) << edges();
}

TEST_F(ClaimReviewed, EndOfTheInputStoresNothingMore) {
  write("a.txt", kScheduling);
  const Ran ran = run_with("A\n", {"import", "--review", "b.txt", "a.txt"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("1 article imported"), std::string::npos) << ran.out;
  const Ran again = run_with("", {"import", "--review", "b.txt"});  // is there already: asks nothing
  EXPECT_NE(again.out.find("1 already there"), std::string::npos) << again.out;
}

TEST_F(ClaimReviewed, RefusesWhatItCannotAsk) {
  EXPECT_EQ(run({"import", "--review", "--dry-run", "b.txt"}).code, 2);
  EXPECT_EQ(run({"import", "--review", "-"}).code, 2);
}

}  // namespace
}  // namespace entente
