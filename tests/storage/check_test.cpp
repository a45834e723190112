// check must find what is wrong, so each test here breaks one thing behind the store's back.
#include "storage/check.h"

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include "schema/codec.h"
#include "storage/column_family.h"
#include "storage/key.h"
#include "storage/options.h"
#include "tests/support/store_fixture.h"

namespace entente {
namespace {

class Check : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    expect_damage = true;
    import("a",
           "China: Government CONTROLS norfentanyl: Chemical 2024-09/..\n"
           "Ana: Person ACCUSE China: Government 2024-08-06 by Ana: Person");
    import("b", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
    ASSERT_TRUE(faults().empty()) << faults();
  }

  std::string faults() {
    const auto report = check(*store);
    return report ? joined(report->faults) : report.error().message;
  }

  // Opens the data with bare RocksDB, lets `damage` loose on one family, opens the store again.
  template <typename Damage>
  std::string faults_after(ColumnFamily family, Damage damage) {
    store.reset();
    {
      std::vector<rocksdb::ColumnFamilyDescriptor> families = {{"default", {}}};
      for (const auto name : kColumnFamilyNames) families.emplace_back(std::string(name), rocksdb::ColumnFamilyOptions());
      std::vector<rocksdb::ColumnFamilyHandle*> handles;
      rocksdb::DB* db = nullptr;
      EXPECT_TRUE(rocksdb::DB::Open({}, (directory() / "rocks").string(), families, &handles, &db).ok());
      damage(db, handles[1 + std::size_t(family)]);
      for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
      delete db;
    }
    accept_files(directory());
    reopen(Access::Read);
    return faults();
  }

