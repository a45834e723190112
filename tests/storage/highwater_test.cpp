// Lost, cut, old and foreign files are noticed by name when the database is opened.
#include "storage/highwater.h"

#include <gtest/gtest.h>

#include <fstream>

#include "schema/digest.h"
#include "tests/support/store_fixture.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

TEST(HighwaterMark, ComesBackFromItsSlot) {
  HighwaterMark mark;
  mark.sequence = 9;
  mark.database = std::string(32, 'a');
  mark.commit = CommitId{7};
  mark.hash = sha256("seven");
  mark.closed = true;
  mark.list_checksum = 0x12345678;
  mark.manifest = 5, mark.manifest_bytes = 1234;
  mark.logs = {4, 9};
  const std::string slot = encode(mark);
  ASSERT_EQ(slot.size(), kHighwaterSlot);
  EXPECT_EQ(decode_highwater(slot), mark);
  for (std::size_t at = 0; at < slot.size(); ++at) {
    std::string changed = slot;
    changed[at] ^= 0x10;
    EXPECT_FALSE(decode_highwater(changed)) << "byte " << at;
  }
}

// Each test makes a database of two commits, closed, and one of one commit, closed: its past.
class Highwater : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    expect_damage = true;
    import("a", "Ana: Person OWNS Acme: Company 2001/..");
    store.reset();
    fs::copy(directory(), past(), fs::copy_options::recursive);
    reopen();
    import("b", "Bo: Person OWNS Acme: Company 2002/..");
    store.reset();
  }
  fs::path past() const { return temporary.path() / "past"; }
  fs::path data() const { return directory() / "rocks"; }

  // The one file of that beginning and ending; the last by name.
  fs::path file(std::string_view before, std::string_view after) const {
    fs::path found;
    for (const auto& entry : fs::directory_iterator(data())) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(before) && name.ends_with(after) && entry.path() > found) found = entry.path();
    }
    EXPECT_FALSE(found.empty());
    return found;
  }

  // The log goes on with zeros, which are room for more.
  void cut_last_record() const {
    const fs::path log = file("", ".log");
    std::ifstream in(log, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    fs::resize_file(log, bytes.find_last_not_of('\0') - 10);
  }

  // As if the last process had been killed: HIGHWATER does not say closed.
  void forget_closing() {
    const auto files = rocksdb::FileSystem::Default();
    ASSERT_TRUE(entente::Highwater::start(files, directory(), *read_highwater(*files, directory())));
  }

  void expect_refused(std::string_view because) {
    for (const Access access : {Access::Read, Access::Write}) {
      const auto opened = Store::open(directory(), access);
      ASSERT_FALSE(opened) << "it opened; expected: " << because;
      EXPECT_EQ(opened.error().code, Code::Corruption) << opened.error().message;
      EXPECT_NE(opened.error().message.find(because), std::string::npos) << opened.error().message;
    }
  }
};

TEST_F(Highwater, ClosedStoresOpenAgain) {
  reopen(Access::Read);
  EXPECT_EQ(store->begin_read().last_commit(), CommitId{2});
  reopen(Access::Write);
  EXPECT_EQ(import("c", "Cy: Person OWNS Acme: Company 2003/..").id, CommitId{3});
  expect_damage = false;
}

TEST_F(Highwater, NoticesAFileThatIsMissingAfterAClose) {
  const fs::path log = file("", ".log");
  fs::remove(log);
  expect_refused("rocks/" + log.filename().string() + " is missing");
}

TEST_F(Highwater, NoticesAFileThatWasChangedAfterAClose) {
  const fs::path manifest = file("MANIFEST", "");
  std::fstream bytes(manifest, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekp(40);
  bytes.put('\x7f');
  bytes.close();
  expect_refused("rocks/" + manifest.filename().string() + " was changed");
}

TEST_F(Highwater, NoticesTheDataOfAnEarlierDay) {
  fs::remove_all(data());
  fs::copy(past() / "rocks", data(), fs::copy_options::recursive);
  expect_refused("rocks/");
  fs::copy(past() / "FILES", directory() / "FILES", fs::copy_options::overwrite_existing);
  expect_refused("FILES is not the list");
}

TEST_F(Highwater, NoticesALogWhoseTailIsCut) {
  forget_closing();
  cut_last_record();
  expect_refused("commit 2 was acknowledged, the data ends with 1");
}

TEST_F(Highwater, NoticesAnOldManifestOfARunningStore) {
  forget_closing();
  fs::path manifest = file("MANIFEST", "");
  fs::resize_file(manifest, fs::file_size(manifest) - 1);
  expect_refused("rocks/" + manifest.filename().string() + " is cut or an old one");
  fs::remove(manifest);
  expect_refused("rocks/" + manifest.filename().string() + " is missing");
}

TEST_F(Highwater, RefusesToGoOnWithoutItOrWithAnothers) {
  const fs::path path = directory() / kHighwaterFile;
  fs::rename(path, temporary.path() / "kept");
  expect_refused("HIGHWATER is missing");
  {
    std::ofstream(path) << std::string(2 * kHighwaterSlot, '\0');
  }
  expect_refused("HIGHWATER is damaged");
  fs::rename(temporary.path() / "kept", path);
  const auto other = temporary.path() / "other";
  ASSERT_TRUE(Store::open(other, Access::Create));
  fs::copy(other / kHighwaterFile, path, fs::copy_options::overwrite_existing);
  expect_refused("belongs to another database");
}

TEST_F(Highwater, ChangesNothingInADamagedDirectory) {
  forget_closing();
  cut_last_record();
  const auto listing = [&] {
    std::set<std::string> all;
    for (const auto& entry : fs::directory_iterator(data()))
      all.insert(entry.path().filename().string() + " " + std::to_string(entry.file_size()));
    return all;
  };
  const auto before = listing();
  expect_refused("commit 2 was acknowledged");
  EXPECT_EQ(listing(), before);
}

}  // namespace
}  // namespace entente
