// Databases that earlier programs made, kept as they were: each must open, after an upgrade if its
// format is older, be whole, and give the answers that it gave then.
//
// tests/storage/golden/NAME.tar.gz is a database directory, NAME.txt beside it what it answered.
// They are made once for each format and never again:
//   ENTENTE_GOLDEN=DIR storage_tests --gtest_also_run_disabled_tests --gtest_filter='*GoldenMaking*'
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "schema/digest.h"
#include "storage/directory.h"
#include "storage/upgrade.h"
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

// ---- what is asked of a database

std::string log_text(const ReadTransaction& read) {
  std::string text;
  EXPECT_TRUE(read.scan_log([&](const LogEntry& entry) {
    const Commit& made = entry.commit;
    text += "commit " + std::to_string(made.id.value) + " " + text_of(made.at) + " " + std::string(name_of(made.verb)) +
            " by " + made.author + ": " + made.note + ", " + std::to_string(made.nodes) + " nodes, " +
            std::to_string(made.edges) + " edges, " + std::to_string(made.statements) + " statements, " +
            std::to_string(made.documents) + " documents, hash " + hex(made.hash) + "\n";
    return true;
  }));
  return text;
}

std::string ids_text(const auto& ids) {
  std::string text;
  for (const auto id : ids) text += " " + std::to_string(id.value);
  return text + "\n";
}

// By value: what is looped over must outlive the Result that it came in.
template <typename T>
T value_of(Result<T> result) {
  EXPECT_TRUE(result) << result.error().message;
  return std::move(*result);
}

std::string lookups_text(const ReadTransaction& read) {
  std::string text;
  for (const char* name : {"ana", "ACME", "Anna", "norfentanyl", "\u4e60\u8fd1\u5e73", "nobody"})
    for (const NameMatch& match : value_of(read.find_name(name)))
      text += std::string("name ") + name + ": " + std::to_string(match.node.value) + " " + match.name + " by " +
              match.matched + (match.is_alias ? " alias\n" : "\n");
  for (const NameMatch& match : value_of(read.find_prefix("a", 10)))
    text += "prefix a: " + std::to_string(match.node.value) + " " + match.matched + "\n";
  EXPECT_TRUE(read.scan_nodes(kLatest, [&](const Node& node) {
    text += "around " + std::to_string(node.id.value) + ":";
    for (const Neighbour& each : value_of(read.neighbours(node.id)))
      text += std::string(each.outgoing ? " >" : " <") + std::to_string(each.other.value) + " " +
              std::to_string(each.edge.value) + " " + each.valid.edtf() + " " + std::string(name_of(each.mode)) +
              (each.negated ? " not," : ",");
    text += "\n";
    return true;
  }));
  EXPECT_TRUE(read.scan_documents([&](const Document& document) {
    text += "cited " + std::to_string(document.id.value) + ":" + ids_text(*read.edges_citing(document.id));
    if (document.rows == 0) text += "text " + hex(sha256(*read.text(document.id))) + "\n";
    return true;
  }));
  EXPECT_TRUE(read.scan_edges(kLatest, [&](const Edge& edge) {
    const auto versions = read.history(edge.id);
    if (versions->size() == 1) return true;
    text += "versions of " + std::to_string(edge.id.value) + ":";
    for (const auto& version : *versions)
      text += " " + version.edge.valid.edtf() + " since " + std::to_string(version.edge.since.value) + ",";
    text += "\n";
    return true;
  }));
  return text;
}

std::string answers(const Store& store) {
  const ReadTransaction read = store.begin_read();
  const Totals totals = *read.totals();
  std::string text = "database " + store.database_id() + ", " + std::to_string(totals.nodes) + " nodes, " +
                     std::to_string(totals.edges) + " edges, " + std::to_string(totals.statements) + " statements, " +
                     std::to_string(totals.documents) + " documents, " + std::to_string(totals.versions) + " ended\n" +
                     log_text(read) + lookups_text(read);
  for (CommitId at{1}; at <= read.last_commit(); ++at.value)
    text += "-- as believed after commit " + std::to_string(at.value) + "\n" + export_text(read, at);
  return text;
}

// ---- the old ones

std::string file_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string> golden_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(ENTENTE_GOLDEN))
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

class Golden : public VerbsTest, public ::testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    const std::string unpack = "tar -xzf '" + std::string(ENTENTE_GOLDEN) + "/" + GetParam() + ".tar.gz' -C '" +
                               temporary.path().string() + "'";
    ASSERT_EQ(std::system(unpack.c_str()), 0) << unpack;
    const auto mark = read_mark(directory());
    ASSERT_TRUE(mark) << mark.error().message;
    if (mark->format == kFormatVersion) return;
    const auto refused = Store::open(directory(), Access::Read);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("entente upgrade"), std::string::npos) << refused.error().message;
    const auto upgraded = upgrade(directory(), false);
    ASSERT_TRUE(upgraded) << upgraded.error().message;
  }
  static std::string expected() { return file_text(fs::path(ENTENTE_GOLDEN) / (GetParam() + ".txt")); }
};

TEST_P(Golden, AnswersAsItDidThen) {
  reopen(Access::Read);
  EXPECT_EQ(answers(*store), expected());
}