  static void erase_first(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family) {
    std::string key;
    {
      const std::unique_ptr<rocksdb::Iterator> rows(db->NewIterator(read_options(nullptr), family));
      rows->SeekToFirst();
      ASSERT_TRUE(rows->Valid());
      key = rows->key().ToString();
    }
    ASSERT_TRUE(db->Delete({}, family, key).ok());
  }
};

TEST_F(Check, FindsAMissingRowOfEveryFamily) {
  const std::pair<ColumnFamily, const char*> expected[] = {
      {ColumnFamily::Nodes, "joins a node that is not there"},
      {ColumnFamily::Edges, "the edges are not those that the log made"},
      {ColumnFamily::Adjacency, "adjacency lacks an entry of a fact"},
      {ColumnFamily::History, "1 ended versions; there are 0"},
      {ColumnFamily::Names, "names lacks an entry of a fact"},
      {ColumnFamily::Timeline, "timeline lacks an entry of a fact"},
      {ColumnFamily::Documents, "cites a document that is not there"},
      {ColumnFamily::Digests, "digests lacks an entry of a fact"},
      {ColumnFamily::Citations, "citations lacks an entry of a fact"},
      {ColumnFamily::Log, "commit 1 is missing from the log"}};
  for (const auto& [family, sentence] : expected) {
    const TemporaryDirectory untouched;
    store.reset();
    std::filesystem::copy(directory(), untouched.path() / "db", std::filesystem::copy_options::recursive);
    EXPECT_NE(faults_after(family, erase_first).find(sentence), std::string::npos)
        << name_of(family) << ":\n" << faults();
    store.reset();
    std::filesystem::remove_all(directory());
    std::filesystem::rename(untouched.path() / "db", directory());
  }
}

// Every idempotency key has its commit, and every commit that had one is found by it.
TEST_F(Check, RecountsIdempotencyKeys) {
  {
    auto write = store->begin_write();
    ASSERT_TRUE(write && write->assert_extract(extract_of("c", "Bo: Person OWNS Acme: Company 2001/..")));
    ASSERT_TRUE(write->commit("tester", "", at(0), "once"));
  }
  ASSERT_TRUE(faults().empty()) << faults();
  std::string found = faults_after(ColumnFamily::Meta, [](auto* db, auto* family) {
    ASSERT_TRUE(db->Delete({}, family, "key/once").ok());
    ASSERT_TRUE(db->Put({}, family, "key/never", std::string(7, '\0') + '\2').ok());
  });
  EXPECT_NE(found.find("meta lacks an entry of a fact: 6b65792f6f6e6365"), std::string::npos) << found;
  EXPECT_NE(found.find("meta has an entry without a fact: 6b65792f6e65766572"), std::string::npos) << found;
}

// The sums say that something differs; then it is called by name.
TEST_F(Check, NamesTheFactThatTheLogDidNotMakeSo) {
  const std::string found = faults_after(ColumnFamily::Nodes, [](auto* db, auto* family) {
    std::string key, record;
    {
      const std::unique_ptr<rocksdb::Iterator> rows(db->NewIterator(read_options(nullptr), family));
      for (rows->SeekToFirst(); rows->Valid(); rows->Next())
        if (rows->value().ToString().find("Ana") != std::string::npos) key = rows->key().ToString();
      rows->SeekToLast();
      ASSERT_TRUE(rows->Valid());
    }
    ASSERT_TRUE(db->Get(read_options(nullptr), family, key, &record).ok());
    auto node = decode_node(record);
    ASSERT_TRUE(node);
    node->properties["invented"] = Value(std::int64_t{1});
    ASSERT_TRUE(db->Put({}, family, key, encode(*node)).ok());
    node->id = NodeId{900}, node->name = "Nobody";
    ASSERT_TRUE(db->Put({}, family, key::of(NodeId{900}), encode(*node)).ok());
  });
  EXPECT_NE(found.find("the nodes are not those that the log made"), std::string::npos) << found;
  EXPECT_NE(found.find("is not what the log made of it last"), std::string::npos) << found;
  EXPECT_NE(found.find("node 900 lives, and by the log it does not"), std::string::npos) << found;
}

TEST_F(Check, FindsAnEntryWithoutItsFact) {
  const std::string found = faults_after(ColumnFamily::Names, [](auto* db, auto* family) {
    ASSERT_TRUE(db->Put({}, family, key::name("nobody", NodeId{1}), std::string("\0\0\1", 3)).ok());
  });
  EXPECT_NE(found.find("names has an entry without a fact"), std::string::npos) << found;
}

// The recount adds up hashes, in any order: two entries that changed places must not cancel out.
TEST_F(Check, FindsEntriesWhoseValuesChangedPlaces) {
  const std::string found = faults_after(ColumnFamily::Adjacency, [](auto* db, auto* family) {
    std::vector<std::pair<std::string, std::string>> rows;
    {
      const std::unique_ptr<rocksdb::Iterator> all(db->NewIterator(read_options(nullptr), family));
      for (all->SeekToFirst(); all->Valid(); all->Next())
        rows.emplace_back(all->key().ToString(), all->value().ToString());
    }
    ASSERT_GE(rows.size(), 2u);
    ASSERT_NE(rows.front().second, rows.back().second);
    ASSERT_TRUE(db->Put({}, family, rows.front().first, rows.back().second).ok());
    ASSERT_TRUE(db->Put({}, family, rows.back().first, rows.front().second).ok());
  });
  EXPECT_NE(found.find("adjacency has an entry that says something else than its fact"), std::string::npos) << found;
}

TEST_F(Check, FindsAChangedLogRecord) {
  const std::string found = faults_after(ColumnFamily::Log, [](auto* db, auto* family) {
    std::string record;
    const rocksdb::Slice key("\0\0\0\0\0\0\0\1", 8);
    {
      ASSERT_TRUE(db->Get(read_options(nullptr), family, key, &record).ok());
    }
    record[record.find("tester")] = 'T';
    ASSERT_TRUE(db->Put({}, family, key, record).ok());
  });
  EXPECT_NE(found.find("commit 1: a stored commit cannot be read: it is not what its hash says"), std::string::npos) << found;
}

TEST_F(Check, FindsAChangedText) {
  const std::string found = faults_after(ColumnFamily::Documents, [](auto* db, auto* family) {
    ASSERT_TRUE(db->Delete({}, family, key::document(DocumentId{1}, 1)).ok());
  });
  EXPECT_NE(found.find("the stored text is not the one that was imported"), std::string::npos) << found;
}

}  // namespace
}  // namespace entente
