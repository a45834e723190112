#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>

#include "tools/answer/duplicates.h"
#include "tools/answer/json.h"
#include "tools/cli/authorship.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"
#include "tools/cli/writer.h"

namespace entente {
namespace {
struct Typed {
  std::vector<std::string> accept, reject;
  Authorship authorship;
  double least = 0.5;
  std::size_t limit = 50;
  bool ask = false, rejected = false;
};

std::string score_text(double score) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", score);
  return text;
}

std::string side_text(const Node& node, std::uint64_t edges, const Ontology& ontology) {
  return "#" + std::to_string(node.id.value) + " " + bold(printable(node.name)) + " (" + ontology.label(node.label).name +
         ", " + counted(edges, "edge") + ")";
}

void print_pair(const PossibleDuplicate& pair, const Ontology& ontology) {
  std::cout << pair.one.id.value << "=" << pair.other.id.value << "  " << score_text(pair.score) << "  "
            << side_text(pair.one, pair.edges_of_one, ontology) << "  "
            << side_text(pair.other, pair.edges_of_other, ontology) << "\n";
  for (const Reason& reason : pair.reasons)
    std::cout << "    " << score_text(reason.weight) << "  " << name_of(reason.kind) << ": " << printable(reason.words) << "\n";
}

// `12=15`, with or without #.
Result<std::pair<NodeId, NodeId>> parse_pair(std::string_view text) {
  const auto number = [](std::string_view part) -> std::optional<NodeId> {
    if (part.starts_with('#')) part.remove_prefix(1);
    std::uint64_t id = 0;
    const auto [end, fault] = std::from_chars(part.data(), part.data() + part.size(), id);
    if (fault != std::errc() || end != part.data() + part.size() || id == 0) return std::nullopt;
    return NodeId{id};
  };
  const std::size_t middle = text.find('=');
  const auto one = number(text.substr(0, middle));
  const auto other = middle == std::string_view::npos ? std::nullopt : number(text.substr(middle + 1));
  if (!one || !other)
    return Error{Code::InvalidArgument, "'" + std::string(text) + "' is no pair of nodes; write 12=15, as review lists them"};
  return std::pair(*one, *other);
}

enum class Judgement { Accept, Reject };

// One judgement is one commit. Opens the database for writing when there is the first.
class Judge {
 public:
  Judge(const Question& question, const Typed& typed) : question_(question), typed_(typed) {}

  Result<CommitId> judge(Judgement judgement, NodeId one, NodeId other) {
    if (!writer_) {
      auto opened = Writer::open(database_directory(question_.common), Access::Write);
      if (!opened) return opened.error();
      writer_.emplace(std::move(*opened));
    }
    const bool accepted = judgement == Judgement::Accept;
    const std::string pair = std::to_string(one.value) + "=" + std::to_string(other.value);
    VerbRequest request;
    request.verb = accepted ? "merge" : "apart";
    request.words = {"#" + std::to_string(one.value), "#" + std::to_string(other.value)};
    request.author = typed_.authorship.name();
    request.note = !typed_.authorship.note.empty() ? typed_.authorship.note : "review: " + pair + (accepted ? " are one" : " are two");
    const auto outcome = writer_->perform(request);
    if (!outcome) return outcome.error();
    return outcome->commit;
  }

