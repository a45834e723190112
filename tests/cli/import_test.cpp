// Importing as a user does it: what is in stays in, what is wrong changes nothing.
#include <gtest/gtest.h>
#include <signal.h>

#include <random>

#include "tests/support/model_server.h"
#include "tests/support/pdf_file.h"
#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {
using Import = ProgramTest;

TEST_F(Import, MakesTheDatabaseAndSaysSo) {
  write("a.txt", kScheduling);
  const Ran ran = run({"import", "a.txt"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.err.find("made a new database in .entente"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.out, "1 article imported\n");
  EXPECT_TRUE(std::filesystem::exists(folder / ".entente" / "ENTENTE"));
}

TEST_F(Import, OfTheSameFilesChangesNothingAndSaysSo) {
  write("a.txt", kScheduling);
  write("b.txt", kSupply);
  ASSERT_EQ(run({"import", "a.txt", "b.txt"}).code, 0);
  const std::string before = run({"log", "--json"}).out;
  const Ran again = run({"import", "a.txt", "b.txt"});
  EXPECT_EQ(again.code, 0);
  EXPECT_EQ(again.out, "0 articles imported, 2 already there; nothing changed\n");
  EXPECT_EQ(run({"log", "--json"}).out, before);
}

TEST_F(Import, NamesEachFileThatItCannotReadAndTakesTheOthers) {
  write("a.txt", kScheduling);
  write("empty.txt", "");
  write("binary.txt", std::string_view("\x7f\x45LF\0\1\2", 7));
  write("latin.txt", "Caf\xe9 society met.");
  const Ran ran = run({"import", "-q", "a.txt", "missing.txt", "empty.txt", "binary.txt", "latin.txt"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(ran.out, "1 article imported, 4 refused\n");
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 4) << ran.err;
  for (const char* name : {"missing.txt: No such file", "empty.txt is empty", "binary.txt is a binary",
                           "latin.txt is no UTF-8"})
    EXPECT_NE(ran.err.find(name), std::string::npos) << name << "\n" << ran.err;
}

TEST_F(Import, OfNothingReadableMakesNoDatabase) {
  const Ran ran = run({"import", "missing.txt"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_FALSE(std::filesystem::exists(folder / ".entente"));
}

TEST_F(Import, DryRunPrintsAndChangesNothing) {
  write("a.txt", kScheduling);
  const Ran ran = run({"import", "--dry-run", "a.txt"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_NE(ran.out.find("CONTROLS"), std::string::npos) << ran.out;
  EXPECT_FALSE(std::filesystem::exists(folder / ".entente"));
}

TEST_F(Import, KilledInTheMiddleIsCompletedByASecondRun) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(ENTENTE_ARTICLES))
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  std::vector<std::string> command = {"import"};
  command.insert(command.end(), files.begin(), files.end());

  std::mt19937 random(7);
  for (int kills = 0; kills < 4; ++kills) {
    const pid_t child = start(command);
    ::usleep(1000 * (200 + random() % 1500));
    ::kill(child, SIGKILL);
    finish(child);
    if (std::filesystem::exists(folder / ".entente" / "ENTENTE")) {
      const Ran check = run({"check"});
      // A creation that was cut short holds nothing yet, and says so.
      EXPECT_TRUE(check.code == 0 || check.err.find("cut short") != std::string::npos) << check.out << check.err;
    }
  }
  EXPECT_EQ(run(command).code, 0);
  EXPECT_EQ(run({"check"}).code, 0);
  EXPECT_NE(run({"stats"}).out.find(std::to_string(files.size()) + " documents"), std::string::npos);
}

TEST_F(Import, ExtractWritesTheGoldFormatWithoutADatabase) {
  write("a.txt", kScheduling);
  const Ran ran = run({"extract", "a.txt", "--out", "found"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const std::string relations = read_file(folder / "found" / "a.jsonl");
  EXPECT_NE(relations.find("\"doc\": \"a\""), std::string::npos) << relations;
  EXPECT_NE(read_file(folder / "found" / "a.entities.jsonl").find("norfentanyl"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / ".entente"));
}

TEST_F(Import, OfAPdfCitesThePageAndOfAPageWithAnAuthorTheAuthor) {
  write("report.pdf", pdf_file({"The report is about trade in the region and what came of it.",
                                "China sanctioned Norway on May 3, 2024.", "Canada sanctioned Norway on May 4, 2024."}));
  write("page.html", "<html><head><title>Brazil acts</title><meta name=author content='Ana Roe'></head><body>"
                     "<article><p>Brazil sanctioned Norway on May 5, 2024. The ministry said so in a long statement.</p></article></body></html>");
  ASSERT_EQ(run({"import", "-q", "report.pdf", "page.html"}).code, 0);
  const Ran china = run({"path", "China", "Norway"}), canada = run({"path", "Canada", "Norway"});
  EXPECT_NE(china.out.find(", page 2\n"), std::string::npos) << china.out << china.err;
  EXPECT_NE(canada.out.find(", page 3\n"), std::string::npos) << canada.out << canada.err;
  const Ran brazil = run({"path", "Brazil", "Norway", "--json"});
  EXPECT_NE(brazil.out.find("\"author\":\"Ana Roe\",\"page\":null"), std::string::npos) << brazil.out << brazil.err;
  EXPECT_EQ(run({"check"}).code, 0);
}

// ---- a second reader

TEST_F(Import, AsksASecondReaderAndKeepsWhatTheArticleSays) {
  write("a.txt", kScheduling);
  const ModelServer server([](const std::string&) {
    return ModelServer::saying(R"({"edges":[{"sentence":2,"quote":"not there","head":"e1","tail":"e2","type":"SUPPORT","mode":"actual"}]})");
  });
  const std::vector<std::string> asked = {"import", "a.txt", "--reader", "llm", "--endpoint", server.url(), "--model", "local"};
  const Ran ran = run(asked);
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.err.find("a.txt: the second reader found 0 claims of these too, and 0 more; 1 proposal refused (1: the quote is not in the sentence)"),
            std::string::npos)
      << ran.err;
  EXPECT_EQ(server.heard().size(), 1u);
}

TEST_F(Import, OfWhatTheSecondReaderCouldNotReadStoresNothingAndGoesOn) {
  write("a.txt", kScheduling);
  write("b.txt", kSupply);
  std::atomic<int> asked = 0;
  const ModelServer server([&](const std::string&) {
    return asked++ == 0 ? ModelServer::response("busy", "503 Service Unavailable") : ModelServer::saying("{\"edges\":[]}");
  });
  const Ran ran = run({"import", "-q", "a.txt", "b.txt", "--jobs", "1", "--reader", "llm", "--endpoint", server.url(), "--model", "local"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(ran.out, "1 article imported, 1 refused\n");
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
  EXPECT_NE(ran.err.find("a.txt: the endpoint " + server.url() + ": it answers with status 503"), std::string::npos) << ran.err;
}

TEST_F(Import, AsksNobodyUnlessToldWhomAndNoOtherMachine) {
  write("a.txt", kScheduling);
  expect_refused({{"import", "a.txt", "--reader", "oracle"}, 2, "there is no reader 'oracle'"});
  expect_refused({{"import", "a.txt", "--reader", "llm"}, 2, "needs --endpoint URL and --model NAME"});
  expect_refused({{"import", "a.txt", "--endpoint", "http://127.0.0.1:1/v1"}, 2, "say --reader llm"});
  expect_refused({{"import", "a.txt", "--reader", "llm", "--endpoint", "http://127.0.0.1:1/v1"}, 2, "name the model"});
  expect_refused({{"import", "a.txt", "--reader", "llm", "--endpoint", "https://models.example/v1", "--model", "m"}, 2, "--allow-remote"});
  EXPECT_FALSE(std::filesystem::exists(folder / ".entente"));
}

}  // namespace
}  // namespace entente
