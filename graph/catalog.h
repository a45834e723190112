// The catalog: every algorithm that answers with rows, its parameters and its columns. The command
// line, its help, and any other front take them from here. A new one is a row here, its header and
// source in algorithms/, and its test.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/algorithms/lanes.h"
#include "graph/algorithms/ranked.h"
#include "graph/arguments.h"
#include "graph/slice.h"
#include "schema/result.h"

namespace entente {

enum class ColumnType : std::uint8_t { Node, Edge, Number, Count, Text };
struct Column {
  std::string_view name;  // "score"
  ColumnType type;
};
using Cell = std::variant<NodeIndex, EdgeIndex, double, std::uint64_t, std::string>;
using Row = std::vector<Cell>;  // a cell for each column, of its type

// Ranks several windows of valid time at once, at most kLanes: each as the algorithm on the slice of
// the view through it, but for rounding. Safe from several threads; borrows the view.
using WindowRanks = std::function<std::vector<WindowRanking>(std::span<const DayRange> windows)>;

// One that gives each node a score, by which nodes are ranked.
struct RankAlgorithm {
  std::string_view name;     // as a person types it
  std::string_view meaning;  // one sentence
  std::span<const Parameter> parameters;
  Result<std::vector<double>> (*compute)(const Slice& view, const Arguments& arguments);
  bool least_first = false;  // the least score matters most
  // Where there is a quicker way for windows than one after the other; may be empty, for the arguments
  // may not allow it.
  WindowRanks (*in_windows)(const Slice& view, const Arguments& arguments) = nullptr;

  // By NodeIndex. LimitReached soon after somebody asked to stop (Arguments::stop_when): within some tens
  // of milliseconds.
  Result<std::vector<double>> scores(const Slice& view, const Arguments& arguments) const;
};

std::span<const RankAlgorithm> rank_algorithms();  // in the order to list them
std::span<const Column> rank_columns();            // of all of them: node, score

// NotFound names those that there are.
Result<const RankAlgorithm*> rank_algorithm_named(std::string_view name);

// One that answers with rows of another kind.
struct TableAlgorithm {
  std::string_view name;
  std::string_view meaning;
  std::span<const Parameter> parameters;
  std::span<const Column> columns;
  Result<std::vector<Row>> (*compute)(const Slice& view, const Arguments& arguments);

  Result<std::vector<Row>> rows(const Slice& view, const Arguments& arguments) const;  // stops as scores() does
};

std::span<const TableAlgorithm> table_algorithms();
Result<const TableAlgorithm*> table_algorithm_named(std::string_view name);

// The admitted nodes that have an admitted edge, best first, equal scores by NodeId; at most
// `limit` of them.
std::vector<Ranked> ranking(const Slice& view, const std::vector<double>& scores,
                            std::size_t limit = ~std::size_t{0}, bool least_first = false);

// The parts of it: all of them in the order of NodeId, which of two comes first, and the first of all.
std::vector<Ranked> ranked_nodes(const Slice& view, const std::vector<double>& scores);
bool ranks_before(const Ranked& a, const Ranked& b, bool least_first);
std::vector<Ranked> best_of(std::vector<Ranked> ranked, std::size_t limit, bool least_first);

}  // namespace entente
