#include "tools/exchange/graph_export.h"

namespace entente::exchange {
namespace {
constexpr ExportFormat kFormats[] = {
    {"gexf", "gexf", "application/gexf+xml", "GEXF 1.3 with time, for Gephi and Gephi Lite.", write_gexf_13},
    {"gexf-1.2", "gexf", "application/gexf+xml", "GEXF 1.2 with time, for networkx and older programs.",
     write_gexf_12},
    {"graphml", "graphml", "application/graphml+xml",
     "GraphML, for yEd, Cytoscape, igraph, networkx; times are attributes.", write_graphml},
    {"node-link", "json", "application/json", "JSON with nodes and links, for networkx and D3.", write_node_link},
    {"graphology", "graphology.json", "application/json", "JSON of graphology, for sigma and Gephi Lite.",
     write_graphology},
    {"nodes-csv", "nodes.csv", "text/csv", "The nodes as CSV with the headers that Neo4j imports.", write_nodes_csv},
    {"edges-csv", "edges.csv", "text/csv", "The edges as CSV with the headers that Neo4j imports.", write_edges_csv},
};
}  // namespace

std::string provenance(const ExportGraph& graph) {
  std::string line = "Entente " + graph.database;
  line += graph.as_of.empty() ? ", at any time" : ", as of " + graph.as_of;
  line += ", known by commit " + std::to_string(graph.known_by.value);
  if (!graph.known_by_at.empty()) line += " (" + graph.known_by_at + ")";
  if (!graph.filter.empty()) line += ", " + graph.filter;
  return line;
}

std::span<const ExportFormat> export_formats() { return kFormats; }

Result<const ExportFormat*> export_format_named(std::string_view name) {
  for (const ExportFormat& format : kFormats)
    if (format.name == name) return &format;
  std::string known;
  for (const ExportFormat& format : kFormats) known.append(known.empty() ? "" : ", ").append(format.name);
  return Error{Code::NotFound, "there is no format '" + std::string(name) + "'; choose one of " + known};
}

const ExportFormat* export_format_of_file(std::string_view file) {
  const ExportFormat* best = nullptr;  // `x.graphology.json` is not `x.json`
  for (const ExportFormat& format : kFormats)
    if (file.size() > format.ending.size() && file.ends_with(format.ending) &&
        file[file.size() - format.ending.size() - 1] == '.' &&
        (!best || format.ending.size() > best->ending.size()))
      best = &format;
  return best;
}

std::string first_day(const Bound& bound) { return bound.is_known() ? edtf_of(bound.period().from) : ""; }

std::string last_day(const Bound& bound) {
  return bound.is_known() ? edtf_of(bound.period().to - std::chrono::days(1)) : "";
}

std::string valid_from(const Interval& valid) {
  const Bound bound = valid.from();
  if (!bound.is_known()) return "";
  return bound.precision() == Precision::Week ? first_day(bound) : bound.edtf();
}

std::string valid_to(const Interval& valid) {
  const Bound bound = valid.to();
  if (!bound.is_known()) return "";
  return bound.precision() == Precision::Week ? last_day(bound) : bound.edtf();
}

std::string_view precision_of(const Interval& valid) {
  const Bound known = valid.from().is_known() ? valid.from() : valid.to();
  return known.is_known() ? name_of(known.precision()) : "unknown";
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : "; ") + word;
  return all;
}

}  // namespace entente::exchange
