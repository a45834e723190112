#include <algorithm>
#include <charconv>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "graph/catalog.h"
#include "graph/rolling.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string by = "degree";
  std::vector<std::string> set;  // damping=0.5
  std::size_t limit = 20;
  std::string every;             // month, 3months; empty: one ranking of the whole time
  std::string window;            // empty: 12months
  std::vector<std::string> track;
};

std::string score_text(double score) {
  std::ostringstream text;
  text << std::setprecision(6) << score;
  return text.str();
}

// `month`, `quarter`, `year`, `6months`, `2years`; a number alone counts months.
Result<std::uint32_t> months_of(const std::string& text, const char* option) {
  std::uint32_t number = 1;
  const auto digits = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool counted = digits.ec == std::errc();
  std::string unit = counted ? std::string(digits.ptr, text.data() + text.size()) : text;
  if (unit.ends_with('s')) unit.pop_back();
  std::uint32_t length = 0;
  if (unit == "month" || (counted && unit.empty())) length = 1;
  if (unit == "quarter") length = 3;
  if (unit == "year") length = 12;
  if (length == 0 || number == 0 || number > 12'000)
    return Error{Code::InvalidArgument, std::string(option) + ": '" + text +
                                            "' is no length; write month, quarter, year, 6months or 2years"};
  return number * length;
}

// `damping=0.5`; nodes by their names, with commas.
Result<Arguments> arguments_of(const Session& session, const RankAlgorithm& algorithm,
                               const std::vector<std::string>& set) {
  Arguments arguments(algorithm.parameters);
  for (const std::string& text : set) {
    const std::size_t at = std::min(text.find('='), text.size());
    const std::string name = text.substr(0, at), value = text.substr(std::min(at + 1, text.size()));
    const bool is_nodes = std::ranges::any_of(algorithm.parameters, [&](const Parameter& parameter) {
      return parameter.name == name && parameter.type == ParameterType::Nodes;
    });
    Status done = kOk;
    if (is_nodes) {
      std::vector<NodeId> nodes;
      std::istringstream names(value);
      for (std::string each; std::getline(names, each, ',');) {
        const auto node = session.node_named(each);
        if (!node) return node.error().within("--set " + name);
        nodes.push_back(*node);
      }
      done = arguments.set(name, std::move(nodes));
    } else {
      done = arguments.set(name, value);
    }
    if (!done) return done.error().within("--set");
  }
  return arguments;
}

boost::json::object node_json(const Session& session, const Snapshot& snapshot, NodeIndex node) {
  boost::json::object row;
  row["id"] = snapshot.id(node).value;
  row["name"] = snapshot.name(node);
  row["label"] = session.ontology().label(snapshot.label(node)).name;
  return row;
}

boost::json::array to_json(const Session& session, const Snapshot& snapshot,
                           const std::vector<Ranked>& ranked) {
  boost::json::array results;
  for (const Ranked& rank : ranked) {
    boost::json::object row = node_json(session, snapshot, rank.node);
    row["score"] = rank.score;
    results.push_back(std::move(row));
  }
  return results;
}

ExitCode print_once(const Question& question, const Typed& typed, const Session& session,
                    const Slice& slice, const RankAlgorithm& algorithm, const Arguments& arguments) {
  const auto scores = algorithm.scores(slice, arguments);
  if (!scores) return fail(scores.error());
  const auto ranked = ranking(slice, *scores, typed.limit, algorithm.least_first);
  const Snapshot& snapshot = slice.snapshot();
  if (question.common.json) {
    auto answer = answer_of(session);
    answer["by"] = typed.by;
    answer["with"] = arguments.text();
    answer["results"] = to_json(session, snapshot, ranked);
    if (question.common.show_command) answer["command"] = session.reproduce(question);
    print(answer);
  } else {
    std::cout << dim(algorithm.meaning) << "\n";
    Table table({"", "name", "label", typed.by});
    std::size_t place = 0;
    for (const Ranked& rank : ranked)
      table.add({std::to_string(++place), std::string(snapshot.name(rank.node)),
                 session.ontology().label(snapshot.label(rank.node)).name, score_text(rank.score)});
    if (table.empty()) remark("there are no edges under these conditions");
    else table.print();
    if (question.common.show_command) std::cout << session.reproduce(question) << "\n";
  }
  return ranked.empty() ? ExitCode::NothingFound : ExitCode::Found;
}

std::string days_text(const DayRange& days) {
  return edtf_of(days.from) + ".." + edtf_of(days.to - std::chrono::days{1});
}

ExitCode print_rolling(const Question& question, const Typed& typed, const Session& session,
                       const Slice& slice, const RankAlgorithm& algorithm,
                       const Arguments& arguments) {
  const auto every = months_of(typed.every, "--every");
  if (!every) return fail(every.error());
  const auto window = months_of(typed.window.empty() ? "12months" : typed.window, "--window");
  if (!window) return fail(window.error());
  RollingOptions options{.every_months = *every, .window_months = *window, .limit = typed.limit};
  for (const std::string& name : typed.track) {
    const auto node = session.node_named(name);
    if (!node) return fail(node.error().within("--track"));
    const auto index = slice.snapshot().find(*node);
    if (index) options.track.push_back(*index);
  }
  const auto windows = rolling(slice, algorithm, arguments, options);
  if (!windows) return fail(windows.error());
  const Snapshot& snapshot = slice.snapshot();
  if (question.common.json) {
    auto answer = answer_of(session);
    answer["by"] = typed.by;
    answer["with"] = arguments.text();
    boost::json::array rows;
    for (const RollingWindow& window : *windows) {
      boost::json::object row;
      row["days"] = days_text(window.days);
      row["edges"] = window.edges;
      row["results"] = to_json(session, snapshot, window.best);
      boost::json::array tracked;
      for (std::size_t i = 0; i < options.track.size(); ++i) {
        boost::json::object one = node_json(session, snapshot, options.track[i]);
        one["place"] = window.tracked[i].place;
        one["score"] = window.tracked[i].score;
        tracked.push_back(std::move(one));
      }
      row["tracked"] = std::move(tracked);
      rows.push_back(std::move(row));
    }
    answer["windows"] = std::move(rows);
    if (question.common.show_command) answer["command"] = session.reproduce(question);
    print(answer);
  } else {
    std::cout << dim(algorithm.meaning) << "\n";
    std::vector<std::string> heads = {"window", "edges", "first, second, \u2026"};
    for (const NodeIndex node : options.track) heads.insert(heads.end() - 1, std::string(snapshot.name(node)));
    Table table(heads);
    for (const RollingWindow& window : *windows) {
      std::vector<std::string> cells = {days_text(window.days), std::to_string(window.edges)};
      for (const auto& tracked : window.tracked)
        cells.push_back(tracked.place == 0 ? "-" : std::to_string(tracked.place) + ". " + score_text(tracked.score));
      std::string best;
      for (const Ranked& rank : window.best)
        best += (best.empty() ? "" : ", ") + std::string(snapshot.name(rank.node)) + " " + score_text(rank.score);
      cells.push_back(best);
      table.add(cells);
    }
    if (table.empty()) remark("there are no dated edges under these conditions");
    else table.print();
    if (question.common.show_command) std::cout << session.reproduce(question) << "\n";
  }
  return windows->empty() ? ExitCode::NothingFound : ExitCode::Found;
}

ExitCode print_ranking(const Question& question, const Typed& typed) {
  const auto algorithm = rank_algorithm_named(typed.by);
  if (!algorithm) return fail({Code::InvalidArgument, "--by: " + algorithm.error().message});
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  const auto arguments = arguments_of(*session, **algorithm, typed.set);
  if (!arguments) return fail(arguments.error());
  const auto slice = session->slice(question.where);
  if (!slice) return fail(slice.error());
  if (typed.every.empty() && !(typed.window.empty() && typed.track.empty()))
    return fail({Code::InvalidArgument, "--window and --track go with --every"});
  if (!typed.every.empty())
    return print_rolling(question, typed, *session, *slice, **algorithm, *arguments);
  return print_once(question, typed, *session, *slice, **algorithm, *arguments);
}
}  // namespace

Command rank_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("rank", "who matters");
  command
      .option("--by", &typed->by, "degree (default), pagerank, betweenness; see 'entente help measures'",
              "MEASURE")
      .option("--set", &typed->set, "a parameter of the measure: damping=0.5", "NAME=VALUE")
      .option("--limit", &typed->limit, "how many (20)", "N")
      .option("--every", &typed->every, "again and again in a moving window: month, quarter, year, 2months",
              "LENGTH")
      .option("--window", &typed->window, "how long the moving window is (12months)", "LENGTH")
      .option("--track", &typed->track, "also the place of this node in each window", "NAME")
      .clocks()
      .filters()
      .example("entente rank --by betweenness --during 2023..2024")
      .example("entente rank --by pagerank --set start=China --family conflictual --json")
      .example("entente rank --by betweenness --every month --window 12months --limit 3 --track China")
      .answers("by, with, results: [{id, name, label, score}]; with --every: windows: [{days, edges,\n"
               "          results, tracked: [{id, name, label, place, score}]}]");
  return command.runs([typed](const Question& question) { return print_ranking(question, *typed); });
}

}  // namespace entente
