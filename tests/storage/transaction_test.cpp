// Several write transactions at once: each sees one commit, the first to commit wins, and every
// failure says what became of it.
#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {
using Transactions = VerbsTest;

constexpr const char* kOwns = "Ana: Person OWNS Acme: Company 2001/..";

Result<Commit> commit_of(Result<WriteTransaction>& write, std::string_view key = {}) {
  return write->commit("tester", "", Instant{}, key);
}

TEST_F(Transactions, SeeTheCommitAtWhichTheyBegan) {
  import("a", kOwns);
  auto slow = store->begin_write();
  import("b", "Bo: Person OWNS Acme: Company 2002/..");
  const EdgeId bo = edge("Bo OWNS Acme 2002/..");
  EXPECT_EQ(slow->retract_edge(bo).error().code, Code::NotFound);
  ASSERT_TRUE(slow->assert_extract(extract_of("c", "Cy: Person OWNS Dot: Company 2003/..")));
  const auto made = commit_of(slow);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->id, CommitId{3});
}

TEST_F(Transactions, ThatChangeTheSameCannotBothCommit) {
  import("a", kOwns);
  const EdgeId owns = edge("Ana OWNS Acme 2001/..");
  auto first = store->begin_write(), second = store->begin_write();
  EdgeValues earlier, later;
  earlier.valid = interval("2000/.."), later.valid = interval("2002/..");
  ASSERT_TRUE(first->correct(owns, {}, earlier));
  ASSERT_TRUE(second->correct(owns, {}, later));
  ASSERT_TRUE(commit_of(first));
  const auto refused = commit_of(second);
  EXPECT_EQ(refused.error().code, Code::Conflict);
  EXPECT_EQ(refused.error().message,
            "conflict: edge " + std::to_string(owns.value) +
                " was changed by commit 2, after this transaction began at commit 1; not committed, begin again");
  EXPECT_EQ(edges(), "Ana OWNS Acme 2000/.. actual 0.8 x1\n");
  EXPECT_EQ(commit_of(second).error().code, Code::InvalidArgument);  // it is over
}

TEST_F(Transactions, ThatMakeTheSameNodeOrImportTheSameTextCannotBothCommit) {
  auto first = store->begin_write(), second = store->begin_write(), third = store->begin_write();
  ASSERT_TRUE(first->assert_extract(extract_of("a", kOwns)));
  ASSERT_TRUE(second->assert_extract(extract_of("b", "Ana: Person OWNS Dot: Company 2001/..")));
  ASSERT_TRUE(third->assert_extract(extract_of("c", kOwns)));
  ASSERT_TRUE(commit_of(first));
  EXPECT_NE(commit_of(second).error().message.find("the name 'ana'"), std::string::npos);
  EXPECT_EQ(commit_of(third).error().code, Code::Conflict);
  EXPECT_EQ(store->begin_read().totals()->nodes, 3u);  // and no id was given twice
}

TEST_F(Transactions, CannotBuildOnWhatAnotherEnded) {
  import("a", kOwns);
  const DocumentId document = last.document;
  import("b", "Bo: Person OWNS Dot: Company 2001/..");
  auto ending = store->begin_write(), building = store->begin_write();
  ASSERT_TRUE(ending->retract_document(document));
  ASSERT_TRUE(building->assert_extract(extract_of("c", "Bo: Person ACCUSE Ana: Person 2024-08-01")));
  ASSERT_TRUE(commit_of(ending));
  EXPECT_NE(commit_of(building).error().message.find("was ended or merged by commit 3"), std::string::npos);

  // And the other way round: what came to be used is not ended.
  const DocumentId second{2};
  auto late = store->begin_write();
  ASSERT_TRUE(late->retract_document(second));
  import("d", "Cy: Person ACCUSE Bo: Person 2024-08-01");
  EXPECT_NE(commit_of(late).error().message.find("came to be used by commit 4"), std::string::npos);
}

TEST_F(Transactions, ThatTouchOtherThingsAllCommit) {
  auto first = store->begin_write(), second = store->begin_write();
  ASSERT_TRUE(first->assert_extract(extract_of("a", kOwns)));
  ASSERT_TRUE(second->assert_extract(extract_of("b", "Bo: Person OWNS Dot: Company 2001/..")));
  ASSERT_TRUE(commit_of(second));
  ASSERT_TRUE(commit_of(first));
  EXPECT_EQ(store->begin_read().totals()->commits, 2u);
}

