#include "storage/backup.h"

#include <gtest/gtest.h>

#include <fstream>

#include "storage/quick_check.h"
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

class Backup : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    import("a", "Ana: Person OWNS Acme: Company 2001/..");
    import("b", "Bo: Person OWNS Acme: Company 2002/..");
  }
  fs::path target() const { return temporary.path() / "backup"; }
};

TEST_F(Backup, IsTheSameDatabaseAtOneCommit) {
  const std::string then = edges();
  const auto report = backup(*store, target());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->commit, CommitId{2});
  import("c", "Cy: Person OWNS Acme: Company 2003/..");

  const std::string id = store->database_id();
  ASSERT_TRUE(restore(target(), temporary.path() / "again"));
  store.reset();
  auto again = Store::open(temporary.path() / "again", Access::Write);
  ASSERT_TRUE(again) << again.error().message;
  store = std::move(*again);
  EXPECT_EQ(store->database_id(), id);
  EXPECT_EQ(edges(), then);
  EXPECT_EQ(import("d", "Di: Person OWNS Acme: Company 2004/..").id, CommitId{3});
}

TEST_F(Backup, NeverOverwritesAndClearsWhatWasCutShort) {
  fs::create_directory(target());
  EXPECT_EQ(backup(*store, target()).error().code, Code::InvalidArgument);
  fs::remove(target());
  fs::create_directory(target().string() + ".partial");
  std::ofstream(target().string() + ".partial/letter") << "dear";
  EXPECT_EQ(backup(*store, target()).error().code, Code::InvalidArgument);
  fs::remove(target().string() + ".partial/letter");
  EXPECT_TRUE(backup(*store, target()));
  EXPECT_FALSE(fs::exists(target().string() + ".partial"));
}

TEST_F(Backup, WorksBesideAWriterAndFromAReader) {
  const auto reader = Store::open(directory(), Access::Read);
  ASSERT_TRUE(reader);
  import("c", "Cy: Person OWNS Acme: Company 2003/..");
  const auto report = backup(**reader, target());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->commit, CommitId{3});
}

TEST_F(Backup, RefusesADamagedSource) {
  expect_damage = true;
  reopen(), reopen();  // so that there is a data file
  int damaged = 0, refused = 0;
  store.reset();
  for (const auto& entry : fs::directory_iterator(directory() / "rocks")) {
    if (entry.path().extension() != ".sst") continue;
    const fs::path kept = temporary.path() / "kept";
    fs::copy_file(entry.path(), kept, fs::copy_options::overwrite_existing);
    {
      std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(std::streamoff(entry.file_size() / 2));
      file.put('\x5a');
    }
    ++damaged;
    const auto opened = Store::open(directory(), Access::Read);
    if (!opened) {
      ++refused;
    } else {
      const auto quick = check_quickly(**opened);
      ASSERT_TRUE(quick) << quick.error().message;
      EXPECT_FALSE(quick->clean()) << entry.path();
      const auto copied = backup(**opened, target());
      EXPECT_FALSE(copied) << entry.path();
      refused += !copied;
      EXPECT_FALSE(fs::exists(target()));
    }
    fs::copy_file(kept, entry.path(), fs::copy_options::overwrite_existing);
  }
  EXPECT_GT(damaged, 0);
  EXPECT_EQ(refused, damaged);
}

TEST_F(Backup, QuickCheckIsCleanAndCountsCommits) {
  const auto quick = check_quickly(*store);
  ASSERT_TRUE(quick) << quick.error().message;
  EXPECT_TRUE(quick->clean()) << joined(quick->faults);
  EXPECT_EQ(quick->commits, 2u);
}

// A story with every verb: each of its commits can be had again, and gives the answers of that day.
class RestoreToCommit : public VerbsTest {
 protected:
  void SetUp() override {
    VerbsTest::SetUp();
    note(import("a", "Ana: Person OWNS Acme: Company 2001/..\nBo: Person ACCUSE Ana: Person 2024-08 alleged by Cy: Person"));
    note(import("b", "Bo: Person OWNS Acme: Company 2002/..\nAna: Person OWNS Acme: Company 2001-03/.."));
    const DocumentId second = last.document;
    const EdgeId owned = edge("Bo OWNS Acme 2002/..");
    note(commit([&](WriteTransaction& write) {
      EdgeValues values;
      values.valid = interval("2003/..");
      return write.correct(owned, {}, values);
    }));
    note(commit([&](WriteTransaction& write) { return write.merge(node("Ana"), node("Cy")); }));
    note(retract(second));
    note(undo(store->begin_read().last_commit()));
    {
      auto write = store->begin_write();
      ASSERT_TRUE(write && write->assert_extract(extract_of("c", "Di: Person OWNS Dot: Company 2005/..")));
      note(*write->commit("tester", "with a key", at(9), "the key"));
    }
    note(import("d", "Ed: Person OWNS Dot: Company 2006/.."));
  }
  void note(const Commit& made) {
    ASSERT_EQ(made.id.value, states_.size() + 1);
    states_.push_back(exported());
  }
  // The store becomes what `restore` made of commit `id`.
  void go_back_to(CommitId id) {
    const fs::path target = temporary.path() / ("at" + std::to_string(id.value));
    const auto restored = restore(directory(), target, id);
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(restored->commit, id);
    auto opened = Store::open(target, Access::Write);
    ASSERT_TRUE(opened) << opened.error().message;
    store = std::move(*opened);
  }
  std::vector<std::string> states_;  // after each commit
};

TEST_F(RestoreToCommit, GivesWhatThatCommitLeftAndAllThatWasBelievedBefore) {
  store.reset();
  for (std::size_t id = 1; id <= states_.size(); ++id) {
    go_back_to(CommitId{id});
    EXPECT_EQ(exported(), states_[id - 1]) << id;
    for (std::size_t before = 1; before <= id; ++before) EXPECT_EQ(exported(CommitId{before}), states_[before - 1]);
    EXPECT_EQ(import("new", "Flo: Person OWNS Gas: Company 2010/..", 100).id.value, id + 1);
    TearDown();
  }
}

TEST_F(RestoreToCommit, KnowsTheKeysOfItsTimeAndIsADatabaseOfItsOwn) {
  const std::string id = store->database_id();
  store.reset();
  const auto retried = [&] {
    auto write = store->begin_write();
    EXPECT_TRUE(write && write->assert_extract(extract_of("c", "Di: Person OWNS Dot: Company 2005/..")));
    return write->commit("tester", "with a key", at(9), "the key")->id;
  };
  go_back_to(CommitId{8});
  EXPECT_EQ(retried(), CommitId{7});
  EXPECT_NE(store->database_id(), id);
  go_back_to(CommitId{6});
  EXPECT_EQ(retried(), CommitId{7}) << "made anew";
}

TEST_F(RestoreToCommit, RefusesACommitThatIsNotThereAndATimeThatWasPurged) {
  commit([&](WriteTransaction& write) { return write.purge_document(last.document); });
  store.reset();
  const auto refusal = [&](std::uint64_t id) { return restore(directory(), temporary.path() / "no", CommitId{id}).error(); };
  EXPECT_EQ(refusal(10).message, "there is no commit 10: the last is 9");
  EXPECT_EQ(refusal(0).code, Code::InvalidArgument);
  EXPECT_EQ(refusal(8).message,
            "what commit 8 left cannot be had again: commit 9 purged some of it; restore to that one or later");
  EXPECT_FALSE(fs::exists(temporary.path() / "no"));
  go_back_to(CommitId{9});
}

}  // namespace
}  // namespace entente
