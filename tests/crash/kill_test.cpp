// kill -9 in the middle of making, writing, closing, opening again and looking: what was
// acknowledged is there, the rest is wholly there or not at all.
#include <gtest/gtest.h>

#include <random>

#include "tests/crash/workload.h"
#include "tests/support/store_fixture.h"

namespace entente {
namespace {

TEST(Kill, LosesNothingThatWasAcknowledged) {
  const int cycles = how_often(40, 5000);
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto pause = [&](int most_ms) { ::usleep(1 + random() % unsigned(1000 * most_ms)); };
  auto temporary = std::make_unique<TemporaryDirectory>();
  int promised = 0, killed_in_recovery = 0, commits = 0, databases = 1;
  Workload workload{.seed = seed, .largest = 1 << 20};

  for (int cycle = 0; cycle < cycles; ++cycle) {
    if (promised > 300) {  // verifying takes as long as there is
      temporary = std::make_unique<TemporaryDirectory>();
      commits += promised, promised = 0, ++databases;
    }
    const auto directory = temporary->path() / "db";
    {
      // Some write for ever, some close after a few and die in that or just after.
      const int count = random() % 3 ? 0 : int(1 + random() % 4);
      Child writer([&](const Tell& tell) {
        const auto store = Store::open(directory, Access::Create);
        if (!store) {
          std::fprintf(stderr, "%s\n", store.error().message.c_str());
          return 3;
        }
        return import_all(**store, workload, promised + 1, count, tell);
      });
      // Half are killed at any time, half shortly after they acknowledged something.
      int number = 0;
      if (random() % 2)
        if (writer.next(number)) promised = number;
      pause(60);
      writer.kill();
      while (writer.next(number)) promised = number;
      const int how = writer.wait();
      ASSERT_TRUE(how == 1000 + SIGKILL || how == 0) << "cycle " << cycle << ": " << how;
    }
    if (random() % 3 == 0) {  // killed again while it recovers, or looks, or closes
      Child recovering([&](const Tell& tell) { return verify(directory, workload, promised, tell); });
      pause(80);
      recovering.kill();
      const int how = recovering.wait();
      ASSERT_TRUE(how == 1000 + SIGKILL || how == 0) << "cycle " << cycle << " in recovery: " << how;
      ++killed_in_recovery;
    }
    Child looking([&](const Tell& tell) { return verify(directory, workload, promised, tell); });
    int last = 0;
    looking.next(last);
    ASSERT_EQ(looking.wait(), 0) << "cycle " << cycle << " of seed " << seed;
    promised = last;
  }
  commits += promised;
  std::printf("%d cycles, %d of them killed again in recovery, %d databases, %d commits: none lost\n", cycles,
              killed_in_recovery, databases, commits);
  EXPECT_GT(commits, cycles / 4);
}

}  // namespace
}  // namespace entente
