#include "storage/conflicts.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <set>

#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
constexpr ConflictRule kRules[] = {ConflictRule::Denied, ConflictRule::Dates, ConflictRule::Spells};

struct Typed {
  std::vector<std::string> rules;
  std::size_t limit = 50;
};

struct Row {
  ConflictRule rule;
  EdgeRow first, second;
};

Result<std::set<ConflictRule>> rules_of(const Typed& typed) {
  std::set<ConflictRule> wanted;
  for (const std::string& name : typed.rules) {
    const auto* rule = std::find_if(std::begin(kRules), std::end(kRules), [&](ConflictRule each) { return name_of(each) == name; });
    if (rule == std::end(kRules))
      return Error{Code::InvalidArgument, "--rule: there is no rule '" + name + "'; there are denied, dates, spells"};
    wanted.insert(*rule);
  }
  if (wanted.empty()) wanted.insert(std::begin(kRules), std::end(kRules));
  return wanted;
}

void add(Table& table, const std::string& rule, const EdgeRow& row) {
  table.add({rule, std::to_string(row.edge.id.value), row.head, row.edge.negated ? "not " + row.type : row.type, row.tail,
             when_text(row.edge.valid), text_of(Value(row.edge.confidence)), sources_text(row)});
}

ExitCode print_conflicts(const Question& question, const Typed& typed) {
  const auto wanted = rules_of(typed);
  if (!wanted) return fail(wanted.error());
  const auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  auto found = conflicts(session->read(), session->as_of());
  if (!found) return fail(found.error());
  std::erase_if(*found, [&](const Conflict& conflict) { return !wanted->contains(conflict.rule); });
  const std::size_t all = found->size();
  if (all > typed.limit) found->resize(typed.limit);
  EdgeReader reader(*session, kSourcesListed);
  std::vector<Row> rows;
  for (const Conflict& conflict : *found) {
    auto first = reader.row(conflict.first), second = reader.row(conflict.second);
    if (!first) return fail(first.error());
    if (!second) return fail(second.error());
    rows.push_back({conflict.rule, std::move(*first), std::move(*second)});
  }
  if (question.common.json) {
    auto answer = answer_of(*session);
    boost::json::array list;
    for (const Row& row : rows) {
      boost::json::object entry;
      entry["rule"] = name_of(row.rule);
      entry["meaning"] = meaning_of(row.rule);
      entry["first"] = to_json(row.first);
      entry["second"] = to_json(row.second);
      list.push_back(std::move(entry));
    }
    answer["conflicts"] = std::move(list);
    answer["left_out"] = all - rows.size();
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
    return all == 0 ? ExitCode::NothingFound : ExitCode::Found;
  }
  Table table({"rule", "edge", "head", "type", "tail", "when", "confidence", "source"});
  std::set<ConflictRule> met;
  for (const Row& row : rows) {
    add(table, std::string(name_of(row.rule)), row.first);
    add(table, "", row.second);
    met.insert(row.rule);
  }
  if (!table.empty()) table.print();
  for (const ConflictRule rule : met) std::cout << (rule == *met.begin() ? "\n" : "") << name_of(rule) << ": " << meaning_of(rule) << "\n";
  if (all > rows.size()) std::cout << "\u2026 " << all - rows.size() << " more: --limit " << all << "\n";
  if (all == 0) remark("no two edges contradict each other");
  if (question.common.show_command) std::cout << session->reproduce(question) << "\n";
  return all == 0 ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command conflicts_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("conflicts", "edges that contradict each other, with the rule that tells it; both stay");
  command.list("--rule", typed->rules, "only by these: denied, dates, spells", "RULE")
      .option("--limit", &typed->limit, "how many (50)", "N")
      .clocks()
      .example("entente conflicts --as-of 2024-09")
      .example("entente conflicts --rule denied --json")
      .answers("conflicts: [{rule, meaning, first: edge, second: edge}], left_out");
  return command.runs([typed](const Question& question) { return print_conflicts(question, *typed); });
}

}  // namespace entente
