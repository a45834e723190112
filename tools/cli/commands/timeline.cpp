#include "graph/algorithms/timeline.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include "graph/algorithms/change_points.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string name, with;
  std::string by = "year";  // year, quarter, month
  std::size_t limit = 100;
  bool phases = false;
};

Result<Period> parse_period(const std::string& name) {
  if (name == "year") return Period::Year;
  if (name == "quarter") return Period::Quarter;
  if (name == "month") return Period::Month;
  return Error{Code::InvalidArgument, "--by: no period is called '" + name + "'; there are year, quarter, month"};
}

// Eight heights of a bar.
std::string bar(std::uint32_t count, std::uint32_t highest) {
  static constexpr const char* kBars[] = {"\u2581", "\u2582", "\u2583", "\u2584",
                                          "\u2585", "\u2586", "\u2587", "\u2588"};
  return kBars[highest == 0 ? 0 : (count * 8 - 1) / highest];
}

void print_counts(const Timeline& line) {
  std::uint32_t highest = 0;
  for (const PeriodCount& period : line.periods) highest = std::max(highest, period.certain + period.possible);
  Table table({"period", "edges", ""});
  for (const PeriodCount& period : line.periods) {
    const std::uint32_t count = period.certain + period.possible;
    table.add({period.name,
               std::to_string(period.certain) + (period.possible ? " +" + std::to_string(period.possible) + " maybe" : ""),
               bar(count, highest)});
  }
  if (line.undated) table.add({"undated", std::to_string(line.undated), ""});
  if (line.always) table.add({"always", std::to_string(line.always), ""});
  table.print();
}

void print_edges(const std::vector<EdgeRow>& rows) {
  Table table({"when", "", "head", "type", "tail", "mode", "edge", "source"});
  for (const EdgeRow& row : rows)
    table.add({when_text(row.edge.valid), row.holds == Truth::Maybe ? "maybe" : "", row.head, row.type,
               row.tail, mood_text(row), std::to_string(row.edge.id.value), sources_text(row)});
  table.print();
}

ExitCode print_timeline(const Question& question, const Typed& typed) {
  const auto period = parse_period(typed.by);
  if (!period) return fail(period.error());
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  const auto one = session->node_named(typed.name);
  if (!one) return fail(one.error());
  std::optional<NodeId> other;
  if (!typed.with.empty()) {
    const auto named = session->node_named(typed.with);
    if (!named) return fail(named.error());
    other = *named;
  }
  const auto slice = session->slice(question.where);
  if (!slice) return fail(slice.error());
  const Snapshot& snapshot = slice->snapshot();
  const auto one_index = snapshot.find(*one);
  const auto other_index = other ? snapshot.find(*other) : std::nullopt;
  if (!one_index || (other && !other_index))
    return fail({Code::Corruption, "a node that the index of names knows is not in the snapshot"});
  const Timeline line = other ? timeline(*slice, *one_index, *other_index, *period)
                              : timeline(*slice, *one_index, *period);

  if (typed.phases && !other) return fail({Code::InvalidArgument, "--phases are those of a pair; use --with"});
  std::vector<Phase> phases;
  if (typed.phases) {
    auto found = change_points(*slice, *one_index, *other_index);
    if (!found) return fail(found.error());
    phases = std::move(*found);
  }

  EdgeReader reader(*session, kSourcesListed);
  std::vector<EdgeRow> rows;
  for (const EdgeIndex edge : line.edges) {
    if (rows.size() == typed.limit) break;
    auto row = reader.row(snapshot.id(edge));
    if (!row) return fail(row.error());
    rows.push_back(std::move(*row));
  }
  const std::size_t left_out = line.edges.size() - rows.size();

  if (question.common.json) {
    auto answer = answer_of(*session);
    answer["name"] = snapshot.name(*one_index);
    if (other_index) answer["with"] = snapshot.name(*other_index);
    boost::json::array edges, periods;
    for (const EdgeRow& row : rows) edges.push_back(to_json(row));
    for (const PeriodCount& count : line.periods) {
      boost::json::object row;
      row["period"] = count.name;
      row["certain"] = count.certain;
      row["possible"] = count.possible;
      periods.push_back(std::move(row));
    }
    answer["periods"] = std::move(periods);
    if (typed.phases) {
      boost::json::array told;
      for (const Phase& phase : phases) {
        boost::json::object row;
        row["days"] = window_text(phase.days);
        row["cooperation"] = phase.cooperation;
        row["conflict"] = phase.conflict;
        row["balance"] = phase.balance();
        told.push_back(std::move(row));
      }
      answer["phases"] = std::move(told);
    }
    answer["undated"] = line.undated;
    answer["always"] = line.always;
    answer["edges"] = std::move(edges);
    answer["left_out"] = left_out;
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
  } else if (rows.empty()) {
    remark("no edges under these conditions");
  } else {
    print_counts(line);
    std::cout << "\n";
    if (typed.phases && phases.empty()) remark("no dated cooperation or conflict, so there are no phases");
    if (!phases.empty()) {
      Table table({"phase", "cooperation", "conflict"});
      for (const Phase& phase : phases)
        table.add({window_text(phase.days), std::to_string(phase.cooperation), std::to_string(phase.conflict)});
      table.print();
      std::cout << "\n";
    }
    print_edges(rows);
    if (left_out > 0) std::cout << "\u2026 " << left_out << " more (--limit)\n";
  }
  if (question.common.show_command && !question.common.json)
    std::cout << session->reproduce(question) << "\n";
  return rows.empty() ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command timeline_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("timeline", "the edges of a node or of a pair, in order");
  command.word("name", &typed->name, "a name, or #NODE", "NAME")
      .option("--with", &typed->with, "the other of a pair", "NAME")
      .flag("--phases", typed->phases, "with --with: when their dealings became warmer, colder, or more")
      .option("--by", &typed->by, "count by year (default), quarter or month", "PERIOD")
      .option("--limit", &typed->limit, "how many edges to list (100)", "N")
      .clocks()
      .filters()
      .example("entente timeline China --with \"United States\" --by quarter")
      .example("entente timeline norfentanyl --known-by 2024-08-01")
      .answers("name, with, periods: [{period, certain, possible}], undated, always, edges, left_out;\n"
               "          with --phases: phases: [{days, cooperation, conflict, balance}]");
  return command.runs([typed](const Question& question) { return print_timeline(question, *typed); });
}

}  // namespace entente
