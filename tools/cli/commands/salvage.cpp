#include "storage/salvage.h"

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

void print_json(const SalvageReport& report, const Typed& typed) {
  auto answer = answer_without_clocks();
  answer["database"] = typed.target;
  answer["whole"] = report.whole;
  boost::json::array missing;
  for (const std::string& sentence : report.missing) missing.emplace_back(sentence);
  answer["missing"] = std::move(missing);
  answer["lost_commits"] = report.lost_commits;
  answer["commit"] = report.commit.value;
  const Totals& totals = report.totals;
  answer["nodes"] = totals.nodes, answer["edges"] = totals.edges;
  answer["statements"] = totals.statements, answer["documents"] = totals.documents;
  print(answer);
}

ExitCode bring_out(const Question& question, const Typed& typed) {
  const auto report = salvage(database_directory(question.common), typed.target);
  if (!report) {
    const ExitCode code = fail(report.error());
    return report.error().code == Code::NotFound ? ExitCode::Database : code;
  }
  if (question.common.json) {
    print_json(*report, typed);
  } else {
    for (const std::string& sentence : report->missing) std::cout << "missing: " << printable(sentence) << "\n";
    const Totals& totals = report->totals;
    std::cout << printable(typed.target) << (report->whole ? " has all of it: " : " has what could be read: ")
              << counted(report->commit.value, "commit") << ", " << counted(totals.nodes, "node") << ", "
              << counted(totals.edges, "edge") << ", " << counted(totals.documents, "document") << "; checked\n";
  }
  return report->whole ? ExitCode::Found : ExitCode::Input;
}
}  // namespace

Command salvage_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("salvage", "what can still be read of a damaged database, as a new one, and a list of what is missing");
  command.word("target", &typed->target, "where to; it must not exist. Nothing in the damaged one is changed", "TO")
      .example("entente salvage rescued --db news.entente")
      .answers("database, whole, missing, lost_commits, commit, nodes, edges, statements, documents");
  return command.runs([typed](const Question& question) { return bring_out(question, *typed); });
}

}  // namespace entente
