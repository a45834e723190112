// Paths against a witness that tries every loopless walk over the facts themselves, on random
// temporal multigraphs, under every filter, both directions, and slices of slices.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <span>
#include <tuple>

#include "graph/algorithms/shortest_path.h"
#include "tests/support/walk_witness.h"

namespace entente {
namespace {

// The path's nodes, each step of which lists what the witness has between its ends.
void expect_steps(const Snapshot& snapshot, const Path& path, const WalkWitness& witness) {
  const Walk walk = walk_of(snapshot, path.nodes);
  ASSERT_EQ(path.steps.size() + 1, walk.size());
  for (std::size_t s = 0; s < path.steps.size(); ++s) {
    std::vector<EdgeId> edges;
    for (const EdgeIndex edge : path.steps[s]) edges.push_back(snapshot.id(edge));
    ASSERT_FALSE(edges.empty());
    ASSERT_EQ(edges, witness.step(walk[s], walk[s + 1]));
  }
}

// These very walks, in this order.
void expect_equal(const Snapshot& snapshot, const std::vector<Path>& paths,
                  const std::vector<Walk>& expected, const WalkWitness& witness) {
  ASSERT_EQ(paths.size(), expected.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    ASSERT_EQ(walk_of(snapshot, paths[i].nodes), expected[i]) << "path " << i;
    expect_steps(snapshot, paths[i], witness);
  }
}

// So many of the walks, each once, none longer than one that is missing. `walks` has the shortest
// first and all that there are.
void expect_shortest(const Snapshot& snapshot, const std::vector<Path>& paths, std::size_t count,
                     const std::vector<Walk>& walks, const WalkWitness& witness) {
  ASSERT_EQ(paths.size(), std::min(count, walks.size()));
  std::set<Walk> seen;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Walk walk = walk_of(snapshot, paths[i].nodes);
    ASSERT_EQ(walk.size(), walks[i].size()) << "path " << i;
    ASSERT_TRUE(std::ranges::binary_search(walks, std::tuple(walk.size(), walk), {},
                                           [](const Walk& w) { return std::tuple(w.size(), w); }));
    ASSERT_TRUE(seen.insert(walk).second) << "path " << i << " comes twice";
    expect_steps(snapshot, paths[i], witness);
  }
}

void compare(Dice& dice, const RandomGraph& graph, Direction direction, PathScratch& scratch) {
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
  if (!walks.empty()) expect_shortest(slice.snapshot(), {**shortest}, 1, walks, witness);

  std::vector<Walk> least;
  for (const Walk& walk : walks)
    if (walk.size() == walks[0].size()) least.push_back(walk);
  expect_equal(slice.snapshot(), *all_shortest_paths(slice, a, b, options), least, witness);

  const std::size_t k = 1 + dice.below(12);
  const auto first = k_shortest_paths(slice, a, b, k, options), all = k_shortest_paths(slice, a, b, walks.size() + 1, options);
  expect_shortest(slice.snapshot(), *first, k, walks, witness);
  expect_shortest(slice.snapshot(), *all, walks.size(), walks, witness);

  // The same again, whatever was asked before; the fewer are the first of the more.
  ASSERT_TRUE(std::ranges::equal(*first, std::span(*all).first(first->size())));
  if (!walks.empty()) {
    ASSERT_EQ(first->front(), **shortest);
  }
  options.scratch = &scratch;
  ASSERT_EQ(*shortest_path(slice, a, b, options), *shortest);
  ASSERT_EQ(*k_shortest_paths(slice, a, b, k, options), *first);
}

void compare_many(std::uint64_t seed, std::uint32_t count, std::uint32_t nodes,
                  std::uint32_t edges) {
  PathScratch scratch;
  for (std::uint32_t i = 0; i < count; ++i) {
    Dice dice(seed + i);
    const RandomGraph graph = random_graph(dice, nodes, edges);
    for (const Direction direction : {Direction::Any, Direction::Forward}) {
      compare(dice, graph, direction, scratch);
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
