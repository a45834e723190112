#include <algorithm>
#include <iostream>
#include <map>

#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
ExitCode print_stats(const Question& question) {
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  const auto totals = session->read().totals();
  if (!totals) return fail(totals.error());
  const auto slice = session->slice(question.where);
  if (!slice) return fail(slice.error());
  const Snapshot& snapshot = slice->snapshot();
  std::map<std::string, std::uint64_t> labels, types;
  std::uint64_t edges = 0, maybe = 0;
  Day first = kLastDay, last = kFirstDay;
  each_node(*slice, [&](NodeIndex node) { ++labels[session->ontology().label(snapshot.label(node)).name]; });
  each_edge(*slice, [&](EdgeIndex edge) {
    ++edges;
    maybe += slice->truth(edge) == Truth::Maybe;
    ++types[session->ontology().type(snapshot.type(edge)).name];
    const Interval valid = snapshot.valid(edge);
    if (valid.from().is_known()) first = std::min(first, valid.from().period().from);
    if (valid.from().is_known()) last = std::max(last, valid.from().period().from);
  });

  if (question.common.json) {
    auto answer = answer_of(*session);
    const std::pair<const char*, std::uint64_t> numbers[] = {
        {"nodes", totals->nodes},         {"edges", totals->edges},     {"statements", totals->statements},
        {"documents", totals->documents}, {"commits", totals->commits}, {"ended_versions", totals->versions}};
    boost::json::object stored, by_label, by_type;
    for (const auto& [name, number] : numbers) stored[name] = number;
    for (const auto& [name, count] : labels) by_label[name] = count;
    for (const auto& [name, count] : types) by_type[name] = count;
    answer["stored"] = std::move(stored);
    answer["edges"] = edges;
    answer["maybe"] = maybe;
    answer["labels"] = std::move(by_label);
    answer["types"] = std::move(by_type);
    answer["first"] = first == kLastDay ? boost::json::value() : boost::json::value(edtf_of(first));
    answer["last"] = last == kFirstDay ? boost::json::value() : boost::json::value(edtf_of(last));
    print(answer);
    return ExitCode::Found;
  }
  std::cout << "stored: " << counted(totals->nodes, "node") << ", " << counted(totals->edges, "edge") << ", "
            << counted(totals->statements, "statement") << ", " << counted(totals->documents, "document") << ", "
            << counted(totals->commits, "commit") << ", " << counted(totals->versions, "ended version") << "\n";
  std::cout << "here:   " << counted(edges, "edge");
  if (maybe > 0) std::cout << ", " << maybe << " of them maybe";
  if (first != kLastDay) std::cout << ", begun " << edtf_of(first) << " to " << edtf_of(last);
  std::cout << "\n\n";
  const auto print_counts = [](const char* what, const std::map<std::string, std::uint64_t>& counts) {
    std::vector<std::pair<std::string, std::uint64_t>> rows(counts.begin(), counts.end());
    std::stable_sort(rows.begin(), rows.end(), [](auto& a, auto& b) { return a.second > b.second; });
    Table table({what, "count"});
    for (const auto& [name, count] : rows) table.add({name, std::to_string(count)});
    if (!table.empty()) table.print();
  };
  print_counts("label", labels);
  std::cout << "\n";
  print_counts("type", types);
  if (question.common.show_command) std::cout << "\n" << session->reproduce(question) << "\n";
  return ExitCode::Found;
}
}  // namespace

Command stats_command() {
  Command command("stats", "how much there is, by label and type");
  command.clocks()
      .filters()
      .example("entente stats")
      .example("entente stats --as-of 2023-11")
      .answers("stored: {...}, edges, maybe, labels, types, first, last");
  return command.runs(print_stats);
}

}  // namespace entente
