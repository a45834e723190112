// JSON as networkx and D3 read it (nodes and links), and as graphology reads it. Written an element
// at a time: a whole graph need not stand in memory twice.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "tools/exchange/graph_export.h"

namespace entente::exchange {
namespace json = boost::json;
namespace {

json::value text_or_null(std::string text) {
  if (text.empty()) return nullptr;
  return json::value(std::move(text));
}

json::array list(const std::vector<std::string>& words) {
  json::array out;
  for (const std::string& word : words) out.emplace_back(word);
  return out;
}

json::object header(const ExportGraph& graph) {
  json::object out;
  out["description"] = provenance(graph);
  out["database"] = graph.database;
  out["as_of"] = text_or_null(graph.as_of);
  out["known_by"] = graph.known_by.value;
  out["known_by_at"] = text_or_null(graph.known_by_at);
  return out;
}

json::object attributes_of(const ExportNode& node, std::string_view name_key) {
  json::object out;
  out[name_key] = node.name;
  out["type"] = node.label;
  out["aliases"] = list(node.aliases);
  return out;
}

json::object attributes_of(const ExportEdge& edge) {
  json::object out;
  out["type"] = edge.type;
  out["family"] = edge.family;
  out["valid"] = edge.valid.edtf();
  out["valid_from"] = text_or_null(valid_from(edge.valid));
  out["valid_to"] = text_or_null(valid_to(edge.valid));
  out["start"] = text_or_null(first_day(edge.valid.from()));
  out["end"] = text_or_null(last_day(edge.valid.to()));
  out["precision"] = precision_of(edge.valid);
  out["holds"] = name_of(edge.holds);
  out["mode"] = name_of(edge.mode);
  out["negated"] = edge.negated;
  out["confidence"] = edge.confidence;
  out["sources"] = list(edge.sources);
  out["quote"] = text_or_null(edge.quote);
  return out;
}

// `[`, the elements, `]`.
template <typename Elements, typename Make>
void write_array(std::ostream& out, const Elements& elements, Make make) {
  out << '[';
  bool first = true;
  for (const auto& element : elements) {
    out << (first ? "\n" : ",\n") << json::serialize(make(element));
    first = false;
  }
  out << "\n]";
}
}  // namespace

void write_node_link(const ExportGraph& graph, std::ostream& out) {
  out << "{\"directed\":true,\"multigraph\":true,\"graph\":" << json::serialize(header(graph)) << ",\n\"nodes\":";
  write_array(out, graph.nodes, [](const ExportNode& node) {
    json::object entry = attributes_of(node, "name");
    entry["id"] = node.id.value;
    return entry;
  });
  out << ",\n\"links\":";
  write_array(out, graph.edges, [](const ExportEdge& edge) {
    json::object entry = attributes_of(edge);
    entry["source"] = edge.head.value;
    entry["target"] = edge.tail.value;
    entry["key"] = edge.id.value;
    return entry;
  });
  out << "}\n";
}

void write_graphology(const ExportGraph& graph, std::ostream& out) {
  out << "{\"options\":{\"type\":\"directed\",\"multi\":true,\"allowSelfLoops\":true},\n\"attributes\":"
      << json::serialize(header(graph)) << ",\n\"nodes\":";
  write_array(out, graph.nodes, [](const ExportNode& node) {
    json::object entry;
    entry["key"] = std::to_string(node.id.value);
    entry["attributes"] = attributes_of(node, "label");
    return entry;
  });
  out << ",\n\"edges\":";
  write_array(out, graph.edges, [](const ExportEdge& edge) {
    json::object entry;
    entry["key"] = std::to_string(edge.id.value);
    entry["source"] = std::to_string(edge.head.value);
    entry["target"] = std::to_string(edge.tail.value);
    entry["attributes"] = attributes_of(edge);
    return entry;
  });
  out << "}\n";
}

}  // namespace entente::exchange
