// GraphML 1.0. It has no notion of time: the dates are attributes, cut to their precision.
#include "schema/value.h"
#include "tools/exchange/graph_export.h"
#include "tools/exchange/xml_text.h"

namespace entente::exchange {
namespace {

void declare(std::ostream& out, std::string_view domain, std::string_view name, std::string_view type) {
  out << "  <key id=\"" << domain[0] << '_' << name << "\" for=\"" << domain << "\" attr.name=\"" << name
      << "\" attr.type=\"" << type << "\"/>\n";
}

// A value that is not there is left out, so that readers have it as missing.
void put(std::ostream& out, std::string_view key, std::string_view value) {
  if (!value.empty()) out << "      <data key=\"" << key << "\">" << xml_text(value) << "</data>\n";
}
}  // namespace

void write_graphml(const ExportGraph& graph, std::ostream& out) {
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  declare(out, "graph", "description", "string");
  for (const char* name : {"label", "type", "aliases"}) declare(out, "node", name, "string");
  for (const char* name : {"type", "family", "valid", "valid_from", "valid_to", "precision", "holds", "mode",
                           "sources", "quote"})
    declare(out, "edge", name, "string");
  declare(out, "edge", "negated", "boolean");
  declare(out, "edge", "confidence", "double");
  out << "  <graph id=\"entente\" edgedefault=\"directed\">\n";
  put(out, "g_description", provenance(graph));
  for (const ExportNode& node : graph.nodes) {
    out << "    <node id=\"n" << node.id.value << "\">\n";
    put(out, "n_label", node.name);
    put(out, "n_type", node.label);
    put(out, "n_aliases", joined(node.aliases));
    out << "    </node>\n";
  }
  for (const ExportEdge& edge : graph.edges) {
    out << "    <edge id=\"e" << edge.id.value << "\" source=\"n" << edge.head.value << "\" target=\"n"
        << edge.tail.value << "\">\n";
    put(out, "e_type", edge.type);
    put(out, "e_family", edge.family);
    put(out, "e_valid", edge.valid.edtf());
    put(out, "e_valid_from", valid_from(edge.valid));
    put(out, "e_valid_to", valid_to(edge.valid));
    put(out, "e_precision", precision_of(edge.valid));
    put(out, "e_holds", name_of(edge.holds));
    put(out, "e_mode", name_of(edge.mode));
    put(out, "e_negated", edge.negated ? "true" : "false");
    put(out, "e_confidence", text_of(Value(edge.confidence)));
    put(out, "e_sources", joined(edge.sources));
    put(out, "e_quote", edge.quote);
    out << "    </edge>\n";
  }
  out << "  </graph>\n</graphml>\n";
}

}  // namespace entente::exchange
