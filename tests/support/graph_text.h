// Tiny graphs drawn in text, for tests.
//
//   const DrawnGraph g("a CONTROLS b 2024-09-01/..; b SUPPLIES c 2019 planned not 0.5; d");
//
// Edges and lone nodes, separated by `;`. An edge is HEAD TYPE TAIL, then in any order: a valid
// time as Interval::parse reads it (left out: unknown), a mode, `not`, a confidence (left out: 1).
// A node is its name, at its first mention with its labels: `xi:Person+Official`; without, it is a
// Government. Ids count from 1, nodes and edges each in the order of their first mention.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {

Day day(std::string_view edtf);  // "2024-09-01"
// As a question writes it: "2024-09-02", "2019..2021".
DayRange window(std::string_view text);
EdgeTypeId type_of(std::string_view name);
LabelId label_of(std::string_view name);

struct DrawnGraph {
  // Text that cannot be read ends the test program.
  explicit DrawnGraph(std::string_view text, const AsOf& as_of = {});

  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::shared_ptr<const Snapshot> snapshot;

  Slice slice(const Filter& filter = {}) const { return Slice(snapshot, filter); }
  NodeId id(std::string_view name) const;
  NodeIndex operator[](std::string_view name) const { return *snapshot->find(id(name)); }
  EdgeIndex edge(std::uint64_t id) const { return *snapshot->find(EdgeId{id}); }
  // "a b c", and the ids of edges "1 4".
  std::string names(const std::vector<NodeIndex>& nodes) const;
  std::string ids(const std::vector<EdgeIndex>& edges) const;
};

}  // namespace entente
