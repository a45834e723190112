// Edges from a table whose columns are named by a mapping: `head=source,tail=target,type=relation`.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/fact.h"
#include "schema/ontology.h"
#include "schema/result.h"
#include "tools/exchange/relation_map.h"
#include "tools/exchange/row_reader.h"

namespace entente::exchange {

// Which column has what. `head` and `tail` are needed, `type` too unless all rows have one; `from`, `to`,
// `mode`, `confidence`, `head_label` and `tail_label` may be given.
class ColumnMap {
 public:
  static Result<ColumnMap> parse(std::string_view text);  // PART=COLUMN,PART=COLUMN ...
  const std::map<std::string, std::string>& columns() const { return columns_; }
  bool has(std::string_view part) const { return columns_.find(std::string(part)) != columns_.end(); }
  std::vector<std::string> column_names() const;

 private:
  std::map<std::string, std::string> columns_;
};

struct EdgeTableOptions {
  ColumnMap columns;
  std::optional<RelationMap> relations;  // what is not in it must be an edge type
  LabelId label;                         // of names whose row has none
  std::optional<EdgeTypeId> type = {};   // of all rows, if no column has it
  bool other_columns = false;            // what the map does not name becomes properties, as text
};

// Dates are EDTF; of a date with a time of day (`2018-01-25T00:15`) the day counts. Without a column
// for `to` a happening ends when it starts, and the end of a lasting state is unknown.
struct EdgeRow {
  std::string_view head, tail;  // stay until the next row
  LabelId head_label, tail_label;
  EdgeTypeId type;
  Interval valid;
  Mode mode = Mode::Actual;
  double confidence = 1;
  // `relation`: what the table calls the type, if that is another name; and other columns, unless empty.
  // Never null. Stays until the next row.
  const Properties* properties = nullptr;
};

class EdgeTable {
 public:
  // InvalidArgument if the table lacks a column that the map names.
  static Result<EdgeTable> open(RowReader table, EdgeTableOptions options, const Ontology& ontology);

  enum class Kind { Edge, LeftOut, Refused, End };
  struct Next {
    Kind kind = Kind::End;
    std::string why;  // of a refused one, with its line
  };
  // Errors end the reading: the file itself is damaged.
  Result<Next> next();
  const EdgeRow& row() const { return row_; }
  const RowReader& table() const { return table_; }

 private:
  EdgeTable(RowReader table, EdgeTableOptions options, const Ontology& ontology)
      : table_(std::move(table)), options_(std::move(options)), ontology_(&ontology) {}
  std::string_view part(std::span<const std::string_view> fields, std::size_t which) const;
  Status read_row(std::span<const std::string_view> fields, bool& left_out);
  struct Relation {
    RelationMap::Meaning meaning;
    Properties properties;  // of rows that have it
  };
  Result<const Relation*> meaning_of(std::string_view relation);
  Result<LabelId> label_of(std::string_view name) const;
  Status take_other_columns(std::span<const std::string_view> fields);

  RowReader table_;
  EdgeTableOptions options_;
  const Ontology* ontology_;
  std::vector<std::optional<std::size_t>> places_;  // of each part
  std::vector<bool> is_other_;                      // columns that the map does not name
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Relation, TextHash, std::equal_to<>> relations_;  // seen before
  EdgeRow row_;
  Properties properties_;  // of the row, if it has its own
};

}  // namespace entente::exchange
