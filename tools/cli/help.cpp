#include "tools/cli/help.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <span>
#include <string>

#include "graph/catalog.h"
#include "schema/name.h"
#include "schema/ontology.h"
#include "tools/cli/manual.h"
#include "tools/cli/output.h"

namespace entente {
namespace {

constexpr std::string_view kTime =
    "Entente has two clocks.\n\n"
    "Valid time is when a fact held in the world; its resolution is a day. Each end of it is known to\n"
    "a day, week, month or year, or known to be open ('\u2026'), or unknown ('?'). So a question about time\n"
    "has three answers: yes, no and maybe. Answers hold what holds for certain and what may hold\n"
    "(marked maybe); --certain leaves only the first.\n"
    "  --as-of 2024-09-02     that day; 2024-09 is the whole month, 2024 the whole year\n"
    "  --during 2023..2024    from the first day of 2023 to the last of 2024; '..2019' and '2019..' too\n\n"
    "Recorded time is when the database believed it; it is counted in commits and never rewritten.\n"
    "  --known-by 2024-03-01            all that was committed by the end of that day (UTC)\n"
    "  --known-by 2024-03-01T12:00:00Z  by that moment\n"
    "  --known-by '#12'                 after commit 12; the same answer for ever\n\n"
    "Dates are EDTF: 2024-09-01, 2024-09, 2024, 2024-W36 (a week).\n"
    "--show-command prints the command that asks the same again, with both clocks filled in.\n";

constexpr std::string_view kNames =
    "A name is looked up as it is, without regard to case, accents and punctuation; then as an alias;\n"
    "other scripts by their Latin form. Names of several nodes are refused with the list of them:\n"
    "write #NUMBER for one. 'entente search' lists what begins with some letters.\n";

constexpr std::string_view kExitCodes =
    "0    found, or done\n"
    "1    nothing found: an unknown name, no path, an empty listing\n"
    "2    usage: a wrong option, date, type, label, mode, or a name of several nodes\n"
    "3    the database is missing, locked, damaged, or of a newer format, or others changed the same\n"
    "4    an input could not be read, or rows of it; the rest may be in (it says which)\n"
    "5    a limit was reached\n"
    "130  interrupted\n";

constexpr std::string_view kJson =
    "Every answer is one object: 'entente' (the version of the shapes, 1), 'as_of' (EDTF or null),\n"
    "'known_by' ({commit, database}), and what the command adds. New keys may come; none changes its\n"
    "meaning without a new version.\n\n"
    "edge      id, head, head_id, head_label, type, family, tail, tail_id, tail_label,\n"
    "          valid (EDTF), valid_from, valid_to,\n"
    "          precision (day, week, month, year, unknown), holds (yes, maybe), mode, negated, speaker,\n"
    "          confidence, properties, commit, evidence, evidence_count\n"
    "evidence  [{document, document_id, title, publisher, published, url, author, page,\n"
    "            start, end (characters), quote, speaker,\n"
    "          valid, time_phrase, confidence, extractor, copy_of, statement, commit}],\n"
    "          of evidence_count pieces the first 50; 'why' has them all\n"
    "node      id, name, label, more_labels, aliases, properties, commit\n\n";

void print_ontology() {
  const Ontology& ontology = Ontology::builtin();
  Table labels({"label", "meaning"});
  for (const Label& label : ontology.labels()) labels.add({label.name, label.meaning});
  labels.print();
  std::cout << "\n";
  Table types({"edge type", "family", "reads", "meaning"});
  for (const EdgeType& type : ontology.types())
    types.add({type.name, std::string(name_of(type.family)), type.forward, type.meaning});
  types.print();
}

// The keys of each command's answer, the command's name as a heading beside them.
void print_json(const std::vector<Command>& commands) {
  std::cout << kJson;
  for (const Command& command : commands)
    if (!command.answer().empty() && !command.is_hidden())
      std::cout << command.name() << std::string(command.name().size() < 9 ? 10 - command.name().size() : 1, ' ')
                << command.answer() << "\n";
}

std::string parameters_text(std::span<const Parameter> parameters) {
  std::string text;
  for (const Parameter& parameter : parameters) {
    text += (text.empty() ? "" : " ") + std::string(parameter.name);
    if (!parameter.standard.empty()) text += "=" + std::string(parameter.standard);
  }
  return text;
}

// All that the catalog has; `rank --set` and the options of the other commands are its parameters.
void print_measures() {
  std::cout << "entente rank --by MEASURE [--set PARAMETER=VALUE]\n\n";
  Table table({"measure", "parameters", "meaning"});
  std::map<std::string, const Parameter*> parameters;
  for (const RankAlgorithm& algorithm : rank_algorithms()) {
    table.add({std::string(algorithm.name), parameters_text(algorithm.parameters), std::string(algorithm.meaning)});
    for (const Parameter& each : algorithm.parameters) parameters.emplace(each.name, &each);
  }
  table.print();
  std::cout << "\n";
  Table meanings({"parameter", "values", "meaning"});
  for (const auto& [name, each] : parameters)
    meanings.add({name, std::string(each->choices), std::string(each->meaning)});
  meanings.print();
  std::cout << "\nCommands of their own:\n\n";
  Table tables({"command", "options", "meaning"});
  for (const TableAlgorithm& algorithm : table_algorithms())
    tables.add({std::string(algorithm.name), parameters_text(algorithm.parameters), std::string(algorithm.meaning)});
  tables.print();
}

using Commands = std::vector<Command>;
struct Topic {
  std::string_view name;
  void (*print)(const Commands& commands);
};

const std::vector<Topic>& topics() {
  static const std::vector<Topic> kTopics = {
      {"time", [](const Commands&) { std::cout << kTime; }},
      {"names", [](const Commands&) { std::cout << kNames; }},
      {"measures", [](const Commands&) { print_measures(); }},
      {"json", print_json},
      {"exit-codes", [](const Commands&) { std::cout << kExitCodes; }},
      {"ontology", [](const Commands&) { print_ontology(); }},
      {"man", [](const Commands& commands) { std::cout << man_page(commands); }},
      {"completion", [](const Commands& commands) { std::cout << bash_completion(commands); }},
  };
  return kTopics;
}
}  // namespace

std::string overview() {
  return "entente: a graph of who did what to whom, when, and who says so\n\n"
         "  entente import articles/*.txt                     read articles into dated, sourced edges\n"
         "  entente path \"Sinaloa Cartel\" China               how two names are connected\n"
         "  entente rank --by betweenness --during 2023..2024 who stands between the others\n"
         "  entente timeline China --with \"United States\"     what happened between two\n"
         "  entente why 17                                    the sentences behind an edge\n"
         "  entente retract document '#3'                     take an article back; 'entente undo' takes that back\n";
}

std::string examples_of(const Command& command) {
  if (command.examples().empty()) return "";
  std::string text = "Examples:\n";
  for (const std::string& line : command.examples()) text += "  " + line + "\n";
  return text + "\n";
}

std::string_view topic_text(std::string_view topic) {
  static const std::map<std::string_view, std::string_view> kTexts = {
      {"time", kTime}, {"names", kNames}, {"exit-codes", kExitCodes}};
  const auto found = kTexts.find(topic);
  return found == kTexts.end() ? std::string_view() : found->second;
}

std::string topic_names() {
  std::string names;
  for (const Topic& topic : topics()) names += (names.empty() ? "" : ", ") + std::string(topic.name);
  return names;
}

ExitCode print_topic(std::string_view name, const std::vector<Command>& commands) {
  if (name.empty()) {
    std::cout << overview() << "\nTopics: " << topic_names() << "\nEvery command has --help.\n";
    return ExitCode::Found;
  }
  for (const Topic& topic : topics())
    if (topic.name == name) return topic.print(commands), ExitCode::Found;
  for (const Command& command : commands)
    if (command.name() == name && !command.is_hidden()) {
      std::cout << examples_of(command) << "See 'entente " << name << " --help' for its options.\n";
      return ExitCode::Found;
    }
  std::vector<std::string> names;
  for (const Topic& topic : topics()) names.emplace_back(topic.name);
  std::cerr << "entente: there is no topic '" << printable(name) << "'" << suggestion(name, names)
            << "; there are " << topic_names() << "\n";
  return ExitCode::Usage;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& names) {
  const auto nearest = std::min_element(names.begin(), names.end(), [&](const auto& a, const auto& b) {
    return edit_distance(word, a) < edit_distance(word, b);
  });
  if (nearest == names.end() || edit_distance(word, *nearest) > 1 + word.size() / 3) return "";
  return "; did you mean '" + *nearest + "'?";
}

}  // namespace entente
