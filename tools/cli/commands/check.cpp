#include "storage/check.h"

#include <iostream>

#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
ExitCode check_all(const Question& question) {
  const auto directory = database_directory(question.common);
  const auto store = Store::open(directory, Access::Read);
  if (!store) return fail(store.error()), ExitCode::Database;
  const auto report = check(**store);
  if (!report) return fail(report.error());
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["clean"] = report->clean();
    boost::json::array faults;
    for (const std::string& fault : report->faults) faults.emplace_back(fault);
    answer["faults"] = std::move(faults);
    const std::pair<const char*, std::uint64_t> numbers[] = {
        {"nodes", report->nodes},         {"edges", report->edges},     {"statements", report->statements},
        {"documents", report->documents}, {"commits", report->commits}, {"ended_versions", report->versions},
        {"index_entries", report->index_entries}};
    for (const auto& [name, number] : numbers) answer[name] = number;
    print(answer);
  } else {
    for (const std::string& fault : report->faults) std::cout << printable(fault) << "\n";
    std::cout << (report->clean() ? "clean: " : "damaged: ") << counted(report->nodes, "node") << ", "
              << counted(report->edges, "edge") << ", " << counted(report->statements, "statement") << ", "
              << counted(report->documents, "document") << ", " << counted(report->commits, "commit") << ", "
              << counted(report->versions, "ended version") << ", "
              << counted(report->index_entries, "index entry", "index entries") << " compared both ways\n";
  }
  return report->clean() ? ExitCode::Found : ExitCode::Database;
}
}  // namespace

Command check_command() {
  Command command("check", "read everything and recount every index both ways");
  command.example("entente check")
      .example("entente check --db news.entente --json")
      .answers("clean, faults, nodes, edges, statements, documents, commits, ended_versions, index_entries");
  return command.runs(check_all);
}

}  // namespace entente
