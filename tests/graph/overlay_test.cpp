// Changes laid over an earlier snapshot, against a snapshot made of what then is. That every algorithm
// answers the same on both is shown by its own tests: every second random_graph() is an overlay.
#include "graph/overlay.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "graph/catalog.h"
#include "graph/flatten.h"
#include "graph/image.h"
#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

std::string text_of(const Snapshot& s) {
  std::string text = std::to_string(s.as_of().recorded.value) + "\n";
  Columns::each(s.columns(), [&](std::string_view name, const auto& column) {
    text.append(name).append(reinterpret_cast<const char*>(column.data()), column.size_bytes());
  });
  return text;
}

// Whatever can be asked of columns, row by row, without the places of edges.
std::string told(const Snapshot& s) {
  std::string text = std::to_string(s.node_count()) + " " + std::to_string(s.edge_count()) + "\n";
  const auto edge_text = [&](EdgeIndex e) {
    EXPECT_EQ(s.find(s.id(e)), std::optional(e));
    return std::to_string(s.id(e).value) + ":" + std::to_string(s.head(e).value) + ">" + std::to_string(s.tail(e).value) + " " +
           s.valid(e).edtf() + " " + std::to_string(s.kind(e).bits) + " " + std::to_string(s.confidence(e)) + "; ";
  };
  each_node(s, [&](NodeIndex n) {
    text += std::to_string(s.id(n).value) + " " + std::string(s.name(n)) + " " + std::to_string(s.label(n).value);
    for (const LabelId label : s.more_labels(n)) text += "," + std::to_string(label.value);
    text += "\n out ";
    for (const Step step : s.out_edges(n)) {
      EXPECT_EQ(s.tail(step.edge), step.node);
      text += edge_text(step.edge);
    }
    text += "\n in ";
    for (const Step step : s.in_edges(n)) {
      EXPECT_EQ(s.head(step.edge), step.node);
      text += edge_text(step.edge);
    }
    each_node(s, [&](NodeIndex other) {
      for (const Step step : s.edges_from_to(n, other)) text += std::to_string(s.id(step.edge).value) + " ";
    });
    text += "\n";
  });
  text += "all ";
  each_edge(s, [&](EdgeIndex e) { text += edge_text(e); });
  return text;
}

// Every algorithm of the catalog, as rows by ids.
std::string answers(const Slice& slice) {
  std::string text;
  for (const RankAlgorithm& algorithm : rank_algorithms()) {
    const auto scores = algorithm.scores(slice, Arguments(algorithm.parameters));
    text += std::string(algorithm.name) + (scores ? "" : scores.error().message) + " ";
    if (scores)
      for (const double score : *scores) text += std::to_string(std::bit_cast<std::uint64_t>(score)) + " ";
  }
  for (const TableAlgorithm& algorithm : table_algorithms()) {
    const auto rows = algorithm.rows(slice, Arguments(algorithm.parameters));
    text += "\n" + std::string(algorithm.name) + (rows ? "" : rows.error().message) + " ";
    if (!rows) continue;
    for (const Row& row : *rows)
      for (const Cell& cell : row) {
        if (const auto* node = std::get_if<NodeIndex>(&cell)) text += std::to_string(node->value);
        else if (const auto* edge = std::get_if<EdgeIndex>(&cell)) text += "#" + std::to_string(slice.snapshot().id(*edge).value);
        else if (const auto* number = std::get_if<double>(&cell)) text += std::to_string(std::bit_cast<std::uint64_t>(*number));
        else if (const auto* count = std::get_if<std::uint64_t>(&cell)) text += std::to_string(*count);
        else text += std::get<std::string>(cell);
        text += " ";
      }
  }
  return text;
}

class Overlay : public testing::Test {
 protected:
  Overlay() : directory_(fs::temp_directory_path() / ("entente_overlay_" + std::to_string(::getpid()))) {
    fs::create_directories(directory_);
  }
  ~Overlay() override { fs::remove_all(directory_); }
  // The same snapshot, mapped from a file.
  std::shared_ptr<const Snapshot> mapped(const Snapshot& snapshot) const {
    EXPECT_TRUE(write_image(snapshot, {.database = std::string(32, '1'), .commit_hash = "x"}, directory_ / "image"));
    return open_image(directory_ / "image")->snapshot;
  }
  // A random graph of some size, and one before it in a file.
  Before mapped_before(Dice& dice, RandomGraph& graph) const {
    while (graph.edges.size() < 30) graph = random_graph(dice, 12, 40);
    Before was = before(graph, dice);
    was.base = mapped(*was.base);
    return was;
  }
  fs::path directory_;
};

void compare(const Before& was, const RandomGraph& graph, Dice& dice, std::size_t& layered) {
  const auto plain = *Snapshot::make(graph.nodes, graph.edges, Ontology::builtin(), graph.as_of);
  const auto made = with_changes(*was.base, was.changes, graph.as_of.recorded);
  if (was.base->edge_count() == 0) {
    ASSERT_EQ(made.error().code, Code::LimitReached);
    return;
  }
  ASSERT_TRUE(made) << made.error().message;
  const Snapshot& over = **made;
  ASSERT_EQ(told(over), told(*plain));
  ASSERT_EQ(text_of(over.is_layered() ? *flattened(over) : over), text_of(*plain));
  layered += over.is_layered();
  for (int i = 0; i < 2; ++i) {
    const Filter filter = i == 0 ? Filter{.include_evidence = true, .include_negated = true} : random_filter(dice, graph);
    const Slice slice(*made, filter), other(plain, filter);
    ASSERT_EQ(slice.edge_count(), other.edge_count());
    ASSERT_EQ(slice.is_whole(), other.is_whole());
    ASSERT_EQ(answers(slice), answers(other));
  }
}

