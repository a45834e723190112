#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include "graph/catalog.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string by = "degree";
  std::size_t limit = 20;
};

std::string score_text(double score) {
  std::ostringstream text;
  text << std::setprecision(6) << score;
  return text.str();
}

ExitCode print_ranking(const Question& question, const Typed& typed) {
  const auto algorithm = rank_algorithm_named(typed.by);
  if (!algorithm) return fail({Code::InvalidArgument, "--by: " + algorithm.error().message});
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  const auto slice = session->slice(question.where);
  if (!slice) return fail(slice.error());
  const auto ranked = ranking(*slice, (*algorithm)->scores(*slice), typed.limit);
  const Snapshot& snapshot = slice->snapshot();

  if (question.common.json) {
    auto answer = answer_of(*session);
    answer["by"] = typed.by;
    boost::json::array results;
    for (const Ranked& rank : ranked) {
      boost::json::object row;
      row["id"] = snapshot.id(rank.node).value;
      row["name"] = snapshot.name(rank.node);
      row["label"] = session->ontology().label(snapshot.label(rank.node)).name;
      row["score"] = rank.score;
      results.push_back(std::move(row));
    }
    answer["results"] = std::move(results);
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
  } else {
    std::cout << dim((*algorithm)->meaning) << "\n";
    Table table({"", "name", "label", typed.by});
    std::size_t place = 0;
    for (const Ranked& rank : ranked)
      table.add({std::to_string(++place), std::string(snapshot.name(rank.node)),
                 session->ontology().label(snapshot.label(rank.node)).name, score_text(rank.score)});
    if (table.empty()) remark("there are no edges under these conditions");
    else table.print();
    if (question.common.show_command) std::cout << session->reproduce(question) << "\n";
  }
  return ranked.empty() ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command rank_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("rank", "who matters");
  command
      .option("--by", &typed->by, "degree (default), pagerank, betweenness; see 'entente help measures'",
              "MEASURE")
      .option("--limit", &typed->limit, "how many (20)", "N")
      .clocks()
      .filters()
      .example("entente rank --by betweenness --during 2023..2024")
      .example("entente rank --by pagerank --family conflictual --json")
      .answers("by, results: [{id, name, label, score}]");
  return command.runs([typed](const Question& question) { return print_ranking(question, *typed); });
}

}  // namespace entente
