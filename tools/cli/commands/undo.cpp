#include <memory>

#include "tools/cli/commands.h"
#include "tools/cli/verb.h"

namespace entente {
namespace {
struct Typed {
  std::string commit;
  Doing doing;
};
}  // namespace

Command undo_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("undo", "take back whatever a commit did, and leave what others did since");
  command.word("commit", &typed->commit, "the number of a commit, as 'entente log' prints it", "COMMIT");
  typed->doing.declare(command);
  command.example("entente undo 12").example("entente undo 12 --dry-run");
  return command.runs([typed](const Question& question) {
    VerbRequest request;
    request.verb = "undo", request.words = {typed->commit};
    return carry_out(question, typed->doing, std::move(request));
  });
}

}  // namespace entente
