#include <iostream>
#include <memory>

#include "schema/digest.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::size_t limit = 20;
};

ExitCode print_log(const Question& question, const Typed& typed) {
  const auto session = Session::open(question.common);
  if (!session) return fail(session.error());
  std::vector<Commit> commits;
  const auto scanned = session->read().scan_log([&](const LogEntry& entry) {
    commits.push_back(entry.commit);
    return commits.size() < typed.limit;
  });
  if (!scanned) return fail(scanned.error());
  if (question.common.json) {
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
}  // namespace

Command log_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("log", "the commits, newest first");
  command.option("--limit", &typed->limit, "how many (20)", "N")
      .example("entente log --limit 5")
      .answers("commits: [{commit, at, author, note, nodes, edges, statements, documents, hash, previous}]");
  return command.runs([typed](const Question& question) { return print_log(question, *typed); });
}

}  // namespace entente
