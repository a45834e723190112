// Reading beside a process that writes, flushes, compacts, closes and opens again: every view is
// whole and none is older than what was acknowledged before it was asked for.
#include <gtest/gtest.h>

#include <random>

#include "storage/check.h"
#include "tests/crash/workload.h"
#include "tests/support/store_fixture.h"

namespace entente {
namespace {

// A view holds exactly the documents of its commits, and each of them whole.
int look(const ReadTransaction& read, const Workload& workload, std::mt19937& random) {
  const auto totals = read.totals();
  if (!totals) return fail(30, totals.error().message);
  if (totals->documents != read.last_commit().value) return fail(31, "documents and commits differ");
  std::uint64_t documents = 0;
  if (const auto scanned = read.scan_documents([&](const Document&) { return ++documents; }); !scanned)
    return fail(32, scanned.error().message);
  if (documents != totals->documents) return fail(33, "a document is missing");
  for (int i = 0; i < 4 && documents > 0; ++i) {
    const int k = 1 + int(random() % documents);
    const auto text = read.text(DocumentId{std::uint64_t(k)});
    if (!text) return fail(34, text.error().message);
    if (*text != workload.text(k)) return fail(35, "a text is not what was written");
    const auto found = read.find_name("Ana" + std::to_string(k));
    if (!found || found->size() != 1) return fail(36, "a name is missing");
    const auto around = read.neighbours(found->front().node);
    if (!around || around->size() < 2) return fail(37, "an edge is missing");
  }
  return 0;
}

TEST(Beside, ReadersSeeWholeCommitsAndTheNewestOnesWhateverTheWriterDoes) {
  const int lives = how_often(12, 400);  // of the writer: each opens, writes, flushes and closes
  const TemporaryDirectory temporary;
  const auto directory = temporary.path() / "db";
  const Workload workload{.seed = 7, .largest = 256 << 10};
  {
    Child first([&](const Tell& tell) {
      const auto store = Store::open(directory, Access::Create);
      return store ? import_all(**store, workload, 1, 2, tell) : 3;
    });
    ASSERT_EQ(first.wait(), 0);
  }
  // Tells how many views it saw, then which commit the last one had.
  const auto reader = [&](bool keeps_open) {
    return [&, keeps_open](const Tell& tell) {
      std::mt19937 random(unsigned(::getpid()));
      auto store = Store::open(directory, Access::Read);
      if (!store) return fail(4, store.error().message);
      CommitId last;
      for (int views = 0;; ++views) {
        if (!keeps_open) {
          store = Store::open(directory, Access::Read);
          if (!store) return fail(5, store.error().message);
        }
        const ReadTransaction read = (*store)->begin_read();
        if (read.last_commit() < last) return fail(6, "a later view is older");
        last = read.last_commit();
        if (const int wrong = look(read, workload, random)) return wrong;
        tell(int(last.value));
      }
    };
  };
  Child keeping(reader(true)), opening(reader(false));

  int written = 2;
  for (int life = 0; life < lives; ++life) {
    Child writer([&](const Tell& tell) {
      auto store = Store::open(directory, Access::Write);
      if (!store) return fail(3, store.error().message);
      return import_all(**store, workload, written + 1, 20, tell);
    });
    int number = 0;
    while (writer.next(number)) written = number;
    ASSERT_EQ(writer.wait(), 0);
  }
  // Both get to see the last commit, and were right until then.
  for (Child* child : {&keeping, &opening}) {
    int seen = 0, views = 0;
    while (seen < written && child->next(seen)) ++views;
    EXPECT_EQ(seen, written) << "the reader ended with " << child->wait();
    std::printf("%d views beside %d commits\n", views, written);
  }
  Child checking([&](const Tell& tell) { return verify(directory, workload, written, tell); });
  EXPECT_EQ(checking.wait(), 0);
}

}  // namespace
}  // namespace entente
