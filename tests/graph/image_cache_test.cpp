#include "graph/image_cache.h"

#include <gtest/gtest.h>

#include <fstream>

#include "graph/flatten.h"
#include "graph/image.h"
#include "graph/load.h"
#include "tests/support/random_graph.h"
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using From = CachedSnapshot::From;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ImageCache : public VerbsTest {
 protected:
  fs::path image() const { return directory() / "image"; }
  CachedSnapshot load(CommitId recorded = kLatest, std::uint64_t keep_while_above = 0) const {
    auto loaded = load_cached(store->begin_read(), directory(), store->database_id(), recorded,
                              {.least_edges = 1, .keep_while_above = keep_while_above});
    EXPECT_TRUE(loaded) << loaded.error().message;
    return *loaded;
  }
  static std::string text_of(const Snapshot& s) {
    std::string text = std::to_string(s.as_of().recorded.value) + "\n";
    Columns::each(s.columns(), [&](std::string_view name, const auto& column) {
      text.append(name).append(reinterpret_cast<const char*>(column.data()), column.size_bytes());
    });
    return text;
  }
  void expect_as_stored(const CachedSnapshot& loaded) const {
    const auto stored = load_snapshot(store->begin_read(), {});
    ASSERT_TRUE(stored) << stored.error().message;
    const auto& snapshot = loaded.snapshot;
    EXPECT_EQ(text_of(snapshot->is_layered() ? *flattened(*snapshot) : *snapshot), text_of(**stored));
    const auto by_parts = load_snapshot(store->begin_read(), {}, /*by_parts_from=*/1);
    ASSERT_TRUE(by_parts) << by_parts.error().message;
    EXPECT_EQ(text_of(**by_parts), text_of(**stored));
  }
};

TEST_F(ImageCache, IsWrittenByTheFirstQuestionAndMappedByTheNext) {
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  EXPECT_EQ(load().from, From::Store);
  EXPECT_TRUE(fs::exists(image()));
  const CachedSnapshot again = load();
  EXPECT_EQ(again.from, From::Image);
  expect_as_stored(again);
  fs::remove(image());  // it may be deleted
  EXPECT_EQ(load().from, From::Store);
}

TEST_F(ImageCache, SmallGraphsLeaveNoFile) {
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  ASSERT_TRUE(load_cached(store->begin_read(), directory(), store->database_id(), kLatest));
  EXPECT_FALSE(fs::exists(image()));
}

TEST_F(ImageCache, OfAnEarlierCommitIsMadeAnewFromTheLog) {
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..\nIran: Government SUPPLIES Russia: Government 2022");
  load();
  import("two", "China: Government CONTROLS fentanyl: Chemical 2019-05/..\nIran: Government SUPPLIES Russia: Government 2022");
  const CachedSnapshot loaded = load();
  EXPECT_EQ(loaded.from, From::Changes);
  expect_as_stored(loaded);
  EXPECT_EQ(load().from, From::Image);
}

TEST_F(ImageCache, WhoeverKeepsTheSnapshotNeedNotWriteItEachTime) {
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += "China: Government AID Actor" + std::to_string(i) + ": Company 2024\n";
  import("many", lines);
  load();
  const std::string before = read_file(image());
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  const CachedSnapshot kept = load(kLatest, /*keep_while_above=*/4);
  EXPECT_EQ(kept.from, From::Changes);
  expect_as_stored(kept);
  EXPECT_EQ(read_file(image()), before);
}

// A question costs what changed, not what there is; who asked leaves the writing to others.
TEST_F(ImageCache, IsWrittenAgainWhenMuchHasChanged) {
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += "China: Government AID Actor" + std::to_string(i) + ": Company 2024\n";
  import("many", lines);
  load();
  for (int i = 0; i < 20; ++i) import("more " + std::to_string(i), "Iran: Government AID Other" + std::to_string(i) + ": Company 2023");
  const auto asked = load_cached(store->begin_read(), directory(), store->database_id(), kLatest,
                                 {.least_edges = 1, .keep_while_above = 4, .write = false});
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->from, From::Changes);
  EXPECT_TRUE(asked->image_is_due);
  EXPECT_EQ(load(kLatest, 1'000'000).from, From::Changes);  // nobody has written it
  write_cached(*asked, directory(), store->database_id());
  EXPECT_EQ(load().from, From::Image);
  expect_as_stored(load());
}

TEST_F(ImageCache, IsOfTheLastCommitAlone) {
  const Commit first = import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  load();
  import("two", "Iran: Government SUPPLIES Russia: Government 2022");
  const CachedSnapshot earlier = load(first.id);
  EXPECT_EQ(earlier.from, From::Store);
  EXPECT_EQ(earlier.snapshot->as_of().recorded, first.id);
}

TEST_F(ImageCache, DamagedIsToldAndMadeAnew) {
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  load();
  const std::string whole = read_file(image());
  for (std::size_t at = 8; at < whole.size(); at += whole.size() / 40) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(~damaged[at]);
    std::ofstream(image(), std::ios::binary | std::ios::trunc) << damaged;
    const CachedSnapshot loaded = load();
    if (loaded.from == From::Store) {
      EXPECT_NE(loaded.warning.find("image"), std::string::npos) << at;
    }
    expect_as_stored(loaded);
    EXPECT_EQ(load().from, From::Image);
  }
  std::ofstream(image(), std::ios::binary | std::ios::trunc) << whole.substr(0, whole.size() / 2);
  EXPECT_NE(load().warning.find("cut short"), std::string::npos);
  EXPECT_EQ(read_file(image()), whole);
}

