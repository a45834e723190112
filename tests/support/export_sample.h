// A small graph with everything that breaks exporters: months, open and unknown ends, parallel
// edges, a loop, markup, formulas, control characters and other scripts in names.
#pragma once
#include "tools/exchange/graph_export.h"

namespace entente::exchange {

inline ExportEdge edge(std::uint64_t id, std::uint64_t head, std::uint64_t tail, std::string type,
                       std::string_view valid) {
  ExportEdge edge;
  edge.id = EdgeId{id}, edge.head = NodeId{head}, edge.tail = NodeId{tail};
  edge.type = std::move(type), edge.family = "regulation";
  edge.valid = *Interval::parse(valid);
  edge.confidence = 0.75;
  edge.sources = {"The Reader 2024-08-06"};
  edge.quote = "It said so.";
  return edge;
}

inline ExportGraph export_sample() {
  ExportGraph graph;
  graph.database = "0123456789abcdef0123456789abcdef";
  graph.known_by = CommitId{12};
  graph.known_by_at = "2024-09-03T10:00:00Z";
  graph.as_of = "2024-09-02";
  graph.nodes = {{NodeId{1}, "China", "Country", {"PRC", "People's Republic of China"}},
                 {NodeId{2}, "norfentanyl", "Chemical", {}},
                 {NodeId{3}, "=SUM(A1:A9) & \"Sons\" <script>alert(1)</script>", "Company", {}},
                 {NodeId{4}, "\u4e60\u8fd1\u5e73, \u0647\u0648\u0627\u0648\u064a", "Person", {}},
                 {NodeId{5}, std::string("bell\x07 and\nline"), "Group", {}}};
  graph.edges = {edge(10, 1, 2, "CONTROLS", "2024-09-01/.."), edge(11, 1, 2, "CONTROLS", "2023-11"),
                 edge(12, 3, 2, "SUPPLIES", "2019/2024-02"),  edge(13, 4, 1, "MET", ""),
                 edge(14, 5, 5, "ACCUSE", "../2020")};
  graph.edges[1].mode = Mode::Planned;
  graph.edges[2].holds = Truth::Maybe;
  graph.edges[3].negated = true;
  graph.edges[3].quote = "He said \"no\" & <left>;\nthen, silence.";
  return graph;
}

}  // namespace entente::exchange
