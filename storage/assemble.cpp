#include "storage/assemble.h"

#include <algorithm>
#include <cassert>
#include <map>

namespace entente {

bool compatible(const EdgeType& type, const Interval& edge_valid, const Interval& valid) {
  if (!type.lasting && edge_valid.is_unknown() != valid.is_unknown()) return false;
  return edge_valid.allows(valid) || valid.allows(edge_valid);
}

Interval narrower(const Interval& a, const Interval& b) { return a.allows(b) ? b : a; }

double combined_confidence(const std::vector<Statement>& statements, const OriginOf& origin_of) {
  std::map<DocumentId, double> best;
  const auto take = [](std::map<DocumentId, double>& all, DocumentId document, double confidence) {
    double& so_far = all[document];
    so_far = std::max(so_far, confidence);
  };
  for (const Statement& statement : statements)
    if (!statement.ends) take(best, statement.evidence.document, statement.confidence);
  if (best.size() == 1) return best.begin()->second;  // exactly, without rounding
  if (origin_of) {
    std::map<DocumentId, double> sources;
    for (const auto& [document, confidence] : best) take(sources, origin_of(document), confidence);
    if (sources.size() == 1) return sources.begin()->second;
    best = std::move(sources);
  }
  double doubt = 1;
  for (const auto& [source, confidence] : best) doubt *= 1 - confidence;
  return 1 - doubt;
}

bool is_supported(const Edge& edge) {
  return std::any_of(edge.statements.begin(), edge.statements.end(),
                     [](const Statement& statement) { return !statement.ends; });
}

void assemble(Edge& edge, const OriginOf& origin_of) {
  assert(is_supported(edge));
  bool first = true;
  const Statement* end = nullptr;
  for (const Statement& statement : edge.statements) {
    if (statement.ends) {
      end = &statement;
    } else {
      edge.valid = first ? statement.valid : narrower(edge.valid, statement.valid);
      first = false;
    }
  }
  if (end)
    if (const auto ended = Interval::make(edge.valid.from(), end->valid.to())) edge.valid = *ended;
  edge.confidence = combined_confidence(edge.statements, origin_of);
}

}  // namespace entente