TEST_F(ImageCache, OfAnotherDatabaseIsNotTaken) {
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  const auto other = write_image(*load().snapshot, {.database = std::string(32, '0'), .commit_hash = "x"}, image());
  ASSERT_TRUE(other);
  EXPECT_EQ(load().from, From::Store);
  EXPECT_EQ(load().from, From::Image);
}

TEST_F(ImageCache, ThatCannotBeWrittenIsNoError) {
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  fs::create_directory(image());
  std::ofstream(image() / "in the way") << "x";
  const CachedSnapshot loaded = load();
  EXPECT_EQ(loaded.from, From::Store);
  expect_as_stored(loaded);
  fs::remove_all(image());
}

TEST_F(ImageCache, GoesWithWhatIsPurged) {
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  import("two", "Secret: Company SUPPLIES Russia: Government 2022");
  load();
  std::ofstream(directory() / "image.new-1") << "Secret";  // of a killed writer
  commit([&](WriteTransaction& write) { return write.purge_document(last.document); });
  EXPECT_FALSE(fs::exists(image()));
  EXPECT_FALSE(fs::exists(directory() / "image.new-1"));
  expect_as_stored(load());
}

// Whatever was done since the image was made, the snapshot is what the store has.
TEST_F(ImageCache, AgreesWithTheStoreAfterRandomVerbs) {
  Dice dice(11);
  const char* names[] = {"China", "Iran", "Russia", "Mexico", "India"};
  const char* types[] = {"AID", "SUPPLIES", "SANCTION", "CONSULT"};
  std::vector<DocumentId> documents;
  std::vector<CommitId> commits;
  std::size_t from_changes = 0, laid_over = 0;
  for (std::uint32_t i = 0; i < cases(150); ++i) {
    const std::uint32_t what = dice.below(10);
    if (what < 5 || documents.empty()) {
      std::string lines;
      for (std::uint32_t n = 1 + dice.below(3); n > 0; --n)
        lines += std::string(names[dice.below(5)]) + ": Government " + types[dice.below(4)] + " " + names[dice.below(5)] +
                 ": Government 20" +
                 std::to_string(10 + dice.below(10)) + (dice.one_in(2) ? "/..\n" : "\n");
      commits.push_back(import("document " + std::to_string(i), lines).id);
      documents.push_back(last.document);
    } else if (what < 6) {
      const auto made = attempt([&](WriteTransaction& write) {
        return write.retract_document(documents[dice.below(std::uint32_t(documents.size()))]);
      });
      if (made) commits.push_back(made->id);
    } else if (what < 7) {
      const auto read = store->begin_read();
      const auto one = read.find_name(names[dice.below(5)]), other = read.find_name(names[dice.below(5)]);
      if (one->empty() || other->empty() || one->front().node == other->front().node) continue;
      const auto made = attempt([&](WriteTransaction& write) {
        return write.merge(one->front().node, other->front().node);
      });
      if (made) commits.push_back(made->id);
    } else if (what < 8) {  // one edge of those that there are
      std::vector<EdgeId> edges;
      ASSERT_TRUE(store->begin_read().scan_edges(kLatest, [&](const Edge& edge) { return edges.push_back(edge.id), true; }));
      if (edges.empty()) continue;
      const EdgeId edge = edges[dice.below(std::uint32_t(edges.size()))];
      const auto made = attempt([&](WriteTransaction& write) -> Status {
        if (dice.one_in(3)) return write.retract_edge(edge);
        if (dice.one_in(2)) {
          EdgeValues values;
          values.valid = interval("19" + std::to_string(50 + dice.below(50)) + "/..");
          const auto done = write.correct(edge, {}, values);
          return done ? Status(kOk) : Status(done.error());
        }
        Turn turn;
        turn.at = *Bound::parse("2020-01-01");
        turn.evidence = {documents[dice.below(std::uint32_t(documents.size()))], 0, 1};
        const auto done = write.change(edge, turn);
        return done ? Status(kOk) : Status(done.error());
      });
      if (made) commits.push_back(made->id);
    } else if (what < 9) {  // a node gets another name, or stands for itself again
      const auto made = attempt([&](WriteTransaction& write) -> Status {
        const NodeId node{1 + dice.below(40)};
        if (dice.one_in(2)) return write.unmerge(node);
        NodeValues values;
        values.name = dice.one_in(2) ? "Another" + std::to_string(dice.below(3)) : names[dice.below(5)];
        return write.correct_node(node, values);
      });
      if (made) commits.push_back(made->id);
    } else {
      const auto made = attempt([&](WriteTransaction& write) {
        if (dice.one_in(20)) return write.purge_document(documents[dice.below(std::uint32_t(documents.size()))]);
        return write.undo(commits[dice.below(std::uint32_t(commits.size()))]);
      });
      if (made) commits.push_back(made->id);
    }
    if (dice.one_in(3)) continue;  // more than one commit behind
    // Written anew each time, or only when much has changed.
    const CachedSnapshot loaded = load(kLatest, dice.one_in(3) ? 0 : 2);
    from_changes += loaded.from == From::Changes, laid_over += loaded.snapshot->is_layered();
    expect_as_stored(loaded);
    if (HasFailure()) return;
  }
  EXPECT_GT(from_changes, cases(150) / 4);
  EXPECT_GT(laid_over, cases(150) / 8);
}

}  // namespace
}  // namespace entente
