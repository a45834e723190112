// Every bad input: one clear line, the right exit code, nothing changed.
#include <gtest/gtest.h>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {
using Mistake = ProgramTest;

TEST_F(Mistake, InTheQuestionGetsOneLineAndACode) {
  write("a.txt", kScheduling);
  ASSERT_EQ(run({"import", "-q", "a.txt"}).code, 0);
  const Wrong cases[] = {
      {{"slice", "--as-of", "2024-02-30"}, 2, "--as-of: 2024-02-30 is not a day of the calendar"},
      {{"slice", "--as-of", "soon"}, 2, "--as-of: cannot read 'soon' as a date"},
      {{"slice", "--during", "2024..2023"}, 2, "--during: '2024..2023' ends before it starts"},
      {{"slice", "--as-of", "2024", "--during", "2023..2024"}, 2, "use one"},
      {{"slice", "--known-by", "#99"}, 2, "there is no commit 99 yet"},
      {{"slice", "--type", "CONTROL"}, 2, "--type: no edge type is called 'CONTROL'; did you mean CONTROLS?"},
      {{"slice", "--label", "Goverment"}, 2, "did you mean Government?"},
      {{"slice", "--mode", "real"}, 2, "the modes are actual, planned, requested, alleged"},
      {{"slice", "--family", "odd"}, 2, "there are structure"},
      {{"slice", "--min-confidence", "7"}, 2, "min-confidence"},
      {{"rank", "--by", "fame"}, 2, "betweenness"},
      {{"timeline", "China", "--by", "eon"}, 2, "there are year, quarter, month"},
      {{"path", "China", "Ruritania"}, 1, "no node is called 'Ruritania'"},
      {{"path", "norfentanil", "China"}, 1, "did you mean norfentanyl"},
      {{"path", "China"}, 2, "to"},
      {{"why", "many"}, 2, "is not an edge"},
      {{"why", "99999"}, 1, "there is no edge 99999"},
      {{"show", "#99999"}, 1, "there is no node #99999"},
      {{"pth", "China", "fentanyl"}, 2, "there is no command 'pth'; did you mean 'path'?"},
      {{"slice", "--colour"}, 2, "--help"},
      {{"help", "tme"}, 2, "did you mean 'time'?"},
      {{"import"}, 2, "files"},
      {{"import", "a.txt", "--published", "yesterday"}, 2, "--published"},
  };
  const std::string before = run({"log", "--json"}).out;
  for (const Wrong& wrong : cases) expect_refused(wrong);
  EXPECT_EQ(run({"log", "--json"}).out, before);
}

TEST_F(Mistake, InTheDatabaseGetsOneLineAndCodeThree) {
  std::filesystem::create_directory(folder / "letters");
  write("letters/dear.txt", "Dear");
  write("file", "x");
  std::filesystem::create_directory(folder / "newer");
  write("newer/ENTENTE", "entente database\nformat 9\nid 0\nstate ready\n");
  const std::pair<const char*, const char*> places[] = {
      {"nowhere", "there is no database at nowhere"},
      {"letters", "letters is not an Entente database"},
      {"file", "file is a file"},
      {"newer", "made by a newer Entente: its format is 9"}};
  write("a.txt", kScheduling);
  for (const auto& [place, sentence] : places) {
    for (const std::vector<std::string>& question :
         {std::vector<std::string>{"stats", "--db", place}, {"check", "--db", place}, {"log", "--db", place}}) {
      const Ran ran = run(question);
      EXPECT_EQ(ran.code, 3) << place << " " << question.front();
      EXPECT_NE(ran.err.find(sentence), std::string::npos) << ran.err;
      EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    }
    if (std::string_view(place) == "nowhere") continue;
    const Ran import = run({"import", "a.txt", "--db", place});
    EXPECT_EQ(import.code, 3) << place;
    EXPECT_NE(import.err.find(sentence), std::string::npos) << import.err;
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "nowhere"));
  EXPECT_FALSE(std::filesystem::exists(folder / "letters" / "ENTENTE"));
}

TEST_F(Mistake, TextFromAnArticleCannotSpeakToTheTerminal) {
  write("a.txt",
        "On May 2, 2024, China sanctioned Mexico, and \x1b[2J the officials of "
        "\u202e Mexico wept.\n");
  ASSERT_EQ(run({"import", "-q", "a.txt", "--published", "2024-05-03"}).code, 0);
  const Ran ran = run({"path", "China", "Mexico"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(ran.out.find("\u202e"), std::string::npos);
}

TEST_F(Mistake, IsNotMadeByAskingForHelp) {
  for (const std::vector<std::string>& question :
       {std::vector<std::string>{}, {"--help"}, {"path", "--help"}, {"help"}, {"help", "ontology"}, {"--version"}}) {
    const Ran ran = run(question);
    EXPECT_EQ(ran.code, 0);
    EXPECT_FALSE(ran.out.empty());
    EXPECT_EQ(ran.err, "");
  }
}

}  // namespace
}  // namespace entente
