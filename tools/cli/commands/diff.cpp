#include "graph/diff.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include "tools/answer/compare.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string then, then_known, by;
  std::size_t limit = 100;
};

std::string number_text(double number) {
  std::ostringstream text;
  text << std::setprecision(6) << number;
  return text.str();
}

ExitCode print_diff(const Question& question, const Typed& typed) {
  if (typed.then.empty() && typed.then_known.empty())
    return fail({Code::InvalidArgument, "diff: say what to compare with: --then DATE, --then-known WHEN, or both"});
  if (!question.when.as_of.empty() && !question.when.during.empty())
    return fail({Code::InvalidArgument, "--as-of and --during are two ways to say one thing; use one"});
  const std::string& now_text = question.when.as_of.empty() ? question.when.during : question.when.as_of;
  const auto now = window_or_any(now_text, question.when.as_of.empty() ? "--during" : "--as-of");
  const auto then = typed.then.empty() ? now : window_or_any(typed.then, "--then");
  if (!now) return fail(now.error());
  if (!then) return fail(then.error());

  // Snapshots of any valid time, of both recorded times.
  auto session = Session::open(question.common, {.as_of = "", .during = "", .known_by = question.when.known_by});
  if (!session) return fail(session.error());
  const std::string known = typed.then_known.empty() ? question.when.known_by : typed.then_known;
  auto before = Session::open(question.common, {.as_of = "", .during = "", .known_by = known});
  if (!before) return fail(before.error().within("--then-known"));
  const auto compared = compare(*before, *session, *then, *now, question.where);
  if (!compared) return fail(compared.error());
  const Slice &first = compared->before, &second = compared->after;
  const DiffSides sides = compared->sides();
  const Diff& found = compared->diff;

  std::vector<ScoreChange> scores;
  if (!typed.by.empty()) {
    const auto algorithm = rank_algorithm_named(typed.by);
    if (!algorithm) return fail({Code::InvalidArgument, "--by: " + algorithm.error().message});
    auto changes = score_changes(sides, **algorithm, Arguments((*algorithm)->parameters));
    if (!changes) return fail(changes.error());
    scores = std::move(*changes);
    if (scores.size() > typed.limit) scores.resize(typed.limit);
  }
  const auto name_of_node = [&](NodeId id) {
    for (const Slice* slice : {&second, &first})
      if (const auto index = slice->snapshot().find(id)) return std::string(slice->snapshot().name(*index));
    return "#" + std::to_string(id.value);
  };

  EdgeReader now_reader(*session), then_reader(*before);
  boost::json::array edges, nodes, ranks;
  Table edge_table({"", "change", "head", "type", "tail", "when", "edge", "source"});
  std::size_t told = 0;
  for (const EdgeChange& change : found.edges) {
    if (told++ == typed.limit) break;
    auto row = change.is ? now_reader.row(second.snapshot().id(*change.is))
                         : then_reader.row(first.snapshot().id(*change.was));
    if (!row) return fail(row.error());
    const bool world = is_of_world(change.kind);
    std::string when = when_text(row->edge.valid);
    std::string was;
    if (change.was && change.is) was = when_text(first.snapshot().valid(*change.was));
    if (!was.empty() && was != when) when += " (was " + was + ")";
    if (question.common.json) {
      boost::json::object one;
      one["change"] = name_of(change.kind);
      one["of"] = world ? "world" : "knowledge";
      one["id"] = change.edge.value;
      if (change.became) one["became"] = change.became->value;
      if (change.was) one["was"] = first.snapshot().valid(*change.was).edtf();
      one["edge"] = to_json(*row);
      edges.push_back(std::move(one));
    } else {
      edge_table.add({world ? "world" : "knowledge", std::string(name_of(change.kind)), row->head, row->type,
                      row->tail, when, std::to_string(row->edge.id.value), sources_text(*row)});
    }
  }
  const std::size_t left_out = found.edges.size() - std::min(found.edges.size(), typed.limit);
  for (const NodeChange& change : found.nodes) {
    boost::json::object one;
    one["change"] = name_of(change.kind);
    one["id"] = change.node.value;
    one["name"] = name_of_node(change.node);
    if (change.with) one["with"] = change.with.value;
    nodes.push_back(std::move(one));
  }

  if (question.common.json) {
    auto answer = answer_of(*session);
    answer["as_of"] = *now ? boost::json::value(window_text(**now)) : boost::json::value(nullptr);
    answer["then"] = *then ? boost::json::value(window_text(**then)) : boost::json::value(nullptr);
    answer["then_known"] = before->commit().value;
    answer["edges"] = std::move(edges);
    answer["left_out"] = left_out;
    answer["nodes"] = std::move(nodes);
    if (!typed.by.empty()) {
      for (const ScoreChange& change : scores) {
        boost::json::object one;
        one["id"] = change.node.value;
        one["name"] = name_of_node(change.node);
        one["before"] = change.before;
        one["after"] = change.after;
        one["by_learning"] = change.by_learning();
        one["by_world"] = change.by_world();
        ranks.push_back(std::move(one));
      }
      answer["by"] = typed.by;
      answer["scores"] = std::move(ranks);
    }
    print(answer);
  } else {
    if (!edge_table.empty()) edge_table.print();
    else remark("no edge changed under these conditions");
    if (left_out > 0) std::cout << "\u2026 " << left_out << " more (--limit)\n";
    std::size_t added = 0;
    for (const NodeChange& change : found.nodes) {
      if (change.kind == NodeChangeKind::Added) {
        ++added;
        continue;
      }
      std::cout << name_of(change.kind) << ": " << printable(name_of_node(change.node));
      if (change.with) std::cout << " with " << printable(name_of_node(change.with));
      std::cout << "\n";
    }
    if (added > 0) std::cout << counted(added, "node") << " added\n";
    if (!scores.empty()) {
      std::cout << "\n";
      Table table({"name", typed.by + " then", "now", "by learning", "by the world"});
      for (const ScoreChange& change : scores)
        table.add({name_of_node(change.node), number_text(change.before), number_text(change.after),
                   number_text(change.by_learning()), number_text(change.by_world())});
      table.print();
    }
  }
  return found.edges.empty() && found.nodes.empty() ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command diff_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("diff", "what changed between two times: in the world, and in what is known of it");
  command.option("--then", &typed->then, "the first valid time: a date, or FROM..TO; else that of --as-of", "DATE")
      .option("--then-known", &typed->then_known,
              "what was believed then: a date, a moment or #COMMIT; else that of --known-by", "WHEN")
      .option("--by", &typed->by, "also whose score changed by this measure, and why", "MEASURE")
      .option("--limit", &typed->limit, "how many edges, and how many scores (100)", "N")
      .clocks()
      .filters()
      .example("entente diff --then 2022 --as-of 2024")
      .example("entente diff --then-known '#1' --by betweenness")
      .answers("then, then_known, edges: [{change, of, id, became, was, edge}], left_out, nodes: [{change, id,\n"
               "          name, with}], by, scores: [{id, name, before, after, by_learning, by_world}]");
  return command.runs([typed](const Question& question) { return print_diff(question, *typed); });
}

}  // namespace entente
