#include <memory>

#include "tools/cli/commands.h"
#include "tools/cli/verb.h"

namespace entente {
namespace {
struct Typed {
  std::string edge, statement, head, tail, type, mode, confidence;
  std::vector<std::string> valid;  // a list, for an empty text is a time too: unknown
  std::vector<std::string> set, drop;
  bool negated = false, asserted = false;
  Doing doing;
};

struct TypedNode {
  std::string node, name, label;
  std::vector<std::string> aliases, set, drop;
  Doing doing;
};
}  // namespace

Command correct_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("correct", "we were wrong about an edge: put right what it says, keep what was believed");
  command.word("edge", &typed->edge, "the number of an edge", "EDGE")
      .option("--statement", &typed->statement, "only this statement of it (all)", "N")
      .option("--head", &typed->head, "who does it", "NAME")
      .option("--tail", &typed->tail, "to whom", "NAME")
      .option("--type", &typed->type, "the edge type", "TYPE")
      .option("--valid", &typed->valid, "when: 2024-09, 2024-09-01/.., /2019; '' is unknown", "EDTF")
      .option("--mode", &typed->mode, "actual, planned, requested or alleged", "MODE")
      .option("--confidence", &typed->confidence, "how sure, in (0, 1]", "P")
      .flag("--negated", typed->negated, "it is denied")
      .flag("--asserted", typed->asserted, "it is not denied")
      .option("--set", &typed->set, "a property; again for more", "NAME=VALUE")
      .option("--drop", &typed->drop, "without this property; again for more", "NAME");
  typed->doing.declare(command);
  command.example("entente correct 17 --valid 2024-09-01/.. --note \"the day stands in the gazette\"")
      .example("entente correct 17 --statement 41 --tail 4-AP");
  return command.runs([typed](const Question& question) {
    VerbRequest request;
    request.verb = "correct", request.words = {typed->edge};
    for (const auto& [name, value] : {std::pair("statement", &typed->statement), std::pair("head", &typed->head),
                                      std::pair("tail", &typed->tail), std::pair("type", &typed->type),
                                      std::pair("mode", &typed->mode), std::pair("confidence", &typed->confidence)})
      put_option(request, name, *value);
    put_option(request, "valid", typed->valid);
    put_option(request, "set", typed->set);
    put_option(request, "drop", typed->drop);
    put_flag(request, "negated", typed->negated);
    put_flag(request, "asserted", typed->asserted);
    return carry_out(question, typed->doing, std::move(request));
  });
}

Command correct_node_command() {
  const auto typed = std::make_shared<TypedNode>();
  Command command("correct-node", "we were wrong about a name: put right what it is called and what it is");
  command.word("node", &typed->node, "a name or #NODE", "NODE")
      .option("--name", &typed->name, "its name; the old one stays as an alias unless --alias is given", "NAME")
      .option("--alias", &typed->aliases, "its aliases, in place of those it has; again for more; '' for none", "NAME")
      .option("--label", &typed->label, "what it is: entente help ontology", "LABEL")
      .option("--set", &typed->set, "a property; again for more", "NAME=VALUE")
      .option("--drop", &typed->drop, "without this property; again for more", "NAME");
  typed->doing.declare(command);
  command.example("entente correct-node '#12' --name \"Ministry of Public Security\"")
      .example("entente correct-node norfentanyl --set cas=1609-66-1");
  return command.runs([typed](const Question& question) {
    VerbRequest request;
    request.verb = "correct-node", request.words = {typed->node};
    put_option(request, "name", typed->name);
    put_option(request, "label", typed->label);
    put_option(request, "alias", typed->aliases);
    put_option(request, "set", typed->set);
    put_option(request, "drop", typed->drop);
    return carry_out(question, typed->doing, std::move(request));
  });
}

}  // namespace entente
