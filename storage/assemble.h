// Statements -> edges: when two sources speak of one edge, and what that edge then says.
#pragma once
#include <vector>

#include "schema/fact.h"
#include "schema/ontology.h"
#include "storage/copies.h"

namespace entente {

// May a statement of `valid` join an edge of `edge_valid`, both of this type? If one allows the
// other: a month and a day in it, an unknown start and a known one. A happening without any date
// joins only others without: it may be any of several. Symmetric.
bool compatible(const EdgeType& type, const Interval& edge_valid, const Interval& valid);

// The finer of two compatible intervals.
Interval narrower(const Interval& a, const Interval& b);

// Documents are independent sources, but copies of one text are one source: 1 - product over sources of
// (1 - best confidence within it), of the statements that support the edge. Without `origin_of` no
// document is a copy.
double combined_confidence(const std::vector<Statement>& statements, const OriginOf& origin_of = {});

// Does any statement support it, or do they only tell its end?
bool is_supported(const Edge& edge);

// Sets valid and confidence of an edge from its statements. Those that support it must be
// compatible one after the other; the last one recorded that tells an end puts it in place of
// theirs, if it leaves a reading. A bug if nothing supports it.
void assemble(Edge& edge, const OriginOf& origin_of = {});

}  // namespace entente
