// What is asked to stop, by the work that it still does.
#include <gtest/gtest.h>

#include "graph/algorithms/components.h"
#include "graph/algorithms/cores.h"
#include "graph/algorithms/cut_points.h"
#include "graph/algorithms/degree.h"
#include "graph/algorithms/links.h"
#include "graph/algorithms/rows.h"
#include "tests/support/graph_text.h"

namespace entente {
namespace {

// A chain of so many nodes.
std::shared_ptr<const Snapshot> chain(std::uint32_t count) {
  std::vector<Node> nodes(count);
  std::vector<Edge> edges(count - 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    nodes[i].id = NodeId{i + 1}, nodes[i].label = label_of("Person");
    if (i + 1 == count) break;
    edges[i].id = EdgeId{i + 1}, edges[i].type = type_of("AID");
    edges[i].head = NodeId{i + 1}, edges[i].tail = NodeId{i + 2}, edges[i].confidence = 1;
  }
  return *Snapshot::make(nodes, edges, Ontology::builtin());
}

// A snapshot that counts the rows that are read, and asks to stop at one of them.
struct Counting {
  const Snapshot& of;
  std::uint32_t stop_at;
  Cancel* cancel;
  mutable std::uint32_t rows = 0;

  void count() const {
    if (++rows == stop_at) cancel->ask();
  }
  std::uint32_t node_limit() const { return of.node_limit(); }
  std::uint32_t edge_limit() const { return of.edge_limit(); }
  std::uint32_t node_count() const { return of.node_count(); }
  std::uint32_t edge_count() const { return of.edge_count(); }
  bool admits(NodeIndex node) const { return of.admits(node); }
  bool admits(EdgeIndex edge) const { return of.admits(edge); }
  bool admits(Step step) const { return of.admits(step); }
  StepRow out_edges(NodeIndex node) const { return count(), of.out_edges(node); }
  StepRow in_edges(NodeIndex node) const { return count(), of.in_edges(node); }
  StepRow edges_from_to(NodeIndex head, NodeIndex tail) const { return of.edges_from_to(head, tail); }
  StepRow out_row(NodeIndex node) const { return of.out_row(node); }
  StepRow in_row(NodeIndex node) const { return of.in_row(node); }
  NodeIndex head(EdgeIndex edge) const { return of.head(edge); }
  NodeIndex tail(EdgeIndex edge) const { return of.tail(edge); }
  Truth truth(EdgeIndex edge) const { return of.truth(edge); }
  std::optional<DayRange> window() const { return of.window(); }
  bool is_layered() const { return of.is_layered(); }
  const Snapshot& snapshot() const { return of; }
};

TEST(Stopping, RowsAreGatheredOfAFewThousandNodesMore) {
  const auto snapshot = chain(50'000);
  Cancel cancel;
  const Counting view{*snapshot, 10'000, &cancel};
  const Rows rows = gather_rows(view, Side::Out, Weight::Edge, Loops::Keep, &cancel);
  EXPECT_GE(view.rows, 10'000u);
  EXPECT_LE(view.rows, 10'000u + kBetweenLooks);
  ASSERT_EQ(rows.size(), 50'000u);  // the others have none
  EXPECT_EQ(rows.first.back(), rows.to.size());
  Cancel nobody;
  const Counting all{*snapshot, ~0u, &nobody};
  gather_rows(all, Side::Out, Weight::Edge, Loops::Keep, &nobody);
  EXPECT_EQ(all.rows, 50'000u);
}

// Nobody is looked at: what comes back is as it was before the first.
TEST(Stopping, NothingIsDoneOnceItWasAsked) {
  const Slice slice(chain(20'000), Filter{});
  Cancel cancel;
  cancel.ask();
  const auto none = [](const auto& values) { return std::ranges::all_of(values, [](auto value) { return value == 0; }); };
  EXPECT_TRUE(none(core_numbers(slice, &cancel)));
  EXPECT_FALSE(none(core_numbers(slice)));
  EXPECT_TRUE(none(degree(slice, {.cancel = &cancel})));
  EXPECT_FALSE(none(degree(slice)));
  const CutPoints cut = cut_points(slice, &cancel);
  EXPECT_TRUE(none(cut.parts) && cut.bridges.empty());
  EXPECT_EQ(cut_points(slice).bridges.size(), 19'999u);
  EXPECT_EQ(gather_links(slice, Side::Both, Parallel::Merge, Loops::Drop, &cancel).first().back(), 0u);
  for (const Connected connected : {Connected::Weakly, Connected::Strongly})
    EXPECT_NE(components(slice, connected, &cancel), components(slice, connected));
}

}  // namespace
}  // namespace entente
