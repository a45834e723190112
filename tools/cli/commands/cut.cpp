#include "graph/algorithms/cut.h"

#include <iostream>
#include <memory>

#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string from, to;
  bool nodes = false, forward = false;
};

ExitCode print_cut(const Question& question, const Typed& typed) {
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  const auto from = session->node_named(typed.from), to = session->node_named(typed.to);
  if (!from) return fail(from.error());
  if (!to) return fail(to.error());
  const auto slice = session->slice(question.where, {*from, *to});
  if (!slice) return fail(slice.error());
  const Snapshot& snapshot = slice->snapshot();
  const auto from_index = snapshot.find(*from), to_index = snapshot.find(*to);
  if (!from_index || !to_index)
    return fail({Code::Corruption, "a node that the index of names knows is not in the snapshot"});
  const auto cut = minimum_cut(*slice, *from_index, *to_index,
                               {.apart = typed.nodes ? Apart::Nodes : Apart::Edges,
                                .direction = typed.forward ? Direction::Forward : Direction::Any});
  if (!cut) return fail(cut.error());
  EdgeReader reader(*session, kSourcesListed);
  std::vector<EdgeRow> rows;
  for (const EdgeIndex edge : cut->edges) {
    auto row = reader.row(snapshot.id(edge));
    if (!row) return fail(row.error());
    rows.push_back(std::move(*row));
  }
  const bool none = cut->edges.empty() && cut->nodes.empty();
  if (question.common.json) {
    auto answer = answer_of(*session);
    answer["from"] = snapshot.name(*from_index);
    answer["to"] = snapshot.name(*to_index);
    boost::json::array edges, nodes;
    for (const EdgeRow& row : rows) edges.push_back(to_json(row));
    for (const NodeIndex node : cut->nodes) {
      boost::json::object one;
      one["id"] = snapshot.id(node).value;
      one["name"] = snapshot.name(node);
      nodes.push_back(std::move(one));
    }
    answer["edges"] = std::move(edges);
    answer["nodes"] = std::move(nodes);
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
  } else if (none) {
    remark("there is no way between the two under these conditions");
  } else {
    Table table(typed.nodes ? std::vector<std::string>{"node"}
                            : std::vector<std::string>{"head", "type", "tail", "when", "edge", "source"});
    for (const NodeIndex node : cut->nodes) table.add({std::string(snapshot.name(node))});
    for (const EdgeRow& row : rows)
      table.add({row.head, row.type, row.tail, when_text(row.edge.valid), std::to_string(row.edge.id.value),
                 sources_text(row)});
    table.print();
  }
  if (question.common.show_command && !question.common.json) std::cout << session->reproduce(question) << "\n";
  return none ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command cut_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("cut", "the fewest edges, or nodes, without which there is no way between two");
  command.word("from", &typed->from, "a name, or #NODE", "NAME")
      .word("to", &typed->to, "a name, or #NODE", "NAME")
      .flag("--nodes", typed->nodes, "the fewest other nodes instead of edges")
      .flag("--forward", typed->forward, "only ways along the edges, from head to tail")
      .clocks()
      .filters()
      .example("entente cut \"Sinaloa Cartel\" China")
      .example("entente cut \"Sinaloa Cartel\" China --nodes --as-of 2024")
      .answers("from, to, edges: [edge], nodes: [{id, name}]");
  return command.runs([typed](const Question& question) { return print_cut(question, *typed); });
}

}  // namespace entente
