#include <boost/json/value_from.hpp>
#include <iostream>
#include <memory>

#include "graph/algorithms/shortest_path.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/path_rows.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string from, to;
  std::size_t k = 3;
  bool all = false;      // every shortest path instead of the k best
  bool forward = false;  // only from head to tail
  std::uint32_t max_hops = 8;
};

void print_chain(std::size_t number, const Chain& chain, const std::string& start) {
  std::string line = bold(printable(start));
  for (const Hop& hop : chain) {
    const bool along = hop.row.edge.head == hop.from;
    const std::string& other = along ? hop.row.tail : hop.row.head;
    line += along ? " \u2500" + hop.row.type + "\u2192 " : " \u2190" + hop.row.type + "\u2500 ";
    line += bold(printable(other));
  }
  std::cout << number << ". " << line << "\n";
  for (const Hop& hop : chain) {
    const EdgeRow& row = hop.row;
    std::cout << "   " << printable(row.head) << " " << row.type << " " << printable(row.tail) << "  "
              << when_text(row.edge.valid) << "  " << printable(mood_text(row));
    if (row.holds == Truth::Maybe) std::cout << "  maybe";
    std::cout << dim("  edge " + std::to_string(row.edge.id.value));
    if (!hop.parallel.empty()) std::cout << dim(" (+" + counted(hop.parallel.size(), "parallel edge") + ")");
    std::cout << "\n";
    for (const Source& source : row.sources) {
      print_wrapped("\u201c" + source.quote + "\u201d", 6);
      std::string from = source.title.empty() ? source.document : source.title;
      if (!source.publisher.empty()) from += ", " + source.publisher;
      if (!source.published.empty()) from += ", " + source.published;
      std::cout << dim("      \u2014 " + printable(from)) << "\n";
      break;  // the first source; `why` has them all
    }
  }
}

Result<std::vector<Path>> find_paths(const Slice& slice, NodeIndex from, NodeIndex to,
                                     const Typed& typed) {
  PathOptions options;
  options.direction = typed.forward ? Direction::Forward : Direction::Any;
  options.max_hops = typed.max_hops;
  if (typed.all) return all_shortest_paths(slice, from, to, options);
  return k_shortest_paths(slice, from, to, typed.k, options);
}

ExitCode print_paths(const Question& question, const Typed& typed) {
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
  const auto paths = find_paths(*slice, *from_index, *to_index, typed);
  if (!paths) return fail(paths.error());
  EdgeReader reader(*session);
  const auto chains = chains_of(*paths, snapshot, reader);
  if (!chains) return fail(chains.error());

  const std::string start(snapshot.name(*from_index)), end(snapshot.name(*to_index));
  if (question.common.json) {
    auto answer = answer_of(*session);
    answer["from"] = start;
    answer["to"] = end;
    answer["paths"] = to_json(*chains, start);
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
  } else if (chains->empty()) {
    remark("no path joins " + start + " and " + end + " within " + counted(typed.max_hops, "edge") +
           " under these conditions");
  } else {
    for (std::size_t i = 0; i < chains->size(); ++i) print_chain(i + 1, (*chains)[i], start);
  }
  if (question.common.show_command && !question.common.json)
    std::cout << session->reproduce(question) << "\n";
  return chains->empty() ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command path_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("path", "how two names are connected");
  command.word("from", &typed->from, "a name, or #NODE", "NAME")
      .word("to", &typed->to, "a name, or #NODE", "NAME")
      .option("-k", &typed->k, "how many paths, shortest first (3)", "N", {1, 10000})
      .flag("--all", typed->all, "every shortest path")
      .flag("--forward", typed->forward, "only along the edges, from head to tail")
      .option("--max-hops", &typed->max_hops, "longest path (8)", "N", {1, 100})
      .clocks()
      .filters()
      .example("entente path \"Sinaloa Cartel\" \"Ministry of Public Security\"")
      .example("entente path China fentanyl --as-of 2024-09-02 --certain -k 5")
      .answers("from, to, paths: [{length, nodes: [name], edges: [edge with 'parallel': [id]]}]");
  return command.runs([typed](const Question& question) { return print_paths(question, *typed); });
}

}  // namespace entente
