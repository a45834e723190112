#include "storage/conflicts.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace entente {
namespace {

struct Place {
  NodeId head, tail;
  EdgeTypeId type;
  EdgeId edge;
  auto ends() const { return std::tuple(head, tail, type); }
};

bool agree(const Properties& a, const Properties& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& property) {
    const auto other = b.find(property.first);
    return other == b.end() || other->second == property.second;
  });
}

// Do all readings of the one overlap all readings of the other?
bool certainly_overlap(const Interval& a, const Interval& b) {
  return a.latest_start() < b.earliest_end() && b.latest_start() < a.earliest_end();
}

bool may_overlap(const Interval& a, const Interval& b) {
  return a.earliest_start() < b.latest_end() && b.earliest_start() < a.latest_end();
}

bool share_a_document(const Edge& a, const Edge& b) {
  std::set<DocumentId> documents;
  for (const Statement& statement : a.statements) documents.insert(statement.evidence.document);
  return std::any_of(b.statements.begin(), b.statements.end(), [&](const Statement& statement) {
    return documents.contains(statement.evidence.document);
  });
}

std::optional<ConflictRule> rule_of(const Edge& a, const Edge& b, const EdgeType& type) {
  if (a.mode != Mode::Actual || b.mode != Mode::Actual || !agree(a.properties, b.properties))
    return std::nullopt;
  if (a.negated != b.negated)
    return certainly_overlap(a.valid, b.valid) ? std::optional(ConflictRule::Denied) : std::nullopt;
  if (a.negated || !type.lasting || a.valid == b.valid || share_a_document(a, b)) return std::nullopt;
  return may_overlap(a.valid, b.valid) ? ConflictRule::Dates : ConflictRule::Spells;
}
}  // namespace

std::string_view name_of(ConflictRule rule) {
  static constexpr std::array<std::string_view, 3> kNames = {"denied", "dates", "spells"};
  return kNames[static_cast<std::size_t>(rule)];
}

std::string_view meaning_of(ConflictRule rule) {
  static constexpr std::array<std::string_view, 3> kMeanings = {
      "one source asserts and the other denies it, at times that certainly overlap",
      "two sources give different times for one lasting state",
      "two sources give times that lie apart: two spells, or one of them is wrong"};
  return kMeanings[static_cast<std::size_t>(rule)];
}

Result<std::vector<Conflict>> conflicts(const ReadTransaction& read, const AsOf& as_of) {
  const Ontology& ontology = read.ontology();
  std::vector<Place> places;
  auto scanned = read.scan_edges(as_of.recorded, [&](const Edge& edge) {
    const EdgeType& type = ontology.type(edge.type);
    if (type.family == Family::Evidence || edge.mode != Mode::Actual) return true;
    if (as_of.holds(edge.valid) == Truth::No) return true;
    const bool turn = type.symmetric && edge.tail < edge.head;
    places.push_back({turn ? edge.tail : edge.head, turn ? edge.head : edge.tail, edge.type, edge.id});
    return true;
  });
  if (!scanned) return scanned.error();
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::tuple(a.ends(), a.edge) < std::tuple(b.ends(), b.edge);
  });

  std::vector<Conflict> found;
  for (auto first = places.begin(); first != places.end();) {
    const auto last = std::find_if(first, places.end(), [&](const Place& place) { return place.ends() != first->ends(); });
    std::vector<Edge> edges;
    for (auto place = first; last - first > 1 && place != last; ++place) {
      auto edge = read.edge(place->edge, as_of.recorded);
      if (!edge) return edge.error();
      if (*edge) edges.push_back(std::move(**edge));
    }
    for (std::size_t i = 0; i < edges.size(); ++i)
      for (std::size_t j = i + 1; j < edges.size(); ++j)
        if (const auto rule = rule_of(edges[i], edges[j], ontology.type(edges[i].type)))
          found.push_back({*rule, edges[i], edges[j]});
    first = last;
  }
  std::stable_sort(found.begin(), found.end(), [](const Conflict& a, const Conflict& b) {
    return std::tuple(a.rule, a.first.id, a.second.id) < std::tuple(b.rule, b.first.id, b.second.id);
  });
  return found;
}

}  // namespace entente
