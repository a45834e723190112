#include <memory>

#include "tools/cli/commands.h"
#include "tools/cli/verb.h"

namespace entente {
namespace {
struct Typed {
  std::string kind, which;
  bool yes = false;
  Doing doing;
};
}  // namespace

Command purge_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("purge", "erase a document or a name for good, from history too; only the log tells that it was done");
  command.word("kind", &typed->kind, "document or node", "KIND")
      .word("which", &typed->which, "a name or #NUMBER", "WHICH")
      .flag("--yes", typed->yes, "do it: this cannot be undone");
  typed->doing.declare(command);
  command.example("entente purge document '#3' --dry-run")
      .example("entente purge node \"Jane Roe\" --yes --note \"request 2024/17\"");
  return command.runs([typed](const Question& question) {
    VerbRequest request;
    request.verb = "purge", request.words = {typed->kind, typed->which};
    put_flag(request, "yes", typed->yes);
    return carry_out(question, typed->doing, std::move(request));
  });
}

}  // namespace entente