TEST_F(Transactions, WithTheSameKeyApplyOnce) {
  const auto made = [&] {
    auto first = store->begin_write();
    EXPECT_TRUE(first->assert_extract(extract_of("a", kOwns)));
    return commit_of(first, "job-7");
  }();
  ASSERT_TRUE(made);
  import("b", "Bo: Person OWNS Dot: Company 2001/..");
  reopen();
  auto again = store->begin_write();
  ASSERT_TRUE(again->assert_extract(extract_of("c", "Cy: Person OWNS Dot: Company 2001/..")));
  const auto same = commit_of(again, "job-7");
  ASSERT_TRUE(same);
  EXPECT_EQ(*same, *made);
  EXPECT_EQ(store->begin_read().last_commit(), CommitId{2});
}

// Eight threads, each with its own names: all commit, in one unbroken chain.
TEST_F(Transactions, OfManyThreadsShareTheChain) {
  constexpr int kThreads = 8, kEach = 12;
  std::vector<std::thread> threads;
  std::atomic<int> failed = 0;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const std::string n = std::to_string(t) + "x" + std::to_string(i);
        auto write = store->begin_write();
        if (!write || !write->assert_extract(extract_of(n, "Ana" + n + ": Person OWNS Acme" + n + ": Company 2001/..")) ||
            !write->commit("thread", "", Instant{}))
          ++failed;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(store->begin_read().last_commit(), CommitId{kThreads * kEach});
}

// Eight threads that all correct one edge and begin again after a conflict: no update is lost.
TEST_F(Transactions, OfManyThreadsLoseNoUpdate) {
  import("a", "Ana: Person OWNS Acme: Company 1000/..");
  const EdgeId owns = edge("Ana OWNS Acme 1000/..");
  constexpr int kThreads = 8, kEach = 5;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&] {
      for (int done = 0; done < kEach;) {
        auto write = store->begin_write();
        if (!write) return;
        const auto now = store->begin_read().edge(owns);
        const int year = std::stoi((*now)->valid.edtf().substr(0, 4));
        EdgeValues next;
        next.valid = interval(std::to_string(year + 1) + "/..");
        if (!write->correct(owns, {}, next)) continue;  // read after the transaction began
        if (write->commit("thread", "", Instant{})) ++done;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(store->begin_read().last_commit().value, std::uint64_t(1 + kThreads * kEach));
}

// The file size limit makes the next write of the log fail, as a full disk would.
TEST_F(Transactions, AfterAnIoErrorTheOutcomeIsUnknownAndNothingMoreIsWritten) {
  import("a", kOwns);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  auto write = store->begin_write();
  auto other = store->begin_write();
  Extract large = extract_of("b", "Bo: Person OWNS Dot: Company 2001/..");
  std::string noise;
  for (std::uint32_t i = 0, x = 1; i < 400'000; ++i) noise += char('a' + ((x = x * 1664525 + 1013904223) >> 24) % 26);
  large.document.text += "\n" + noise;
  ASSERT_TRUE(write->assert_extract(large));
  ASSERT_TRUE(other->assert_extract(extract_of("c", "Cy: Person OWNS Eve: Company 2001/..")));
  const rlimit small{.rlim_cur = 100'000, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto failed = commit_of(write);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Code::Unavailable);
  EXPECT_TRUE(failed.error().message.starts_with("outcome unknown: commit 2 met an I/O error")) << failed.error().message;
  EXPECT_TRUE(commit_of(other).error().message.starts_with("not committed: ")) << "space is back, trust is not";
  EXPECT_NE(store->begin_write().error().message.find("stopped writing after an I/O error"), std::string::npos);
  { const auto gone = std::move(write); }
  { const auto gone = std::move(other); }
  reopen();
  EXPECT_EQ(edges(CommitId{1}), "Ana OWNS Acme 2001/.. actual 0.8 x1\n");
  import("d", "Cy: Person OWNS Eve: Company 2001/..");
}

}  // namespace
}  // namespace entente
