// Centralities against networkx, which others wrote: data/graphs/networkx.txt says who made it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include "graph/algorithms/betweenness.h"
#include "graph/algorithms/closeness.h"
#include "graph/algorithms/constraint.h"
#include "graph/algorithms/cores.h"
#include "graph/algorithms/cut_points.h"
#include "graph/algorithms/pagerank.h"
#include "graph/algorithms/spectral.h"
#include "tests/support/graph_text.h"

namespace entente {
namespace {

using Values = std::vector<double>;
using Measure = std::function<Values(const Slice&)>;

template <typename Numbers>
Values as_values(const Numbers& numbers) {
  return Values(numbers.begin(), numbers.end());
}

const std::map<std::string, Measure>& measures() {
  static const std::map<std::string, Measure> kAll = {
      {"closeness", [](const Slice& s) { return closeness(s); }},
      {"closeness-in", [](const Slice& s) { return closeness(s, {.side = Side::In}); }},
      {"harmonic", [](const Slice& s) { return harmonic(s); }},
      {"harmonic-in", [](const Slice& s) { return harmonic(s, {.side = Side::In}); }},
      {"core", [](const Slice& s) { return as_values(core_numbers(s)); }},
      {"cut-point",
       [](const Slice& s) {
         Values cuts;
         for (const std::uint32_t parts : cut_points(s).parts) cuts.push_back(parts > 0);
         return cuts;
       }},
      {"constraint", [](const Slice& s) { return constraint(s); }},
      {"betweenness", [](const Slice& s) { return betweenness(s); }},
      {"betweenness-forward",
       [](const Slice& s) { return betweenness(s, {.direction = Direction::Forward}); }},
      {"pagerank", [](const Slice& s) { return pagerank(s, {.tolerance = 1e-15}); }},
      {"pagerank-start",
       [](const Slice& s) {
         return pagerank(s, {.start = {NodeIndex{0}, NodeIndex{1}}, .tolerance = 1e-15});
       }},
      {"katz", [](const Slice& s) { return *katz(s, {.attenuation = 0.1}); }},
      {"eigenvector",
       [](const Slice& s) {
         return *eigenvector(s, {.weight = Weight::Pair, .tolerance = 1e-14});
       }},
      {"hubs", [](const Slice& s) { return hits(s)->hubs; }},
      {"authorities", [](const Slice& s) { return hits(s)->authorities; }},
  };
  return kAll;
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}
std::string node(const std::string& number) { return "n" + number; }

TEST(Centralities, EqualThoseOfNetworkx) {
  std::ifstream file(ENTENTE_DATA_DIR "/graphs/networkx.txt");
  ASSERT_TRUE(file);
  std::map<std::string, int> compared;
  std::unique_ptr<DrawnGraph> graph;
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> words = words_of(line);
    if (words.empty() || words[0] == "#") continue;
    const auto ends = [](const std::string& word) {
      const std::size_t dash = word.find('-');
      return std::pair(node(word.substr(0, dash)), node(word.substr(dash + 1)));
    };
    if (words[0] == "graph") {
      std::string text;
      for (int n = 0; n < std::stoi(words[1]); ++n) text += node(std::to_string(n)) + ";";
      for (std::size_t i = 2; i < words.size(); ++i)
        text += ends(words[i]).first + " AID " + ends(words[i]).second + ";";
      graph = std::make_unique<DrawnGraph>(text);
      continue;
    }
    if (words[0] == "pairs") {
      pairs.clear();
      for (std::size_t i = 1; i < words.size(); ++i) pairs.push_back(ends(words[i]));
      continue;
    }
    Values expected;
    for (std::size_t i = 1; i < words.size(); ++i) expected.push_back(std::stod(words[i]));
    const Slice slice = graph->slice();
    ++compared[words[0]];
    if (words[0] == "bridges" || words[0] == "edge-betweenness") {
      const Values between = edge_betweenness(slice);
      const auto bridges = cut_points(slice).bridges;
      for (std::size_t i = 0; i < pairs.size(); ++i) {
        const NodeIndex a = (*graph)[pairs[i].first], b = (*graph)[pairs[i].second];
        std::vector<EdgeIndex> edges;
        for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)})
          for (const Step step : slice.edges_from_to(from, to)) edges.push_back(step.edge);
        for (const EdgeIndex edge : edges) {
          const bool is_bridge = std::ranges::find(bridges, edge) != bridges.end();
          if (words[0] == "edge-betweenness")
            ASSERT_NEAR(between[edge.value], expected[i], 1e-9) << line;
          else  // an edge there and one back are two
            ASSERT_EQ(is_bridge, expected[i] == 1 && edges.size() == 1) << line;
        }
      }
      continue;
    }
    ASSERT_TRUE(measures().contains(words[0])) << words[0];
    const Values found = measures().at(words[0])(slice);
    ASSERT_EQ(found.size(), expected.size()) << line;
    for (std::size_t i = 0; i < found.size(); ++i) ASSERT_NEAR(found[i], expected[i], 1e-9) << line;
  }
  EXPECT_EQ(compared.size(), measures().size() + 2);
  EXPECT_EQ(compared["pagerank"], 200);
  EXPECT_GT(compared["eigenvector"], 80);
  EXPECT_GT(compared["hubs"], 80);
}

}  // namespace
}  // namespace entente
