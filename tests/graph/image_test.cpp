#include "graph/image.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "graph/flatten.h"
#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"
#include "tests/support/store_fixture.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const ImageSource kSource{.database = "0123456789abcdef0123456789abcdef", .commit_hash = "hash", .filter = "a=b"};

class Image : public testing::Test {
 protected:
  fs::path file() const { return temporary.path() / "image"; }
  ImageInfo write(const Snapshot& snapshot) const {
    const auto written = write_image(snapshot, kSource, file());
    EXPECT_TRUE(written) << written.error().message;
    return *written;
  }
  // As whoever changes a file does: its time of modification changes too.
  void overwrite(const std::string& bytes) const {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  }
  TemporaryDirectory temporary;
};

// The bytes of every column.
std::string columns_of(const Snapshot& snapshot) {
  std::string all;
  Columns::each(snapshot.columns(), [&](std::string_view name, const auto& column) {
    all.append(name).append(reinterpret_cast<const char*>(column.data()), column.size_bytes());
  });
  return all;
}

TEST_F(Image, IsTheSnapshotAgain) {
  Dice dice(1);
  for (std::uint32_t i = 0; i < cases(200); ++i) {
    const RandomGraph graph = random_graph(dice, 12, 40);
    const ImageInfo written = write(*graph.snapshot);
    const auto opened = open_image(file(), /*every_byte=*/true);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(columns_of(*opened->snapshot),
              columns_of(graph.snapshot->is_layered() ? *flattened(*graph.snapshot) : *graph.snapshot));
    EXPECT_EQ(opened->snapshot->as_of().valid, graph.as_of.valid);
    EXPECT_EQ(opened->snapshot->as_of().recorded, graph.as_of.recorded);
    EXPECT_EQ(opened->snapshot->ontology().bytes(), Ontology::builtin().bytes());
    EXPECT_EQ(opened->info.source.database, kSource.database);
    EXPECT_EQ(opened->info.source.commit_hash, kSource.commit_hash);
    EXPECT_EQ(opened->info.source.filter, kSource.filter);
    EXPECT_EQ(opened->info.checksum, written.checksum);
    EXPECT_EQ(opened->info.edges, graph.snapshot->edge_count());
  }
}

TEST_F(Image, SameGraphGivesTheSameBytesWhateverTheOrderOfItsFacts) {
  const DrawnGraph g("a AID b 2024-01/..; b CONSULT c 2019; a SANCTION c 2022-03-01 alleged 0.5; d:Person");
  write(*g.snapshot);
  const std::string once = read_file(file());
  const std::vector<Node> nodes(g.nodes.rbegin(), g.nodes.rend());
  const std::vector<Edge> edges(g.edges.rbegin(), g.edges.rend());
  write(**Snapshot::make(nodes, edges, Ontology::builtin()));
  EXPECT_EQ(read_file(file()), once);
}

TEST_F(Image, DigestIsOfTheQuestionAndChecksumOfTheAnswer) {
  const DrawnGraph one("a AID b"), other("a AID c");
  const ImageInfo first = write(*one.snapshot), second = write(*other.snapshot);
  EXPECT_EQ(first.digest, second.digest);
  EXPECT_NE(first.checksum, second.checksum);
  const DrawnGraph later("a AID b", AsOf{.valid = window("2024"), .recorded = kLatest});
  EXPECT_NE(write(*later.snapshot).digest, first.digest);
  // Equal on every machine, so it may stand here.
  EXPECT_EQ(first.digest, "1a607b4037a0afcbc7a9b8c39352052eaa5b223d3deb3f6e2c86e6a03cdb9b5c");
}

TEST_F(Image, CutShortAnywhereIsAnError) {
  const DrawnGraph g("a AID b 2024-01/..; b CONSULT c 2019");
  write(*g.snapshot);
  const std::string whole = read_file(file());
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    overwrite(whole.substr(0, length));
    const auto opened = open_image(file());
    ASSERT_FALSE(opened) << length;
    EXPECT_EQ(opened.error().code, Code::Corruption) << opened.error().message;
  }
  overwrite(whole + std::string(8, '\0'));
  EXPECT_FALSE(open_image(file()));
  fs::remove(file());
  EXPECT_EQ(open_image(file()).error().code, Code::NotFound);
}

// Every bit of a small image turned: an error, or a bit that says nothing (padding).
TEST_F(Image, DamageAnywhereIsNoticedWithoutBeingAskedFor) {
  const DrawnGraph g("a AID b 2024-01/..; b CONSULT c 2019; c:Person AID a");
  write(*g.snapshot);
  const std::string whole = read_file(file()), columns = columns_of(*g.snapshot);
  std::size_t errors = 0;
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
    overwrite(damaged);
    const auto opened = open_image(file());
    if (!opened) {
      ++errors;
      EXPECT_TRUE(opened.error().code == Code::Corruption || opened.error().code == Code::Incompatible)
          << opened.error().message;
    } else {
      EXPECT_EQ(columns_of(*opened->snapshot), columns) << at;
    }
  }
  EXPECT_GT(errors, whole.size() / 3 * 9 / 10);
}

