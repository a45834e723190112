// Whatever is damaged, the rest comes back, and what does not is told.
#include "storage/salvage.h"

#include <rocksdb/db.h>

#include <fstream>
#include <utility>

#include "storage/column_family.h"
#include "storage/key.h"
#include "storage/options.h"
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

class Salvaged : public VerbsTest {
 protected:
  void SetUp() override {
    VerbsTest::SetUp();
    import("a", "Ana: Person OWNS Acme: Company 2001/..\nBo: Person ACCUSE Ana: Person 2024-08 alleged by Cy: Person");
    import("b", "Bo: Person OWNS Acme: Company 2002/..\nAna: Person OWNS Acme: Company 2001-03/..");
    const EdgeId owned = edge("Bo OWNS Acme 2002/..");
    commit([&](WriteTransaction& write) {
      EdgeValues values;
      values.valid = interval("2003/..");
      return write.correct(owned, {}, values);
    });
    commit([&](WriteTransaction& write) { return write.merge(node("Ana"), node("Cy")); });
    import("c", "Di: Person OWNS Dot: Company 2005/..");
    load_a_table();
    import("d", "Ed: Person OWNS Dot: Company 2006/..");
    retract(last.document);
    whole_ = story();
    source_ = temporary.path() / "db";
    expect_damage = true;
  }
  // Every past answer.
  std::string story() const {
    std::string text;
    for (CommitId id{1}; id <= store->begin_read().last_commit(); ++id.value) text += exported(id) + "--\n";
    return text;
  }

  // Nodes and edges of it without a record, as the log knows.
  std::pair<std::uint64_t, std::uint64_t> gaps_of_the_table() const {
    std::pair<std::uint64_t, std::uint64_t> gaps(99, 99);
    EXPECT_TRUE(store->begin_read().scan_log([&](const LogEntry& entry) {
      if (entry.bulk) gaps = {entry.bulk.gone_nodes.size(), entry.bulk.gone_edges.size()};
      return true;
    }));
    return gaps;
  }

  // The store becomes what comes back.
  SalvageReport salvage_it() {
    store.reset();
    const fs::path target = temporary.path() / ("salvaged" + std::to_string(++targets_));
    const auto report = salvage(source_, target);
    EXPECT_TRUE(report) << report.error().message;
    if (!report) return {};
    auto opened = Store::open(target, Access::Write);
    EXPECT_TRUE(opened) << opened.error().message;
    store = std::move(*opened);
    const auto checked = check(*store);
    EXPECT_TRUE(checked && checked->clean()) << joined(checked->faults);
    EXPECT_FALSE(fs::exists(target.string() + ".partial"));
    return *report;
  }

  template <typename Damage>
  void damage(ColumnFamily family, Damage act) {
    store.reset();
    std::vector<rocksdb::ColumnFamilyDescriptor> families = {{"default", {}}};
    for (const auto name : kColumnFamilyNames) families.emplace_back(std::string(name), rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, (source_ / "rocks").string(), families, &handles, &db).ok());
    act(db, handles[1 + std::size_t(family)]);
    for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
    delete db;
    accept_files(source_);
  }
  void lose(ColumnFamily family, const std::string& key) {
    damage(family, [&](auto* db, auto* handle) { ASSERT_TRUE(db->Delete({}, handle, key).ok()); });
  }

  std::vector<fs::path> files(std::string_view ending) const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(source_ / "rocks"))
      if (entry.path().string().ends_with(ending)) found.push_back(entry.path());
    return found;
  }

  fs::path source_;
  std::string whole_;
  int targets_ = 0;
};

TEST_F(Salvaged, AWholeDatabaseComesBackWhole) {
  const SalvageReport report = salvage_it();
  EXPECT_TRUE(report.whole) << joined(report.missing);
  EXPECT_EQ(report.commit, CommitId{8});
  EXPECT_EQ(story(), whole_);
}

// All but facts, log and texts can be made again.
TEST_F(Salvaged, LostIndexesCostNothing) {
  for (const ColumnFamily family : {ColumnFamily::Adjacency, ColumnFamily::Names, ColumnFamily::Timeline,
                                    ColumnFamily::Digests, ColumnFamily::Citations, ColumnFamily::Speakers})
    damage(family, [](auto* db, auto* handle) {
      std::vector<std::string> keys;
      {
        const std::unique_ptr<rocksdb::Iterator> rows(db->NewIterator(read_options(nullptr), handle));
        for (rows->SeekToFirst(); rows->Valid(); rows->Next()) keys.push_back(rows->key().ToString());
      }
      for (const std::string& key : keys) ASSERT_TRUE(db->Delete({}, handle, key).ok());
    });
  const SalvageReport report = salvage_it();
  EXPECT_TRUE(report.whole) << joined(report.missing);
  EXPECT_EQ(story(), whole_);
}

TEST_F(Salvaged, ALostRecordOfTheLogIsMadeAgainFromItsFacts) {
  lose(ColumnFamily::Log, key::of(CommitId{2}));
  const SalvageReport report = salvage_it();
  EXPECT_FALSE(report.whole);
  EXPECT_EQ(report.lost_commits, 1u);
  EXPECT_NE(joined(report.missing).find("the record of commit 2"), std::string::npos) << joined(report.missing);
  EXPECT_EQ(story(), whole_);
}

