#include <iostream>
#include <set>

#include "tools/cli/commands.h"
#include "tools/cli/json.h"
#include "tools/cli/output.h"
#include "tools/cli/session.h"

namespace entente {

ExitCode run_search(const SearchOptions& options) {
  const auto session = Session::open(options.common);
  if (!session) return fail(session.error());
  // What begins so; exact names come first because they are shortest.
  const auto matches = session->read().find_prefix(options.text, options.limit * 4);
  if (!matches) return fail(matches.error());
  std::set<NodeId> seen;
  std::vector<NameMatch> found;
  for (const NameMatch& match : *matches)
    if (found.size() < options.limit && seen.insert(match.node).second) found.push_back(match);

  if (options.common.json) {
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
    remark("no name begins with '" + options.text + "'");
  } else {
    Table table({"node", "name", "label", "found by"});
    for (const NameMatch& match : found)
      table.add({"#" + std::to_string(match.node.value), match.name,
                 session->ontology().label(match.label).name, match.is_alias ? match.matched : ""});
    table.print();
  }
  return found.empty() ? ExitCode::NothingFound : ExitCode::Found;
}

}  // namespace entente
