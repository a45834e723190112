// Putting right what is stored, as a person does it: what it says, what it changes, how it is taken back.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {
namespace json = boost::json;

// Two articles that both say that China controls norfentanyl: the first with the day, the second without.
class Verbs : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("first.txt", kScheduling);
    write("second.txt", kSupply);
    ASSERT_EQ(run({"import", "-q", "first.txt", "second.txt"}).code, 0);
  }

  json::object asked(std::vector<std::string> words) {
    words.emplace_back("--json");
    const Ran ran = run(words);
    EXPECT_LE(ran.code, 1) << words.front() << " " << ran.err;  // found, or nothing found
    json::error_code fault;
    const json::value answer = json::parse(ran.out, fault);
    EXPECT_FALSE(fault) << ran.out;
    return fault ? json::object() : answer.as_object();
  }
  // The first edge of that type into that tail; null if there is none.
  json::value edge(const std::string& type, const std::string& tail) {
    const json::array found = asked({"slice"}).at("edges").as_array();
    for (const json::value& edge : found)
      if (edge.at("type") == type.c_str() && edge.at("tail") == tail.c_str()) return edge;
    return nullptr;
  }
  std::string number(const json::value& edge) { return std::to_string(edge.at("id").as_int64()); }
  std::int64_t commits() { return asked({"log", "--limit", "1"}).at("commits").at(0).at("commit").to_number<std::int64_t>(); }
  // Does any file of the database hold these words?
  bool is_on_disk(std::string_view words) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder / ".entente"))
      if (file.is_regular_file() && read_file(file.path()).find(words) != std::string::npos) return true;
    return false;
  }
  // All that is believed, but for the numbers of the commits that made it so.
  std::string exported(const std::string& known_by = "") {
    std::vector<std::string> words = {"slice", "--json", "--mentions", "--negated"};
    if (!known_by.empty()) words.insert(words.end(), {"--known-by", known_by});
    std::string out = run(words).out;
    for (std::size_t at = 0; (at = out.find("\"commit\":", at)) != std::string::npos;)
      out.erase(at, out.find_first_of(",}", at) - at);
    return out;
  }
};

TEST_F(Verbs, FindADocumentAndItsStatementsByTheirNumbers) {
  const json::array documents = asked({"documents"}).at("documents").as_array();
  ASSERT_EQ(documents.size(), 2u);
  EXPECT_EQ(documents[0].at("name"), "first");
  EXPECT_EQ(documents[1].at("title"), "Where the cartel buys");
  EXPECT_EQ(asked({"documents", "cartel"}).at("documents").as_array().size(), 1u);
  EXPECT_EQ(run({"documents", "Ruritania"}).code, 1);
  const Ran why = run({"why", number(edge("CONTROLS", "norfentanyl"))});
  EXPECT_NE(why.out.find("statement "), std::string::npos) << why.out;
  EXPECT_NE(why.out.find("document #1 first characters"), std::string::npos) << why.out;
}

