#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include "graph/algorithms/timeline.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string name;  // of a node or a document
};

constexpr std::size_t kMostEdges = 40;

void print_node(const Node& node, const Ontology& ontology) {
  std::string labels = ontology.label(node.label).name;
  for (const LabelId label : node.more_labels) labels += ", " + ontology.label(label).name;
  std::cout << bold(printable(node.name)) << "  " << labels << dim("  node #" + std::to_string(node.id.value)) << "\n";
  std::string aliases;
  for (const std::string& alias : node.aliases) aliases += (aliases.empty() ? "" : "; ") + alias;
  if (!aliases.empty()) {
    std::cout << "  also called\n";
    print_wrapped(aliases, 4);
  }
  for (const auto& [name, value] : node.properties)
    std::cout << "  " << printable(name) << ": " << printable(text_of(value)) << "\n";
}

// `CONTROLS 3, is controlled by 1`: how many edges of each type and direction.
std::string summary(const std::vector<EdgeRow>& rows, NodeId node, const Ontology& ontology) {
  std::map<std::string, int> counts;
  for (const EdgeRow& row : rows) {
    const EdgeType& type = ontology.type(row.edge.type);
    ++counts[row.edge.head == node ? type.forward : type.backward];
  }
  std::string text;
  for (const auto& [phrase, count] : counts)
    text += (text.empty() ? "" : ", ") + phrase + " " + std::to_string(count);
  return text;
}

ExitCode print_thing(const Question& question, const Typed& typed) {
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  const auto id = session->node_named(typed.name);
  if (!id) return fail(id.error());
  const auto node = session->read().node(*id, session->commit());
  if (!node) return fail(node.error());
  if (!*node) return fail({Code::NotFound, "'" + typed.name + "' was not known then"});
  const auto slice = session->slice(question.where, {*id});
  if (!slice) return fail(slice.error());
  const auto index = slice->snapshot().find(*id);
  EdgeReader reader(*session, kSourcesListed);
  std::vector<EdgeRow> rows;
  if (index)
    for (const EdgeIndex edge : timeline(*slice, *index).edges) {
      auto row = reader.row(slice->snapshot().id(edge));
      if (!row) return fail(row.error());
      rows.push_back(std::move(*row));
    }

  if (question.common.json) {
    auto answer = answer_of(*session);
    answer["node"] = to_json(**node, session->ontology());
    boost::json::array edges;
    for (const EdgeRow& row : rows) edges.push_back(to_json(row));
    answer["edges"] = std::move(edges);
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
    return ExitCode::Found;
  }
  print_node(**node, session->ontology());
  const std::string phrases = summary(rows, *id, session->ontology());
  if (!phrases.empty()) {
    std::cout << "  " << counted(rows.size(), "edge") << "\n";
    print_wrapped(phrases, 4);
    std::cout << "\n";
  }
  Table table({"when", "", "head", "type", "tail", "mode", "edge", "source"});
  for (std::size_t i = 0; i < std::min(rows.size(), kMostEdges); ++i)
    table.add({when_text(rows[i].edge.valid), rows[i].holds == Truth::Maybe ? "maybe" : "", rows[i].head,
               rows[i].type, rows[i].tail, mood_text(rows[i]), std::to_string(rows[i].edge.id.value),
               sources_text(rows[i])});
  if (!table.empty()) table.print();
  if (rows.size() > kMostEdges)
    std::cout << "\u2026 " << rows.size() - kMostEdges << " more: entente timeline\n";
  if (question.common.show_command) std::cout << session->reproduce(question) << "\n";
  return ExitCode::Found;
}
}  // namespace

Command show_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("show", "a node with its names and edges");
  command.word("name", &typed->name, "a name, an article's name, or #NODE", "NAME")
      .clocks()
      .filters()
      .example("entente show \"White House\"")
      .example("entente show '#12' --known-by '#3'")
      .answers("node, edges");
  return command.runs([typed](const Question& question) { return print_thing(question, *typed); });
}

}  // namespace entente
