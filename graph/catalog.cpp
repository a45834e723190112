#include "graph/catalog.h"

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>

#include "graph/algorithms/betweenness.h"
#include "graph/algorithms/closeness.h"
#include "graph/algorithms/constraint.h"
#include "graph/algorithms/cores.h"
#include "graph/algorithms/cut_points.h"
#include "graph/algorithms/degree.h"
#include "graph/algorithms/influence.h"
#include "graph/algorithms/pagerank.h"
#include "graph/algorithms/pagerank_windows.h"
#include "graph/algorithms/spectral.h"

namespace entente {
namespace {

using View = const Slice&;
using Told = const Arguments&;
using Scores = Result<std::vector<double>>;

// ---- parameters that several share
constexpr Parameter kWeight = {
    "weight", ParameterType::Choice, "edge",
    "What edges count for: each one, all between two nodes together one, or each its confidence.",
    0, 0, "edge|pair|confidence"};
constexpr Parameter kDirection = {"direction", ParameterType::Choice, "any",
                                  "Edges are ways both ways, or from head to tail alone.", 0, 0,
                                  "any|forward"};
constexpr Parameter kAlong = {"direction", ParameterType::Choice, "forward",
                              "Edges are ways both ways, or from head to tail alone.", 0, 0,
                              "any|forward"};
constexpr Parameter side(std::string_view standard) {
  return {"side", ParameterType::Choice, standard,
          "Out: along edges from the node; in: along edges to it; both: either way.", 0, 0,
          "out|in|both"};
}
Weight weight_of(Told told) { return static_cast<Weight>(told.choice("weight")); }
Direction direction_of(Told told) { return static_cast<Direction>(told.choice("direction")); }
Side side_of(Told told) { return static_cast<Side>(told.choice("side")); }

constexpr Parameter kDegree[] = {side("both"), kWeight};
constexpr Parameter kPageRank[] = {
    {"damping", ParameterType::Number, "0.85", "The chance to follow an edge, else to jump.", 0, 0.9999},
    kAlong, kWeight,
    {"start", ParameterType::Nodes, "", "Jumps go to these nodes; none: to every node alike."}};
constexpr Parameter kBetweenness[] = {
    kDirection,
    {"scale", ParameterType::Choice, "pairs", "The number of pairs, or their share of all pairs.", 0, 0,
     "pairs|share"}};
constexpr Parameter kSampled[] = {
    {"sources", ParameterType::Count, "256", "From how many nodes to search.", 1, 1e9},
    {"seed", ParameterType::Count, "1", "Which; the same seed draws the same.", 0, 1e15},
    kDirection};
constexpr Parameter kCloseness[] = {side("both")};
constexpr Parameter kEigenvector[] = {side("both"), kWeight};
constexpr Parameter kKatz[] = {
    side("in"), kWeight,
    {"attenuation", ParameterType::Number, "0",
     "What each step costs; 0: 0.9 / the largest sum of a row.", 0, 1}};
constexpr Parameter kWeightAlone[] = {kWeight};
constexpr Parameter kInfluence[] = {
    {"half-life", ParameterType::Number, "1826", "Days in which an edge loses half of its weight; 0: none.",
     0, 1e6},
    {"carry", ParameterType::Number, "0.5", "The part of others' influence that comes back.", 0, 0.999},
    {"undated", ParameterType::Number, "0.5", "The part that an edge without any date keeps.", 0, 1},
    {"today", ParameterType::Date, "", "The day that age counts to; none: the last that an edge knows of."}};

Scores influence_of(View view, Told told) {
  return influence(view, {.half_life_days = told.number("half-life"),
                          .undated = told.number("undated"),
                          .today = told.date("today"),
                          .carry = told.number("carry"),
                          .cancel = told.cancel()});
}
Scores hits_of(View view, Told told, std::vector<double> Hits::*which) {
  auto found = hits(view, {.weight = weight_of(told), .cancel = told.cancel()});
  if (!found) return found.error();
  return std::move((*found).*which);
}
PageRankOptions pagerank_options(View view, Told told) {
  PageRankOptions options{.damping = told.number("damping"),
                          .direction = direction_of(told),
                          .weight = weight_of(told),
                          .cancel = told.cancel()};
  for (const NodeId node : told.nodes("start"))
    if (const auto index = view.snapshot().find(node)) options.start.push_back(*index);
  return options;
}
Scores numbers(const std::vector<std::uint32_t>& counts) {
  return std::vector<double>(counts.begin(), counts.end());
}

constexpr RankAlgorithm kRankAlgorithms[] = {
    {"degree", "The number of edges at the node, parallel ones included.", kDegree,
     [](View view, Told told) -> Scores {
       return degree(view, {.side = side_of(told), .weight = weight_of(told), .cancel = told.cancel()});
     }},
    {"in-degree", "The number of edges that lead to the node.", kWeightAlone,
     [](View view, Told told) -> Scores {
       return degree(view, {.side = Side::In, .weight = weight_of(told), .cancel = told.cancel()});
     }},
    {"out-degree", "The number of edges that lead from the node.", kWeightAlone,
     [](View view, Told told) -> Scores {
       return degree(view, {.side = Side::Out, .weight = weight_of(told), .cancel = told.cancel()});
     }},
    {"neighbours", "The number of other nodes that the node has an edge with.", {},
     [](View view, Told told) -> Scores { return degree(view, {.weight = Weight::Pair, .cancel = told.cancel()}); }},
    {"pagerank", "The share of its time that a random walker along the edges spends on the node.",
     kPageRank,
     [](View view, Told told) -> Scores {
       const PageRankOptions options = pagerank_options(view, told);
       if (options.start.empty() && !told.nodes("start").empty())
         return std::vector<double>(view.node_limit(), 0.0);
       return pagerank(view, options);
     },
     false,
     [](View view, Told told) -> WindowRanks {
       const PageRankOptions options = pagerank_options(view, told);
       if (!PageRankWindows::can(options) || (options.start.empty() && !told.nodes("start").empty())) return {};
       const auto ranks = std::make_shared<const PageRankWindows>(view, options);
       return [ranks](std::span<const DayRange> windows) { return ranks->ranks(windows); };
     }},
    {"pagerank-confidence", "PageRank whose walker prefers edges of high confidence.", {},
     [](View view, Told told) -> Scores {
       return pagerank(view, {.weight = Weight::Confidence, .cancel = told.cancel()});
     }},
    {"betweenness",
     "The number of pairs of other nodes whose shortest paths pass through the node, either way.",
     kBetweenness,
     [](View view, Told told) -> Scores {
       return betweenness(view, {.direction = direction_of(told),
                                 .normalised = told.choice("scale") == 1,
                                 .cancel = told.cancel()});
     }},
    {"betweenness-forward", "The same along paths that go from head to tail alone.", {},
     [](View view, Told told) -> Scores {
       return betweenness(view, {.direction = Direction::Forward, .cancel = told.cancel()});
     }},
    {"betweenness-sampled", "Betweenness estimated from some of the nodes, for large graphs.",
     kSampled,
     [](View view, Told told) -> Scores {
       return sampled_betweenness(view, {.sources = static_cast<std::uint32_t>(told.count("sources")),
                                         .seed = told.count("seed")},
                                  {.direction = direction_of(told), .cancel = told.cancel()})
           .scores;
     }},
    {"closeness", "How near the node is to those that it reaches, between 0 and 1.", kCloseness,
     [](View view, Told told) -> Scores { return closeness(view, {.side = side_of(told), .cancel = told.cancel()}); }},
    {"harmonic", "The sum of 1 / distance over the others that the node reaches.", kCloseness,
     [](View view, Told told) -> Scores { return harmonic(view, {.side = side_of(told), .cancel = told.cancel()}); }},
    {"eigenvector", "A node matters as those matter that it is tied to.", kEigenvector,
     [](View view, Told told) -> Scores {
       return eigenvector(view, {.side = side_of(told), .weight = weight_of(told), .cancel = told.cancel()});
     }},
    {"katz", "One for itself, and less for each walk that leads to it the longer that is.", kKatz,
     [](View view, Told told) -> Scores {
       return katz(view, {.side = side_of(told), .weight = weight_of(told),
                          .attenuation = told.number("attenuation"), .cancel = told.cancel()});
     }},
    {"hubs", "A hub points at good authorities (HITS).", kWeightAlone,
     [](View view, Told told) -> Scores { return hits_of(view, told, &Hits::hubs); }},
    {"authorities", "An authority is pointed at by good hubs (HITS).", kWeightAlone,
     [](View view, Told told) -> Scores { return hits_of(view, told, &Hits::authorities); }},
    {"core", "The largest k such that the node is in a part where everybody has k neighbours.", {},
     [](View view, Told told) -> Scores { return numbers(core_numbers(view, told.cancel())); }},
    {"cut-points", "How many parts more there are when the node goes.", {},
     [](View view, Told told) -> Scores { return numbers(cut_points(view, told.cancel()).parts); }},
    {"constraint",
     "How much of the node's ties comes back to the same few; the least bridge structural holes.",
     kWeightAlone,
     [](View view, Told told) -> Scores { return constraint(view, weight_of(told), told.cancel()); }, true},
    {"influence",
     "The signed weight of what the node does to others, and a share of the influence of those.",
     kInfluence, influence_of},
};

constexpr Column kRankColumns[] = {{"node", ColumnType::Node}, {"score", ColumnType::Number}};

}  // namespace

Result<std::vector<double>> RankAlgorithm::scores(const Slice& view, const Arguments& arguments) const {
  auto found = compute(view, arguments);
  if (is_stopped(arguments.cancel())) return Error{Code::LimitReached, std::string(name) + ": stopped, as was asked"};
  return found;
}

std::span<const RankAlgorithm> rank_algorithms() { return kRankAlgorithms; }
std::span<const Column> rank_columns() { return kRankColumns; }

Result<const RankAlgorithm*> rank_algorithm_named(std::string_view name) {
  for (const RankAlgorithm& algorithm : kRankAlgorithms)
    if (algorithm.name == name) return &algorithm;
  std::string known;
  for (const RankAlgorithm& algorithm : kRankAlgorithms)
    known.append(known.empty() ? "" : ", ").append(algorithm.name);
  return Error{Code::NotFound,
               "there is no ranking '" + std::string(name) + "'; choose one of " + known};
}

std::vector<Ranked> ranked_nodes(const Slice& view, const std::vector<double>& scores) {
  std::vector<bool> touched(view.node_limit());
  each_edge(view, [&](EdgeIndex edge) {
    touched[view.head(edge).value] = touched[view.tail(edge).value] = true;
  });
  std::vector<Ranked> ranked;
  for (NodeIndex node; node.value < view.node_limit(); ++node.value)
    if (touched[node.value]) ranked.push_back({node, scores[node.value]});
  return ranked;
}

bool ranks_before(const Ranked& a, const Ranked& b, bool least_first) {
  if (a.score != b.score) return least_first ? a.score < b.score : a.score > b.score;
  return a.node < b.node;
}

std::vector<Ranked> best_of(std::vector<Ranked> ranked, std::size_t limit, bool least_first) {
  limit = std::min(limit, ranked.size());
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(limit);
  std::ranges::partial_sort(ranked, end, [&](const Ranked& a, const Ranked& b) { return ranks_before(a, b, least_first); });
  ranked.erase(end, ranked.end());
  return ranked;
}

std::vector<Ranked> ranking(const Slice& view, const std::vector<double>& scores,
                            std::size_t limit, bool least_first) {
  return best_of(ranked_nodes(view, scores), limit, least_first);
}

}  // namespace entente
