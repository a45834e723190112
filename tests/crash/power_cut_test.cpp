// The power goes at every file operation of a scripted life of a database: nothing that was
// acknowledged is lost, nothing is there in part, and it opens.
#include <gtest/gtest.h>

#include <random>

#include "tests/crash/power_cut_files.h"
#include "tests/crash/workload.h"
#include "tests/support/store_fixture.h"

namespace entente {
namespace {

constexpr int kLives = 4, kCommitsALife = 4;

// Opens, writes, closes, and again: recovery, flushes, deletions of logs, and FILES are all in it.
// Tells what it acknowledged; then, if the power held, how many operations there were.
int live(const std::filesystem::path& directory, const Workload& workload, int cut, unsigned seed, const Tell& tell) {
  int operations = 0;
  const auto files = power_cut_files(cut, seed, &operations);
  for (int life = 0; life < kLives; ++life) {
    auto store = Store::open(directory, Access::Write, files);
    if (!store) {
      std::fprintf(stderr, "%s\n", store.error().message.c_str());
      return 3;
    }
    if (const int wrong = import_all(**store, workload, 2 + life * kCommitsALife, kCommitsALife, tell)) return wrong;
  }
  tell(operations);
  return 0;
}

TEST(PowerCut, LosesNothingThatWasAcknowledgedAtAnyFileOperation) {
  const TemporaryDirectory temporary;
  const auto fresh = temporary.path() / "fresh";
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  const Workload workload{.seed = seed, .largest = 8 << 10};
  const auto folder_of = [&] { return temporary.path() / "run"; };  // what `keep` keeps lies in it
  {
    Child maker([&](const Tell& tell) {
      const auto store = Store::open(fresh, Access::Create);
      return store ? import_all(**store, workload, 1, 1, tell) : 3;
    });
    ASSERT_EQ(maker.wait(), 0);
  }
  const auto start = [&] {
    std::filesystem::remove_all(folder_of());
    std::filesystem::create_directory(folder_of());
    std::filesystem::copy(fresh, folder_of() / "db", std::filesystem::copy_options::recursive);
  };

  int operations = 0;
  start();
  {
    Child whole([&](const Tell& tell) { return live(folder_of() / "db", workload, 0, 0, tell); });
    for (int number; whole.next(number);) operations = number;
    ASSERT_EQ(whole.wait(), 0);
    ASSERT_GT(operations, 100);
  }

  const int points = how_often(100, 10000);
  int lost_power = 0;
  for (int point = 0; point < points; ++point) {
    // Every operation in turn if there are that many points, else evenly among them.
    const int cut = points >= operations ? 1 + point % operations : 1 + point * operations / points;
    start();
    int promised = 1;
    {
      Child cutting([&](const Tell& tell) {
        return live(folder_of() / "db", workload, cut, seed + unsigned(point), tell);
      });
      for (int number; cutting.next(number);)
        if (number == promised + 1) promised = number;
      const int how = cutting.wait();
      ASSERT_TRUE(how == kPowerGone || how == 0) << "cut " << cut << ": " << how;
      lost_power += how == kPowerGone;
    }
    Child looking([&](const Tell& tell) { return verify(folder_of() / "db", workload, promised, tell); });
    ASSERT_EQ(looking.wait(), 0) << "cut at operation " << cut << " of " << operations << ", point " << point;
  }
  std::printf("%d power cuts among %d file operations: nothing lost\n", lost_power, operations);
  EXPECT_GT(lost_power, points / 2);
}

}  // namespace
}  // namespace entente
