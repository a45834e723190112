// kill -9 in the middle of making a database, writing, loading a table, merging, purging, backing up,
// closing, opening again (also twice in a row) and looking: what was acknowledged is there, the rest
// is wholly there or not at all, and everything opens.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "storage/backup.h"
#include "tests/crash/folder.h"
#include "tests/crash/workload.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

constexpr int kForEver = 0;
constexpr int kMostCommits = 32;  // of one database: verifying takes as long as there is

// The life of one database after the other, each killed many times.
class Killing {
 public:
  Killing(const fs::path& where, unsigned seed) : where_(where), random_(seed), workload_{.seed = seed} {
    workload_.largest = 256 << 10, workload_.verbs = true;
    begin_anew();
  }

  // One kill in the middle of something, perhaps one more in recovery, and a look at all of it.
  void cycle() {
    if (promised_ >= kMostCommits) begin_anew();
    switch (random_() % 8) {
      case 0: return during("close", [&] { close(); });
      case 1: return during("backup", [&] { back_up(); });
      default: return write();
    }
  }

  std::string told() const {
    std::string text;
    for (const auto& [what, times] : kills_) text += "  " + what + " " + std::to_string(times);
    return std::to_string(databases_) + " databases, " + std::to_string(commits_ + promised_) +
           " commits; killed in or just after:" + text;
  }
  int commits() const { return commits_ + promised_; }

 private:
  fs::path directory() const { return temporary_->path() / "db"; }
  void pause(int most_ms) { ::usleep(1 + random_() % unsigned(1000 * most_ms)); }
  void begin_anew() {
    temporary_ = std::make_unique<WorkFolder>(where_);
    commits_ += promised_, promised_ = 0, ++databases_;
  }

  template <typename Act>
  void during(const std::string& what, Act act) {
    act();
    if (::testing::Test::HasFatalFailure()) return;
    ++kills_[what];
    look();
  }

  int open_and_write(int count, const Tell& tell) const {
    const auto store = Store::open(directory(), Access::Create);
    if (!store) return fail(3, store.error().message);
    return import_all(**store, workload_, promised_ + 1, count, tell);
  }

  // Half are killed at any time, half shortly after a commit, so that each deed has its turn.
  void write() {
    Child writer([&](const Tell& tell) { return open_and_write(kForEver, tell); });
    if (random_() % 2) {
      for (int wanted = 1 + int(random_() % 8), number = 0; wanted > 0 && writer.next(number); --wanted)
        promised_ = number;
      pause(12);
    } else {
      pause(80);
    }
    during(finish(writer) ? "nothing" : std::string(name_of(workload_.deed(promised_ + 1))), [] {});
  }

  void close() {
    const int count = 1 + int(random_() % 2);
    Child writer([&](const Tell& tell) { return open_and_write(count, tell); });
    for (int left = count, number = 0; left > 0 && writer.next(number); --left) promised_ = number;
    pause(12);
    finish(writer);
  }

  // Tells the negative number of the commit that an acknowledged backup has.
  void back_up() {
    const fs::path target = temporary_->path() / ("backup" + std::to_string(++backups_));
    Child writer([&](const Tell& tell) {
      if (const int wrong = open_and_write(1, tell)) return wrong;
      const auto store = Store::open(directory(), Access::Write);
      if (!store) return fail(3, store.error().message);
      const auto report = backup(**store, target);
      if (!report) return fail(4, report.error().message);
      tell(-int(report->commit.value));
      return 0;
    });
    int number = 0;
    if (writer.next(number)) promised_ = number;
    pause(150);
    const int backed_up = finish(writer, /*then=*/true);
    if (backed_up < 0) {
      ASSERT_TRUE(fs::exists(target)) << "an acknowledged backup is gone";
    }
    if (fs::exists(target)) {  // it never has its name before it is whole
      Child looking([&](const Tell& tell) { return verify(target, workload_, backed_up ? -backed_up : promised_, tell); });
      ASSERT_EQ(looking.wait(), 0) << "the backup";
    } else {  // what is left of it is in nobody's way
      Child again([&](const Tell&) {
        const auto store = Store::open(directory(), Access::Read);
        if (!store) return fail(3, store.error().message);
        const auto report = backup(**store, target);
        return report ? 0 : fail(4, report.error().message);
      });
      ASSERT_EQ(again.wait(), 0) << "the backup after one that was killed";
    }
    fs::remove_all(target);
  }

  // Kills it, and hears what it still said. Gives the last negative number, or whether it had ended.
  int finish(Child& child, bool then = false) {
    child.kill();
    int least = 0;
    for (int number; child.next(number);) (number > 0 ? promised_ : least) = number;
    const int how = child.wait();
    EXPECT_TRUE(how == 1000 + SIGKILL || how == 0) << "it ended by itself with " << how;
    return then ? least : how == 0;
  }

  void look() {
    for (int again = int(random_() % 3); again > 0; --again) {  // killed as it recovers, or looks, or closes
      if (random_() % 2) break;
      Child recovering([&](const Tell& tell) { return verify(directory(), workload_, promised_, tell); });
      pause(60);
      recovering.kill();
      const int how = recovering.wait();
      ASSERT_TRUE(how == 1000 + SIGKILL || how == 0) << "in recovery: " << how;
      ++kills_["recovery"];
    }
    Child looking([&](const Tell& tell) { return verify(directory(), workload_, promised_, tell); });
    int last = 0;
    looking.next(last);
    ASSERT_EQ(looking.wait(), 0);
    promised_ = last;
  }

  const fs::path where_;
  std::mt19937 random_;
  Workload workload_;
  std::unique_ptr<WorkFolder> temporary_;
  int promised_ = 0, commits_ = 0, databases_ = 0, backups_ = 0;
  std::map<std::string, int> kills_;
};

// One kill in fifteen is on a disk, where syncing takes its time.
int cycles_on_disk(int cycles) { return std::max(1, cycles / 15); }

void kill_often(const char* test, const fs::path& where, int cycles, int of_all) {
  const unsigned seed = seed_of_run();
  SCOPED_TRACE(replay(test, seed, of_all));
  Killing killing(where, seed);
  int done = 0;
  for (; done < cycles && !time_is_up(); ++done) {
    SCOPED_TRACE("cycle " + std::to_string(done));
    killing.cycle();
    if (::testing::Test::HasFailure()) return;
  }
  std::printf("%s cycles, %s: none lost\n", done_of(done, cycles).c_str(), killing.told().c_str());
  EXPECT_GE(killing.commits(), done / 4);  // else it was killed too early to tell
}

TEST(Kill, LosesNothingThatWasAcknowledged) {
  const int all = how_often(300, 5000);
  kill_often("Kill.LosesNothingThatWasAcknowledged", fast_folder(), all - cycles_on_disk(all), all);
}

TEST(Kill, LosesNothingOnADisk) {
  const int all = how_often(300, 5000);
  kill_often("Kill.LosesNothingOnADisk", fs::temp_directory_path(), cycles_on_disk(all), all);
}

}  // namespace
}  // namespace entente
