// The index entries of a fact: what must stand beside it in the other column families.
//
// Written by one function and read by one: the writer puts what entries_of() says of the new
// version and deletes what it says of the old; `check` recounts with the same.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/codec.h"
#include "storage/column_family.h"

namespace entente {

struct IndexEntry {
  ColumnFamily family;
  std::string key, value;
  friend bool operator==(const IndexEntry&, const IndexEntry&) = default;
};

std::vector<IndexEntry> entries_of(const Node& node);  // names; a merged node has none
std::vector<IndexEntry> entries_of(const Edge& edge);  // adjacency twice, timeline, citations, speakers
std::vector<IndexEntry> entries_of(const DocumentHeader& document);  // digest, until it is retracted
std::vector<IndexEntry> entries_of(const LogEntry& entry);           // idempotency key, in meta
std::string idempotency_row(std::string_view key);                   // the key of that row

// Does the load of a table find this statement by its row's place, so that it has no citation?
inline bool is_loaded(const Edge& edge, const Statement& statement) {
  return statement.evidence.rows && statement.id.value == edge.id.value;
}

// ---- values of those entries

// Names: whether it is an alias, and the node's label.
struct NameValue {
  bool is_alias = false;
  LabelId label;
};
std::string encode(const NameValue& value);
std::optional<NameValue> decode_name_value(std::string_view bytes);

// Adjacency: the other end, the bounds, the mode, negation. The key has the earliest start, so the
// value is short: see FORMAT.md.
struct AdjacencyValue {
  NodeId other;
  Interval valid;
  Mode mode = Mode::Actual;
  bool negated = false;
};
std::string encode(const AdjacencyValue& value);
std::optional<AdjacencyValue> decode_adjacency_value(Day earliest_start, std::string_view bytes);

}  // namespace entente