TEST_F(Verbs, RetractOneOfTwoArticlesLeavesTheEdgeAndBothEndItAndYesterdayStillHasIt) {
  const std::string yesterday = run({"slice", "--json", "--known-by", "#2"}).out;
  const json::value both = edge("CONTROLS", "norfentanyl");
  ASSERT_EQ(both.at("evidence").as_array().size(), 2u);

  const Ran first = run({"retract", "document", "first", "--author", "Ana", "--note", "withdrawn by the paper"});
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_NE(first.out.find("document 1 (Three precursors come under control) retracted\n"), std::string::npos) << first.out;
  EXPECT_NE(first.out.find("commit 3; to take it back: entente undo 3\n"), std::string::npos) << first.out;
  const json::value one = edge("CONTROLS", "norfentanyl");
  EXPECT_EQ(one.at("evidence").as_array().size(), 1u);
  EXPECT_LT(one.at("confidence").to_number<double>(), both.at("confidence").to_number<double>());

  ASSERT_EQ(run({"retract", "document", "Where the cartel buys"}).code, 0);
  EXPECT_TRUE(edge("CONTROLS", "norfentanyl").is_null());
  EXPECT_EQ(run({"slice", "--json", "--known-by", "#2"}).out, yesterday);
  EXPECT_EQ(asked({"documents", "--retracted"}).at("documents").as_array().size(), 2u);

  const json::value told = asked({"log"}).at("commits").at(1);
  EXPECT_EQ(told.at("author"), "Ana");
  EXPECT_EQ(told.at("note"), "withdrawn by the paper");
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(Verbs, UndoBringsBackWhatWasRetractedAndSaysHowToTakeThatBack) {
  const std::string before = exported();
  ASSERT_EQ(run({"retract", "commit", "2"}).code, 0);
  EXPECT_NE(exported(), before);
  const Ran undone = run({"undo", "#3"});
  EXPECT_EQ(undone.code, 0) << undone.err;
  EXPECT_NE(undone.out.find("commit 3 undone"), std::string::npos) << undone.out;
  EXPECT_NE(undone.out.find("entente undo 4"), std::string::npos) << undone.out;
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(Verbs, RetractAStatementOfAnEdge) {
  const json::value both = edge("CONTROLS", "norfentanyl");
  const std::string statement = std::to_string(both.at("evidence").at(0).at("statement").as_int64());
  const json::object done = asked({"retract", "statement", statement});
  EXPECT_EQ(done.at("verb"), "retract");
  EXPECT_EQ(done.at("effect").at("changed_edges").to_number<int>(), 1);
  EXPECT_EQ(done.at("effect").at("ended_edges").to_number<int>(), 0);
  EXPECT_EQ(done.at("undo"), "entente undo 3");
  EXPECT_EQ(edge("CONTROLS", "norfentanyl").at("evidence").as_array().size(), 1u);
}

TEST_F(Verbs, CorrectKeepsWhatWasBelievedAndChangeEndsAnEdgeByTheWordsOfADocument) {
  const std::string id = number(edge("CONTROLS", "norfentanyl"));
  ASSERT_EQ(run({"correct", id, "--valid", "2024-08-15/..", "--note", "the gazette has the day"}).code, 0);
  EXPECT_EQ(edge("CONTROLS", "norfentanyl").at("valid"), "2024-08-15/..");
  EXPECT_NE(asked({"why", id, "--known-by", "#2"}).at("edge").at("valid"), "2024-08-15/..");

  write("third.txt", "---\ntitle: The control is lifted\npublished: 2025-03-02\n---\nOn March 1, 2025, China met Mexico.\n");
  ASSERT_EQ(run({"import", "-q", "third.txt"}).code, 0);
  const json::object changed = asked({"change", id, "--at", "2025-03-01", "--document", "third", "--quote",
                                      "On March 1, 2025, China met Mexico."});
  EXPECT_EQ(std::to_string(changed.at("edge").to_number<int>()), id);
  EXPECT_EQ(edge("CONTROLS", "norfentanyl").at("valid"), "2024-08-15/2025-02-28");
  EXPECT_NE(run({"why", id}).out.find("tells its end"), std::string::npos);
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(Verbs, MergeThenUnmergeByNameRestoresTheSameBytes) {
  const std::string before = exported();
  const Ran merged = run({"merge", "norfentanyl", "fentanyl"});
  ASSERT_EQ(merged.code, 0) << merged.err;
  EXPECT_NE(merged.out.find("fentanyl (node #"), std::string::npos) << merged.out;
  EXPECT_NE(merged.out.find("is one with norfentanyl"), std::string::npos) << merged.out;
  EXPECT_NE(exported(), before);
  const Ran apart = run({"unmerge", "fentanyl"});
  ASSERT_EQ(apart.code, 0) << apart.err;
  EXPECT_EQ(exported(), before);
  EXPECT_EQ(run({"unmerge", "fentanyl"}).code, 1);
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(Verbs, CorrectNodeRenamesAndKeepsTheOldNameAsAnAlias) {
  ASSERT_EQ(run({"correct-node", "norfentanyl", "--name", "Norfentanyl hydrochloride", "--set", "schedule=1"}).code, 0);
  const json::object shown = asked({"show", "norfentanyl"});
  EXPECT_EQ(shown.at("node").at("name"), "Norfentanyl hydrochloride");
  EXPECT_EQ(shown.at("node").at("properties").at("schedule").to_number<int>(), 1);
}

TEST_F(Verbs, PurgeAsksForYesAndLeavesTheAuditInTheLog) {
  const std::int64_t before = commits();
  const Ran asked_first = run({"purge", "document", "second"});
  EXPECT_EQ(asked_first.code, 2);
  EXPECT_NE(asked_first.err.find("cannot be undone; nothing was done: say --yes"), std::string::npos) << asked_first.err;
  EXPECT_EQ(commits(), before);
  ASSERT_TRUE(is_on_disk("Sinaloa"));
  const Ran purged = run({"purge", "document", "second", "--yes", "--author", "Ana", "--note", "request 17"});
  ASSERT_EQ(purged.code, 0) << purged.err;
  EXPECT_NE(purged.out.find("it cannot be undone"), std::string::npos) << purged.out;
  EXPECT_EQ(run({"show", "Sinaloa Cartel"}).code, 1);
  EXPECT_EQ(run({"show", "Sinaloa Cartel", "--known-by", "#2"}).code, 1);
  const json::value told = asked({"log", "--limit", "1"}).at("commits").at(0);
  EXPECT_EQ(told.at("author"), "Ana");
  EXPECT_EQ(told.at("note"), "request 17");
  const Ran undo = run({"undo", "3"});
  EXPECT_EQ(undo.code, 2);
  EXPECT_NE(undo.err.find("what a purge erased does not come back"), std::string::npos) << undo.err;
  EXPECT_FALSE(is_on_disk("Sinaloa"));
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(Verbs, WithTheSameKeyApplyOnce) {
  ASSERT_EQ(run({"retract", "document", "first", "--key", "job-1"}).code, 0);
  const std::int64_t before = commits();
  const Ran again = run({"retract", "document", "first", "--key", "job-1"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(again.out, "done before under this key, as commit 3; nothing changed\n");
  EXPECT_EQ(commits(), before);
}

TEST_F(Verbs, TellInADryRunWhatTheyWouldDoAndChangeNothing) {
  const std::string before = run({"log", "--json"}).out;
  const Ran ran = run({"retract", "document", "second", "--dry-run"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("would be: document 2 (Where the cartel buys) retracted"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("edges ended"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("nothing changed"), std::string::npos) << ran.out;
  EXPECT_EQ(run({"purge", "document", "second", "--dry-run"}).code, 0);
  EXPECT_EQ(run({"log", "--json"}).out, before);
}

TEST_F(Verbs, OfWhatIsWrongGetOneLineACodeAndChangeNothing) {
  write("copy.txt", "---\ntitle: Three precursors come under control\n---\nMexico met China in May 2024.\n");
  ASSERT_EQ(run({"import", "-q", "copy.txt"}).code, 0);
  const std::string id = number(edge("CONTROLS", "norfentanyl"));
  const Wrong cases[] = {
      {{"retract", "article", "first"}, 2, "'article' cannot be retracted; write statement, edge, document or commit"},
      {{"retract", "document", "nowhere"}, 1, "no document is called 'nowhere'; 'entente documents' lists them"},
      {{"retract", "document", "#77"}, 1, "there is no document 77"},
      {{"retract", "document", "Three precursors come under control"}, 2, "may be #1 Three precursors"},
      {{"retract", "statement", "x"}, 2, "'entente why EDGE' prints them"},
      {{"retract", "statement", "99999"}, 1, "no edge has a statement 99999"},
      {{"retract", "commit", "99"}, 1, "there is no commit 99"},
      {{"retract", "edge", "99999"}, 1, "there is no edge 99999"},
      {{"correct", id}, 2, "says that already: nothing to correct"},
      {{"correct", id, "--valid", "2024-02-30"}, 2, "--valid: 2024-02-30 is not a day"},
      {{"correct", id, "--tail", "Ruritania"}, 1, "--tail: no node is called 'Ruritania'"},
      {{"correct", id, "--type", "CONTROL"}, 2, "did you mean CONTROLS?"},
      {{"correct", id, "--type", "OWNS", "--tail", "Sinaloa Cartel", "--head", "norfentanyl"}, 2, "OWNS"},
      {{"correct", id, "--confidence", "7"}, 2, "a confidence lies in (0, 1]"},
      {{"correct", id, "--negated", "--asserted"}, 2, "use one"},
      {{"correct", id, "--statement", "99999", "--valid", "2020"}, 1, "has no statement 99999"},
      {{"correct", id, "--drop", "dose"}, 2, "has no property 'dose'"},
      {{"correct", id, "--set", "dose"}, 2, "write NAME=VALUE"},
      {{"change", id, "--document", "first", "--quote", "x"}, 2, "--at"},
      {{"change", id, "--at", "2025", "--document", "first", "--quote", "not there"}, 2, "does not have these words"},
      {{"change", id, "--at", "2025", "--document", "first", "--quote", "China"}, 2, "more than once"},
      {{"merge", "norfentanyl", "norfentanyl"}, 2, "are one already"},
      {{"merge", "norfentanyl", "norfentanil"}, 1, "did you mean norfentanyl"},
      {{"merge", "#1", "#99999"}, 1, "there is no node #99999"},
      {{"unmerge", "norfentanyl"}, 1, "was merged into another"},
      {{"undo", "soon"}, 2, "is not a commit"},
      {{"undo", "99"}, 1, "there is no commit 99"},
      {{"purge", "edge", "1", "--yes"}, 2, "'edge' cannot be purged"},
      {{"conflicts", "--rule", "odd"}, 2, "there are denied, dates, spells"},
  };
  const std::string before = run({"log", "--json"}).out;
  for (const Wrong& wrong : cases) expect_refused(wrong);
  EXPECT_EQ(run({"log", "--json"}).out, before);
  const Ran nowhere = run({"undo", "1", "--db", "nowhere"});
  EXPECT_EQ(nowhere.code, 3) << nowhere.err;
  EXPECT_FALSE(std::filesystem::exists(folder / "nowhere"));
}

TEST_F(Verbs, ConflictsNameBothEdgesAndTheRule) {
  EXPECT_EQ(run({"conflicts"}).code, 1);
  const std::string id = number(edge("TRAFFICS", "fentanyl"));
  // The same statement from another source, then put right to another time: both stay, and are listed.
  write("again.txt", "---\ntitle: Again\npublished: 2024-10-03\n---\nThe Sinaloa Cartel traffics fentanyl.\n");
  ASSERT_EQ(run({"import", "-q", "again.txt"}).code, 0);
  const json::array evidence = edge("TRAFFICS", "fentanyl").at("evidence").as_array();
  ASSERT_EQ(evidence.size(), 2u);
  const auto statement = [&](int place) { return std::to_string(evidence[std::size_t(place)].at("statement").as_int64()); };
  ASSERT_EQ(run({"correct", id, "--statement", statement(0), "--valid", "2018/2021"}).code, 0);
  ASSERT_EQ(run({"correct", id, "--statement", statement(1), "--valid", "2020/2023"}).code, 0);
  const json::array found = asked({"conflicts"}).at("conflicts").as_array();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].at("rule"), "dates");
  EXPECT_EQ(found[0].at("first").at("tail"), "fentanyl");
  EXPECT_NE(found[0].at("first").at("valid"), found[0].at("second").at("valid"));
  EXPECT_NE(run({"conflicts"}).out.find("dates: two sources give different times for one lasting state"), std::string::npos);
  EXPECT_EQ(run({"conflicts", "--rule", "denied"}).code, 1);
  EXPECT_EQ(run({"conflicts", "--as-of", "2030"}).code, 1);
}

}  // namespace
}  // namespace entente
