#include <iostream>

#include "schema/digest.h"
#include "tools/cli/commands.h"
#include "tools/cli/json.h"
#include "tools/cli/output.h"
#include "tools/cli/session.h"

namespace entente {

ExitCode run_log(const LogOptions& options) {
  const auto session = Session::open(options.common);
  if (!session) return fail(session.error());
  std::vector<Commit> commits;
  const auto scanned = session->read().scan_log([&](const LogEntry& entry) {
    commits.push_back(entry.commit);
    return commits.size() < options.limit;
  });
  if (!scanned) return fail(scanned.error());
  if (options.common.json) {
    auto answer = answer_without_clocks();
    boost::json::array list;
    for (const Commit& commit : commits) list.push_back(to_json(commit));
    answer["commits"] = std::move(list);
    print(answer);
  } else {
    Table table({"commit", "at", "author", "nodes", "edges", "statements", "documents", "hash", "note"});
    for (const Commit& commit : commits)
      table.add({"#" + std::to_string(commit.id.value), text_of(commit.at), commit.author,
                 std::to_string(commit.nodes), std::to_string(commit.edges), std::to_string(commit.statements),
                 std::to_string(commit.documents), hex(commit.hash).substr(0, 12), commit.note});
    if (!table.empty()) table.print();
  }
  if (commits.empty()) remark("no commits yet");
  return commits.empty() ? ExitCode::NothingFound : ExitCode::Found;
}

}  // namespace entente
