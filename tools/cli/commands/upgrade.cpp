#include "storage/upgrade.h"

#include <iostream>
#include <memory>

#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
ExitCode bring_up(const Question& question, bool dry_run) {
  const auto directory = database_directory(question.common);
  const auto report = upgrade(directory, dry_run);
  if (!report) return fail(report.error()), ExitCode::Database;
  const bool older = report->from != report->to;
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["from"] = report->from;
    answer["to"] = report->to;
    answer["dry_run"] = dry_run;
    answer["nodes"] = report->nodes;
    answer["documents"] = report->documents;
    answer["ended_versions"] = report->versions;
    answer["rows"] = report->rows;
    print(answer);
  } else if (!older) {
    std::cout << directory.string() << " has format " << report->to << " already\n";
  } else {
    std::cout << directory.string() << (dry_run ? " would become" : " has become") << " format " << report->to << " (it "
              << (dry_run ? "is " : "was ") << report->from << "): the index of searches "
              << (dry_run ? "would be" : "was") << " made from " << counted(report->nodes, "node") << ", "
              << counted(report->documents, "document") << " and " << counted(report->versions, "ended version");
    if (!dry_run) std::cout << ", " << counted(report->rows, "row");
    std::cout << "; facts and log " << (dry_run ? "would stay" : "are") << " what they were\n";
  }
  return ExitCode::Found;
}
}  // namespace

Command upgrade_command() {
  const auto dry_run = std::make_shared<bool>(false);
  Command command("upgrade", "bring a database of an older format up to this program's");
  command.flag("--dry-run", *dry_run, "say what would be done, and do nothing")
      .example("entente upgrade --db news.entente --dry-run")
      .example("entente upgrade --db news.entente")
      .answers("from, to, dry_run, nodes, documents, ended_versions, rows");
  return command.runs([dry_run](const Question& question) { return bring_up(question, *dry_run); });
}

}  // namespace entente
