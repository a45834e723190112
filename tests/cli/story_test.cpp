// A story that one question tells: from the visit to Taiwan over the broken-off talks, the summit and
// the working group to the three precursors, in the order of time, each step with its day and quote.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <algorithm>
#include <cstdlib>

#include "tests/support/program.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

struct Told {
  std::string day;  // of the step, EDTF
  std::string head, type, tail, valid, quote;
  std::string text() const { return day + " " + head + " " + type + " " + tail + " " + valid; }
};

class Story : public ProgramTest {
 protected:
  // The earliest way by these stations over edges of these types.
  std::vector<Told> chain(const std::string& from, const std::vector<std::string>& stations, const std::string& to) {
    std::vector<std::string> words = {"path", from, to, "--in-time", "earliest", "--possible", "--during", "2022..",
                                      "--type", "PARTICIPATED_IN,AFFILIATED_WITH,PART_OF,SANCTION,CONTROLS", "--mode", "actual", "--json"};
    for (const std::string& station : stations) words.insert(words.end(), {"--through", station});
    const Ran ran = run(words);
    EXPECT_EQ(ran.code, 0) << ran.err;
    std::vector<Told> told;
    if (ran.code != 0) return told;
    const auto answer = boost::json::parse(ran.out).as_object();
    const auto& path = answer.at("paths").at(0).as_object();
    const auto& days = path.at("days").as_array();
    for (std::size_t i = 0; i < days.size(); ++i) {
      const auto& edge = path.at("edges").at(i).as_object();
      const auto text = [&](const char* key) { return std::string(edge.at(key).as_string()); };
      told.push_back({days[i].is_null() ? "" : std::string(days[i].as_string()), text("head"), text("type"), text("tail"),
                      text("valid"), std::string(edge.at("evidence").at(0).at("quote").as_string())});
    }
    return told;
  }

  // Each step is no sooner than the one before, and says why.
  static void expect_in_order(const std::vector<Told>& chain) {
    for (std::size_t i = 0; i < chain.size(); ++i) {
      EXPECT_FALSE(chain[i].quote.empty()) << chain[i].text();
      EXPECT_EQ(chain[i].day.size(), 10U) << chain[i].text();
      if (i > 0) EXPECT_LE(chain[i - 1].day, chain[i].day) << chain[i].text();
    }
  }
  static void expect_step(const std::vector<Told>& chain, const std::string& head, const std::string& type,
                          const std::string& tail, const std::string& day) {
    EXPECT_TRUE(std::any_of(chain.begin(), chain.end(), [&](const Told& step) {
      return step.head == head && step.type == type && step.tail == tail && step.day.starts_with(day);
    })) << head << " " << type << " " << tail << " " << day << " is not in\n" << [&] {
      std::string all;
      for (const Told& step : chain) all += step.text() + "\n";
      return all;
    }();
  }
};

TEST_F(Story, OfThePrecursorsInOurArticles) {
  const std::string folder = ENTENTE_ARTICLES;
  ASSERT_EQ(run({"import", "-q", folder + "/2022-08-beijing-suspends-cooperation.txt",
                 folder + "/2023-11-woodside-summit.txt", folder + "/2024-02-working-group-beijing.txt",
                 folder + "/2024-08-three-precursors.txt"}).code, 0);
  const auto told = chain("Nancy Pelosi-Tsai Ing-wen meeting",
                          {"China", "Biden-Xi summit in California", "U.S.-China Counternarcotics Working Group"},
                          "norfentanyl");
  expect_in_order(told);
  expect_step(told, "Nancy Pelosi", "PARTICIPATED_IN", "Nancy Pelosi-Tsai Ing-wen meeting", "2022-08-02");
  expect_step(told, "China", "SANCTION", "Nancy Pelosi", "2022-08-05");
  expect_step(told, "Xi Jinping", "PARTICIPATED_IN", "Biden-Xi summit in California", "2023-11-15");
  expect_step(told, "China", "CONTROLS", "norfentanyl", "2024-09-01");
}

// Real articles cannot lie beside this program; whoever has them names their folder: 000.txt to 004.txt.
TEST_F(Story, OfThePrecursorsAsNewspapersToldIt) {
  const char* named = std::getenv("ENTENTE_STORY_ARTICLES");
  const fs::path articles = named != nullptr ? named : "";
  if (!fs::exists(articles / "000.txt")) GTEST_SKIP() << "ENTENTE_STORY_ARTICLES names no folder with 000.txt to 004.txt";
  std::vector<std::string> words = {"import", "-q"};
  for (const char* file : {"000.txt", "001.txt", "002.txt", "003.txt", "004.txt"}) words.push_back((articles / file).string());
  ASSERT_EQ(run(words).code, 0);
  const auto told = chain("Pelosi's visit to Taiwan",
                          {"China", "Biden-Xi summit in California",
                           "China-U.S. anti-drug cooperation working group first joint meeting"},
                          "norfentanyl");
  expect_in_order(told);
  expect_step(told, "Nancy Pelosi", "PARTICIPATED_IN", "Pelosi's visit to Taiwan", "2022-08");
  expect_step(told, "China", "SANCTION", "United States", "2022-08");
  expect_step(told, "Xi Jinping", "PARTICIPATED_IN", "Biden-Xi summit in California", "2023-11");
  expect_step(told, "China-U.S. anti-drug cooperation working group", "PARTICIPATED_IN",
              "China-U.S. anti-drug cooperation working group first joint meeting", "2024-01");
  for (const char* precursor : {"norfentanyl", "4-AP", "1-boc-4-AP"}) {
    const auto last = chain("Pelosi's visit to Taiwan", {"China"}, precursor);
    ASSERT_FALSE(last.empty()) << precursor;
    EXPECT_EQ(last.back().type, "CONTROLS");
  }
  expect_step(told, "China", "CONTROLS", "norfentanyl", "2024-09-01");
}

}  // namespace
}  // namespace entente
