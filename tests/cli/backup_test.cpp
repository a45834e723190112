// Copies away and back, from the command line, and what is said when it goes wrong.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

class BackupCommand : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("a.txt", kScheduling), write("b.txt", kSupply);
    ASSERT_EQ(run({"import", "-q", "a.txt"}).code, 0);
    ASSERT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  }
  std::string everything(const std::string& database, const std::string& known_by = "") {
    std::vector<std::string> words = {"export", "--format", "node-link", "--db", database};
    if (!known_by.empty()) words.insert(words.end(), {"--known-by", known_by});
    const Ran ran = run(words);
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.out;
  }
  // Flips a byte in the middle of each data file.
  void damage(const std::string& database) {
    int damaged = 0;
    for (const auto& entry : fs::directory_iterator(folder / database / "rocks"))
      if (entry.path().extension() == ".sst") {
        std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(8), file.put('\x5a'), ++damaged;
      }
    ASSERT_GT(damaged, 0);
  }
};

TEST_F(BackupCommand, AndRestoreGiveTheSameDatabase) {
  const Ran made = run({"backup", "copy"});
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_TRUE(made.out.starts_with("copy has what commit 2 left: ")) << made.out;
  const std::string whole = everything(".entente");
  fs::remove_all(folder / ".entente");
  EXPECT_EQ(run({"restore", "copy"}).code, 0);
  EXPECT_EQ(everything(".entente"), whole);
  const Ran checked = run({"check", "--quick"});
  EXPECT_EQ(checked.code, 0);
  EXPECT_EQ(checked.out, "clean: 2 commits; indexes and facts were not looked at\n");
}

TEST_F(BackupCommand, NeverOverwrites) {
  write("letter", "dear");
  EXPECT_EQ(run({"backup", "letter"}).code, 2);
  EXPECT_EQ(read_file(folder / "letter"), "dear");
  const Ran ran = run({"restore", ".entente"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err, "entente: .entente exists already; a copy never overwrites\n");
}

TEST_F(BackupCommand, RestoresWhatAnEarlierCommitLeft) {
  const Ran ran = run({"restore", ".entente", "--commit", "1", "--to", "before"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(run({"stats", "--db", "before"}).out.find("1 document"), std::string::npos);
  EXPECT_EQ(run({"check", "--db", "before"}).code, 0);
  const Ran none = run({"restore", ".entente", "--commit", "7", "--to", "never"});
  EXPECT_EQ(none.code, 2);
  EXPECT_EQ(none.err, "entente: there is no commit 7: the last is 2\n");
  EXPECT_FALSE(fs::exists(folder / "never"));
}

TEST_F(BackupCommand, RefusesWhatIsNoDatabaseOrIsDamaged) {
  EXPECT_EQ(run({"restore", "nowhere", "--to", "x"}).code, 3);
  EXPECT_EQ(run({"backup", "x", "--db", "nowhere"}).code, 3);
  damage(".entente");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"backup", "x"}, {"restore", ".entente", "--to", "x"}, {"check", "--quick"}, {"check"}}) {
    const Ran ran = run(words);
    EXPECT_EQ(ran.code, 3) << words[0] << ran.out << ran.err;
    EXPECT_FALSE(fs::exists(folder / "x"));
  }
}

TEST_F(BackupCommand, SalvageTellsWhatIsMissing) {
  const Ran all = run({"salvage", "again"});
  EXPECT_EQ(all.code, 0) << all.err;
  EXPECT_TRUE(all.out.starts_with("again has all of it: 2 commits, ")) << all.out;
  EXPECT_EQ(run({"salvage", "again"}).code, 2);
  EXPECT_EQ(run({"salvage", "x", "--db", "nowhere"}).code, 3);
  fs::remove(folder / ".entente" / "rocks" / "CURRENT");
  EXPECT_EQ(run({"stats"}).code, 3);
  const Ran some = run({"salvage", "rescued"});
  EXPECT_EQ(some.code, 4) << some.err;
  EXPECT_TRUE(some.out.starts_with("missing: it cannot be opened as it is: ")) << some.out;
  EXPECT_NE(some.out.find("rescued has what could be read: 2 commits, "), std::string::npos) << some.out;
  EXPECT_EQ(run({"check", "--db", "rescued"}).code, 0);
  EXPECT_EQ(run({"stats", "--db", "rescued"}).out, run({"stats", "--db", "again"}).out);
}

// Other processes write all the while: the copy is of one commit, and whole.
TEST_F(BackupCommand, IsOfOneCommitWhileAnotherProcessWrites) {
  std::vector<std::string> articles = {"import", "-q"};
  for (int i = 0; i < 60; ++i)
    articles.push_back(write("more" + std::to_string(i) + ".txt",
                             "On September " + std::to_string(1 + i % 28) + ", 2024, China sanctioned Mexico. Article " +
                                 std::to_string(i) + "."));
  const pid_t writer = start(articles);
  int copies = 0;
  for (int status = 0; ::waitpid(writer, &status, WNOHANG) == 0 && copies < 3; ++copies) {
    const std::string name = "copy" + std::to_string(copies);
    const std::string command = std::string("cd ") + folder.string() + " && " + ENTENTE_PROGRAM + " backup " + name + " > told 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << read_file(folder / "told");
  }
  ::kill(writer, SIGTERM);
  ::waitpid(writer, nullptr, 0);
  ASSERT_GT(copies, 0);
  for (int i = 0; i < copies; ++i) {
    const std::string name = "copy" + std::to_string(i);
    EXPECT_EQ(run({"check", "--db", name}).code, 0);
    const Ran log = run({"log", "--limit", "1", "--json", "--db", name});
    const std::size_t at = log.out.find("\"commit\":");
    const std::string commit = "#" + std::to_string(std::atoi(log.out.c_str() + at + 9));
    EXPECT_EQ(everything(name), everything(".entente", commit));
  }
}

}  // namespace
}  // namespace entente
