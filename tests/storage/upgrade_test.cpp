// A database of an older format: refused with the way out, brought up without touching a fact.
#include "storage/upgrade.h"

#include <rocksdb/db.h>

#include <fstream>

#include "schema/digest.h"
#include "storage/bulk.h"
#include "storage/column_family.h"
#include "storage/directory.h"
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {

class Upgrade : public VerbsTest {
 protected:
  void SetUp() override {
    VerbsTest::SetUp();
    import("a", "Ana_Zed: Person OWNS Acme: Company 2001/..\nAnna_Zed: Person OWNS Acme: Company 2002/..");
    import("b", "Bo: Person OWNS Acme: Company 2001/..");
    const DocumentId second = last.document;
    {
      Document table;
      table.name = "table";
      auto load = BulkLoad::begin(*store, table);
      BulkRow row;
      row.row = 1, row.head = "Norway", row.tail = "Peru";
      row.head_label = row.tail_label = *Ontology::builtin().find_label("Government");
      row.type = *Ontology::builtin().find_type("ACCUSE");
      row.valid = interval("2018-01-02");
      ASSERT_TRUE(load->add(row));
      ASSERT_TRUE(load->commit({sha256("t"), 1, 1}, "tester", "load", at(1)));
    }
    commit([&](WriteTransaction& write) { return write.merge(node("Ana Zed"), node("Anna Zed")); });
    retract(second);
  }

  // What a program of format 1 would have left.
  void make_it_format_1() {
    store.reset();
    rocksdb::DB* db = nullptr;
    std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, {}}};
    for (const std::string_view name : kColumnFamilyNames) families.emplace_back(std::string(name), rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    const auto opened = rocksdb::DB::Open({}, (directory() / "rocks").string(), families, &handles, &db);
    ASSERT_TRUE(opened.ok()) << opened.ToString();
    ASSERT_TRUE(db->DropColumnFamily(handles.back()).ok());
    for (auto* handle : handles) ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
    ASSERT_TRUE(db->Close().ok());
    delete db;
    auto mark = *read_mark(directory());
    mark.format = 1;
    ASSERT_TRUE(write_mark(directory(), mark));
    accept_files(directory());
  }

  std::string searches() const {
    const auto read = store->begin_read();
    std::string all;
    for (CommitId at{1}; at <= read.last_commit(); ++at.value)
      for (const char* asked : {"Anna Zed", "Norwai", "Bo", "a", "Peru"})
        if (const auto found = read.find_similar(asked, 10, at); found)  // outlives the loop
          for (const SimilarName& each : *found)
            all += std::to_string(at.value) + " " + asked + ": " + each.name + " as " + each.matched + "\n";
    if (const auto found = read.search_text("acme own*", 10); found)
      for (const TextMatch& match : *found) all += std::to_string(match.document.value) + "\n";
    return all;
  }
};

TEST_F(Upgrade, IsAskedForAndChangesNoFact) {
  const std::string found = searches(), facts = exported(), before = exported(CommitId{2});
  make_it_format_1();
  for (const Access access : {Access::Read, Access::Write, Access::Create}) {
    const auto refused = Store::open(directory(), access);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::Incompatible);
    EXPECT_NE(refused.error().message.find("its format is 1, this program uses 2; run 'entente upgrade --db "), std::string::npos)
        << refused.error().message;
  }
  const auto planned = upgrade(directory(), true);
  ASSERT_TRUE(planned) << planned.error().message;
  EXPECT_EQ(std::tuple(planned->from, planned->to, planned->rows), std::tuple(1, 2, 0u));
  EXPECT_FALSE(Store::open(directory(), Access::Read));  // still

  const auto done = upgrade(directory(), false);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_GT(done->rows, 0u);
  reopen(Access::Write);
  EXPECT_EQ(searches(), found);
  EXPECT_EQ(exported(), facts);
  EXPECT_EQ(exported(CommitId{2}), before);
  import("c", "Anabel_Zed: Person OWNS Acme: Company 2001/..");  // and goes on
  const auto again = upgrade(directory(), false);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->from, again->to);
}

TEST_F(Upgrade, ThatWasCutShortIsDoneAgain) {
  const std::string found = searches();
  make_it_format_1();
  ASSERT_TRUE(upgrade(directory(), false));
  auto mark = *read_mark(directory());
  mark.format = 1;  // as if the last step had not been reached
  ASSERT_TRUE(write_mark(directory(), mark));
  ASSERT_TRUE(upgrade(directory(), true));
  ASSERT_TRUE(upgrade(directory(), false));
  reopen(Access::Write);
  EXPECT_EQ(searches(), found);
}

TEST_F(Upgrade, OfWhatIsNoDatabaseSaysSo) {
  EXPECT_EQ(upgrade(temporary.path() / "nothing", false).error().code, Code::NotFound);
}

}  // namespace
}  // namespace entente
