#include <memory>

#include "tools/cli/commands.h"
#include "tools/cli/verb.h"

namespace entente {
namespace {
struct Typed {
  std::string kind;
  std::vector<std::string> which;
  Doing doing;
};
}  // namespace

Command retract_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("retract", "take back a statement, an edge, a document, or what a commit recorded");
  command.word("kind", &typed->kind, "statement, edge, document or commit", "KIND")
      .word("which", &typed->which, "its number; of a document its name too. Several are one commit", "WHICH");
  typed->doing.declare(command);
  command.example("entente documents; entente retract document '#3'")
      .example("entente why 17; entente retract statement 41 --note \"misread\"")
      .example("entente retract commit 5 --dry-run");
  return command.runs([typed](const Question& question) {
    VerbRequest request;
    request.verb = "retract", request.words = {typed->kind};
    request.words.insert(request.words.end(), typed->which.begin(), typed->which.end());
    return carry_out(question, typed->doing, std::move(request));
  });
}

}  // namespace entente
