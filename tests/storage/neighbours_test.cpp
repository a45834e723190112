// The neighbours of a node in a window of time are those that the rule of intervals leaves: a scan leaps
// over what begins too late, and must not leap too far.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "storage/store.h"
#include "tests/support/store_fixture.h"

namespace entente {
namespace {
using StoreNeighbours = StoreTest;

// 40 edges a type and side, three types, all dates of one year; some months, some without an end.
std::string many_edges() {
  std::string lines;
  for (int i = 0; i < 240; ++i) {
    const char* type = i % 3 == 0 ? "CONSULT" : i % 3 == 1 ? "ACCUSE" : "SANCTION";
    const std::string other = "State_" + std::to_string(i) + ": Government";
    const std::string month = "2024-" + std::string(i % 12 < 9 ? "0" : "") + std::to_string(i % 12 + 1);
    const std::string day = month + "-" + std::to_string(10 + i % 19);
    const std::string when = i % 7 == 0 ? month : i % 7 == 1 ? day + "/.." : i % 7 == 2 ? "/" + day : i % 31 == 3 ? "" : day;
    lines += i % 2 ? "Ruritania: Government " + std::string(type) + " " + other + " " + when + "\n"
                   : other + " " + std::string(type) + " Ruritania: Government " + when + "\n";
  }
  return lines;
}

std::vector<EdgeId> asked(const ReadTransaction& read, NodeId node, const NeighbourFilter& filter) {
  std::vector<EdgeId> edges;
  EXPECT_TRUE(read.scan_neighbours(node, filter, [&](const Neighbour& each) {
    edges.push_back(each.edge);
    return true;
  }));
  return edges;
}

// The same by looking at every one.
std::vector<EdgeId> looked_at(const ReadTransaction& read, NodeId node, const NeighbourFilter& filter) {
  std::vector<EdgeId> edges;
  const auto all = read.neighbours(node);
  EXPECT_TRUE(all);
  for (const Neighbour& each : *all) {
    if (filter.outgoing && each.outgoing != *filter.outgoing) continue;
    if (filter.type && each.type != *filter.type) continue;
    if (filter.valid && each.valid.meets(*filter.valid) == Truth::No) continue;
    edges.push_back(each.edge);
  }
  return edges;
}

TEST_F(StoreNeighbours, InAWindowAreThoseThatMeetIt) {
  import("a", many_edges());
  const auto read = store->begin_read();
  const NodeId node = read.find_name("Ruritania")->front().node;
  const auto accuse = read.ontology().find_type("ACCUSE");
  ASSERT_TRUE(accuse);
  ASSERT_GT(read.neighbours(node)->size(), 240u);
  std::size_t found = 0;
  for (const char* window : {"..2023", "2024-01-10", "2024-01", "2024-02..2024-03", "2024-06-15", "2024-12", "2025.."})
    for (const std::optional<bool> outgoing : {std::optional<bool>(), std::optional(true), std::optional(false)})
      for (const bool typed : {false, true}) {
        if (typed && !outgoing) continue;
        NeighbourFilter filter;
        filter.outgoing = outgoing;
        if (typed) filter.type = *accuse;
        filter.valid = *parse_window(window);
        const auto edges = asked(read, node, filter);
        EXPECT_EQ(edges, looked_at(read, node, filter)) << window;
        found += edges.size();
      }
  EXPECT_GT(found, 200u);
}

TEST_F(StoreNeighbours, OfOneNodeAreNotThoseOfTheNext) {
  // Ruritania's all begin too late, so the scan leaps from its last type to what lies behind it.
  std::string lines;
  for (int i = 0; i < 60; ++i)
    lines += "Ruritania: Government CONSULT State_" + std::to_string(i) + ": Government 2024-09-01\n";
  import("a", lines + "Zembla: Government CONSULT Ardis: Government 2020-01-01");
  const auto read = store->begin_read();
  NeighbourFilter filter;
  filter.valid = *parse_window("2020");
  for (const bool outgoing : {true, false}) {
    filter.outgoing = outgoing;
    const NodeId node = read.find_name("Ruritania")->front().node;
    EXPECT_EQ(asked(read, node, filter), looked_at(read, node, filter));
  }
}

}  // namespace
}  // namespace entente