TEST_P(Golden, CanBeWrittenOn) {
  reopen(Access::Write);
  const CommitId before = store->begin_read().last_commit();
  EXPECT_EQ(answers(*store), expected());
  {
    auto again = store->begin_write();
    ASSERT_TRUE(again && again->assert_extract(extract_of("keyed", "Key: Person OWNS Acme: Company 2011/..")));
    EXPECT_EQ(again->commit("tester", "keyed", at(90), "the key")->id, CommitId{2}) << "its keys are known still";
  }
  import("later", "Ana: Person OWNS Later: Company 2020/..", 200);
  EXPECT_EQ(store->begin_read().last_commit().value, before.value + 1);
  reopen(Access::Write);
  EXPECT_NE(edges().find("Ana OWNS Later 2020/.. actual 0.8 x1\n"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Formats, Golden, ::testing::ValuesIn(golden_names()), [](const auto& name) {
  std::string word = name.param;
  std::replace_if(word.begin(), word.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return word;
});

// ---- making them

class GoldenMaking : public VerbsTest {
 protected:
  void SetUp() override {}
  fs::path home;  // of the database that is being made
  void reopen(Access access = Access::Create) {
    store.reset();
    auto opened = Store::open(home / "db", access);
    ASSERT_TRUE(opened) << opened.error().message;
    store = std::move(*opened);
  }

  // Something of everything that a database can hold.
  void live_through_a_little() {
    import("a", "Ana: Person OWNS Acme: Company 2001/..\nAna: Person ACCUSE Bo: Person 2024-08 alleged not 0.5 by Cy: Person");
    {
      auto write = store->begin_write();
      ASSERT_TRUE(write && write->assert_extract(extract_of("keyed", "Key: Person OWNS Acme: Company 2011/..")));
      ASSERT_TRUE(write->commit("tester", "with an idempotency key", at(1), "the key"));
    }
    import("b", "China: Government CONTROLS norfentanyl: Chemical 2024-09/..\nAna: Person OWNS Acme: Company 2001-03/..", 2);
    import("c", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..\nBo: Person OWNS Acme: Company /..", 3);
    import("d", "Anna: Person OWNS Bolt: Company 2003/2007\n\u4e60\u8fd1\u5e73: Person OWNS Bolt: Company ../2020 planned", 4);
    const EdgeId owned = edge("Bo OWNS Acme /..");
    commit([&](WriteTransaction& write) {
      EdgeValues values;
      values.valid = interval("1999/..");
      values.set["shares"] = Value(std::int64_t{51});
      return write.correct(owned, {}, values);
    });
    commit([&](WriteTransaction& write) {
      NodeValues values;
      values.name = "Acme Holdings";
      values.set["founded"] = Value(std::string("1998"));
      return write.correct_node(node("Acme"), values);
    });
    commit([&](WriteTransaction& write) {
      Turn turn;
      turn.at = *Bound::parse("2010-05");
      turn.evidence = {last.document, 0, 4};
      turn.next = EdgeValues{.tail = node("Bolt")};
      return write.change(owned, turn);
    });
    const NodeId ana = node("Ana"), anna = node("Anna"), bo = node("Bo"), cy = node("Cy");
    commit([&](WriteTransaction& write) { return write.merge(ana, anna); });
    commit([&](WriteTransaction& write) { return write.merge(bo, cy); });
    commit([&](WriteTransaction& write) { return write.unmerge(cy); });
    import("e", "Di: Person OWNS Acme: Company 2012/..\nDi: Person OWNS Dot: Company 2013/2014", 5);
    retract(last.document);
    undo(store->begin_read().last_commit());
    import("f", "Ed: Person OWNS Dot: Company 2015/..", 6);
    commit([&](WriteTransaction& write) { return write.purge_document(last.document); });
    load_a_table();
    std::string lines = "Ana: Person OWNS Long: Company 2016/..\n";
    for (int line = 0; line < 3000; ++line) lines += std::string(std::size_t(line % 7), '\n');
    import("long", lines + "Bo: Person OWNS Long: Company 2017/..", 7);
  }

  void keep_as(const std::string& name) {
    const char* target = std::getenv("ENTENTE_GOLDEN");
    ASSERT_NE(target, nullptr) << "ENTENTE_GOLDEN names the directory that they go to";
    const std::string base = (fs::path(target) / name).string();
    const std::string pack = "tar -czf '" + base + ".tar.gz' --owner=0 --group=0 -C '" + home.string() + "' db";
    ASSERT_EQ(std::system(pack.c_str()), 0) << pack;
    reopen(Access::Read);
    std::ofstream(base + ".txt", std::ios::binary) << answers(*store);
  }
};

// RocksDB must not have been open before a fork, so both are made before either is asked.
TEST_F(GoldenMaking, DISABLED_OneClosedAndOneWhoseWriterWasKilled) {
  const auto in_a_child = [&](const char* name, bool killed) {
    home = temporary.path() / name;
    fs::create_directory(home);
    const pid_t child = ::fork();
    if (child == 0) {
      reopen();
      live_through_a_little();
      if (killed) import("last", "Ana: Person OWNS Last: Company 2019/..", 150);  // in the write-ahead log alone
      if (killed && !HasFailure()) ::kill(::getpid(), SIGKILL);
      store.reset();
      std::_Exit(HasFailure() ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(killed ? WIFSIGNALED(status) : status == 0) << status;
  };
  in_a_child("closed", false);
  in_a_child("killed", true);
  for (const char* name : {"closed", "killed"}) {
    home = temporary.path() / name;
    keep_as("format-" + std::to_string(kFormatVersion) + "-" + name);
  }
}

}  // namespace
}  // namespace entente