TEST_F(Salvaged, ADocumentWithoutItsTextIsPurgedAndTheRestStands) {
  lose(ColumnFamily::Documents, key::document(DocumentId{2}, 1));
  const SalvageReport report = salvage_it();
  ASSERT_EQ(report.missing.size(), 1u) << joined(report.missing);
  EXPECT_EQ(report.missing[0], "the text of document 2 (b): it is purged with what it says; import it again");
  EXPECT_EQ(edges().find("Bo OWNS"), std::string::npos) << edges();
  EXPECT_NE(edges().find("Ana OWNS Acme 2001/.. actual 0.8 x1"), std::string::npos) << edges();
  EXPECT_EQ(verb_of_last(), Verb::Purge);
}

TEST_F(Salvaged, ATableThatIsNoLongerWholeGivesTheRowsThatAreThere) {
  EdgeId row;
  EXPECT_TRUE(store->begin_read().scan_edges(kLatest, [&](const Edge& edge) {
    if (edge.statements.front().evidence.rows) row = edge.id;
    return !row;
  }));
  lose(ColumnFamily::Edges, key::of(row));
  const SalvageReport report = salvage_it();
  EXPECT_NE(joined(report.missing).find("of 5 edges and"), std::string::npos) << joined(report.missing);
  EXPECT_NE(joined(report.missing).find("that is not whole: 4 and"), std::string::npos) << joined(report.missing);
  EXPECT_NE(edges().find("China CONSULT Land 5"), std::string::npos);
  EXPECT_EQ(edges().find("China CONSULT Land 1"), std::string::npos);
  EXPECT_EQ(gaps_of_the_table(), (std::pair<std::uint64_t, std::uint64_t>(0, 1)));
  const std::string rest = story();
  source_ = temporary.path() / "salvaged1";
  EXPECT_TRUE(salvage_it().whole);  // what is gone is known to be
  EXPECT_EQ(story(), rest);
}

TEST_F(Salvaged, ARowGoesWithTheNodeThatItNames) {
  lose(ColumnFamily::Nodes, key::of(node("Land 3")));
  EXPECT_FALSE(salvage_it().whole);
  EXPECT_EQ(edges().find("Land 3"), std::string::npos);
  EXPECT_NE(edges().find("China CONSULT Land 4"), std::string::npos);
  EXPECT_EQ(gaps_of_the_table(), (std::pair<std::uint64_t, std::uint64_t>(1, 1)));
}

TEST_F(Salvaged, ALostRecordOfALoadIsMadeAgainAsOne) {
  lose(ColumnFamily::Log, key::of(CommitId{6}));
  const SalvageReport report = salvage_it();
  EXPECT_NE(joined(report.missing).find("it loaded the table rows"), std::string::npos) << joined(report.missing);
  EXPECT_EQ(report.missing.size(), 1u) << joined(report.missing);
  EXPECT_EQ(story(), whole_);
  EXPECT_EQ(gaps_of_the_table(), (std::pair<std::uint64_t, std::uint64_t>(0, 0)));
}

TEST_F(Salvaged, WithoutItsListOfFilesTheTablesAndLogsAreReadOneByOne) {
  for (const char* lost : {"HIGHWATER", "FILES", "ENTENTE"}) fs::remove(source_ / lost);
  for (const fs::path& file : files("CURRENT")) fs::remove(file);
  for (const auto& entry : fs::directory_iterator(source_ / "rocks"))
    if (entry.path().filename().string().starts_with("MANIFEST")) fs::remove(entry.path());
  const SalvageReport report = salvage_it();
  ASSERT_EQ(report.missing.size(), 1u) << joined(report.missing);
  EXPECT_NE(report.missing[0].find("it cannot be opened as it is"), std::string::npos);
  EXPECT_EQ(story(), whole_);
}

// Each byte of damage costs at most what it hit: a database comes back from each of these.
TEST_F(Salvaged, WithAnyTableDamagedTheRestComesBack) {
  reopen(Access::Write);
  store.reset();
  bool at_the_end = true;  // the first one there too: then it cannot be opened
  for (const fs::path& file : files(".sst")) {
    const fs::path kept = temporary.path() / "kept";
    fs::copy_file(file, kept, fs::copy_options::overwrite_existing);
    for (const bool in_front : {true, false}) {
      if (!in_front && !std::exchange(at_the_end, false)) continue;
      const auto size = fs::file_size(file);
      {
        std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
        out.seekp(std::streamoff(in_front ? 3 : size - 300));
        out.write("\x5a\xa5\x5a", 3);
      }
      const auto report = salvage(source_, temporary.path() / "back");
      if (report) {
        EXPECT_GE(report->totals.documents + report->missing.size(), 4u) << file << joined(report->missing);
      } else {
        EXPECT_EQ(report.error().message.find("not whole"), std::string::npos) << report.error().message;
      }
      fs::remove_all(temporary.path() / "back");
      fs::copy_file(kept, file, fs::copy_options::overwrite_existing);
    }
  }
}

TEST_F(Salvaged, NeverOverwritesAndNeedsADatabase) {
  store.reset();
  fs::create_directory(temporary.path() / "there");
  EXPECT_EQ(salvage(source_, temporary.path() / "there").error().code, Code::InvalidArgument);
  EXPECT_EQ(salvage(temporary.path() / "there", temporary.path() / "new").error().code, Code::NotFound);
  EXPECT_FALSE(fs::exists(temporary.path() / "new.partial"));
}

}  // namespace
}  // namespace entente
