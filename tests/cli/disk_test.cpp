// The whole program on a disk that is full or broken, at any system call of an import: one line and
// the right exit code, nothing lost, and all is well again with the disk.
#include <cerrno>
#include <cstdio>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {

class Disk : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("a.txt", kScheduling);
    write("b.txt", kSupply);
  }
  // Every call of the import made, or those that failed.
  Ran import_with(int at, int error, bool sticky, int& made, int& failed) {
    ::setenv("LD_PRELOAD", ENTENTE_FAULTY_CALLS, 1);
    ::setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
    ::setenv("ENTENTE_FAULT", (std::to_string(at) + " " + std::to_string(error) + " " + std::to_string(sticky) + " " + (folder / "db").string()).c_str(), 1);
    ::setenv("ENTENTE_FAULT_REPORT", (folder / "report").c_str(), 1);
    const Ran ran = run({"import", "-q", "--db", (folder / "db").string(), "a.txt", "b.txt"});
    for (const char* name : {"LD_PRELOAD", "ASAN_OPTIONS", "ENTENTE_FAULT", "ENTENTE_FAULT_REPORT"}) ::unsetenv(name);
    const std::string report = read_file(folder / "report");
    EXPECT_EQ(std::sscanf(report.c_str(), "%d %d", &made, &failed), 2) << ran.err;
    return ran;
  }
};

TEST_F(Disk, FullOrBrokenAtACallOfAnImportIsToldAndLosesNothing) {
  int all = 0, failed = 0;
  ASSERT_EQ(import_with(0, 0, false, all, failed).code, 0);
  ASSERT_GT(all, 50);
  const int runs = std::getenv("ENTENTE_LONG") ? all : 12;
  for (int i = 0; i < runs; ++i) {
    const int at = 1 + i * all / runs, error = i % 3 == 0 ? ENOSPC : i % 3 == 1 ? EIO : EMFILE;
    SCOPED_TRACE(std::string(::strerrorname_np(error)) + " at call " + std::to_string(at) + " of " + std::to_string(all));
    std::filesystem::remove_all(folder / "db");
    int made = 0;
    const Ran ran = import_with(at, error, i % 2 == 0, made, failed);
    EXPECT_GE(ran.code, 0) << "a signal ended it\n" << ran.err;
    if (ran.code != 0) {
      EXPECT_NE(ran.err, "");
      EXPECT_EQ(ran.err.find("internal error"), std::string::npos) << ran.err;
    }
    const Ran again = run({"import", "-q", "--db", "db", "a.txt", "b.txt"});
    EXPECT_EQ(again.code, 0) << again.err << "after\n" << ran.err;
    const Ran checked = run({"check", "--db", "db"});
    EXPECT_EQ(checked.code, 0) << checked.out << checked.err;
    // Both articles once: what was acknowledged before was not lost and is not there twice.
    const std::string log = run({"log", "--db", "db"}).out;
    EXPECT_NE(log.find("#2"), std::string::npos) << log;
    EXPECT_EQ(log.find("#3"), std::string::npos) << log;
  }
}

}  // namespace
}  // namespace entente
