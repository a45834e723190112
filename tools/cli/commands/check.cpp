#include "storage/check.h"

#include <iostream>

#include "storage/quick_check.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  bool quick = false;
};

// Of the quick check the report counts commits alone.
std::string told(const CheckReport& report, bool quick) {
  if (quick) return counted(report.commits, "commit") + "; indexes and facts were not looked at";
  return counted(report.nodes, "node") + ", " + counted(report.edges, "edge") + ", " +
         counted(report.statements, "statement") + ", " + counted(report.documents, "document") + ", " +
         counted(report.commits, "commit") + ", " + counted(report.versions, "ended version") + ", " +
         counted(report.index_entries, "index entry", "index entries") + " compared both ways";
}

ExitCode check_all(const Question& question, const Typed& typed) {
  const auto directory = database_directory(question.common);
  const auto store = Store::open(directory, Access::Read);
  if (!store) return fail(store.error()), ExitCode::Database;
  const auto report = typed.quick ? check_quickly(**store) : check(**store);
  if (!report) return fail(report.error());
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["clean"] = report->clean();
    answer["quick"] = typed.quick;
    boost::json::array faults;
    for (const std::string& fault : report->faults) faults.emplace_back(fault);
    answer["faults"] = std::move(faults);
    const std::pair<const char*, std::uint64_t> numbers[] = {
        {"nodes", report->nodes},         {"edges", report->edges},     {"statements", report->statements},
        {"documents", report->documents}, {"commits", report->commits}, {"ended_versions", report->versions},
        {"index_entries", report->index_entries}};
    for (const auto& [name, number] : numbers)
      if (!typed.quick || std::string_view(name) == "commits") answer[name] = number;
    print(answer);
  } else {
    for (const std::string& fault : report->faults) std::cout << printable(fault) << "\n";
    std::cout << (report->clean() ? "clean: " : "damaged: ") << told(*report, typed.quick) << "\n";
  }
  return report->clean() ? ExitCode::Found : ExitCode::Database;
}
}  // namespace

Command check_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("check", "read everything and recount every index both ways");
  command.flag("--quick", typed->quick, "only files, chain of commits and counters: about a second a gigabyte")
      .example("entente check")
      .example("entente check --quick --db news.entente --json")
      .answers("clean, quick, faults, commits; not if quick: nodes, edges, statements, documents, ended_versions, "
               "index_entries");
  return command.runs([typed](const Question& question) { return check_all(question, *typed); });
}

}  // namespace entente
