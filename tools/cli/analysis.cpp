#include "tools/cli/analysis.h"

#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include "graph/catalog.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/output.h"

namespace entente {
namespace {

struct Typed {
  std::vector<std::string> values;  // in the order of the parameters
  std::size_t limit = 100;
};

std::string number_text(double number) {
  std::ostringstream text;
  text << std::setprecision(6) << number;
  return text.str();
}

// Cells as a person reads them, and as a program does.
class Teller {
 public:
  Teller(const Session& session, const Snapshot& snapshot)
      : session_(session), snapshot_(snapshot), reader_(session, kSourcesListed) {}

  Result<std::string> text(const Cell& cell) {
    if (const auto* node = std::get_if<NodeIndex>(&cell)) return std::string(snapshot_.name(*node));
    if (const auto* edge = std::get_if<EdgeIndex>(&cell)) {
      const auto row = reader_.row(snapshot_.id(*edge));
      if (!row) return row.error();
      return row->head + " " + row->type + " " + row->tail + "  " + when_text(row->edge.valid) +
             "  edge " + std::to_string(row->edge.id.value);
    }
    if (const auto* number = std::get_if<double>(&cell)) return number_text(*number);
    if (const auto* count = std::get_if<std::uint64_t>(&cell)) return std::to_string(*count);
    return std::get<std::string>(cell);
  }

  Result<boost::json::value> json(const Cell& cell) {
    if (const auto* node = std::get_if<NodeIndex>(&cell)) {
      boost::json::object object;
      object["id"] = snapshot_.id(*node).value;
      object["name"] = snapshot_.name(*node);
      object["label"] = session_.ontology().label(snapshot_.label(*node)).name;
      return boost::json::value(std::move(object));
    }
    if (const auto* edge = std::get_if<EdgeIndex>(&cell)) {
      const auto row = reader_.row(snapshot_.id(*edge));
      if (!row) return row.error();
      return boost::json::value(to_json(*row));
    }
    if (const auto* number = std::get_if<double>(&cell)) return boost::json::value(*number);
    if (const auto* count = std::get_if<std::uint64_t>(&cell)) return boost::json::value(*count);
    return boost::json::value(std::get<std::string>(cell));
  }

 private:
  const Session& session_;
  const Snapshot& snapshot_;
  EdgeReader reader_;
};

ExitCode analyse(const Question& question, const TableAlgorithm& algorithm, const Typed& typed) {
  Arguments arguments(algorithm.parameters);
  for (std::size_t i = 0; i < typed.values.size(); ++i)
    if (const Status set = arguments.set(algorithm.parameters[i].name, typed.values[i]); !set)
      return fail(set.error());
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  const auto slice = session->slice(question.where);
  if (!slice) return fail(slice.error());
  auto rows = algorithm.rows(*slice, arguments);
  if (!rows) return fail(rows.error());
  const std::size_t all = rows->size();
  if (rows->size() > typed.limit) rows->resize(typed.limit);

  Teller teller(*session, slice->snapshot());
  if (question.common.json) {
    auto answer = answer_of(*session);
    answer["analysis"] = algorithm.name;
    answer["with"] = arguments.text();
    boost::json::array results;
    for (const Row& row : *rows) {
      boost::json::object object;
      for (std::size_t i = 0; i < row.size(); ++i) {
        auto value = teller.json(row[i]);
        if (!value) return fail(value.error());
        object[algorithm.columns[i].name] = std::move(*value);
      }
      results.push_back(std::move(object));
    }
    answer["results"] = std::move(results);
    answer["left_out"] = all - rows->size();
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
  } else {
    std::cout << dim(algorithm.meaning) << "\n";
    std::vector<std::string> heads;
    for (const Column& column : algorithm.columns) heads.emplace_back(column.name);
    Table table(heads);
    for (const Row& row : *rows) {
      std::vector<std::string> cells;
      for (const Cell& cell : row) {
        auto text = teller.text(cell);
        if (!text) return fail(text.error());
        cells.push_back(std::move(*text));
      }
      table.add(cells);
    }
    if (table.empty()) remark("there is nothing of that kind under these conditions");
    else table.print();
    if (all > rows->size()) std::cout << "\u2026 " << all - rows->size() << " more (--limit)\n";
    if (question.common.show_command) std::cout << session->reproduce(question) << "\n";
  }
  return all == 0 ? ExitCode::NothingFound : ExitCode::Found;
}

Command analysis_command(const TableAlgorithm& algorithm) {
  const auto typed = std::make_shared<Typed>();
  for (const Parameter& parameter : algorithm.parameters) typed->values.emplace_back(parameter.standard);
  std::string meaning(algorithm.meaning);
  meaning[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(meaning[0])));
  if (meaning.ends_with('.')) meaning.pop_back();
  Command command(std::string(algorithm.name), meaning);
  std::string columns;
  for (const Column& column : algorithm.columns)
    columns += (columns.empty() ? "" : ", ") + std::string(column.name);
  for (std::size_t i = 0; i < algorithm.parameters.size(); ++i) {
    const Parameter& parameter = algorithm.parameters[i];
    const std::string choices = parameter.choices.empty() ? "" : ": " + std::string(parameter.choices);
    command.option("--" + std::string(parameter.name), &typed->values[i],
                   std::string(parameter.meaning) + " (" + std::string(parameter.standard) + choices + ")",
                   "VALUE");
  }
  command.option("--limit", &typed->limit, "how many rows (100)", "N")
      .clocks()
      .filters()
      .example("entente " + std::string(algorithm.name) + " --during 2023..2024")
      .answers("analysis, with, results: [{" + columns + "}], left_out");
  return command.runs([typed, &algorithm](const Question& question) {
    return analyse(question, algorithm, *typed);
  });
}

}  // namespace

std::vector<Command> analysis_commands() {
  std::vector<Command> commands;
  for (const TableAlgorithm& algorithm : table_algorithms()) commands.push_back(analysis_command(algorithm));
  return commands;
}

}  // namespace entente
