#include <memory>

#include "tools/cli/commands.h"
#include "tools/cli/verb.h"

namespace entente {
namespace {
struct Typed {
  std::string survivor, gone;
  Doing doing;
};
}  // namespace

Command merge_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("merge", "two names are one: edges, claims and names of the second go to the first");
  command.word("survivor", &typed->survivor, "the name that stays, or #NODE", "SURVIVOR")
      .word("gone", &typed->gone, "the name that was it all along, or #NODE", "GONE");
  typed->doing.declare(command);
  command.example("entente merge \"Sinaloa Cartel\" \"Cartel de Sinaloa\"").example("entente merge '#12' '#40' --dry-run");
  return command.runs([typed](const Question& question) {
    VerbRequest request;
    request.verb = "merge", request.words = {typed->survivor, typed->gone};
    return carry_out(question, typed->doing, std::move(request));
  });
}

Command unmerge_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("unmerge", "take a merging back: what was said of the one since then stays with it");
  command.word("gone", &typed->gone, "the name that was merged into another, or #NODE", "GONE");
  typed->doing.declare(command);
  command.example("entente unmerge \"Cartel de Sinaloa\"").example("entente unmerge '#40'");
  return command.runs([typed](const Question& question) {
    VerbRequest request;
    request.verb = "unmerge", request.words = {typed->gone};
    return carry_out(question, typed->doing, std::move(request));
  });
}

}  // namespace entente
