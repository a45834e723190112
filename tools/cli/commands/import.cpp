#include <iostream>
#include <memory>
#include <optional>

#include "schema/digest.h"
#include "storage/store.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/authorship.h"
#include "tools/cli/claim_review.h"
#include "tools/cli/commands.h"
#include "tools/cli/knowledge.h"
#include "tools/cli/output.h"
#include "tools/cli/writer.h"
#include "tools/import/batch.h"
#include "tools/import/input/inputs.h"

namespace entente {
namespace {
struct Typed {
  std::vector<std::string> files;
  ReadingOptions reading;
  Authorship authorship;
  bool dry_run = false, review = false;
};

// What became of one file.
struct Outcome {
  std::string file;
  std::optional<Error> error;
  Recorded recorded;
  std::size_t claims = 0, names = 0;
  std::optional<ReviewOutcome> reviewed;
};

void print_extract(const Extract& extract) {
  const Ontology& ontology = Ontology::builtin();
  std::cout << bold(printable(extract.document.name)) << "  " << counted(extract.nodes.size(), "name") << ", "
            << counted(extract.claims.size(), "claim") << "\n";
  Table table({"head", "type", "tail", "when", "mode", "confidence"});
  for (const Claim& claim : extract.claims)
    table.add({extract.nodes[claim.head].name, ontology.type(claim.type).name, extract.nodes[claim.tail].name,
               when_text(claim.valid), (claim.negated ? "not " : "") + std::string(name_of(claim.mode)),
               text_of(Value(claim.confidence))});
  if (!table.empty()) table.print();
}

void report(const Outcome& outcome) {
  if (outcome.error)  // which says of itself of what it speaks, unless it comes from the store
    return remark(outcome.error->message.find(outcome.file) != std::string::npos
                      ? outcome.error->message
                      : outcome.error->within(outcome.file).message);
  const AssertOutcome& asserted = outcome.recorded.asserted;
  if (asserted.already_there) return remark(outcome.file + ": already imported; nothing changed");
  remark(outcome.file + ": " + counted(asserted.new_edges, "new edge") + ", " +
         counted(asserted.supported_edges, "edge") + " supported once more, " +
         counted(asserted.new_nodes, "new name") + ", " + std::to_string(asserted.matched_nodes) +
         " known; commit " + std::to_string(outcome.recorded.commit.value));
  if (!outcome.recorded.copied.empty())
    remark(outcome.file + ": a copy of " + outcome.recorded.copied + " (" + std::to_string(int(outcome.recorded.shared * 100 + 0.5)) +
           " % of the shorter text is in both); the two count as one source");
}

boost::json::object to_json(const Outcome& outcome) {
  boost::json::object row;
  row["file"] = outcome.file;
  row["imported"] = !outcome.error && !outcome.recorded.asserted.already_there;
  row["already_there"] = outcome.recorded.asserted.already_there;
  if (outcome.error) row["error"] = outcome.error->message;
  else row["error"] = nullptr;
  row["new_edges"] = outcome.recorded.asserted.new_edges;
  row["supported_edges"] = outcome.recorded.asserted.supported_edges;
  row["new_nodes"] = outcome.recorded.asserted.new_nodes;
  row["matched_nodes"] = outcome.recorded.asserted.matched_nodes;
  row["commit"] = outcome.recorded.commit.value;
  if (outcome.recorded.copied.empty()) row["copy_of"] = nullptr;
  else row["copy_of"] = outcome.recorded.copied;
  if (outcome.reviewed) {
    row["accepted"] = outcome.reviewed->accepted;
    row["edited"] = outcome.reviewed->edited;
    row["rejected"] = outcome.reviewed->rejected;
  }
  return row;
}

ExitCode tell(const Question& question, const Typed& typed, const Inputs& inputs, const std::vector<Outcome>& outcomes);

Status open_writer(std::optional<Writer>& writer, const Question& question) {
  if (writer) return kOk;
  const auto directory = database_directory(question.common);
  auto opened = Writer::open(directory, Access::Create);
  if (!opened) return opened.error();
  writer.emplace(std::move(*opened));
  if (writer->made_it() && !question.common.quiet) remark("made a new database in " + directory.string());
  return kOk;
}

// Is the text there already? Of a database that is not, nothing is.
Result<bool> is_known(const Question& question, const std::string& text) {
  const auto store = Store::open(database_directory(question.common), Access::Read);
  if (!store && store.error().code == Code::NotFound) return false;
  if (!store) return store.error();
  const auto known = (*store)->begin_read().document_of(sha256(text));
  if (!known) return known.error();
  return known->has_value();
}

// Shows the claims and takes the answers. What is there already needs none, and storing it says so; of an
// article that was quit nothing is stored.
Status review(const Question& question, Extract& extract, Outcome& outcome) {
  const auto known = is_known(question, extract.document.text);
  if (!known) return known.error();
  if (*known) return kOk;
  outcome.reviewed = ClaimReview(std::cin, std::cout, question.common.json).review(extract, Ontology::builtin());
  if (!outcome.reviewed->quit && !question.common.quiet && !question.common.json)
    std::cout << outcome.file << ": " << counted(outcome.reviewed->accepted, "claim") << " accepted, "
              << outcome.reviewed->edited << " edited, " << outcome.reviewed->rejected << " rejected\n";
  return kOk;
}

Status may_review(const Typed& typed) {
  if (!typed.review) return kOk;
  if (typed.dry_run)
    return Error{Code::InvalidArgument, "--review asks what to store and --dry-run stores nothing; use one"};
  for (const std::string& file : typed.files)
    if (file == "-")
      return Error{Code::InvalidArgument, "--review reads the answers from standard input; give the article as a file"};
  return kOk;
}

ExitCode import_files(const Question& question, const Typed& typed) {
  if (const auto valid = typed.reading.check(); !valid) return fail(valid.error());
  if (const auto may = may_review(typed); !may) return fail(may.error());
  const auto reader = typed.reading.open();
  if (!reader) return fail(reader.error()), ExitCode::Input;
  std::optional<Writer> writer;  // opened for the first article that can be read
  std::vector<Outcome> outcomes;
  Inputs inputs(typed.files);
  const auto second = typed.reading.open_second();
  if (!second) return fail(second.error());
  Batch batch(*reader, inputs, typed.reading.options(), typed.reading.jobs, *second ? &**second : nullptr);
  while (auto item = batch.next()) {
    Outcome& outcome = outcomes.emplace_back();
    const std::string& file = outcome.file = item->name;
    if (!item->extract) {
      outcome.error = item->extract.error();
      report(outcome);
      continue;
    }
    Extract extract = std::move(*item->extract);
    if (item->opinion && !question.common.quiet) remark_opinion(file, *item->opinion);
    outcome.names = extract.nodes.size(), outcome.claims = extract.claims.size();
    if (typed.dry_run) {
      print_extract(extract);
      continue;
    }
    if (typed.review) {
      if (auto done = review(question, extract, outcome); !done) return fail(done.error()), ExitCode::Database;
      if (outcome.reviewed && outcome.reviewed->quit) {
        outcomes.pop_back();
        break;
      }
    }
    if (auto opened = open_writer(writer, question); !opened) return fail(opened.error()), ExitCode::Database;
    auto recorded = writer->record(extract, typed.authorship.name(), typed.authorship.note);
    if (recorded) {
      outcome.recorded = std::move(*recorded);
    } else {
      // What is wrong with the store will be wrong for the next article too.
      if (recorded.error().code != Code::InvalidArgument) return fail(recorded.error().within(file)), ExitCode::Database;
      outcome.error = recorded.error();
    }
    if (!question.common.quiet || outcome.error) report(outcome);
  }
  return tell(question, typed, inputs, outcomes);
}

ExitCode tell(const Question& question, const Typed& typed, const Inputs& inputs, const std::vector<Outcome>& outcomes) {
  if (!question.common.quiet) remark_left_out(inputs);
  std::size_t imported = 0, known = 0, refused = 0;
  for (const Outcome& outcome : outcomes)
    ++(outcome.error ? refused : outcome.recorded.asserted.already_there ? known : imported);
  if (typed.dry_run) return refused > 0 ? ExitCode::Input : ExitCode::Found;
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["imported"] = imported;
    answer["already_there"] = known;
    answer["refused"] = refused;
    boost::json::array files;
    for (const Outcome& outcome : outcomes) files.push_back(to_json(outcome));
    answer["files"] = std::move(files);
    print(answer);
  } else {
    std::string line = counted(imported, "article") + " imported";
    if (known > 0) line += ", " + std::to_string(known) + " already there";
    if (refused > 0) line += ", " + std::to_string(refused) + " refused";
    if (imported == 0 && refused == 0) line += "; nothing changed";
    std::cout << line << "\n";
  }
  return refused > 0 ? ExitCode::Input : ExitCode::Found;
}
}  // namespace

Command import_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("import", "read articles into the database");
  command.word("files", &typed->files, "articles: text, HTML, PDF, JSON; folders of these; - for standard input",
               "FILE");
  typed->reading.declare(command);
  typed->authorship.declare(command);
  command.flag("--dry-run", typed->dry_run, "print what would be imported, change nothing")
      .flag("--review", typed->review, "show each claim with its sentence; take an answer from standard input: a, r, e, A, R, q")
      .example("entente import articles/*.txt")
      .example("entente import clippings/ --jobs 4")
      .example("curl -s https://site.example/page | entente import - --published 2024-08-06")
      .example("entente import memo.txt --publisher \"The Reader\" --published 2024-08-06")
      .example("entente import --review memo.txt")
      .example("entente import memo.txt --reader llm --endpoint http://127.0.0.1:8080/v1 --model local")
      .example("entente import --review --json memo.txt < answers.jsonl")
      .answers("imported, already_there, refused, files: [{file, imported, already_there, error, ...}]");
  return command.runs([typed](const Question& question) { return import_files(question, *typed); });
}

}  // namespace entente