TEST_F(Overlay, OfRandomChangesIsTheGraphThatTheyMake) {
  std::size_t layered = 0;
  for (std::uint32_t i = 0; i < cases(150); ++i) {
    SCOPED_TRACE("case " + std::to_string(i));
    Dice dice(7'000 + i);
    const RandomGraph graph = random_graph(dice, 12, 40);
    Before was = before(graph, dice);
    if (i % 2 == 0) was.base = mapped(*was.base);
    compare(was, graph, dice, layered);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(layered, cases(150) / 2);
}

TEST_F(Overlay, OfManyEdgesOverAMappedImageToo) {
  std::size_t layered = 0;
  for (std::uint32_t i = 0; i < cases(3); ++i) {
    SCOPED_TRACE("case " + std::to_string(i));
    Dice dice(9'000 + i);
    RandomGraph graph;
    while (graph.edges.size() < 11'000) graph = random_graph(dice, 300, 24'000);
    Before was = before(graph, dice);
    was.base = mapped(*was.base);
    const auto plain = *Snapshot::make(graph.nodes, graph.edges, Ontology::builtin(), graph.as_of);
    const auto made = with_changes(*was.base, was.changes, graph.as_of.recorded);
    ASSERT_TRUE(made) << made.error().message;
    ASSERT_EQ(text_of((*made)->is_layered() ? *flattened(**made) : **made), text_of(*plain));
    const Slice slice(*made, Filter{}), other(plain, Filter{});
    for (const char* name : {"degree", "pagerank", "core"}) {
      const auto algorithm = rank_algorithm_named(name);
      ASSERT_TRUE(algorithm) << name;
      EXPECT_EQ(*(*algorithm)->scores(slice, Arguments((*algorithm)->parameters)),
                *(*algorithm)->scores(other, Arguments((*algorithm)->parameters))) << name;
    }
    layered += (*made)->is_layered();
  }
  EXPECT_GT(layered, 0u);
}

// So that the places of all edges need not be rewritten for an edge of a day that no other has.
TEST_F(Overlay, OfVeryManyEdgesFindsEveryUsualDayInTheTable) {
  std::vector<Node> nodes(2);
  nodes[0].id = {1}, nodes[1].id = {2};
  nodes[0].label = nodes[1].label = label_of("Person");
  std::vector<Edge> edges(500'000);
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    edges[i].id = {i + 1}, edges[i].head = nodes[i % 2].id, edges[i].tail = nodes[1].id, edges[i].type = type_of("AID");
    edges[i].valid = *Interval::parse("2001-02-03/..");
  }
  const auto base = *Snapshot::make(nodes, edges, Ontology::builtin());
  Changes changes;
  edges[7].valid = *Interval::parse("1999-12-31/2000-02");
  changes.edges[edges[7].id] = edges[7];
  const auto over = *with_changes(*base, changes, kLatest);
  EXPECT_EQ(over->columns().instants.size(), base->columns().instants.size());
  EXPECT_TRUE(text_of(*flattened(*over)) == text_of(**Snapshot::make(nodes, edges, Ontology::builtin())));
  edges[8].valid = *Interval::parse("1789-07-14");  // is not usual
  changes.edges[edges[8].id] = edges[8];
  const auto long_ago = *with_changes(*base, changes, kLatest);
  EXPECT_GT(long_ago->columns().instants.size(), base->columns().instants.size());
  EXPECT_TRUE(text_of(*flattened(*long_ago)) == text_of(**Snapshot::make(nodes, edges, Ontology::builtin())));
}

TEST_F(Overlay, LeavesTheImageAsItIs) {
  Dice dice(3);
  RandomGraph graph;
  Before was = mapped_before(dice, graph);
  const std::string text = text_of(*was.base);
  ASSERT_TRUE(with_changes(*was.base, was.changes, {}));
  EXPECT_EQ(text_of(*was.base), text);
  EXPECT_TRUE(open_image(directory_ / "image", /*every_byte=*/true));
}

TEST_F(Overlay, OutlivesItsBaseAndItsFile) {
  Dice dice(3);
  RandomGraph graph;
  Before was = mapped_before(dice, graph);
  const auto over = *with_changes(*was.base, was.changes, graph.as_of.recorded);
  const std::string text = told(*over);
  was.base.reset();
  fs::remove(directory_ / "image");
  EXPECT_EQ(told(*over), text);
  EXPECT_EQ(text, told(**Snapshot::make(graph.nodes, graph.edges, Ontology::builtin(), graph.as_of)));
}

TEST_F(Overlay, RefusesChangesThatDoNotFit) {
  const auto node = [](std::uint64_t id) {
    Node made;
    made.id = {id}, made.label = label_of("Person");
    return made;
  };
  const auto edge = [](std::uint64_t id, std::uint64_t tail) {
    Edge made;
    made.id = {id}, made.head = {1}, made.tail = {tail}, made.type = type_of("AID");
    return made;
  };
  const auto base = *Snapshot::make({node(1), node(2)}, {edge(1, 2)}, Ontology::builtin());
  Changes gone;
  gone.nodes[NodeId{2}] = std::nullopt;
  EXPECT_EQ(with_changes(*base, gone, {}).error().code, Code::Corruption);  // its edge is still there
  Changes nowhere;
  nowhere.edges[EdgeId{2}] = edge(2, 3);
  EXPECT_NE(with_changes(*base, nowhere, {}).error().message.find("node 3"), std::string::npos);
  Changes far;
  far.edges[EdgeId{1ull << 40}] = edge(1ull << 40, 2);
  EXPECT_EQ(with_changes(*base, far, {}).error().code, Code::LimitReached);
}

}  // namespace
}  // namespace entente
