#include <cstdlib>
#include <iostream>

#include "storage/backup.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string backup, target;
  std::size_t commit = 0;  // 0: the last
};

// --to, else --db or ENTENTE_DB, else `.entente` in this folder: never one of a folder above.
std::string target_of(const Question& question, const Typed& typed) {
  if (!typed.target.empty()) return typed.target;
  const bool named = !question.common.database.empty() || std::getenv("ENTENTE_DB") != nullptr;
  return named ? database_directory(question.common).string() : ".entente";
}

ExitCode bring_back(const Question& question, const Typed& typed) {
  const std::string target = target_of(question, typed);
  const auto report = restore(typed.backup, target, typed.commit ? CommitId{typed.commit} : kLatest);
  if (!report) {
    const ExitCode code = fail(report.error());
    return report.error().code == Code::NotFound ? ExitCode::Database : code;
  }
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["database"] = target;
    answer["commit"] = report->commit.value;
    answer["rows"] = report->rows;
    answer["bytes"] = report->bytes;
    print(answer);
  } else if (!question.common.quiet) {
    std::cout << printable(target) << " has what commit " << report->commit.value << " left: "
              << counted(report->rows, "row") << ", checked\n";
  }
  return ExitCode::Found;
}
}  // namespace

Command restore_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("restore", "make a database from a backup, or from another, as it was after any commit");
  command.word("backup", &typed->backup, "a backup, or any database", "BACKUP")
      .option("--to", &typed->target, "where to; else --db or ENTENTE_DB, else .entente here; it must not exist", "DIR")
      .option("--commit", &typed->commit, "what this commit left, as a database of its own; else the last", "N")
      .example("entente restore /media/disk/news-2024-09-02 --to news.entente")
      .example("entente restore news.entente --commit 12 --to before-the-mistake")
      .answers("database, commit, rows, bytes");
  return command.runs([typed](const Question& question) { return bring_back(question, *typed); });
}

}  // namespace entente