 private:
  const Question& question_;
  const Typed& typed_;
  std::optional<Writer> writer_;
};

void tell(const Question& question, Judgement judgement, NodeId one, NodeId other, CommitId commit) {
  const bool accepted = judgement == Judgement::Accept;
  if (question.common.json) {
    boost::json::object row;
    row["judged"] = accepted ? "accept" : "reject";
    row["one"] = one.value;
    row["other"] = other.value;
    row["commit"] = commit.value;
    std::cout << boost::json::serialize(row) << std::endl;
  } else if (!question.common.quiet) {
    std::cout << one.value << "=" << other.value << (accepted ? ": merged" : ": kept apart") << "; commit " << commit.value
              << " (entente undo " << commit.value << " takes it back)" << std::endl;
  }
}

// ---- what was judged on the command line
ExitCode judge_pairs(const Question& question, const Typed& typed) {
  std::vector<std::tuple<Judgement, NodeId, NodeId>> wanted;  // all are read before the first is done
  for (const auto& [judgement, pairs] : {std::pair(Judgement::Accept, &typed.accept), std::pair(Judgement::Reject, &typed.reject)})
    for (const std::string& text : *pairs) {
      const auto pair = parse_pair(text);
      if (!pair) return fail(pair.error());
      wanted.emplace_back(judgement, pair->first, pair->second);
    }
  Judge judge(question, typed);
  for (const auto& [judgement, one, other] : wanted) {
    const auto commit = judge.judge(judgement, one, other);
    if (!commit) return fail(commit.error());
    tell(question, judgement, one, other, *commit);
  }
  return ExitCode::Found;
}

// ---- what is judged one by one
constexpr const char* kHelp = "a accept: they are one, merge them; r reject: they are two; s skip; q quit";

// The word of an answer: a line, or {"answer": WORD}.
std::string word_of(const std::string& line) {
  boost::json::error_code error;
  const auto value = boost::json::parse(line, error);
  if (!error && value.is_object())
    if (const auto* answer = value.as_object().if_contains("answer"); answer && answer->is_string())
      return std::string(answer->as_string());
  std::string word = line;
  while (!word.empty() && (word.back() == '\r' || word.back() == ' ')) word.pop_back();
  return word;
}

ExitCode ask(const Question& question, const Typed& typed, const std::vector<PossibleDuplicate>& pairs,
             const Ontology& ontology) {
  Judge judge(question, typed);
  std::size_t accepted = 0, rejected = 0, skipped = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const PossibleDuplicate& pair = pairs[i];
    if (question.common.json) {
      auto row = to_json(pair, ontology);
      row["pair"] = std::to_string(pair.one.id.value) + "=" + std::to_string(pair.other.id.value);
      std::cout << boost::json::serialize(row) << std::endl;
    } else {
      print_pair(pair, ontology);
    }
    std::optional<Judgement> judgement;
    bool quit = false, decided = false;
    while (!decided) {
      if (!question.common.json) std::cout << i + 1 << " of " << pairs.size() << ", one? [a/r/s/q] " << std::flush;
      std::string line;
      if (!std::getline(std::cin, line)) {
        if (!question.common.json) std::cout << "\n";
        quit = decided = true;
        break;
      }
      const std::string word = word_of(line);
      decided = true;
      if (word == "a" || word == "accept") judgement = Judgement::Accept;
      else if (word == "r" || word == "reject") judgement = Judgement::Reject;
      else if (word == "q" || word == "quit") quit = true;
      else if (word == "s" || word == "skip") ++skipped;
      else decided = false, remark("'" + word + "' is no answer: " + kHelp);
    }
    if (quit) break;
    if (!judgement) continue;
    const auto commit = judge.judge(*judgement, pair.one.id, pair.other.id);
    if (!commit) {
      if (commit.error().code != Code::InvalidArgument && commit.error().code != Code::NotFound) return fail(commit.error());
      remark(commit.error().message);  // another answer has changed the two
      ++skipped;
      continue;
    }
    ++(*judgement == Judgement::Accept ? accepted : rejected);
    tell(question, *judgement, pair.one.id, pair.other.id, *commit);
  }
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["accepted"] = accepted;
    answer["rejected"] = rejected;
    answer["left"] = pairs.size() - accepted - rejected;
    print(answer);
  } else {
    std::cout << counted(accepted, "pair") << " merged, " << rejected << " kept apart, " << pairs.size() - accepted - rejected
              << " left\n";
  }
  return ExitCode::Found;
}

ExitCode review(const Question& question, const Typed& typed) {
  if (!typed.accept.empty() || !typed.reject.empty()) return judge_pairs(question, typed);
  std::vector<PossibleDuplicate> pairs;
  Ontology ontology = Ontology::builtin();
  {
    const auto session = Session::open(question.common);
    if (!session) return fail(session.error());
    ontology = session->ontology();
    auto found = possible_duplicates(*session, {.least_score = typed.least, .limit = typed.limit, .rejected = typed.rejected});
    if (!found) return fail(found.error());
    pairs = std::move(*found);
    if (question.common.json && !typed.ask) {
      auto answer = answer_of(*session);
      boost::json::array rows;
      for (const PossibleDuplicate& pair : pairs) rows.push_back(to_json(pair, ontology));
      answer["pairs"] = std::move(rows);
      print(answer);
      return pairs.empty() ? ExitCode::NothingFound : ExitCode::Found;
    }
  }
  if (pairs.empty()) {
    if (!question.common.json) remark("no two names look like one");
    return ExitCode::NothingFound;
  }
  if (typed.ask) return ask(question, typed, pairs, ontology);
  for (const PossibleDuplicate& pair : pairs) print_pair(pair, ontology);
  return ExitCode::Found;
}
}  // namespace

Command review_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("review", "pairs of names that may be one, and judging them");
  command.flag("--ask", typed->ask, "show each pair and take an answer from standard input, a line each: a, r, s, q")
      .list("--accept", typed->accept, "these two are one: the second is merged into the first", "ONE=OTHER")
      .list("--reject", typed->reject, "these two are two: the pair is not listed again", "ONE=OTHER")
      .flag("--rejected", typed->rejected, "list also what was judged to be two")
      .option("--min-score", &typed->least, "leave out pairs below that (0.5)", "N", {0, 1})
      .option("--limit", &typed->limit, "how many (50)", "N");
  typed->authorship.declare(command);
  command.example("entente review")
      .example("entente review --accept 12=15 --reject 7=9")
      .example("entente review --ask")
      .example("printf 'a\\nr\\nq\\n' | entente review --ask --json")
      .answers("pairs: [{one, other, score, reasons}]; with --ask a line for each pair and each judgement");
  return command.runs([typed](const Question& question) { return review(question, *typed); });
}

}  // namespace entente
