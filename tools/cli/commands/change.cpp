#include <memory>

#include "tools/cli/commands.h"
#include "tools/cli/verb.h"

namespace entente {
namespace {
struct Typed {
  std::string edge, at, document, quote, speaker, confidence;
  std::string next_head, next_tail, next_type, next_mode;
  Doing doing;
};
}  // namespace

Command change_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("change", "the world moved on: end a lasting edge at a date, and begin what follows");
  command.word("edge", &typed->edge, "the number of an edge", "EDGE")
      .required("--at", &typed->at, "when: a day, or the month or year in which it happened", "DATE")
      .required("--document", &typed->document, "the document that tells it: a name, a title or #NUMBER", "NAME")
      .required("--quote", &typed->quote, "its words, as they stand in it", "WORDS")
      .option("--speaker", &typed->speaker, "who says so there", "NAME")
      .option("--confidence", &typed->confidence, "that the words say this, in (0, 1] (1)", "P")
      .option("--next-head", &typed->next_head, "what follows: another head", "NAME")
      .option("--next-tail", &typed->next_tail, "what follows: another tail", "NAME")
      .option("--next-type", &typed->next_type, "what follows: another type", "TYPE")
      .option("--next-mode", &typed->next_mode, "what follows: another mode", "MODE");
  typed->doing.declare(command);
  command.example("entente change 17 --at 2025-03-01 --document '#9' --quote \"lifted the control on March 1\"")
      .example("entente change 8 --at 2025-01 --document gazette --quote \"succeeded by Ito\" --next-head Ito");
  return command.runs([typed](const Question& question) {
    VerbRequest request;
    request.verb = "change", request.words = {typed->edge};
    const std::pair<const char*, const std::string*> options[] = {
        {"at", &typed->at},           {"document", &typed->document},     {"quote", &typed->quote},
        {"speaker", &typed->speaker}, {"confidence", &typed->confidence}, {"next-head", &typed->next_head},
        {"next-tail", &typed->next_tail}, {"next-type", &typed->next_type}, {"next-mode", &typed->next_mode}};
    for (const auto& [name, value] : options) put_option(request, name, *value);
    return carry_out(question, typed->doing, std::move(request));
  });
}

}  // namespace entente
