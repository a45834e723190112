#include "graph/algorithms/influence.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "graph/algorithms/edge_age.h"

namespace entente {
namespace {

double weight_of(const Snapshot& columns, EdgeIndex edge, Day today, const InfluenceOptions& options) {
  const double sign = options.sign[static_cast<std::size_t>(columns.family(edge))];
  if (sign == 0) return 0;
  double kept = 1;
  if (options.half_life_days > 0) {
    const auto age = age_in_days(columns, edge, today);
    kept = age ? std::exp2(-static_cast<double>(*age) / options.half_life_days) : options.undated;
  }
  return sign * columns.confidence(edge) * kept;
}

}  // namespace

Result<std::vector<double>> influence(const Slice& view, const InfluenceOptions& options) {
  if (!(options.carry >= 0 && options.carry < 1) || !(options.half_life_days >= 0) ||
      !(options.undated >= 0 && options.undated <= 1))
    return Error{Code::InvalidArgument,
                 "influence: carry is at least 0 and less than 1, a half-life at least 0 days, and "
                 "the part of undated edges between 0 and 1"};
  const Snapshot& columns = view.snapshot();
  const Day today = options.today ? *options.today : latest_known_day(view).value_or(Day{});
  struct Act {
    std::uint32_t on;
    double weight;
  };
  std::vector<std::vector<Act>> acts(view.node_limit());
  std::vector<double> received(view.node_limit(), 0.0), own(view.node_limit(), 0.0);
  each_edge(view, [&](EdgeIndex edge) {
    const double weight = weight_of(columns, edge, today, options);
    const NodeIndex head = view.head(edge), tail = view.tail(edge);
    if (weight == 0 || head == tail) return;
    acts[head.value].push_back({tail.value, weight});
    if (columns.ontology().type(columns.type(edge)).symmetric)
      acts[tail.value].push_back({head.value, weight});
  });
  for (std::uint32_t node = 0; node < acts.size(); ++node) {
    std::map<std::uint32_t, double> by_other;
    for (const Act& act : acts[node]) by_other[act.on] += act.weight;
    acts[node].clear();
    for (const auto& [on, weight] : by_other) {
      acts[node].push_back({on, weight});
      own[node] += weight;
      received[on] += std::abs(weight);
    }
  }
  std::vector<double> score = own;
  for (std::uint32_t round = 0; round < options.max_rounds && !is_stopped(options.cancel); ++round) {
    std::vector<double> next = own;
    double change = 0, size = 1;
    for (std::uint32_t node = 0; node < acts.size(); ++node) {
      for (const Act& act : acts[node])
        if (received[act.on] > 0)
          next[node] += options.carry * act.weight / received[act.on] * score[act.on];
      change = std::max(change, std::abs(next[node] - score[node]));
      size = std::max(size, std::abs(next[node]));
    }
    score = std::move(next);
    if (change <= options.tolerance * size) return score;
  }
  return Error{Code::LimitReached, "influence: the scores still move after " +
                                       std::to_string(options.max_rounds) + " rounds"};
}

}  // namespace entente
