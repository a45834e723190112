#include <iomanip>
#include <iostream>
#include <sstream>

#include "graph/catalog.h"
#include "tools/cli/commands.h"
#include "tools/cli/json.h"
#include "tools/cli/output.h"
#include "tools/cli/session.h"

namespace entente {
namespace {
std::string score_text(double score) {
  std::ostringstream text;
  text << std::setprecision(6) << score;
  return text.str();
}
}  // namespace

ExitCode run_rank(const RankOptions& options) {
  const auto algorithm = rank_algorithm_named(options.by);
  if (!algorithm) return fail({Code::InvalidArgument, "--by: " + algorithm.error().message});
  auto session = Session::open(options.question.common, options.question.when);
  if (!session) return fail(session.error());
  const auto slice = session->slice(options.question.where);
  if (!slice) return fail(slice.error());
  const auto ranked = ranking(*slice, (*algorithm)->scores(*slice), options.limit);
  const Snapshot& snapshot = slice->snapshot();

  if (options.question.common.json) {
    auto answer = answer_of(*session);
    answer["by"] = options.by;
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
    if (options.question.common.show_command) answer["command"] = session->reproduce(options.question);
    print(answer);
  } else {
    std::cout << dim((*algorithm)->meaning) << "\n";
    Table table({"", "name", "label", options.by});
    std::size_t place = 0;
    for (const Ranked& rank : ranked)
      table.add({std::to_string(++place), std::string(snapshot.name(rank.node)),
                 session->ontology().label(snapshot.label(rank.node)).name, score_text(rank.score)});
    if (table.empty()) remark("there are no edges under these conditions");
    else table.print();
    if (options.question.common.show_command) std::cout << session->reproduce(options.question) << "\n";
  }
  return ranked.empty() ? ExitCode::NothingFound : ExitCode::Found;
}

}  // namespace entente
