#include <algorithm>
#include <iostream>
#include <set>

#include "tools/cli/commands.h"
#include "tools/cli/edge_row.h"
#include "tools/cli/json.h"
#include "tools/cli/output.h"
#include "tools/cli/session.h"

namespace entente {

ExitCode run_slice(const SliceOptions& options) {
  auto session = Session::open(options.question.common, options.question.when);
  if (!session) return fail(session.error());
  std::optional<NodeId> around;
  if (!options.around.empty()) {
    const auto named = session->node_named(options.around);
    if (!named) return fail(named.error());
    around = *named;
  }
  const auto slice = session->slice(options.question.where);
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
      options.question.common.json ? edges.size() : std::min(edges.size(), options.limit);

  EdgeReader reader(*session);
  std::vector<EdgeRow> rows;
  for (std::size_t i = 0; i < shown; ++i) {
    auto row = reader.row(edges[i]);
    if (!row) return fail(row.error());
    rows.push_back(std::move(*row));
  }

  if (options.question.common.json) {
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
    if (options.question.common.show_command) answer["command"] = session->reproduce(options.question);
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
    if (options.question.common.show_command) std::cout << session->reproduce(options.question) << "\n";
  }
  return edges.empty() ? ExitCode::NothingFound : ExitCode::Found;
}

}  // namespace entente
