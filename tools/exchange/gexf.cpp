// GEXF, laid out so that Gephi, Gephi Lite (graphology) and networkx all keep the times:
// - one block of edge attributes, because graphology reads one and fails on a second;
// - valid_from and valid_to also as plain attributes, because graphology drops start and end;
// - days only, a month from its first day to its last, because mixed forms of dates are refused;
// - an id and a kind for every edge, because two actors often share several.
#include <array>

#include "schema/value.h"
#include "tools/exchange/graph_export.h"
#include "tools/exchange/xml_text.h"

namespace entente::exchange {
namespace {

struct Version {
  std::string_view number, name_space;
  bool kind;  // has `kind` for parallel edges
};
constexpr Version k13{"1.3", "http://gexf.net/1.3", true};
constexpr Version k12{"1.2", "http://www.gexf.net/1.2draft", false};

struct Attribute {
  std::string_view title, type;
  std::string (*value)(const ExportEdge& edge);
};

constexpr std::array kEdgeAttributes = {
    Attribute{"type", "string", [](const ExportEdge& e) { return e.type; }},
    Attribute{"family", "string", [](const ExportEdge& e) { return e.family; }},
    Attribute{"valid", "string", [](const ExportEdge& e) { return e.valid.edtf(); }},
    Attribute{"valid_from", "string", [](const ExportEdge& e) { return valid_from(e.valid); }},
    Attribute{"valid_to", "string", [](const ExportEdge& e) { return valid_to(e.valid); }},
    Attribute{"precision", "string", [](const ExportEdge& e) { return std::string(precision_of(e.valid)); }},
    Attribute{"holds", "string", [](const ExportEdge& e) { return std::string(name_of(e.holds)); }},
    Attribute{"mode", "string", [](const ExportEdge& e) { return std::string(name_of(e.mode)); }},
    Attribute{"negated", "boolean", [](const ExportEdge& e) { return std::string(e.negated ? "true" : "false"); }},
    Attribute{"confidence", "double", [](const ExportEdge& e) { return text_of(Value(e.confidence)); }},
    Attribute{"sources", "string", [](const ExportEdge& e) { return joined(e.sources); }},
    Attribute{"quote", "string", [](const ExportEdge& e) { return e.quote; }},
};

void put(std::ostream& out, std::string_view name, std::string_view value) {
  out << ' ' << name << "=\"" << xml_text(value) << '"';
}

void declare_node_attributes(std::ostream& out) {
  out << "    <attributes class=\"node\" mode=\"static\">\n"
         "      <attribute id=\"0\" title=\"type\" type=\"string\"/>\n"
         "      <attribute id=\"1\" title=\"aliases\" type=\"string\"/>\n"
         "    </attributes>\n";
}

void write_edge(const ExportEdge& edge, const Version& version, std::ostream& out) {
  out << "      <edge id=\"" << edge.id.value << "\" source=\"" << edge.head.value << "\" target=\""
      << edge.tail.value << '"';
  put(out, "label", edge.type);
  if (version.kind) put(out, "kind", edge.type);
  if (edge.valid.from().is_known()) put(out, "start", first_day(edge.valid.from()));
  if (edge.valid.to().is_known()) put(out, "end", last_day(edge.valid.to()));
  out << ">\n        <attvalues>\n";
  for (std::size_t i = 0; i < kEdgeAttributes.size(); ++i) {
    const std::string value = kEdgeAttributes[i].value(edge);
    if (value.empty()) continue;
    out << "          <attvalue for=\"" << i << '"';
    put(out, "value", value);
    out << "/>\n";
  }
  out << "        </attvalues>\n      </edge>\n";
}

void write_gexf(const ExportGraph& graph, const Version& version, std::ostream& out) {
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf";
  put(out, "xmlns", version.name_space);
  put(out, "version", version.number);
  out << ">\n  <meta>\n    <creator>Entente</creator>\n    <description>" << xml_text(provenance(graph))
      << "</description>\n  </meta>\n  <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\">\n";
  declare_node_attributes(out);
  out << "    <attributes class=\"edge\" mode=\"static\">\n";
  for (std::size_t i = 0; i < kEdgeAttributes.size(); ++i) {
    out << "      <attribute id=\"" << i << '"';
    put(out, "title", kEdgeAttributes[i].title);
    put(out, "type", kEdgeAttributes[i].type);
    out << "/>\n";
  }
  out << "    </attributes>\n    <nodes>\n";
  for (const ExportNode& node : graph.nodes) {
    out << "      <node id=\"" << node.id.value << '"';
    put(out, "label", node.name);
    out << ">\n        <attvalues>\n          <attvalue for=\"0\"";
    put(out, "value", node.label);
    out << "/>\n";
    if (!node.aliases.empty()) {
      out << "          <attvalue for=\"1\"";
      put(out, "value", joined(node.aliases));
      out << "/>\n";
    }
    out << "        </attvalues>\n      </node>\n";
  }
  out << "    </nodes>\n    <edges>\n";
  for (const ExportEdge& edge : graph.edges) write_edge(edge, version, out);
  out << "    </edges>\n  </graph>\n</gexf>\n";
}
}  // namespace

void write_gexf_13(const ExportGraph& graph, std::ostream& out) { write_gexf(graph, k13, out); }
void write_gexf_12(const ExportGraph& graph, std::ostream& out) { write_gexf(graph, k12, out); }

}  // namespace entente::exchange
