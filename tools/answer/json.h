// Answers as JSON: one shape for each kind of thing, the same in every command.
//
// Every answer is one object with `entente` (the version of these shapes, 1), `as_of` (the window
// of valid time, EDTF, or null), `known_by` (commit and its moment) and what the command adds.
// New keys may come; none changes its meaning without a new version. README lists the shapes.
#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>

#include "schema/fact.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/session.h"

namespace entente {

inline constexpr int kJsonVersion = 1;

// {"entente": 1, "as_of": ..., "known_by": {...}}
boost::json::object answer_of(const Session& session);
boost::json::object answer_without_clocks();

// id, head, head_id, head_label, type, family, tail, tail_id, tail_label, valid, valid_from, valid_to, precision, holds,
// mode, negated, speaker, confidence, properties, evidence: [{document, start, end, quote, ...}]
boost::json::object to_json(const EdgeRow& row);
boost::json::object to_json(const Node& node, const Ontology& ontology);
// id, node, name, title, publisher, published, url, sha256, rows (of a table), retracted, commit
boost::json::object to_json(const Document& document);
boost::json::object to_json(const Commit& commit);
boost::json::value to_json(const Value& value);
boost::json::object to_json(const Properties& properties);

// valid_from and valid_to as the ontology writes dates: cut to their precision, a week as a pair
// of days, null when open or unknown; `valid` (EDTF) tells those two apart.
void put_dates(boost::json::object& out, const Interval& valid);

void print(const boost::json::object& answer);  // on one line, to standard output

}  // namespace entente
