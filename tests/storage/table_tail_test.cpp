// The end of a table is believed only as it was written.
#include "storage/table_tail.h"

#include <fstream>

#include "tests/support/store_fixture.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

class TableTail : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    expect_damage = true;
    import("a", "Ana: Person OWNS Acme: Company 2001/..");
    reopen();  // writes the tables
    store.reset();
    for (const auto& entry : fs::directory_iterator(directory() / "rocks"))
      if (entry.path().extension() == ".sst") tables_.push_back(entry.path());
    ASSERT_GT(tables_.size(), 5u);
  }

  static std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  static void write(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

  rocksdb::IOStatus verify(const std::string& bytes) {
    const fs::path path = temporary.path() / "table";
    write(path, bytes);
    std::unique_ptr<rocksdb::FSRandomAccessFile> file;
    EXPECT_TRUE(rocksdb::FileSystem::Default()->NewRandomAccessFile(path.string(), {}, &file, nullptr).ok());
    return verify_table_tail(*file, bytes.size());
  }

  std::vector<fs::path> tables_;
};

TEST_F(TableTail, OfEveryTableOfADatabaseIsWhole) {
  for (const fs::path& path : tables_) EXPECT_TRUE(verify(contents(path)).ok()) << path;
}

// The footer holds the place of the index too, whose own checksum RocksDB compares.
TEST_F(TableTail, IsRefusedWithAnyByteChangedFromThePropertiesOn) {
  constexpr std::size_t kFooter = 53;
  const std::string whole = contents(tables_.front());
  std::size_t first = whole.find("rocksdb.block.based.table.index.type");  // the first of the properties
  ASSERT_NE(first, std::string::npos);
  for (std::size_t at = first; at < whole.size(); ++at)
    for (const char flip : {'\x01', '\x10', '\x80', '\xff'}) {
      std::string bytes = whole;
      bytes[at] = char(bytes[at] ^ flip);
      const rocksdb::IOStatus status = verify(bytes);
      const bool in_places = at >= whole.size() - kFooter + 1 && at < whole.size() - kFooter + 21;
      EXPECT_TRUE(status.IsCorruption() || (in_places && status.ok())) << at << " of " << whole.size();
    }
}

TEST_F(TableTail, IsRefusedWhenTheFileIsCutAnywhere) {
  const std::string whole = contents(tables_.front());
  for (std::size_t size = 0; size < whole.size(); size += 3) EXPECT_TRUE(verify(whole.substr(0, size)).IsCorruption()) << size;
}

TEST_F(TableTail, RefusedAtOpeningNamesTheFile) {
  for (const fs::path& path : tables_) {
    const std::string whole = contents(path);
    std::string bytes = whole;
    bytes[bytes.find("rocksdb.block.based.table.index.type")] ^= '\x40';
    write(path, bytes);
    for (const Access access : {Access::Read, Access::Write}) {
      const auto opened = Store::open(directory(), access);
      ASSERT_FALSE(opened) << path;
      EXPECT_EQ(opened.error().code, Code::Corruption);
      EXPECT_NE(opened.error().message.find(path.filename().string() + " is damaged: its block of properties"), std::string::npos)
          << opened.error().message;
    }
    write(path, whole);
  }
}

}  // namespace
}  // namespace entente
