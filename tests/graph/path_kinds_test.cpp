// Every other kind of path against a witness that tries all loopless walks, on random temporal
// multigraphs under random filters.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "graph/algorithms/cut.h"
#include "graph/algorithms/disjoint_path.h"
#include "graph/algorithms/hubs.h"
#include "graph/algorithms/ruled_path.h"
#include "graph/algorithms/together.h"
#include "graph/algorithms/weighted_path.h"
#include "tests/support/walk_witness.h"

namespace entente {
namespace {
using std::chrono::days;

// One question on one random graph, and the witness of it.
struct Case {
  Case(std::uint64_t seed, std::uint32_t nodes, std::uint32_t edges)
      : dice(seed), graph(random_graph(dice, nodes, edges)), filter(random_filter(dice, graph)),
        slice(graph.snapshot, filter), direction(static_cast<Direction>(dice.below(2))),
        witness(graph, {filter}, direction), from(graph.nodes[dice.below(graph.nodes.size())].id),
        to(graph.nodes[dice.below(graph.nodes.size())].id) {}
  bool has_ends() const { return witness.has(from) && witness.has(to); }
  NodeIndex at(NodeId id) const { return *graph.snapshot->find(id); }
  const Snapshot& columns() const { return *graph.snapshot; }

  Dice dice;
  RandomGraph graph;
  Filter filter;
  Slice slice;
  Direction direction;
  WalkWitness witness;
  NodeId from, to;
};

template <typename Compare>
void for_random_cases(std::uint64_t seed, std::uint32_t count, Compare compare) {
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool dense = i % 3 == 0;
    Case c(seed + i, dense ? 6 : 10, dense ? 40 : 18);
    if (c.has_ends()) compare(c);
    if (testing::Test::HasFatalFailure()) {
      ADD_FAILURE() << "seed " << seed + i;
      return;
    }
  }
}

// ---- together

// The stretches in which every step of the walk can be used, day by day.
std::vector<DayRange> stretches(const Case& c, const Walk& walk, UsableDays usable) {
  const Day first{days{19'500}}, last{days{20'200}};  // beyond all known days of random graphs
  std::vector<DayRange> found;
  for (Day day = first; day < last; day += days{1}) {
    const DayRange one{day, day + days{1}};
    bool all = !c.filter.valid || c.filter.valid->contains(day);
    all = all && (!c.graph.as_of.valid || c.graph.as_of.valid->contains(day));
    for (std::size_t i = 1; all && i < walk.size(); ++i)
      all = std::ranges::any_of(
          c.witness.facts(c.witness.step(walk[i - 1], walk[i])), [&](const Edge& edge) {
            const Truth truth = edge.valid.meets(one);
            return truth == Truth::Yes || (truth == Truth::Maybe && usable == UsableDays::Possible);
          });
    if (!all) continue;
    if (!found.empty() && found.back().to == day) found.back().to = one.to;
    else found.push_back(one);
  }
  for (DayRange& stretch : found) {  // nothing known is so early or late: what holds there, always
    if (stretch.from == first) stretch.from = kFirstDay;
    if (stretch.to == last) stretch.to = kLastDay;
  }
  return found;
}

std::int64_t length(const DayRange& d) {
  return std::int64_t{d.to.time_since_epoch().count()} - d.from.time_since_epoch().count();
}

TEST(Together, FindsTheChainsOfTheLongestCommonTime) {
  for_random_cases(5'000'000, cases(1'500), [](Case& c) {
    TogetherOptions options{.direction = c.direction};
    if (c.dice.one_in(2)) options.days = UsableDays::Possible;
    if (c.dice.one_in(3)) options.max_hops = c.dice.below(5);
    const std::size_t k = 1 + c.dice.below(6);
    std::vector<std::pair<std::int64_t, std::size_t>> expected;  // how long, minus; how many nodes
    for (const Walk& walk : c.witness.walks(c.from, c.to, options.max_hops)) {
      const auto held = stretches(c, walk, options.days);
      if (!held.empty())
        expected.push_back({-length(*std::ranges::max_element(held, {}, length)), walk.size()});
    }
    std::ranges::sort(expected);
    const auto found = *together_paths(c.slice, c.at(c.from), c.at(c.to), k, options);
    ASSERT_EQ(found.size(), std::min(k, expected.size()));
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Walk walk = walk_of(c.columns(), found[i].path.nodes);
      ASSERT_EQ(length(found[i].windows[0]), -expected[i].first);
      ASSERT_EQ(walk.size(), expected[i].second);
      std::vector<DayRange> windows = found[i].windows;
      std::ranges::sort(windows, {}, &DayRange::from);
      ASSERT_EQ(windows, stretches(c, walk, options.days));
      ASSERT_EQ(windows, windows_together(c.slice, found[i].path.nodes, options));
      for (std::size_t j = 0; j < i; ++j) ASSERT_NE(found[i].path.nodes, found[j].path.nodes);
      for (const auto& step : found[i].path.steps) ASSERT_FALSE(step.empty());
    }
  });
}

