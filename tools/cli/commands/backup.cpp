#include "storage/backup.h"

#include <iostream>

#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string target;
};

ExitCode copy_away(const Question& question, const Typed& typed) {
  const auto directory = database_directory(question.common);
  const auto store = Store::open(directory, Access::Read);
  if (!store) return fail(store.error()), ExitCode::Database;
  const auto report = backup(**store, typed.target);
  if (!report) return fail(report.error());
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["backup"] = typed.target;
    answer["commit"] = report->commit.value;
    answer["rows"] = report->rows;
    answer["bytes"] = report->bytes;
    print(answer);
  } else if (!question.common.quiet) {
    std::cout << printable(typed.target) << " has what commit " << report->commit.value << " left: "
              << counted(report->rows, "row") << ", checked\n";
  }
  return ExitCode::Found;
}
}  // namespace

Command backup_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("backup", "copy the database as it is now, checked, while others read and write it");
  command.word("directory", &typed->target, "where to; it must not exist", "DIR")
      .example("entente backup /media/disk/news-2024-09-02")
      .example("entente backup copy --db news.entente --json")
      .answers("backup, commit, rows, bytes");
  return command.runs([typed](const Question& question) { return copy_away(question, *typed); });
}

}  // namespace entente
