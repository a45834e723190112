// The power goes at every file operation of a scripted life of a database that is opened, written,
// loaded with tables, merged, purged, backed up and closed: nothing that was acknowledged is lost,
// nothing is there in part, and it opens.
#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "storage/backup.h"
#include "tests/crash/folder.h"
#include "tests/crash/power_cut_files.h"
#include "tests/crash/workload.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

constexpr int kLives = 4, kCommitsALife = 4;
constexpr int kCommits = 1 + kLives * kCommitsALife;

// Opens, writes, closes, and again: recovery, flushes, deletions of logs, and FILES are all in it.
// Tells what it acknowledged, a backup as the negative number of its commit; at last, if the power
// held, how many operations there were.
int live(const fs::path& folder, const Workload& workload, int cut, unsigned seed, const Tell& tell) {
  int operations = 0;
  const auto files = power_cut_files(cut, seed, &operations);
  for (int life = 0; life < kLives; ++life) {
    auto store = Store::open(folder / "db", Access::Write, files);
    if (!store) return fail(3, store.error().message);
    if (const int wrong = import_all(**store, workload, 2 + life * kCommitsALife, kCommitsALife, tell)) return wrong;
    if (life != 1) continue;
    const auto copied = backup(**store, folder / "backup");
    if (!copied) return fail(4, copied.error().message);
    tell(-int(copied->commit.value));
  }
  tell(1000 + operations);
  return 0;
}

class PowerCut : public ::testing::Test {
 protected:
  fs::path folder() const { return temporary_.path() / "run"; }  // what `keep` keeps lies in it
  void make_first_commit() {
    Child maker([&](const Tell& tell) {
      const auto store = Store::open(fresh_, Access::Create);
      return store ? import_all(**store, workload_, 1, 1, tell) : 3;
    });
    ASSERT_EQ(maker.wait(), 0);
  }
  void start() {
    fs::remove_all(folder());
    fs::create_directory(folder());
    fs::copy(fresh_, folder() / "db", fs::copy_options::recursive);
  }
  int count_operations() {
    start();
    Child whole([&](const Tell& tell) { return live(folder(), workload_, 0, 0, tell); });
    int last = 0;
    for (int number; whole.next(number);) last = number;
    EXPECT_EQ(whole.wait(), 0);
    return last - 1000;
  }

  // Whether the power went.
  bool cut_and_look(int cut, unsigned seed) {
    start();
    int promised = 1, backed_up = 0, how = 0;
    {
      Child cutting([&](const Tell& tell) { return live(folder(), workload_, cut, seed, tell); });
      for (int number; cutting.next(number);) {
        if (number == promised + 1) promised = number;
        if (number < 0) backed_up = -number;
      }
      how = cutting.wait();
    }
    EXPECT_TRUE(how == kPowerGone || how == 0) << how;
    Child looking([&](const Tell& tell) {
      if (const int wrong = verify(folder() / "db", workload_, promised, tell)) return wrong;
      if (backed_up && !fs::exists(folder() / "backup")) return fail(50, "an acknowledged backup is gone");
      if (!fs::exists(folder() / "backup")) return 0;
      return verify(folder() / "backup", workload_, 1 + 2 * kCommitsALife, tell);
    });
    EXPECT_EQ(looking.wait(), 0) << "commit " << promised << " was promised";
    return how == kPowerGone;
  }

  unsigned seed_ = seed_of_run();
  WorkFolder temporary_{fast_folder()};
  fs::path fresh_ = temporary_.path() / "fresh";
  Workload workload_{.seed = seed_, .largest = 8 << 10, .verbs = true, .rows = 20};
};

// So far apart that the first so many are evenly among all, and after all of them each was met once.
int stride_over(int operations) {
  int stride = int(operations * 0.618);
  while (std::gcd(stride, operations) != 1) ++stride;
  return stride;
}

TEST_F(PowerCut, LosesNothingThatWasAcknowledgedAtAnyFileOperation) {
  make_first_commit();
  const int operations = count_operations();
  ASSERT_GT(operations, 100);
  const int points = how_often(500, 10000);
  int lost_power = 0, done = 0;
  const int stride = stride_over(operations);
  for (int point = 0; point < points && !HasFailure() && !time_is_up(); ++point, ++done) {
    const int cut = int(1 + std::int64_t(point) * stride % operations);
    SCOPED_TRACE("cut at operation " + std::to_string(cut) + " of " + std::to_string(operations) + ", point " +
                 std::to_string(point) + "; " +
                 replay("PowerCut.LosesNothingThatWasAcknowledgedAtAnyFileOperation", seed_, points));
    lost_power += cut_and_look(cut, seed_ + unsigned(point));
  }
  std::printf("%s points among %d file operations, the power went at %d: nothing lost\n", done_of(done, points).c_str(),
              operations, lost_power);
  EXPECT_GT(lost_power, 0);
}

}  // namespace
}  // namespace entente
