// Components, communities, cut points, cores, triads, motifs, influence and sampled betweenness,
// each against its definition tried literally on random multigraphs under random filters.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "graph/algorithms/betweenness.h"
#include "graph/algorithms/communities.h"
#include "graph/algorithms/components.h"
#include "graph/algorithms/cores.h"
#include "graph/algorithms/cut_points.h"
#include "graph/algorithms/edge_age.h"
#include "graph/algorithms/influence.h"
#include "graph/algorithms/motifs.h"
#include "graph/algorithms/triads.h"
#include "tests/support/graph_text.h"
#include "tests/support/random_graph.h"

namespace entente {
namespace {

template <typename Compare>
void for_random_slices(std::uint64_t seed, std::uint32_t count, std::uint32_t nodes,
                       std::uint32_t edges, Compare compare) {
  for (std::uint32_t i = 0; i < count; ++i) {
    Dice dice(seed + i);
    const RandomGraph graph = random_graph(dice, nodes, edges);
    const Slice slice(graph.snapshot, random_filter(dice, graph));
    compare(slice, dice);
    if (testing::Test::HasFatalFailure()) {
      ADD_FAILURE() << "seed " << seed + i;
      return;
    }
  }
}

using Matrix = std::vector<std::vector<bool>>;
// Is there a way, without one node or one edge?
Matrix reach(const Slice& s, bool both_ways, std::uint32_t but_node = kNoGroup, std::uint32_t but_edge = kNoGroup) {
  const std::uint32_t n = s.node_limit();
  Matrix way(n, std::vector<bool>(n));
  for (std::uint32_t i = 0; i < n; ++i) way[i][i] = s.admits(NodeIndex{i}) && i != but_node;
  each_edge(s, [&](EdgeIndex e) {
    const std::uint32_t a = s.head(e).value, b = s.tail(e).value;
    if (a == but_node || b == but_node || e.value == but_edge) return;
    way[a][b] = true;
    if (both_ways) way[b][a] = true;
  });
  for (std::uint32_t k = 0; k < n; ++k)
    for (std::uint32_t i = 0; i < n; ++i)
      for (std::uint32_t j = 0; j < n; ++j)
        if (way[i][k] && way[k][j]) way[i][j] = true;
  return way;
}
std::size_t parts(const Matrix& way) {
  std::set<std::vector<bool>> rows;
  for (std::size_t i = 0; i < way.size(); ++i)
    if (way[i][i]) rows.insert(way[i]);
  return rows.size();
}

TEST(Components, AreWhatHasAWayToEachOther) {
  for_random_slices(11'000'000, cases(500), 10, 14, [](const Slice& s, Dice&) {
    for (const Connected connected : {Connected::Weakly, Connected::Strongly}) {
      const Matrix way = reach(s, connected == Connected::Weakly);
      const Groups groups = components(s, connected);
      for (std::uint32_t i = 0; i < groups.size(); ++i) {
        ASSERT_EQ(groups[i] == kNoGroup, !s.admits(NodeIndex{i}));
        for (std::uint32_t j = 0; j < groups.size(); ++j) {
          if (groups[i] == kNoGroup || groups[j] == kNoGroup) continue;
          ASSERT_EQ(groups[i] == groups[j], way[i][j] && way[j][i]);
        }
      }
      const auto sizes = group_sizes(groups);
      ASSERT_TRUE(std::ranges::is_sorted(sizes, std::ranges::greater()));
    }
  });
}

TEST(CutPoints, AreWhatTheGraphFallsApartWithout) {
  for_random_slices(12'000'000, cases(500), 9, 12, [](const Slice& s, Dice&) {
    const CutPoints found = cut_points(s);
    const std::size_t whole = parts(reach(s, true));
    for (std::uint32_t i = 0; i < s.node_limit(); ++i) {
      if (!s.admits(NodeIndex{i})) continue;
      const std::size_t without = parts(reach(s, true, i));
      ASSERT_EQ(found.parts[i], without > whole ? without - whole : 0);
    }
    each_edge(s, [&](EdgeIndex e) {
      ASSERT_EQ(std::ranges::find(found.bridges, e) != found.bridges.end(),
                parts(reach(s, true, kNoGroup, e.value)) > whole);
    });
  });
}

TEST(Cores, AreWhatIsLeftWhenThoseWithTooFewNeighboursGo) {
  for_random_slices(13'000'000, cases(500), 10, 40, [](const Slice& s, Dice&) {
    std::vector<std::set<std::uint32_t>> neighbours(s.node_limit());
    each_edge(s, [&](EdgeIndex e) {
      if (s.head(e) == s.tail(e)) return;
      neighbours[s.head(e).value].insert(s.tail(e).value);
      neighbours[s.tail(e).value].insert(s.head(e).value);
    });
    std::vector<std::uint32_t> expected(s.node_limit(), 0);
    for (std::uint32_t k = 1; k <= 10; ++k) {
      auto left = neighbours;
      for (bool changed = true; changed;) {
        changed = false;
        for (std::uint32_t i = 0; i < left.size(); ++i) {
          if (left[i].empty() || left[i].size() >= k) continue;
          for (const std::uint32_t j : left[i]) left[j].erase(i);
          left[i].clear();
          changed = true;
        }
      }
      for (std::uint32_t i = 0; i < left.size(); ++i)
        if (!left[i].empty()) expected[i] = k;
    }
    ASSERT_EQ(core_numbers(s), expected);
  });
}

// ---- communities

TEST(Communities, FindTheTwoCliquesThatOneEdgeJoins) {
  const DrawnGraph g(
      "a AID b; a AID c; a AID d; b AID c; b AID d; c AID d;"
      "d AID p; p AID q; p AID r; p AID s; q AID r; q AID s; r AID s; lone");
  const Communities found = communities(g.slice());
  EXPECT_EQ(found.groups, (Groups{0, 0, 0, 0, 1, 1, 1, 1, 2}));
  EXPECT_NEAR(found.modularity, 12.0 / 13 - 0.5, 1e-12);  // 12 of 13 edges inside, halves alike
}

// Zachary's karate club, 1977; the best division that is known has modularity 0.4198.
TEST(Communities, OfTheKarateClubAreCloseToTheBestKnown) {
  const char* friends[] = {
      "2 3 4 5 6 7 8 9 11 12 13 14 18 20 22 32", "3 4 8 14 18 20 22 31", "4 8 9 10 14 28 29 33",
      "8 13 14", "7 11", "7 11 17", "17", "", "31 33 34", "34", "", "", "", "34", "33 34", "33 34", "",
      "", "33 34", "34", "33 34", "", "33 34", "26 28 30 33 34", "26 28 32", "32", "30 34", "34",
      "32 34", "33 34", "33 34", "33 34", "34", ""};
  std::string text;
  int edges = 0;
  for (int i = 0; i < 34; ++i) {
    std::string number;
    for (const char c : std::string(friends[i]) + " ") {
      if (c != ' ') number += c;
      else if (!number.empty()) {
        text += "n" + std::to_string(i + 1) + " AID n" + std::exchange(number, "") + ";";
        ++edges;
      }
    }
  }
  ASSERT_EQ(edges, 78);
  const DrawnGraph g(text);
  const Communities found = communities(g.slice());
  EXPECT_GE(found.modularity, 0.4155);
  EXPECT_LE(found.modularity, 0.4198 + 1e-4);
  EXPECT_EQ(communities(g.slice()).groups, found.groups);
}

// Modularity read literally: over all pairs of nodes, what is there less what chance would put.
double modularity_by_pairs(const Slice& s, const Groups& groups, double resolution) {
  const std::uint32_t n = s.node_limit();
  std::vector<std::vector<double>> a(n, std::vector<double>(n));
  std::vector<double> strength(n);
  double total = 0;
  each_edge(s, [&](EdgeIndex e) {
    const std::uint32_t i = s.head(e).value, j = s.tail(e).value;
    if (i == j) return;
    a[i][j] += 1, a[j][i] += 1, strength[i] += 1, strength[j] += 1, total += 2;
  });
  if (total == 0) return 0;
  double sum = 0;
  for (std::uint32_t i = 0; i < n; ++i)
    for (std::uint32_t j = 0; j < n; ++j)
      if (groups[i] == groups[j] && groups[i] != kNoGroup)
        sum += a[i][j] - resolution * strength[i] * strength[j] / total;
  return sum / total;
}

TEST(Communities, AreConnectedAndNoSingleMoveIsBetter) {
  for_random_slices(14'000'000, cases(300), 9, 24, [](const Slice& s, Dice& dice) {
    const double resolution = dice.one_in(2) ? 1 : 0.5;
    const Communities found = communities(s, {.resolution = resolution});
    ASSERT_NEAR(found.modularity, modularity_by_pairs(s, found.groups, resolution), 1e-12);
    const auto groups = static_cast<std::uint32_t>(group_sizes(found.groups).size());
    for (std::uint32_t node = 0; node < found.groups.size(); ++node) {
      if (found.groups[node] == kNoGroup) continue;
      for (std::uint32_t to = 0; to <= groups; ++to) {
        Groups moved = found.groups;
        moved[node] = to;
        ASSERT_LE(modularity_by_pairs(s, moved, resolution), found.modularity + 1e-9);
      }
    }
    for (std::uint32_t group = 0; group < groups; ++group) {
      Filter only;
      for (std::uint32_t node = 0; node < found.groups.size(); ++node)
        if (found.groups[node] != group) only.avoid.push_back(s.snapshot().id(NodeIndex{node}));
      only.include_negated = only.include_evidence = true;
      ASSERT_EQ(group_sizes(components(Slice(s, only))).size(), 1u);
    }
  });
}

// ---- triads and motifs

TEST(Triads, AreThreesWithASignOnEachPair) {
  const DrawnGraph g("a AID b; b AID c; c AID a; c SANCTION d; d SANCTION b; a AID e; e SANCTION b");
  const TriadCensus census = triads(g.slice());
  EXPECT_EQ(census.by_foes, (std::array<std::uint64_t, 4>{1, 1, 1, 0}));  // abc, abe, bcd
  ASSERT_EQ(census.unbalanced.size(), 1u);
  EXPECT_EQ(census.unbalanced[0].foes, 1);
  EXPECT_EQ(census.unbalanced[0].nodes, (std::array{g["a"], g["b"], g["e"]}));
  EXPECT_NEAR(census.balance(), 2.0 / 3, 1e-12);
  EXPECT_EQ(triads(DrawnGraph("a AID b").slice()).balance(), 1);
}

TEST(Triads, EqualThoseFoundByTryingAllThrees) {
  for_random_slices(15'000'000, cases(400), 9, 60, [](const Slice& s, Dice&) {
    const std::uint32_t n = s.node_limit();
    std::vector<std::vector<int>> sign(n, std::vector<int>(n, 0));
    each_edge(s, [&](EdgeIndex e) {
      const Family family = s.snapshot().family(e);
      const int one = family == Family::Cooperative ? 1 : family == Family::Conflictual ? -1 : 0;
      sign[s.head(e).value][s.tail(e).value] += one;
      sign[s.tail(e).value][s.head(e).value] += one;
    });
    std::array<std::uint64_t, 4> expected = {};
    for (std::uint32_t a = 0; a < n; ++a)
      for (std::uint32_t b = a + 1; b < n; ++b)
        for (std::uint32_t c = b + 1; c < n; ++c)
          if (sign[a][b] * sign[b][c] * sign[a][c] != 0)
            ++expected[static_cast<std::size_t>((sign[a][b] < 0) + (sign[b][c] < 0) + (sign[a][c] < 0))];
    const TriadCensus census = triads(s);
    ASSERT_EQ(census.by_foes, expected);
    ASSERT_EQ(census.unbalanced.size(), expected[1] + expected[3]);
  });
}

TEST(Motifs, EqualThoseFoundByTryingAllSequences) {
  for_random_slices(16'000'000, cases(300), 6, 22, [](const Slice& s, Dice& dice) {
    struct Event {
      Day day;
      std::uint32_t head, tail;
    };
    std::vector<Event> events;
    each_edge(s, [&](EdgeIndex e) {
      const Bound from = s.snapshot().valid(e).from();
      if (from.is_known() && from.precision() == Precision::Day && s.head(e) != s.tail(e))
        events.push_back({from.period().from, s.head(e).value, s.tail(e).value});
    });
    const std::uint32_t within = 1 + dice.below(40);
    for (const int edges : {2, 3}) {
      MotifCounts expected;
      const auto tell = [&](const std::vector<Event>& sequence) {
        std::map<std::uint32_t, char> letters;
        std::string name;
        for (std::size_t i = 0; i < sequence.size(); ++i) {
          const Event& e = sequence[i];
          if (i > 0 && !letters.contains(e.head) && !letters.contains(e.tail)) return;
          if (i > 0 && sequence[i - 1].day >= e.day) return;
          name += name.empty() ? "" : " ";
          for (const std::uint32_t node : {e.head, e.tail})
            name += letters.emplace(node, static_cast<char>('a' + letters.size())).first->second;
        }
        if (letters.size() > 3 || sequence.back().day - sequence[0].day > std::chrono::days{within}) return;
        ++expected[name];
      };
      for (const Event& one : events)
        for (const Event& two : events) {
          if (edges == 2) tell({one, two});
          else
            for (const Event& three : events) tell({one, two, three});
        }
      ASSERT_EQ(*temporal_motifs(s, {.edges = edges, .within_days = within}), expected);
    }
  });
}

TEST(Motifs, RefuseOtherSizesAndStopWhenAsked) {
  const DrawnGraph g("a AID b 2024-01-01; b AID a 2024-01-02");
  EXPECT_EQ(*temporal_motifs(g.slice(), {.edges = 2}), (MotifCounts{{"ab ba", 1}}));
  EXPECT_EQ(temporal_motifs(g.slice(), {.edges = 4}).error().code, Code::InvalidArgument);
  Cancel cancel;
  cancel.ask();
  EXPECT_EQ(temporal_motifs(g.slice(), {.cancel = &cancel}).error().code, Code::LimitReached);
}

// ---- influence

TEST(Influence, CountsOwnActsAndAShareOfThoseActedOn) {
  const DrawnGraph g("a AID b 2020-01-01; b AID c 2020-01-01; d SANCTION c 2020-01-01; d AID c");
  const auto score = *influence(g.slice(), {.half_life_days = 0, .carry = 0.5});
  EXPECT_NEAR(score[g["c"].value], 0, 1e-12);
  EXPECT_NEAR(score[g["b"].value], 1, 1e-12);
  EXPECT_NEAR(score[g["a"].value], 1 + 0.5 * 1, 1e-12);
  EXPECT_NEAR(score[g["d"].value], 0, 1e-12);  // as much for c as against
  const auto aged = *influence(g.slice(), {.half_life_days = 10, .undated = 0.25, .today = day("2020-01-11"), .carry = 0});
  EXPECT_NEAR(aged[g["a"].value], 0.5, 1e-12);
  EXPECT_NEAR(aged[g["d"].value], 0.25 - 0.5, 1e-12);
  EXPECT_EQ(influence(g.slice(), {.carry = 1}).error().code, Code::InvalidArgument);
}

TEST(Influence, SolvesItsEquations) {
  for_random_slices(17'000'000, cases(300), 9, 30, [](const Slice& s, Dice&) {
    const InfluenceOptions options{.half_life_days = 40};
    const auto score = *influence(s, options);
    const std::uint32_t n = s.node_limit();
    const Snapshot& columns = s.snapshot();
    const Day today = latest_known_day(s).value_or(Day{});
    std::vector<std::vector<double>> w(n, std::vector<double>(n));
    each_edge(s, [&](EdgeIndex e) {
      if (s.head(e) == s.tail(e)) return;
      const auto age = age_in_days(columns, e, today);
      const double kept = age ? std::pow(0.5, static_cast<double>(*age) / 40) : 0.5;
      const double weight = options.sign[static_cast<std::size_t>(columns.family(e))] * columns.confidence(e) * kept;
      w[s.head(e).value][s.tail(e).value] += weight;
      if (columns.ontology().type(columns.type(e)).symmetric) w[s.tail(e).value][s.head(e).value] += weight;
    });
    for (std::uint32_t i = 0; i < n; ++i) {
      double expected = 0;
      for (std::uint32_t j = 0; j < n; ++j) {
        double received = 0;
        for (std::uint32_t k = 0; k < n; ++k) received += std::abs(w[k][j]);
        expected += w[i][j] + (received > 0 ? 0.5 * w[i][j] / received * score[j] : 0);
      }
      ASSERT_NEAR(score[i], expected, 1e-9);
    }
  });
}

// ---- sampled betweenness

TEST(SampledBetweenness, IsExactFromAllSourcesAndElseWithinItsBound) {
  for_random_slices(18'000'000, cases(200), 12, 40, [](const Slice& s, Dice& dice) {
    const BetweennessOptions options{.direction = static_cast<Direction>(dice.below(2)), .normalised = dice.one_in(2)};
    const auto exact = betweenness(s, options);
    const auto all = sampled_betweenness(s, {.sources = 100}, options);
    EXPECT_EQ(all.error, 0);
    for (std::size_t i = 0; i < exact.size(); ++i) ASSERT_NEAR(all.scores[i], exact[i], 1e-9);
    const auto some = sampled_betweenness(s, {.sources = 4, .seed = dice.below(1000)}, options);
    ASSERT_LE(some.sources, 4u);
    for (std::size_t i = 0; i < exact.size(); ++i)
      ASSERT_LE(std::abs(some.scores[i] - exact[i]), some.error + 1e-9);
  });
}

TEST(SampledBetweenness, IsRightOnTheAverageOverAllDraws) {
  const DrawnGraph g("a AID b; b AID c; c AID d; b AID e; e AID d; d AID f");
  const auto exact = betweenness(g.slice());
  std::vector<double> sum(exact.size(), 0.0);
  constexpr int kDraws = 20'000;
  for (int seed = 0; seed < kDraws; ++seed) {
    const auto some = sampled_betweenness(g.slice(), {.sources = 2, .seed = static_cast<std::uint64_t>(seed)});
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += some.scores[i];
  }
  for (std::size_t i = 0; i < sum.size(); ++i) EXPECT_NEAR(sum[i] / kDraws, exact[i], 0.15);
}

}  // namespace
}  // namespace entente
