// kill -9 in the middle of writing: what was acknowledged is there, the rest is wholly there or not.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <cstdlib>
#include <random>

#include "tests/support/store_fixture.h"

namespace entente {
namespace {

// One document a commit; its number is in its name, and three edges go together.
std::string lines_of(int number) {
  const std::string n = std::to_string(number);
  return "Ana" + n + ": Person OWNS Acme" + n + ": Company 2001/..\n" +
         "Bo: Person ACCUSE Ana" + n + ": Person 2024-08-06\n" +
         "Bo: Person SUPPORT Cy: Person 2024-08 \n" + std::string(std::size_t(number % 50) * 200, 'x');
}

Extract document_of(int number) {
  Extract extract = extract_of("doc" + std::to_string(number), lines_of(number).substr(0, lines_of(number).rfind('\n')));
  extract.document.text = lines_of(number);
  return extract;
}

// In the child: imports from `first` on, telling the parent of each commit that was acknowledged.
[[noreturn]] void import_for_ever(const std::filesystem::path& directory, int first, int acknowledge) {
  const auto store = Store::open(directory, Access::Create);
  if (!store) ::_exit(3);
  for (int number = first;; ++number) {
    auto write = (*store)->begin_write();
    if (!write || !write->assert_extract(document_of(number))) ::_exit(4);
    if (!write->commit("child", "", Instant{})) ::_exit(5);
    if (::write(acknowledge, &number, sizeof number) != sizeof number) ::_exit(6);
  }
}

TEST(Crash, LosesNothingThatWasAcknowledged) {
  const char* long_run = std::getenv("ENTENTE_LONG");
  const int cycles = long_run ? 1000 : 25;
  const TemporaryDirectory temporary;
  const auto directory = temporary.path() / "db";
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  int acknowledged = 0;  // documents 1..acknowledged are promised
  for (int cycle = 0; cycle < cycles; ++cycle) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();  // before this process opens anything
    if (child == 0) {
      ::close(pipe[0]);
      import_for_ever(directory, acknowledged + 1, pipe[1]);
    }
    ::close(pipe[1]);
    ::usleep(1000 * (5 + random() % 150));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself with " << WEXITSTATUS(status);
    for (int number; ::read(pipe[0], &number, sizeof number) == sizeof number;) acknowledged = number;
    ::close(pipe[0]);

    // A second child looks, so that this process never has threads when it forks.
    const pid_t checker = ::fork();
    if (checker == 0) {
      const auto store = Store::open(directory, Access::Create);
      if (!store) std::fprintf(stderr, "%s\n", store.error().message.c_str()), ::_exit(3);
      const auto report = check(**store);
      if (!report || !report->clean()) std::fprintf(stderr, "%s", joined(report->faults).c_str()), ::_exit(4);
      const auto last = int((*store)->begin_read().last_commit().value);
      // The commit after the last acknowledged one may be there whole; check saw that it is.
      ::_exit(last == acknowledged ? 0 : last == acknowledged + 1 ? 1 : 5);
    }
    ::waitpid(checker, &status, 0);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) <= 1) << "cycle " << cycle << " status " << status;
    acknowledged += WEXITSTATUS(status);
  }
  EXPECT_GT(acknowledged, cycles / 4);
}

}  // namespace
}  // namespace entente
