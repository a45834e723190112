// Loading a table as a person does it: what became of the rows, what was refused and why, once and not twice.
#include <gtest/gtest.h>
#include <signal.h>
#include <zlib.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/support/program.h"

namespace entente {
namespace {
namespace json = boost::json;

constexpr const char* kMap = "head=source,tail=target,type=relation,from=date";
constexpr const char* kEvents =
    "source,target,relation,date,tone\n"
    "Ruritania,Freedonia,SANCTION,2018-01-02,-2.50\n"
    "Freedonia,Ruritania,THREATEN,2018-01,\n"
    "Ruritania,Freedonia,Make a visit,2018-02-03,1\n";

class Load : public ProgramTest {
 protected:
  json::object asked(std::vector<std::string> words) {
    words.emplace_back("--json");
    const Ran ran = run(words);
    json::error_code fault;
    const json::value answer = json::parse(ran.out, fault);
    EXPECT_FALSE(fault) << words.front() << " " << ran.out << ran.err;
    return fault ? json::object() : answer.as_object();
  }
  // `HEAD TYPE TAIL VALID {properties}` of every edge.
  std::string edges() {
    std::string all;
    const json::array found = asked({"slice"}).at("edges").as_array();
    for (const json::value& edge : found) {
      const auto text = [&](const char* name) { return std::string(edge.at(name).as_string()); };
      all += text("head") + " " + text("type") + " " + text("tail") + " " + text("valid");
      for (const auto& [name, value] : edge.at("properties").as_object()) all += " " + std::string(name) + "=" + std::string(value.as_string());
      all += "\n";
    }
    return all;
  }
  Ran load(const std::string& file, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"load", file, "--map", kMap, "--label", "Government", "--relations", "cameo"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
};

TEST_F(Load, MakesAnEdgeOfEachRowThatCitesItAndKeepsOtherColumnsAsWritten) {
  write("events.csv", kEvents);
  const Ran ran = load("events.csv");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "3 rows: 3 edges; 2 new names, 0 known\n"
            "commit 1; to take it back: entente retract document '#1'\n");
  EXPECT_EQ(edges(),
            "Ruritania SANCTION Freedonia 2018-01-02 tone=-2.50\n"
            "Freedonia THREATEN Ruritania 2018-01\n"
            "Ruritania CONSULT Freedonia 2018-02-03 relation=Make a visit tone=1\n");
  const Ran why = run({"why", "1"});
  EXPECT_EQ(why.code, 0) << why.err;
  EXPECT_NE(why.out.find("events.csv"), std::string::npos) << why.out;
  EXPECT_NE(why.out.find("row 1"), std::string::npos) << why.out;
  EXPECT_EQ(run({"check"}).code, 0);
  EXPECT_NE(run({"documents"}).out.find("3 rows"), std::string::npos);
}

TEST_F(Load, OfTheSameBytesIsDoneOnceAndRetractingTheTableTakesItBack) {
  write("events.csv", kEvents);
  ASSERT_EQ(load("events.csv").code, 0);
  const std::string before = run({"log", "--json"}).out;
  write("copy.csv", kEvents);
  const Ran again = load("copy.csv");
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_NE(again.out.find("loaded before, as document 1; nothing changed"), std::string::npos) << again.out;
  EXPECT_EQ(run({"log", "--json"}).out, before);
  ASSERT_EQ(run({"retract", "document", "events.csv"}).code, 0);
  EXPECT_EQ(edges(), "");
  EXPECT_EQ(load("copy.csv").code, 0);
  EXPECT_NE(edges(), "");
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(Load, ReadsTabsPackedFilesAndJsonLinesAlike) {
  write("events.csv", kEvents);
  ASSERT_EQ(load("events.csv").code, 0);
  const std::string expected = edges();
  write("events.tsv",
        "source\ttarget\trelation\tdate\ttone\nRuritania\tFreedonia\tSANCTION\t2018-01-02\t-2.50\n"
        "Freedonia\tRuritania\tTHREATEN\t2018-01\t\nRuritania\tFreedonia\tMake a visit\t2018-02-03\t1\n");
  write("events.jsonl",
        "{\"source\":\"Ruritania\",\"target\":\"Freedonia\",\"relation\":\"SANCTION\",\"date\":\"2018-01-02\",\"tone\":-2.50}\n"
        "{\"source\":\"Freedonia\",\"target\":\"Ruritania\",\"relation\":\"THREATEN\",\"date\":\"2018-01\",\"tone\":null}\n"
        "{\"tone\":1,\"source\":\"Ruritania\",\"target\":\"Freedonia\",\"relation\":\"Make a visit\",\"date\":\"2018-02-03\"}\n");
  gzFile packed = ::gzopen((folder / "events.csv.gz").c_str(), "wb");
  ::gzwrite(packed, kEvents, unsigned(std::string_view(kEvents).size()));
  ::gzclose(packed);
  for (const char* file : {"events.tsv", "events.jsonl", "events.csv.gz"}) {
    std::filesystem::remove_all(folder / ".entente");
    const Ran ran = load(file, {"-q"});
    EXPECT_EQ(ran.code, 0) << file << ran.err;
    EXPECT_EQ(edges(), expected) << file;
  }
}

TEST_F(Load, CountsRefusedRowsShowsTheFirstFewAndTakesTheOthers) {
  std::string table = kEvents;
  for (int i = 0; i < 7; ++i) table += "Ruritania,Freedonia,BEFRIEND,2018-01-02,\n";
  table += "Ruritania,Freedonia,SANCTION,2018-02-30,\nRuritania,Freedonia\n,Freedonia,SANCTION,2018,\n";
  write("events.csv", table);
  const Ran ran = load("events.csv");
  EXPECT_EQ(ran.code, 4) << ran.err;
  EXPECT_NE(ran.out.find("13 rows: 3 edges, 10 rows refused;"), std::string::npos) << ran.out;
  EXPECT_NE(ran.err.find("row 4 refused, line 5: no edge type is called 'BEFRIEND'"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("and 5 rows more"), std::string::npos) << ran.err;
  const json::object again = asked({"load", "events.csv", "--map", kMap, "--label", "Government", "--relations", "cameo", "--dry-run"});
  EXPECT_EQ(again.at("refused").to_number<int>(), 10);
  EXPECT_EQ(again.at("files").at(0).at("refusals").at(0).at("row").to_number<int>(), 4);
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(Load, StrictlyOrWithTooManyRefusedLoadsNothing) {
  write("events.csv", std::string(kEvents) + "Ruritania,Freedonia,BEFRIEND,2018,\nRuritania,Freedonia,BEFRIEND,2018,\n");
  for (const std::vector<std::string>& more : {std::vector<std::string>{"--strict"}, {"--max-refused", "1"}}) {
    const Ran ran = load("events.csv", more);
    EXPECT_EQ(ran.code, 4) << ran.err;
    EXPECT_NE(ran.err.find("refused, more than the "), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("nothing was loaded"), std::string::npos) << ran.err;
    EXPECT_EQ(run({"log"}).code, 1);
  }
  EXPECT_EQ(load("events.csv", {"--max-refused", "2"}).code, 4);
  EXPECT_EQ(edges().find("Ruritania SANCTION"), 0u);
}

// So a run that was cut short is gone on with by the same command.
TEST_F(Load, OfManyFilesMakesACommitOfEachAndTakesUpWhereItStopped) {
  std::vector<std::string> words = {"load"};
  for (int day = 1; day <= 4; ++day) {
    const std::string file = "day" + std::to_string(day) + ".csv";
    write(file, "source,target,relation,date\nRuritania,Freedonia,SANCTION,2018-01-0" + std::to_string(day) + "\n");
    words.push_back(file);
  }
  const std::vector<std::string> rest = {"--map", "head=source,tail=target,type=relation,from=date", "--label", "Government"};
  write("day3.csv", "source,target\nRuritania,Freedonia\n");
  words.insert(words.end(), rest.begin(), rest.end());
  const Ran ran = run(words);
  EXPECT_EQ(ran.code, 4);
  EXPECT_NE(ran.out.find("day2.csv: 1 row: 1 edge; 0 new names, 2 known\nday2.csv: commit 2;"), std::string::npos) << ran.out;
  EXPECT_NE(ran.err.find("day3.csv: there is no column 'date'; there are source, target"), std::string::npos) << ran.err;
  EXPECT_NE(ran.out.find("day4.csv: commit 3;"), std::string::npos) << ran.out;
  write("day3.csv", "source,target,relation,date\nRuritania,Freedonia,SANCTION,2018-01-03\n");
  const json::object again = asked(words);
  EXPECT_EQ(again.at("edges").to_number<int>(), 1);
  EXPECT_EQ(again.at("files").as_array().size(), 4u);
  EXPECT_TRUE(again.at("files").at(0).at("already_there").as_bool());
  EXPECT_EQ(again.at("files").at(2).at("commit").to_number<int>(), 4);
  EXPECT_EQ(edges(), "Ruritania SANCTION Freedonia 2018-01-01\nRuritania SANCTION Freedonia 2018-01-02\n"
                     "Ruritania SANCTION Freedonia 2018-01-04\nRuritania SANCTION Freedonia 2018-01-03\n");
}

TEST_F(Load, InADryRunChangesNothing) {
  write("events.csv", kEvents);
  const Ran ran = load("events.csv", {"--dry-run"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "3 rows: 3 edges; a dry run, nothing was loaded\n");
  EXPECT_FALSE(std::filesystem::exists(folder / ".entente"));
}

TEST_F(Load, OfWhatIsWrongGetsOneLineACodeAndMakesNoDatabase) {
  write("events.csv", kEvents);
  write("empty.csv", "");
  write("cut.csv.gz", std::string_view("\x1f\x8b\x08\0\0\0\0\0", 8));
  const Wrong cases[] = {
      {{"load", "events.csv"}, 2, "--map"},
      {{"load", "nowhere.csv", "--map", kMap, "--label", "Government"}, 4, "cannot read nowhere.csv: No such file"},
      {{"load", ".", "--map", kMap, "--label", "Government"}, 4, "is a folder; name a file"},
      {{"load", "events.csv", "--map", kMap}, 2, "say what the names are: --label Government"},
      {{"load", "events.csv", "--map", kMap, "--label", "Goverment"}, 2, "did you mean Government?"},
      {{"load", "events.csv", "--map", "head=source", "--label", "Government"}, 2, "--map: the map lacks 'tail'"},
      {{"load", "events.csv", "--map", "who=source", "--label", "Government"}, 2, "--map: a map has no part 'who'"},
      {{"load", "events.csv", "--map", kMap, "--label", "Government", "--memory", "lots"}, 2, "write 512M or 2G"},
      {{"load", "events.csv", "--map", kMap, "--label", "Government", "--relations", "nowhere"}, 2, "--relations: cannot read"},
      {{"load", "events.csv", "--map", kMap, "--label", "Government", "--published", "soon"}, 2, "--published"},
      {{"load", "events.csv", "--map", kMap, "--label", "Government", "--max-refused", "few"}, 2, "not a number of rows"},
  };
  for (const Wrong& wrong : cases) {
    expect_refused(wrong);
    EXPECT_FALSE(std::filesystem::exists(folder / ".entente")) << wrong.sentence;
  }
  // What only the file itself can tell.
  for (const auto& [file, sentence] : {std::pair("empty.csv", "the file is empty"), std::pair("cut.csv.gz", "damaged or cut short")}) {
    const Ran ran = load(file, {"-q"});
    EXPECT_EQ(ran.code, 4) << ran.err;
    EXPECT_NE(ran.err.find(sentence), std::string::npos) << ran.err;
  }
  const Ran column = run({"load", "-q", "events.csv", "--map", "head=source,tail=to,type=relation", "--label", "Government"});
  EXPECT_EQ(column.code, 4);
  EXPECT_NE(column.err.find("there is no column 'to'; there are source, target, relation, date, tone"), std::string::npos) << column.err;
}

TEST_F(Load, MakesTheImageThatQuestionsReadUnlessToldNotTo) {
  std::string table = "source,target,relation,date\n";
  for (int i = 0; i < 20'000; ++i) table += "A" + std::to_string(i % 97) + ",B" + std::to_string(i) + ",SANCTION,2018-01-02\n";
  write("events.csv", table);
  EXPECT_EQ(load("events.csv", {"--no-image", "--db", "without"}).code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder / "without" / "image"));
  const Ran ran = load("events.csv", {"--db", "with"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(std::filesystem::exists(folder / "with" / "image"));
  EXPECT_EQ(run({"path", "A1", "B2", "--db", "with"}).out, run({"path", "A1", "B2", "--db", "without"}).out);
}

TEST_F(Load, AnImageThatIsMadeAsideIsWaitedForByWhoAsks) {
  std::string table = "source,target,relation,date\n";
  for (int i = 0; i < 30'000; ++i) table += "A" + std::to_string(i % 97) + ",B" + std::to_string(i) + ",SANCTION,2018-01-02\n";
  write("events.csv", table);
  const Ran ran = load("events.csv", {"--image-aside", "--db", "aside"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const Ran path = run({"path", "A1", "B98", "--db", "aside"});
  EXPECT_EQ(path.code, 0) << path.err;
  // It waited: the image is there, and nobody left a second one half made.
  std::vector<std::string> images;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "aside"))
    if (entry.path().filename().string().starts_with("image")) images.push_back(entry.path().filename().string());
  std::sort(images.begin(), images.end());
  EXPECT_EQ(images, (std::vector<std::string>{"image", "image.lock"}));
  EXPECT_EQ(load("events.csv", {"--no-image", "--db", "without"}).code, 0);
  EXPECT_EQ(path.out, run({"path", "A1", "B98", "--db", "without"}).out);
}

TEST_F(Load, KilledInTheMiddleIsDoneOnceByASecondRun) {
  std::string table = "source,target,relation,date,tone\n";
  for (int i = 0; i < 60'000; ++i)
    table += "A" + std::to_string(i % 97) + ",B" + std::to_string(i % 89) + ",SANCTION,2018-01-02," + std::to_string(i) + "\n";
  write("events.csv", table);
  for (int kills = 0; kills < 3; ++kills) {
    const pid_t child = start({"load", "-q", "events.csv", "--map", kMap, "--label", "Government"});
    ::usleep(1000 * unsigned(150 + 250 * kills));
    ::kill(child, SIGKILL);
    finish(child);
  }
  EXPECT_EQ(load("events.csv", {"-q"}).code, 0);
  EXPECT_EQ(load("events.csv", {"-q"}).code, 0);
  EXPECT_EQ(run({"check"}).code, 0);
  const json::array documents = asked({"documents"}).at("documents").as_array();
  ASSERT_EQ(documents.size(), 1u);
  EXPECT_EQ(documents[0].at("rows").to_number<int>(), 60'000);
}

}  // namespace
}  // namespace entente