TEST_F(Image, RandomBytesAreNoImage) {
  Dice dice(7);
  for (int i = 0; i < 300; ++i) {
    std::string bytes(8 * dice.below(200), '\0');
    for (char& byte : bytes) byte = static_cast<char>(dice.one_in(3) ? dice.below(256) : dice.below(3));
    overwrite(bytes);
    EXPECT_FALSE(open_image(file()));
  }
  EXPECT_FALSE(open_image(temporary.path()));
}

TEST_F(Image, SealTellsWhetherItWasTouched) {
  const DrawnGraph g("a AID b");
  write(*g.snapshot);
  EXPECT_TRUE(open_image(file())->info.sealed);
  overwrite(read_file(file()));
  EXPECT_FALSE(open_image(file())->info.sealed);
  EXPECT_TRUE(open_image(file())->info.sealed);  // it was read to the end and found whole
}

TEST_F(Image, LivesOnInAReaderWhenItIsReplacedOrDeleted) {
  const DrawnGraph first("a AID b"), second("x CONSULT y; y AID z");
  write(*first.snapshot);
  const auto reader = open_image(file());
  write(*second.snapshot);
  EXPECT_EQ(reader->snapshot->name(NodeIndex{0}), "a");
  fs::remove(file());
  EXPECT_EQ(columns_of(*reader->snapshot), columns_of(*first.snapshot));
}

TEST_F(Image, ThatCannotBeWrittenLeavesNothing) {
  const DrawnGraph g("a AID b");
  const auto written = write_image(*g.snapshot, kSource, temporary.path() / "missing" / "image");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Code::Unavailable);
  fs::create_directory(file());  // cannot be replaced by a file
  EXPECT_FALSE(write_image(*g.snapshot, kSource, file()));
  EXPECT_EQ(std::distance(fs::directory_iterator(temporary.path()), fs::directory_iterator()), 1);
}

TEST_F(Image, IsWrittenWithoutWhatKilledWritersLeft) {
  const pid_t dead = ::fork();
  if (dead == 0) ::_exit(0);
  ::waitpid(dead, nullptr, 0);
  const std::string left = file().string() + ".new-" + std::to_string(dead), going_on = file().string() + ".new-" + std::to_string(::getppid());
  for (const std::string& name : {left, going_on}) std::ofstream(name) << "half an image";
  write(*DrawnGraph("a AID b").snapshot);
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(going_on));
}

TEST_F(Image, TakesAtMost45BytesAnEdge) {
  Dice dice(3);
  std::vector<Node> nodes(6250);
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    nodes[i].id = {i + 1};
    nodes[i].label = label_of("Government");
    nodes[i].name = "Actor " + std::to_string(i);
  }
  std::vector<Edge> edges(100'000);
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    Edge& edge = edges[i];
    edge.id = {i + 1};
    edge.head = nodes[dice.below(6250)].id, edge.tail = nodes[dice.below(6250)].id;
    edge.type = type_of("AID");
    const Day from = day("2015-01-01") + std::chrono::days{dice.below(3000)};
    edge.valid = *Interval::make(Bound::known(from), Bound::known(from + std::chrono::days{dice.below(300)}));
    edge.confidence = (1 + dice.below(1000)) / 1000.0;
  }
  const ImageInfo info = write(**Snapshot::make(nodes, edges, Ontology::builtin()));
  EXPECT_LT(static_cast<double>(info.bytes) / info.edges, 45.0);
}

TEST_F(Image, OfASliceHoldsWhatTheSliceAdmits) {
  Dice dice(5);
  for (std::uint32_t i = 0; i < cases(200); ++i) {
    const RandomGraph graph = random_graph(dice, 8, 25);
    const Slice slice(graph.snapshot, random_filter(dice, graph));
    const auto part = extracted(slice, graph.snapshot->as_of());
    std::string theirs, ours;
    each_edge(slice, [&](EdgeIndex edge) { theirs += std::to_string(graph.snapshot->id(edge).value) + " "; });
    each_edge(*part, [&](EdgeIndex edge) { ours += std::to_string(part->id(edge).value) + " "; });
    EXPECT_EQ(ours, theirs);
    EXPECT_EQ(part->node_count(), slice.node_count());
    each_edge(*part, [&](EdgeIndex edge) {
      const EdgeIndex from = *graph.snapshot->find(part->id(edge));
      EXPECT_EQ(part->valid(edge), graph.snapshot->valid(from));
      EXPECT_EQ(part->kind(edge).bits, graph.snapshot->kind(from).bits);
      EXPECT_EQ(part->confidence(edge), graph.snapshot->confidence(from));
    });
  }
}

}  // namespace
}  // namespace entente
