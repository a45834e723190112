#include "tools/cli/verb.h"

#include <iostream>

#include "tools/answer/json.h"
#include "tools/cli/output.h"
#include "tools/cli/writer.h"

namespace entente {
namespace {

Result<VerbOutcome> done(const Question& question, const VerbRequest& request) {
  auto writer = Writer::open(database_directory(question.common), Access::Write);
  if (!writer) return writer.error();
  return writer->perform(request);
}

// `2 edges ended, 1 name new`; empty if nothing of the kind happened.
std::string effect_text(const Effect& effect) {
  std::string text;
  const auto add = [&](std::uint32_t count, const char* thing, const char* what) {
    if (count > 0) text += (text.empty() ? "" : ", ") + counted(count, thing) + " " + what;
  };
  add(effect.new_edges, "edge", "new"), add(effect.changed_edges, "edge", "changed"), add(effect.ended_edges, "edge", "ended");
  add(effect.new_nodes, "name", "new"), add(effect.changed_nodes, "name", "changed"), add(effect.ended_nodes, "name", "ended");
  return text;
}

std::string undo_command(const Question& question, const VerbOutcome& outcome) {
  if (!outcome.undoable || !outcome.commit) return "";
  const std::string& database = question.common.database;
  return "entente " + (database.empty() ? "" : "--db " + shell_word(database) + " ") + "undo " +
         std::to_string(outcome.commit.value);
}

void print_outcome(const Question& question, const VerbOutcome& outcome, bool dry_run) {
  if (outcome.repeated) {
    std::cout << "done before under this key, as commit " << outcome.commit.value << "; nothing changed\n";
    return;
  }
  for (const std::string& sentence : outcome.done) std::cout << (dry_run ? "would be: " : "") << printable(sentence) << "\n";
  if (const std::string effect = effect_text(outcome.effect); !effect.empty()) std::cout << effect << "\n";
  if (dry_run) std::cout << "a dry run; nothing changed\n";
  else if (!outcome.commit) std::cout << "there was nothing to change\n";
  else if (!outcome.undoable) std::cout << "commit " << outcome.commit.value << "; it cannot be undone\n";
  else std::cout << "commit " << outcome.commit.value << "; to take it back: " << undo_command(question, outcome) << "\n";
}
}  // namespace

void Doing::declare(Command& command) {
  authorship.declare(command);
  command.option("--key", &key, "idempotency key: with one that was used before nothing is done again", "KEY")
      .flag("--dry-run", dry_run, "tell what would be done, change nothing")
      .answers("verb, dry_run, done, effect, commit, repeated, undo, edge, next");
}

ExitCode carry_out(const Question& question, const Doing& doing, VerbRequest request) {
  request.author = doing.authorship.name(), request.note = doing.authorship.note;
  request.key = doing.key, request.dry_run = doing.dry_run;
  const auto outcome = done(question, request);
  if (!outcome) return fail(outcome.error());
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["verb"] = request.verb;
    answer["dry_run"] = request.dry_run;
    for (auto& [name, value] : to_json(*outcome))
      if (name != "undoable") answer[name] = value;
    const std::string undo = undo_command(question, *outcome);
    if (undo.empty()) answer["undo"] = nullptr;
    else answer["undo"] = undo;
    print(answer);
  } else {
    print_outcome(question, *outcome, request.dry_run);
  }
  return ExitCode::Found;
}

void put_option(VerbRequest& request, const char* name, const std::string& value) {
  if (!value.empty()) request.options[name] = {value};
}

void put_option(VerbRequest& request, const char* name, const std::vector<std::string>& values) {
  if (!values.empty()) request.options[name] = values;
}

void put_flag(VerbRequest& request, const char* name, bool on) {
  if (on) request.options[name] = {};
}

}  // namespace entente
