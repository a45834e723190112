#include "graph/columns.h"

#include <algorithm>
#include <functional>

#include "schema/ontology.h"

namespace entente {
namespace {
// Offsets that begin at 0, never fall, and end with the length of what they divide.
bool divide(std::span<const std::uint32_t> first, std::size_t length) {
  return !first.empty() && first.front() == 0 && first.back() == length && std::ranges::is_sorted(first);
}
template <typename Values, typename Key>
bool all_below(const Values& values, std::uint64_t limit, Key key) {
  return std::ranges::all_of(values, [&](const auto& value) { return key(value) < limit; });
}
}  // namespace

std::uint64_t Columns::bytes() const {
  std::uint64_t sum = 0;
  each(*this, [&](std::string_view, const auto& column) { sum += column.size_bytes(); });
  return sum;
}

std::string_view Columns::wrong_lengths() const {
  const std::size_t n = node_ids.size(), m = heads.size();
  if (labels.size() != n || more_labels_first.size() != n + 1 || names_first.size() != n + 1 ||
      out_first.size() != n + 1 || in_first.size() != n + 1)
    return "the columns of nodes are not of one length";
  if (tails.size() != m || in_nodes.size() != m || in_edges.size() != m || kinds.size() != m ||
      confidences.size() != m || edges_by_id.size() != m)
    return "the columns of edges are not of one length";
  if (limits.size() + wide_limits.size() != m || (!limits.empty() && !wide_limits.empty()))
    return "the column of valid times is not as long as the others";
  if (edge_ids.size() + wide_edge_ids.size() != m || (!edge_ids.empty() && !wide_edge_ids.empty()))
    return "the column of edge ids is not as long as the others";
  if (count_first.size() != 2 * count_kinds.size() + 1 || count_instants.size() != count_sums.size())
    return "the counts by day do not fit together";
  return {};
}

std::string_view Columns::wrong_entries(const Ontology& ontology) const {
  if (const std::string_view wrong = wrong_lengths(); !wrong.empty()) return wrong;
  const std::uint64_t n = nodes(), m = edges();
  const auto index = [](auto place) { return std::uint64_t{place.value}; };
  const auto number = [](auto value) { return std::uint64_t{value}; };
  if (!std::ranges::is_sorted(node_ids, std::less_equal<>())) return "node ids do not rise";
  if (!divide(out_first, m) || !divide(in_first, m)) return "the rows do not cover the edges";
  if (!divide(more_labels_first, more_labels.size())) return "the labels do not cover their column";
  if (names_first.front() != 0 || names_first.back() != names.size() ||
      !std::ranges::is_sorted(names_first))
    return "the names do not cover their column";
  const auto known = [&](LabelId label) { return ontology.has(label); };
  if (!std::ranges::all_of(labels, known) || !std::ranges::all_of(more_labels, known))
    return "a label is not in the ontology";
  if (!all_below(heads, n, index) || !all_below(tails, n, index) || !all_below(in_nodes, n, index))
    return "an edge leads to a node that is not there";
  if (!all_below(in_edges, m, index) || !all_below(edges_by_id, m, index))
    return "a row leads to an edge that is not there";
  for (const EdgeKind kind : kinds)
    if (!ontology.has(kind.type()) || kind.truth() > Truth::Yes || kind.from_kind() > Bound::Kind::Known ||
        kind.to_kind() > Bound::Kind::Known)
      return "an edge is of a kind that there is not";
  if (!std::ranges::is_sorted(instants)) return "the instants do not rise";
  for (const Limits& each : limits)
    if (!all_below(each, instants.size(), number)) return "a valid time is not in the table";
  for (const WideLimits& each : wide_limits)
    if (!all_below(each, instants.size(), number)) return "a valid time is not in the table";
  if (!all_below(confidences, confidence_values.size(), number))
    return "a confidence is not in the table";
  if (!divide(count_first, count_sums.size())) return "the counts by day do not cover their column";
  return {};
}

}  // namespace entente
