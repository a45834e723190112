// Paths against a witness that tries every loopless walk over the facts themselves, on random
// temporal multigraphs, under every filter, both directions, and slices of slices.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "graph/algorithms/shortest_path.h"
#include "tests/support/walk_witness.h"

namespace entente {
namespace {

void expect_equal(const Snapshot& snapshot, const std::vector<Path>& paths,
                  const std::vector<Walk>& expected, const WalkWitness& witness) {
  ASSERT_EQ(paths.size(), expected.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Walk walk = walk_of(snapshot, paths[i].nodes);
    ASSERT_EQ(walk, expected[i]) << "path " << i;
    ASSERT_EQ(paths[i].steps.size() + 1, walk.size());
    for (std::size_t s = 0; s < paths[i].steps.size(); ++s) {
      std::vector<EdgeId> edges;
      for (const EdgeIndex edge : paths[i].steps[s]) edges.push_back(snapshot.id(edge));
      ASSERT_EQ(edges, witness.step(walk[s], walk[s + 1]));
    }
  }
}

void compare(Dice& dice, const RandomGraph& graph, Direction direction) {
  std::vector<Filter> filters = {random_filter(dice, graph)};
  Slice slice(graph.snapshot, filters[0]);
  if (dice.one_in(3)) {
    filters.push_back(random_filter(dice, graph));
    slice = Slice(slice, filters[1]);
  }
  const WalkWitness witness(graph, filters, direction);
  std::set<EdgeId> admitted;
  each_edge(slice, [&](EdgeIndex edge) { admitted.insert(slice.snapshot().id(edge)); });
  ASSERT_EQ(admitted, witness.edge_ids());

  const NodeId from = graph.nodes[dice.below(graph.nodes.size())].id;
  const NodeId to = graph.nodes[dice.below(graph.nodes.size())].id;
  const NodeIndex a = *graph.snapshot->find(from), b = *graph.snapshot->find(to);
  PathOptions options{.direction = direction};
  if (dice.one_in(3)) options.max_hops = dice.below(5);
  const auto shortest = shortest_path(slice, a, b, options);
  if (!witness.has(from) || !witness.has(to)) {
    ASSERT_FALSE(shortest);
    ASSERT_EQ(shortest.error().code, Code::NotFound);
    return;
  }
  const std::vector<Walk> walks = witness.walks(from, to, options.max_hops);

  ASSERT_TRUE(shortest);
  ASSERT_EQ(shortest->has_value(), !walks.empty());
  if (!walks.empty()) expect_equal(slice.snapshot(), {**shortest}, {walks[0]}, witness);

  std::vector<Walk> least;
  for (const Walk& walk : walks)
    if (walk.size() == walks[0].size()) least.push_back(walk);
  expect_equal(slice.snapshot(), *all_shortest_paths(slice, a, b, options), least, witness);

  const std::size_t k = 1 + dice.below(12);
  const std::vector<Walk> first(walks.begin(),
                                walks.begin() + static_cast<long>(std::min(k, walks.size())));
  expect_equal(slice.snapshot(), *k_shortest_paths(slice, a, b, k, options), first, witness);
  expect_equal(slice.snapshot(), *k_shortest_paths(slice, a, b, walks.size() + 1, options), walks,
               witness);
}

void compare_many(std::uint64_t seed, std::uint32_t count, std::uint32_t nodes,
                  std::uint32_t edges) {
  for (std::uint32_t i = 0; i < count; ++i) {
    Dice dice(seed + i);
    const RandomGraph graph = random_graph(dice, nodes, edges);
    for (const Direction direction : {Direction::Any, Direction::Forward}) {
      compare(dice, graph, direction);
      if (testing::Test::HasFatalFailure()) {
        ADD_FAILURE() << "seed " << seed + i << (direction == Direction::Any ? " any" : " forward");
        return;
      }
    }
  }
}

TEST(Paths, EqualBruteForceOnSparseRandomGraphs) { compare_many(1'000'000, cases(6'000), 12, 20); }

TEST(Paths, EqualBruteForceOnDenseRandomGraphs) { compare_many(2'000'000, cases(4'000), 6, 60); }

}  // namespace
}  // namespace entente
