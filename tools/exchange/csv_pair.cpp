// Two tables, as RFC 4180 has them, with the headers that neo4j-admin and its relatives import.
//
// A cell that a spreadsheet would take for a formula (it begins with = + - @ or a tab) gets an
// apostrophe in front; names that begin so are rare, and a formula from an article must not run.
#include "schema/value.h"
#include "tools/exchange/graph_export.h"

namespace entente::exchange {
namespace {

class Row {
 public:
  explicit Row(std::ostream& out) : out_(out) {}
  ~Row() { out_ << "\r\n"; }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  Row& number(std::uint64_t value) { return raw(std::to_string(value)); }
  Row& raw(std::string_view cell) {
    if (!first_) out_ << ',';
    first_ = false;
    out_ << cell;
    return *this;
  }
  Row& text(std::string_view cell) {
    std::string quoted = "\"";
    if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos) quoted += '\'';
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    // Empty is written as nothing at all: null, not the empty text.
    return raw(cell.empty() ? "" : quoted + "\"");
  }
  Row& list(const std::vector<std::string>& cells) {
    std::string all;
    for (const std::string& cell : cells) {
      if (!all.empty()) all += ';';
      for (const char c : cell) all += c == ';' ? ',' : c;
    }
    return text(all);
  }

 private:
  std::ostream& out_;
  bool first_ = true;
};
}  // namespace

void write_nodes_csv(const ExportGraph& graph, std::ostream& out) {
  out << "id:ID,name,:LABEL,aliases:string[]\r\n";
  for (const ExportNode& node : graph.nodes)
    Row(out).number(node.id.value).text(node.name).text(node.label).list(node.aliases);
}

void write_edges_csv(const ExportGraph& graph, std::ostream& out) {
  out << ":START_ID,:END_ID,:TYPE,id:long,family,valid,start:date,end:date,valid_from,valid_to,precision,holds,"
         "mode,negated:boolean,confidence:double,sources:string[],quote,known_by:long\r\n";
  for (const ExportEdge& edge : graph.edges)
    Row(out)
        .number(edge.head.value)
        .number(edge.tail.value)
        .text(edge.type)
        .number(edge.id.value)
        .text(edge.family)
        .text(edge.valid.edtf())
        .raw(first_day(edge.valid.from()))
        .raw(last_day(edge.valid.to()))
        .text(valid_from(edge.valid))
        .text(valid_to(edge.valid))
        .raw(precision_of(edge.valid))
        .raw(name_of(edge.holds))
        .raw(name_of(edge.mode))
        .raw(edge.negated ? "true" : "false")
        .raw(text_of(Value(edge.confidence)))
        .list(edge.sources)
        .text(edge.quote)
        .number(graph.known_by.value);
}

}  // namespace entente::exchange
