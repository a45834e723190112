#include "storage/backup.h"

#include <gtest/gtest.h>

#include <fstream>

#include "storage/quick_check.h"
#include "tests/support/store_fixture.h"

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

}  // namespace
}  // namespace entente
