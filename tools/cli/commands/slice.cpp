#include <algorithm>
#include <iostream>
#include <memory>
#include <set>

#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string around;  // only this node and its neighbours; empty: all
  std::size_t limit = 1000;
};

ExitCode print_slice(const Question& question, const Typed& typed) {
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  std::optional<NodeId> around;
  if (!typed.around.empty()) {
    const auto named = session->node_named(typed.around);
    if (!named) return fail(named.error());
    around = *named;
  }
  const auto slice = session->slice(question.where);
  if (!slice) return fail(slice.error());
  const Snapshot& snapshot = slice->snapshot();

  std::vector<EdgeId> edges;
  std::set<NodeId> nodes;
  each_edge(*slice, [&](EdgeIndex edge) {
    const NodeId head = snapshot.id(snapshot.head(edge)), tail = snapshot.id(snapshot.tail(edge));
    if (around && head != *around && tail != *around) return;
    edges.push_back(snapshot.id(edge));
    nodes.insert({head, tail});
  });
  std::sort(edges.begin(), edges.end());
  // In JSON everything, for programs; on a page the first of them.
  const std::size_t shown =
      question.common.json ? edges.size() : std::min(edges.size(), typed.limit);

  EdgeReader reader(*session, kSourcesListed);
  std::vector<EdgeRow> rows;
  for (std::size_t i = 0; i < shown; ++i) {
    auto row = reader.row(edges[i]);
    if (!row) return fail(row.error());
    rows.push_back(std::move(*row));
  }

  if (question.common.json) {
    auto answer = answer_of(*session);
    boost::json::array node_list, edge_list;
    for (const NodeId id : nodes) {
      const auto node = session->read().node(id, session->commit());
      if (!node) return fail(node.error());
      if (*node) node_list.push_back(to_json(**node, session->ontology()));
    }
    for (const EdgeRow& row : rows) edge_list.push_back(to_json(row));
    answer["nodes"] = std::move(node_list);
    answer["edges"] = std::move(edge_list);
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
  } else {
    std::cout << counted(nodes.size(), "node") << ", " << counted(edges.size(), "edge") << "\n";
    Table table({"edge", "head", "type", "tail", "when", "", "mode", "source"});
    for (const EdgeRow& row : rows)
      table.add({std::to_string(row.edge.id.value), row.head, row.type, row.tail,
                 when_text(row.edge.valid), row.holds == Truth::Maybe ? "maybe" : "", mood_text(row),
                 sources_text(row)});
    if (!table.empty()) table.print();
    if (edges.size() > shown) std::cout << "\u2026 " << edges.size() - shown << " more (--limit)\n";
    if (question.common.show_command) std::cout << session->reproduce(question) << "\n";
  }
  return edges.empty() ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command slice_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("slice", "the part of the graph that the options leave");
  command.option("--around", &typed->around, "only this node and its neighbours", "NAME")
      .option("--limit", &typed->limit, "how many edges to list on a page (1000)", "N")
      .clocks()
      .filters()
      .example("entente slice --as-of 2024-09-02 --json")
      .example("entente slice --around China --type CONTROLS,SANCTION")
      .answers("nodes: [node], edges: [edge]");
  return command.runs([typed](const Question& question) { return print_slice(question, *typed); });
}

}  // namespace entente
