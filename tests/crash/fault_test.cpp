// A full disk, a broken disk, no more open files: at every system call of a life of a database that
// writes, loads a table, merges, purges, backs up, closes and opens again; once, or from then on.
// Nothing acknowledged is lost, each error is one line that says what became of the write and is
// true, a store that met an error while writing says that it writes no more, and when the disk is
// well again everything opens.
#include <gtest/gtest.h>

#include <cerrno>

#include "storage/backup.h"
#include "tests/crash/faulty_calls.h"
#include "tests/crash/folder.h"
#include "tests/crash/workload.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

constexpr int kCommits = 10;  // in the first life, then a backup; two more in the second
constexpr int kUnknown = -1;  // told after a commit whose outcome is unknown

bool begins(const std::string& message, std::string_view words) { return message.starts_with(words); }

// What a message to a person must be.
int told_well(const Error& error) {
  if (error.message.empty() || error.message.find('\n') != std::string::npos)
    return fail(30, "not one line: " + error.message);
  return 0;
}

// One commit, tried thrice if it is refused. 0: made, or refused in the right words; else a fault.
int try_commit(Store& store, const Workload& workload, int k, bool& made, const Tell& tell) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    bool committing = false;
    const auto commit = make_commit(store, workload, k, &committing);
    made = bool(commit);
    if (made) return tell(k), 0;
    const std::string& message = commit.error().message;
    if (const int wrong = told_well(commit.error())) return wrong;
    if (begins(message, "commit " + std::to_string(k) + " erased it")) return made = true, tell(k), 0;
    if (begins(message, "outcome unknown")) {
      tell(kUnknown);
      const auto next = store.begin_write();
      if (next) return fail(31, "it goes on writing after: " + message);
      if (next.error().message.find("stopped writing") == std::string::npos)
        return fail(32, "it does not say that it stopped writing: " + next.error().message);
      return 0;
    }
    if (committing && !begins(message, "not committed"))
      return fail(33, std::string(name_of(workload.deed(k))) + " does not say what became of it: " + message);
  }
  return 0;
}

// The whole life. Errors end what cannot go on, never the process.
int live(const fs::path& folder, const Workload& workload, const Tell& tell) {
  int k = 1;
  for (int life = 0; life < 2; ++life) {
    const auto store = Store::open(folder / "db", Access::Create);
    if (!store) return told_well(store.error());
    const int until = life == 0 ? kCommits : kCommits + 2;
    for (bool made = true; made && k <= until; k += made)
      if (const int wrong = try_commit(**store, workload, k, made, tell)) return wrong;
    if (k <= until) return 0;
    if (life == 1) return 0;
    const auto copied = backup(**store, folder / "backup");
    if (!copied) {
      if (const int wrong = told_well(copied.error())) return wrong;
    }
  }
  return 0;
}

// After the disk is well again: everything that was promised, and it can be written to.
int recover(const fs::path& folder, const Workload& workload, int promised, bool unknown, const Tell& tell) {
  if (const int wrong = verify(folder / "db", workload, promised, tell)) return wrong;
  const auto store = Store::open(folder / "db", Access::Write);
  if (!store) return fail(40, store.error().message);
  const int last = int((*store)->begin_read().last_commit().value);
  if (last > promised && !unknown) return fail(41, "what was told to be not committed is there");
  const auto next = make_commit(**store, workload, last + 1);
  if (!next) return fail(42, next.error().message);
  if (!fs::exists(folder / "backup")) return 0;
  return verify(folder / "backup", workload, kCommits, tell);
}

class Faults : public ::testing::Test {
 protected:
  fs::path folder() const { return temporary_.path() / "run"; }
  void start() {
    fs::remove_all(folder());
    fs::create_directory(folder());
  }
  // What a run without faults has.
  int count_calls() {
    start();
    Child whole([&](const Tell& tell) {
      arm(folder(), {});
      const int wrong = live(folder(), workload_, tell);
      if (wrong == 0) tell(calls().made);
      return wrong;
    });
    int last = 0;
    for (int number; whole.next(number);) last = number;
    EXPECT_EQ(whole.wait(), 0);
    return last;
  }

  void run(const Fault& fault) {
    start();
    int promised = 0;
    bool unknown = false;
    {
      Child failing([&](const Tell& tell) {
        ::alarm(600);
        arm(folder(), fault);
        const int wrong = live(folder(), workload_, tell);
        disarm();
        if (wrong != 0) std::fprintf(stderr, "after a failed %s\n", calls().first_failed);
        tell(calls().failed > 0 ? -2 : -3);
        return wrong;
      });
      int number = 0;
      while (failing.next(number)) {
        if (number > 0) promised = number, unknown = false;
        if (number == kUnknown) unknown = true;
      }
      ASSERT_EQ(failing.wait(), 0) << "with the fault";
      met_ += number == -2;
      unknowns_ += unknown;
      finished_ += promised == kCommits + 2;
    }
    Child recovering([&](const Tell& tell) {
      ::alarm(600);
      return recover(folder(), workload_, promised, unknown, tell);
    });
    ASSERT_EQ(recovering.wait(), 0) << "when the disk was well again";
    ++runs_;
  }

  WorkFolder temporary_{fast_folder()};
  Workload workload_{.seed = 3, .largest = 4 << 10, .verbs = true, .rows = 20};
  int runs_ = 0, met_ = 0, unknowns_ = 0, finished_ = 0;
};

struct Kind {
  const char* name;
  int error;
  bool sticky;
};
constexpr Kind kKinds[] = {{"ENOSPC at", ENOSPC, false}, {"EIO from", EIO, true},  {"EMFILE at", EMFILE, false},
                           {"ENOSPC from", ENOSPC, true}, {"EIO at", EIO, false}, {"EMFILE from", EMFILE, true}};

// Short: every 20th call, the kinds in turn. Long: every call, all kinds. ENTENTE_CYCLES is the number
// of faults, spread over all calls; ENTENTE_SEED the call to begin at.
std::vector<Fault> faults_among(int all) {
  const int first = std::getenv("ENTENTE_SEED") ? int(seed_of_run()) : 1;
  const int every = (all - first) / 20 + 1, wanted = how_often(every, (all - first + 1) * 6);
  const bool each = long_run() && std::getenv("ENTENTE_CYCLES") == nullptr;
  std::vector<Fault> faults;
  for (int i = 0; i < wanted; ++i) {
    const Kind& kind = kKinds[i % 6];
    const int at = each ? first + i / 6 : first + int(std::int64_t(i) * (all - first + 1) / wanted);
    faults.push_back({.at = at, .error = kind.error, .sticky = kind.sticky});
  }
  return faults;
}

TEST_F(Faults, AtAnySystemCallLoseNothingAndAreTold) {
  const int all = count_calls();
  ASSERT_GT(all, 200);
  const std::vector<Fault> faults = faults_among(all);
  for (std::size_t i = 0; i < faults.size() && !time_is_up(); ++i) {
    SCOPED_TRACE(kKinds[i % 6].name + (" call " + std::to_string(faults[i].at)) + " of " + std::to_string(all) +
                 "; again with: ENTENTE_LONG=1 ENTENTE_SEED=" + std::to_string(faults[i].at) + " fault_tests");
    run(faults[i]);
    if (HasFatalFailure()) return;
  }
  std::printf("%s faults among %d calls, %d were met: %d lives went on to the end, %d commits of unknown outcome, "
              "nothing acknowledged was lost\n",
              done_of(runs_, int(faults.size())).c_str(), all, met_, finished_, unknowns_);
  EXPECT_GT(met_, runs_ * 2 / 3);
}

}  // namespace
}  // namespace entente
