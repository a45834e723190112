// A part of the graph on its way out, and the formats that other programs read it in.
//
// No format here but our own JSONL carries two clocks: every export is the graph as known by one
// commit, and says which. Valid time becomes what the format has for it; where a format has days
// alone, a month is written from its first day to its last and the words of the source (EDTF) stand
// beside it, so that nothing pretends to be more precise than it is.
#pragma once
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/fact.h"
#include "schema/result.h"

namespace entente::exchange {

struct ExportNode {
  NodeId id;
  std::string name, label;
  std::vector<std::string> aliases;
};

struct ExportEdge {
  EdgeId id;
  NodeId head, tail;
  std::string type, family;
  Interval valid;
  Truth holds = Truth::Yes;  // in the window that was asked for
  Mode mode = Mode::Actual;
  bool negated = false;
  double confidence = 0;
  std::vector<std::string> sources;  // `The Reader 2024-08-06`, one a document
  std::string quote;                 // the sentence of the first source
};

// A value. Both ends of every edge are among the nodes; ids are distinct.
struct ExportGraph {
  std::string database;     // its id
  CommitId known_by;        // the commit that it is known by
  std::string known_by_at;  // and its moment, as ISO 8601; empty before the first commit
  std::string as_of;        // the window of valid time, EDTF; empty: any time
  std::string filter;       // what else it was narrowed by, for a person; empty: nothing
  std::vector<ExportNode> nodes;  // by id
  std::vector<ExportEdge> edges;  // by id
};

// `Entente 3f…, as of 2024-09-02, known by commit 12 (2024-09-03T…Z)`: the line every export carries.
std::string provenance(const ExportGraph& graph);

struct ExportFormat {
  std::string_view name;          // as a person types it
  std::string_view ending;        // of a file's name, without the dot
  std::string_view content_type;  // on the wire
  std::string_view meaning;       // one sentence
  void (*write)(const ExportGraph& graph, std::ostream& out);
};

std::span<const ExportFormat> export_formats();  // in the order to list them

// By name. NotFound names those that there are.
Result<const ExportFormat*> export_format_named(std::string_view name);
// By the ending of a file's name; none if no format ends so.
const ExportFormat* export_format_of_file(std::string_view file);

// One for each of the formats; the same graph gives the same bytes.
void write_gexf_13(const ExportGraph& graph, std::ostream& out);
void write_gexf_12(const ExportGraph& graph, std::ostream& out);
void write_graphml(const ExportGraph& graph, std::ostream& out);
void write_nodes_csv(const ExportGraph& graph, std::ostream& out);
void write_edges_csv(const ExportGraph& graph, std::ostream& out);
void write_node_link(const ExportGraph& graph, std::ostream& out);
void write_graphology(const ExportGraph& graph, std::ostream& out);

// The days of a bound as formats have them that know only days: the first and the last of its
// period, both included; empty when it is open or unknown.
std::string first_day(const Bound& bound);
std::string last_day(const Bound& bound);

// Dates cut to their precision, as the ontology writes them: `2024-09`; empty when open or unknown.
std::string valid_from(const Interval& valid);
std::string valid_to(const Interval& valid);
std::string_view precision_of(const Interval& valid);  // "day", ..., "unknown"

std::string joined(const std::vector<std::string>& words);  // with `; ` between

}  // namespace entente::exchange
