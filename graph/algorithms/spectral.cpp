#include "graph/algorithms/spectral.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace entente {
namespace {

using Vector = std::vector<double>;

std::vector<bool> admitted_nodes(const Slice& view) {
  std::vector<bool> admitted(view.node_limit());
  each_node(view, [&](NodeIndex node) { admitted[node.value] = true; });
  return admitted;
}

void multiply(const Rows& rows, const Vector& x, Vector& product) {
  for (std::uint32_t node = 0; node < rows.size(); ++node) {
    double sum = 0;
    for (std::uint32_t i = rows.first[node]; i < rows.first[node + 1]; ++i)
      sum += rows.weight[i] * x[rows.to[i]];
    product[node] = sum;
  }
}

double largest_change(const Vector& a, const Vector& b) {
  double change = 0;
  for (std::size_t i = 0; i < a.size(); ++i) change = std::max(change, std::abs(a[i] - b[i]));
  return change;
}

void scale(Vector& x, double by) {
  for (double& value : x) value = by > 0 ? value / by : 0;
}
double euclidean(const Vector& x) {
  double sum = 0;
  for (const double value : x) sum += value * value;
  return std::sqrt(sum);
}
double total(const Vector& x) {
  double sum = 0;
  for (const double value : x) sum += value;
  return sum;
}

Error still_moving(const char* what, std::uint32_t rounds) {
  return {Code::LimitReached,
          std::string(what) + ": the scores still move after " + std::to_string(rounds) + " rounds"};
}

// Has the graph a circle? By taking away, again and again, nodes that nothing leads on from.
bool has_circle(const Rows& rows) {
  std::vector<std::uint32_t> leading(rows.size(), 0), bare;
  for (const std::uint32_t to : rows.to) ++leading[to];
  for (std::uint32_t node = 0; node < rows.size(); ++node)
    if (leading[node] == 0) bare.push_back(node);
  for (std::size_t at = 0; at < bare.size(); ++at)
    for (std::uint32_t i = rows.first[bare[at]]; i < rows.first[bare[at] + 1]; ++i)
      if (--leading[rows.to[i]] == 0) bare.push_back(rows.to[i]);
  return bare.size() < rows.size();
}

}  // namespace

Result<Vector> eigenvector(const Slice& view, const EigenvectorOptions& options) {
  const Rows rows = gather_rows(view, options.side, options.weight, Loops::Keep, options.cancel);
  Vector score(rows.size(), 0.0), next(rows.size());
  if (!has_circle(rows)) return score;
  const std::vector<bool> admitted = admitted_nodes(view);
  for (std::size_t i = 0; i < score.size(); ++i) score[i] = admitted[i] ? 1 : 0;
  scale(score, euclidean(score));
  for (std::uint32_t round = 0; round < options.max_rounds && !is_stopped(options.cancel); ++round) {
    multiply(rows, score, next);
    for (std::size_t i = 0; i < next.size(); ++i) next[i] += score[i];
    scale(next, euclidean(next));
    const double change = largest_change(score, next);
    std::swap(score, next);
    if (change < options.tolerance) return score;
  }
  return still_moving("eigenvector", options.max_rounds);
}

Result<Vector> katz(const Slice& view, const KatzOptions& options) {
  const Rows rows = gather_rows(view, options.side, options.weight, Loops::Keep, options.cancel);
  const std::vector<bool> admitted = admitted_nodes(view);
  Vector ones(rows.size(), 1.0), sums(rows.size());
  multiply(rows, ones, sums);
  const double largest = sums.empty() ? 0 : *std::ranges::max_element(sums);
  double attenuation = options.attenuation;
  if (attenuation == 0) attenuation = largest > 0 ? 0.9 / largest : 0;
  Vector score(rows.size(), 0.0), next(rows.size());
  for (std::uint32_t round = 0; round < options.max_rounds && !is_stopped(options.cancel); ++round) {
    multiply(rows, score, next);
    double size = 0;
    for (std::size_t i = 0; i < next.size(); ++i) {
      next[i] = admitted[i] ? attenuation * next[i] + 1 : 0;
      size = std::max(size, next[i]);
    }
    const double change = largest_change(score, next);
    std::swap(score, next);
    if (!std::isfinite(size) || size > 1e100)
      return Error{Code::InvalidArgument,
                   "katz: the sum over all walks has no end; choose a smaller attenuation"};
    if (change <= options.tolerance * std::max(1.0, size)) return score;
  }
  return still_moving("katz", options.max_rounds);
}

Result<Hits> hits(const Slice& view, const HitsOptions& options) {
  const Rows out = gather_rows(view, Side::Out, options.weight, Loops::Keep, options.cancel);
  const Rows in = gather_rows(view, Side::In, options.weight, Loops::Keep, options.cancel);
  Hits now{.hubs = Vector(out.size(), 0.0), .authorities = Vector(out.size(), 0.0)};
  if (out.to.empty()) return now;
  std::ranges::fill(now.hubs, 1.0 / static_cast<double>(out.size()));
  Vector before;
  for (std::uint32_t round = 0; round < options.max_rounds && !is_stopped(options.cancel); ++round) {
    before = now.hubs;
    multiply(in, now.hubs, now.authorities);
    scale(now.authorities, total(now.authorities));
    multiply(out, now.authorities, now.hubs);
    scale(now.hubs, total(now.hubs));
    if (largest_change(before, now.hubs) < options.tolerance) return now;
  }
  return still_moving("hits", options.max_rounds);
}

}  // namespace entente
