// A store in a directory of its own, checked when the test ends.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "storage/check.h"
#include "storage/highwater.h"
#include "storage/store.h"
#include "tests/support/extract_text.h"
#include "tests/support/temporary_directory.h"

namespace entente {

// For tests that change files behind the store's back and mean what is inside them: HIGHWATER and
// FILES then say that these are the right ones.
inline void accept_files(const std::filesystem::path& directory) {
  const auto files = rocksdb::FileSystem::Default();
  const auto last = read_highwater(*files, directory);
  ASSERT_TRUE(last) << last.error().message;
  auto highwater = Highwater::start(files, directory, *last);
  ASSERT_TRUE(highwater) << highwater.error().message;
  const auto closed = (*highwater)->close({});
  ASSERT_TRUE(closed) << closed.error().message;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override { reopen(); }
  void TearDown() override {
    if (!store || expect_damage) return;
    const auto report = check(*store);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->clean()) << joined(report->faults);
  }

  std::filesystem::path directory() const { return temporary.path() / "db"; }

  void reopen(Access access = Access::Create) {
    store.reset();
    auto opened = Store::open(directory(), access);
    ASSERT_TRUE(opened) << opened.error().message;
    store = std::move(*opened);
  }

  // One document, one commit, at that second of the wall clock.
  Commit import(const std::string& name, std::string_view lines, int second = 0) {
    auto write = store->begin_write();
    EXPECT_TRUE(write) << write.error().message;
    const auto outcome = write->assert_extract(extract_of(name, lines));
    EXPECT_TRUE(outcome) << outcome.error().message;
    last = *outcome;
    const auto commit = write->commit("tester", "import " + name, at(second));
    EXPECT_TRUE(commit) << commit.error().message;
    return *commit;
  }

  static Instant at(int second) {
    using namespace std::chrono;
    return sys_days(2024y / June / 1) + seconds(second);
  }

  // Every edge but mentions, as `HEAD TYPE TAIL EDTF mode [not] confidence xN`, one a line.
  std::string edges(CommitId recorded = kLatest) const {
    const ReadTransaction read = store->begin_read();
    std::string lines;
    const auto scanned = read.scan_edges(recorded, [&](const Edge& edge) {
      if (read.ontology().type(edge.type).family == Family::Evidence) return true;
      lines += (*read.node(edge.head, recorded))->name + " " + read.ontology().type(edge.type).name +
               " " + (*read.node(edge.tail, recorded))->name + " " + edge.valid.edtf() + " " +
               std::string(name_of(edge.mode)) + (edge.negated ? " not " : " ") +
               text_of(Value(edge.confidence)) + " x" + std::to_string(edge.statements.size()) + "\n";
      return true;
    });
    EXPECT_TRUE(scanned);
    return lines;
  }

  TemporaryDirectory temporary;
  std::unique_ptr<Store> store;
  AssertOutcome last;
  bool expect_damage = false;  // the test damages the store on purpose
};

}  // namespace entente
