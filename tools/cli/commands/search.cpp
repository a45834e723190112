#include <iostream>
#include <memory>
#include <set>

#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string text;
  std::size_t limit = 20;
};

ExitCode print_matches(const Question& question, const Typed& typed) {
  const auto session = Session::open(question.common);
  if (!session) return fail(session.error());
  // What begins so; exact names come first because they are shortest.
  const auto matches = session->read().find_prefix(typed.text, typed.limit * 4);
  if (!matches) return fail(matches.error());
  std::set<NodeId> seen;
  std::vector<NameMatch> found;
  for (const NameMatch& match : *matches)
    if (found.size() < typed.limit && seen.insert(match.node).second) found.push_back(match);

  if (question.common.json) {
    auto answer = answer_of(*session);
    boost::json::array results;
    for (const NameMatch& match : found) {
      boost::json::object row;
      row["id"] = match.node.value;
      row["name"] = match.name;
      row["label"] = session->ontology().label(match.label).name;
      row["matched"] = match.matched;
      row["alias"] = match.is_alias;
      results.push_back(std::move(row));
    }
    answer["results"] = std::move(results);
    print(answer);
  } else if (found.empty()) {
    remark("no name begins with '" + typed.text + "'");
  } else {
    Table table({"node", "name", "label", "found by"});
    for (const NameMatch& match : found)
      table.add({"#" + std::to_string(match.node.value), match.name,
                 session->ontology().label(match.label).name, match.is_alias ? match.matched : ""});
    table.print();
  }
  return found.empty() ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command search_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("search", "names that begin so");
  command.word("text", &typed->text, "the beginning of a name or alias", "TEXT")
      .option("--limit", &typed->limit, "how many (20)", "N")
      .example("entente search fent")
      .example("entente search \"commission on\" --json")
      .answers("results: [{id, name, label, matched, alias}]");
  return command.runs([typed](const Question& question) { return print_matches(question, *typed); });
}

}  // namespace entente