// ---- weighted

TEST(WeightedPaths, AreThoseOfLeastCostInTheirOrder) {
  for_random_cases(6'000'000, cases(2'000), [](Case& c) {
    const Day today{days{19'800}};
    const EdgeCost by_id = [&](EdgeIndex edge) {
      const std::uint64_t id = c.columns().id(edge).value;
      return id % 7 == 0 ? kNoWay : id % 5;  // 0 is taken for 1
    };
    const std::uint32_t kind = c.dice.below(3);
    const EdgeCost cost = kind == 0   ? cost_by_confidence(c.columns())
                          : kind == 1 ? cost_by_recency(c.columns(), today)
                                      : by_id;
    PathOptions options{.direction = c.direction};
    if (c.dice.one_in(4)) options.max_hops = c.dice.below(5);
    struct Weighed {
      std::uint64_t cost;
      Walk walk;
    };
    std::vector<Weighed> expected;
    for (const Walk& walk : c.witness.walks(c.from, c.to, options.max_hops)) {
      std::uint64_t sum = 0;
      bool is_way = true;
      for (std::size_t i = 1; i < walk.size(); ++i) {
        std::uint64_t least = kNoWay;
        for (const EdgeId id : c.witness.step(walk[i - 1], walk[i])) {
          const std::uint64_t of_edge = cost(*c.columns().find(id));
          least = std::min(least, of_edge == kNoWay ? kNoWay : std::max<std::uint64_t>(1, of_edge));
        }
        is_way = is_way && least != kNoWay;
        sum += least;
      }
      if (is_way) expected.push_back({sum, walk});
    }
    std::ranges::sort(expected, {}, [](const Weighed& w) {
      return std::tuple(w.cost, w.walk.size(), w.walk);
    });
    const std::size_t k = 1 + c.dice.below(8);
    const auto found = *weighted_paths(c.slice, c.at(c.from), c.at(c.to), k, cost, options);
    ASSERT_EQ(found.size(), std::min(k, expected.size()));
    for (std::size_t i = 0; i < found.size(); ++i) {
      ASSERT_EQ(found[i].cost, expected[i].cost) << i;
      ASSERT_EQ(walk_of(c.columns(), found[i].path.nodes), expected[i].walk) << i;
      ASSERT_EQ(found[i].cheapest.size(), found[i].path.steps.size());
    }
  });
}

// ---- patterns and nodes to pass

// What an expression means, on words: each type of a walk's steps as a letter, small if against.
// The witness matches by trying every way to split the word, without an automaton.
struct Expression {
  std::string text;  // as PathPattern reads it
  std::function<bool(const std::string&)> matches;
};
Expression random_expression(Dice& dice, int depth) {
  static constexpr const char* kNames[] = {"AID", "CONSULT", "SANCTION", "SUPPLIES"};
  const auto is_letter = [](const std::string& word, char a, char b) {
    return word.size() == 1 && (word[0] == a || word[0] == b);
  };
  if (depth == 0 || dice.one_in(3)) {
    const std::uint32_t type = dice.below(4);
    const char along = static_cast<char>('A' + type), against = static_cast<char>('a' + type);
    const bool symmetric = Ontology::builtin().type(*Ontology::builtin().find_type(kNames[type])).symmetric;
    switch (dice.below(4)) {
      case 0: return {"^" + std::string(kNames[type]), [=](const std::string& w) { return is_letter(w, against, symmetric ? along : against); }};
      case 1: return {"~" + std::string(kNames[type]), [=](const std::string& w) { return is_letter(w, along, against); }};
      case 2: return {"~.", [](const std::string& w) { return w.size() == 1; }};
      default: return {kNames[type], [=](const std::string& w) { return is_letter(w, along, symmetric ? against : along); }};
    }
  }
  const Expression a = random_expression(dice, depth - 1), b = random_expression(dice, depth - 1);
  const auto joined = [a, b](const std::string& w) {
    for (std::size_t i = 0; i <= w.size(); ++i)
      if (a.matches(w.substr(0, i)) && b.matches(w.substr(i))) return true;
    return false;
  };
  const std::function<bool(const std::string&)> some = [a](const std::string& w) {
    // Whether w is one or more of a: by the length of what is matched already.
    std::vector<bool> ends(w.size() + 1);
    ends[0] = true;
    for (std::size_t i = 0; i < w.size(); ++i)
      for (std::size_t j = i + 1; ends[i] && j <= w.size(); ++j)
        if (a.matches(w.substr(i, j - i))) ends[j] = true;
    return w.empty() ? a.matches(w) : static_cast<bool>(ends[w.size()]);
  };
  switch (dice.below(5)) {
    case 0: return {"(" + a.text + "|" + b.text + ")", [a, b](const std::string& w) { return a.matches(w) || b.matches(w); }};
    case 1: return {"(" + a.text + ")*", [some](const std::string& w) { return w.empty() || some(w); }};
    case 2: return {"(" + a.text + ")+", some};
    case 3: return {"(" + a.text + ")?", [a](const std::string& w) { return w.empty() || a.matches(w); }};
    default: return {"(" + a.text + " " + b.text + ")", joined};
  }
}

// Every word that the steps of the walk can spell.
void each_word(const Case& c, const Walk& walk, const std::function<void(const std::string&)>& visit) {
  static constexpr const char* kNames[] = {"AID", "CONSULT", "SANCTION", "SUPPLIES", "MENTIONS"};
  std::vector<std::string> words = {""};
  for (std::size_t i = 1; i < walk.size(); ++i) {
    std::set<char> letters;
    for (const Edge& edge : c.witness.facts(c.witness.step(walk[i - 1], walk[i])))
      for (int type = 0; type < 5; ++type)
        if (Ontology::builtin().type(edge.type).name == kNames[type])
          letters.insert(static_cast<char>((edge.head == walk[i - 1] ? 'A' : 'a') + type));
    std::vector<std::string> longer;
    for (const std::string& word : words)
      for (const char letter : letters) longer.push_back(word + letter);
    words = longer;
  }
  for (const std::string& word : words) visit(word);
}

TEST(RuledPaths, SpellTheirPatternAndPassWhereTheyMust) {
  for_random_cases(7'000'000, cases(1'500), [](Case& c) {
    const Expression expression = random_expression(c.dice, 3);
    const auto pattern = PathPattern::parse(expression.text, Ontology::builtin());
    ASSERT_TRUE(pattern) << pattern.error().message;
    const bool has_pattern = !c.dice.one_in(4);
    PathRules rules{.pattern = has_pattern ? &*pattern : nullptr, .through = {}};
    std::vector<NodeId> through;
    for (std::uint32_t i = c.dice.below(3); i > 0; --i) {
      const NodeId node = c.graph.nodes[c.dice.below(c.graph.nodes.size())].id;
      if (!c.witness.has(node)) return;
      through.push_back(node);
      rules.through.push_back(c.at(node));
    }
    PathOptions options{.direction = c.direction, .max_hops = 5};
    const WalkWitness both_ways(c.graph, {c.filter}, Direction::Any);
    const WalkWitness& witness = has_pattern ? both_ways : c.witness;
    if (has_pattern) c.direction = Direction::Any;
    if (has_pattern) c.witness = both_ways;
    std::vector<Walk> expected;
    for (const Walk& walk : witness.walks(c.from, c.to, options.max_hops)) {
      bool keeps = !has_pattern;
      if (has_pattern)
        each_word(c, walk, [&](const std::string& word) { keeps = keeps || expression.matches(word); });
      for (const NodeId node : through)
        keeps = keeps && std::ranges::find(walk, node) != walk.end();
      if (keeps) expected.push_back(walk);
    }
    const std::size_t k = 1 + c.dice.below(8);
    const auto found = *ruled_paths(c.slice, c.at(c.from), c.at(c.to), rules, k, options);
    ASSERT_EQ(found.size(), std::min(k, expected.size())) << expression.text;
    for (std::size_t i = 0; i < found.size(); ++i) {
      ASSERT_EQ(walk_of(c.columns(), found[i].nodes), expected[i]) << expression.text;
      for (std::size_t s = 0; s < found[i].steps.size(); ++s) {
        ASSERT_FALSE(found[i].steps[s].empty());
        if (has_pattern) continue;
        ASSERT_EQ(found[i].steps[s].size(), witness.step(expected[i][s], expected[i][s + 1]).size());
      }
    }
  });
}

// ---- disjoint paths and cuts

// The most walks of which no two share what `apart` says, and their least sum of steps: every
// choice is tried. Walks here are by single edges, so that parallel ones are several.
struct Packing {
  std::size_t count = 0, steps = 0;
};
struct EdgeWalk {
  std::vector<EdgeId> edges;
  Walk nodes;
};
std::vector<EdgeWalk> edge_walks(const Case& c) {
  std::vector<EdgeWalk> all;
  for (const Walk& walk : c.witness.walks(c.from, c.to, 100)) {
    std::vector<EdgeWalk> some = {{{}, walk}};
    for (std::size_t i = 1; i < walk.size(); ++i) {
      std::vector<EdgeWalk> longer;
      for (const EdgeWalk& one : some)
        for (const EdgeId edge : c.witness.step(walk[i - 1], walk[i])) {
          longer.push_back(one);
          longer.back().edges.push_back(edge);
        }
      some = longer;
    }
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}
void pack(const std::vector<EdgeWalk>& walks, std::size_t at, std::size_t most, Apart apart,
          std::set<EdgeId>& edges, std::set<NodeId>& nodes, Packing now, Packing& best) {
  if (now.count > best.count || (now.count == best.count && now.steps < best.steps)) best = now;
  if (now.count == most) return;
  for (; at < walks.size(); ++at) {
    const EdgeWalk& walk = walks[at];
    const std::vector<NodeId> inner(walk.nodes.begin() + 1, walk.nodes.end() - 1);
    const auto taken = [&](EdgeId e) { return edges.contains(e); };
    if (std::ranges::any_of(walk.edges, taken)) continue;
    if (apart == Apart::Nodes) {
      if (std::ranges::any_of(inner, [&](NodeId n) { return nodes.contains(n); })) continue;
      if (inner.empty() && nodes.contains(walk.nodes[0])) continue;  // the step between the ends
    }
    for (const EdgeId e : walk.edges) edges.insert(e);
    for (const NodeId n : inner) nodes.insert(n);
    if (inner.empty()) nodes.insert(walk.nodes[0]);
    pack(walks, at + 1, most, apart, edges, nodes, {now.count + 1, now.steps + walk.edges.size()}, best);
    for (const EdgeId e : walk.edges) edges.erase(e);
    for (const NodeId n : inner) nodes.erase(n);
    if (inner.empty()) nodes.erase(walk.nodes[0]);
  }
}

TEST(DisjointPaths, AreAsManyAsCanBeAndOfLeastSteps) {
  for (std::uint32_t i = 0; i < cases(1'500); ++i) {
    Case c(8'000'000 + i, 7, 12);
    if (!c.has_ends() || c.from == c.to) continue;
    const std::vector<EdgeWalk> walks = edge_walks(c);
    if (walks.size() > 40) continue;
    for (const Apart apart : {Apart::Edges, Apart::Nodes}) {
      const std::size_t k = c.dice.one_in(2) ? 100 : 1 + c.dice.below(3);
      Packing best;
      std::set<EdgeId> edges;
      std::set<NodeId> nodes;
      pack(walks, 0, k, apart, edges, nodes, {}, best);
      const auto found = *disjoint_paths(c.slice, c.at(c.from), c.at(c.to), k,
                                         {.apart = apart, .direction = c.direction});
      ASSERT_EQ(found.size(), best.count) << i;
      std::size_t steps = 0;
      std::set<EdgeIndex> used;
      std::set<NodeIndex> passed;
      for (const Path& path : found) {
        steps += path.steps.size();
        for (std::size_t s = 0; s < path.steps.size(); ++s) {
          ASSERT_TRUE(apart == Apart::Nodes || path.steps[s].size() == 1);
          for (const EdgeIndex edge : path.steps[s]) ASSERT_TRUE(used.insert(edge).second) << i;
          const bool is_fresh = s == 0 || passed.insert(path.nodes[s]).second;
          ASSERT_TRUE(apart == Apart::Edges || is_fresh) << i;
        }
      }
      ASSERT_EQ(steps, best.steps) << i;
    }
  }
}

TEST(MinimumCut, PartsTheEndsWithAsFewAsThereAreDisjointPaths) {
  for_random_cases(9'000'000, cases(1'500), [](Case& c) {
    if (c.from == c.to) return;
    const NodeIndex from = c.at(c.from), to = c.at(c.to);
    for (const Apart apart : {Apart::Edges, Apart::Nodes}) {
      const auto cut = minimum_cut(c.slice, from, to, {.apart = apart, .direction = c.direction});
      if (!cut) {
        ASSERT_EQ(apart, Apart::Nodes);
        ASSERT_FALSE(c.witness.step(c.from, c.to).empty());
        continue;
      }
      const std::size_t ways =
          disjoint_paths(c.slice, from, to, 1000, {.apart = apart, .direction = c.direction})->size();
      ASSERT_EQ(cut->edges.size() + cut->nodes.size(), ways)
          << (apart == Apart::Edges ? "edges" : "nodes");
      // Without it there is no way; with any one of it there is.
      const auto is_parted = [&](std::size_t but) {
        RandomGraph rest = c.graph;
        Filter filter = c.filter;
        for (std::size_t i = 0; i < cut->nodes.size(); ++i)
          if (i != but) filter.avoid.push_back(c.columns().id(cut->nodes[i]));
        for (std::size_t i = 0; i < cut->edges.size(); ++i)
          if (i != but)
            std::erase_if(rest.edges, [&](const Edge& e) { return e.id == c.columns().id(cut->edges[i]); });
        return WalkWitness(rest, {filter}, c.direction).walks(c.from, c.to, 100).empty();
      };
      ASSERT_TRUE(is_parted(ways));
      for (std::size_t i = 0; i < ways; ++i) ASSERT_FALSE(is_parted(i));
    }
  });
}

}  // namespace
}  // namespace entente
