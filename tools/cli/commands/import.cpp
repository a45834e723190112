#include <iostream>
#include <memory>

#include "schema/digest.h"
#include "storage/copies.h"
#include "storage/store.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/authorship.h"
#include "tools/cli/claim_review.h"
#include "tools/cli/commands.h"
#include "tools/cli/knowledge.h"
#include "tools/cli/output.h"
#include "tools/import/batch.h"
#include "tools/import/input/inputs.h"
#include "tools/serve/client.h"

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
  AssertOutcome asserted;
  std::size_t claims = 0, names = 0;
  std::optional<ReviewOutcome> reviewed;
  CommitId commit;
  std::string copied;  // the document that this is a copy of; empty: none
  double shared = 0;
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

// Whether the store found the article to be a copy of another.
Status note_copy(const Store& store, Outcome& outcome) {
  const auto read = store.begin_read();
  const auto document = read.document(outcome.asserted.document);
  if (!document) return document.error();
  const auto node = *document ? read.node((*document)->node) : Result<std::optional<Node>>(std::nullopt);
  if (!node) return node.error();
  const DocumentId copied = *node ? copied_by(**node) : DocumentId{};
  if (!copied) return kOk;
  const auto original = read.document(copied);
  if (!original) return original.error();
  outcome.copied = *original ? (*original)->name : "document " + std::to_string(copied.value);
  if (const auto share = (*node)->properties.find(std::string(kCopyShare)); share != (*node)->properties.end())
    if (const double* number = std::get_if<double>(&share->second)) outcome.shared = *number;
  return kOk;
}

// One document is one commit: all of it or nothing.
Status store_extract(Store& store, const Extract& extract, const Typed& typed, Outcome& outcome) {
  auto write = store.begin_write();
  if (!write) return write.error();
  const auto asserted = write->assert_extract(extract);
  if (!asserted) return asserted.error();
  outcome.asserted = *asserted;
  const std::string note = typed.authorship.note.empty() ? "import " + extract.document.name : typed.authorship.note;
  const auto commit = write->commit(typed.authorship.name(), note, wall_clock());
  if (!commit) return commit.error();
  outcome.commit = commit->id;
  return note_copy(store, outcome);
}

void report(const Outcome& outcome) {
  if (outcome.error)  // which says of itself of what it speaks, unless it comes from the store
    return remark(outcome.error->message.find(outcome.file) != std::string::npos
                      ? outcome.error->message
                      : outcome.error->within(outcome.file).message);
  const AssertOutcome& asserted = outcome.asserted;
  if (asserted.already_there) return remark(outcome.file + ": already imported; nothing changed");
  remark(outcome.file + ": " + counted(asserted.new_edges, "new edge") + ", " +
         counted(asserted.supported_edges, "edge") + " supported once more, " +
         counted(asserted.new_nodes, "new name") + ", " + std::to_string(asserted.matched_nodes) +
         " known; commit " + std::to_string(outcome.commit.value));
  if (!outcome.copied.empty())
    remark(outcome.file + ": a copy of " + outcome.copied + " (" + std::to_string(int(outcome.shared * 100 + 0.5)) +
           " % of the shorter text is in both); the two count as one source");
}

boost::json::object to_json(const Outcome& outcome) {
  boost::json::object row;
  row["file"] = outcome.file;
  row["imported"] = !outcome.error && !outcome.asserted.already_there;
  row["already_there"] = outcome.asserted.already_there;
  if (outcome.error) row["error"] = outcome.error->message;
  else row["error"] = nullptr;
  row["new_edges"] = outcome.asserted.new_edges;
  row["supported_edges"] = outcome.asserted.supported_edges;
  row["new_nodes"] = outcome.asserted.new_nodes;
  row["matched_nodes"] = outcome.asserted.matched_nodes;
  row["commit"] = outcome.commit.value;
  if (outcome.copied.empty()) row["copy_of"] = nullptr;
  else row["copy_of"] = outcome.copied;
  if (outcome.reviewed) {
    row["accepted"] = outcome.reviewed->accepted;
    row["edited"] = outcome.reviewed->edited;
    row["rejected"] = outcome.reviewed->rejected;
  }
  return row;
}

// Hands each article to the server that has the database open, which reads and stores it. What is
// wrong with the server will be wrong for the next article too: then `broken` says so.
std::vector<Outcome> import_through(const serve::RunningServer& server, const Question& question, const Typed& typed,
                                    Inputs& inputs, std::optional<Error>& broken) {
  std::vector<Outcome> outcomes;
  while (const auto input = inputs.next()) {
    Outcome& outcome = outcomes.emplace_back();
    outcome.file = input->name;
    // Read here, where the file and its sidecar are; a page goes over whole, for its zones count too.
    const auto article = read_input(*input, typed.reading.options());
    if (!article) {
      outcome.error = article.error();
    } else {
      serve::Upload upload;
      upload.name = article->document.name, upload.text = article->document.text;
      if (input->format == Format::Html && typed.reading.charset.empty() && !input->file.empty()) {
        const auto file = File::open(input->file, input->links);
        auto bytes = file ? file->read(kLargestPage) : Result<std::string>(file.error());
        if (bytes) upload.type = "text/html", upload.text = std::move(*bytes);
      }
      upload.title = article->document.title, upload.publisher = article->document.publisher;
      upload.published = article->document.published.edtf(), upload.url = article->document.url;
      upload.author = typed.authorship.name(), upload.note = typed.authorship.note;
      const auto done = server.import(upload);
      if (done) outcome.asserted = done->outcome, outcome.commit = done->commit;
      else outcome.error = done.error();
    }
    if (outcome.error && outcome.error->code == Code::Unavailable) return broken = *outcome.error, outcomes;
    if (!question.common.quiet || outcome.error) report(outcome);
  }
  return outcomes;
}

ExitCode tell(const Question& question, const Typed& typed, const Inputs& inputs, const std::vector<Outcome>& outcomes);

Status open_store(std::unique_ptr<Store>& store, const Question& question) {
  if (store) return kOk;
  const auto directory = database_directory(question.common);
  std::error_code ignored;
  const bool fresh = !std::filesystem::exists(directory / "ENTENTE", ignored);
  auto opened = Store::open(directory, Access::Create);
  if (!opened) return opened.error();
  store = std::move(*opened);
  if (fresh && !question.common.quiet) remark("made a new database in " + directory.string());
  return kOk;
}

// Shows the claims and takes the answers. What is there already needs none; of an article that was
// quit nothing is stored.
Status review(std::unique_ptr<Store>& store, const Question& question, Extract& extract, Outcome& outcome) {
  std::error_code ignored;
  if (!store && std::filesystem::exists(database_directory(question.common) / "ENTENTE", ignored))
    if (auto opened = open_store(store, question); !opened) return opened;
  if (store) {
    const auto known = store->begin_read().document_of(sha256(extract.document.text));
    if (!known) return known.error();
    if (*known) return kOk;  // storing it says so
  }
  outcome.reviewed = ClaimReview(std::cin, std::cout, question.common.json).review(extract, Ontology::builtin());
  if (!outcome.reviewed->quit && !question.common.quiet && !question.common.json)
    std::cout << outcome.file << ": " << counted(outcome.reviewed->accepted, "claim") << " accepted, "
              << outcome.reviewed->edited << " edited, " << outcome.reviewed->rejected << " rejected\n";
  return kOk;
}

Status may_review(const Typed& typed, bool server_runs) {
  if (!typed.review) return kOk;
  if (typed.dry_run)
    return Error{Code::InvalidArgument, "--review asks what to store and --dry-run stores nothing; use one"};
  for (const std::string& file : typed.files)
    if (file == "-")
      return Error{Code::InvalidArgument, "--review reads the answers from standard input; give the article as a file"};
  if (server_runs)
    return Error{Code::Unavailable, "a server has this database open; a review needs it alone: stop the server first"};
  return kOk;
}

ExitCode import_files(const Question& question, const Typed& typed) {
  if (const auto valid = typed.reading.check(); !valid) return fail(valid.error());
  const auto server = serve::RunningServer::of(database_directory(question.common));
  if (const auto may = may_review(typed, server.has_value()); !may) return fail(may.error());
  if (server && !typed.dry_run) {
    if (!typed.reading.lexicon.empty() || !typed.reading.model.empty())
      return fail({Code::Unavailable, "the server at " + server->address() +
                                          " has this database open and reads with its own tables; stop it first"}),
             ExitCode::Database;
    Inputs inputs(typed.files);
    std::optional<Error> broken;
    const auto outcomes = import_through(*server, question, typed, inputs, broken);
    if (broken) return fail(broken->within("through the server at " + server->address())), ExitCode::Database;
    return tell(question, typed, inputs, outcomes);
  }
  const auto reader = typed.reading.open();
  if (!reader) return fail(reader.error()), ExitCode::Input;
  std::unique_ptr<Store> store;  // opened for the first article that can be read
  std::vector<Outcome> outcomes;
  Inputs inputs(typed.files);
  Batch batch(*reader, inputs, typed.reading.options(), typed.reading.jobs);
  while (const auto item = batch.next()) {
    Outcome& outcome = outcomes.emplace_back();
    const std::string& file = outcome.file = item->name;
    if (!item->extract) {
      outcome.error = item->extract.error();
      report(outcome);
      continue;
    }
    Extract extract = std::move(*item->extract);
    outcome.names = extract.nodes.size(), outcome.claims = extract.claims.size();
    if (typed.dry_run) {
      print_extract(extract);
      continue;
    }
    if (typed.review) {
      if (auto done = review(store, question, extract, outcome); !done) return fail(done.error()), ExitCode::Database;
      if (outcome.reviewed && outcome.reviewed->quit) {
        outcomes.pop_back();
        break;
      }
    }
    if (auto opened = open_store(store, question); !opened) return fail(opened.error()), ExitCode::Database;
    if (auto stored = store_extract(*store, extract, typed, outcome); !stored) {
      // What is wrong with the store will be wrong for the next article too.
      if (stored.error().code != Code::InvalidArgument) return fail(stored.error().within(file)), ExitCode::Database;
      outcome.error = stored.error();
    }
    if (!question.common.quiet || outcome.error) report(outcome);
  }
  return tell(question, typed, inputs, outcomes);
}

ExitCode tell(const Question& question, const Typed& typed, const Inputs& inputs, const std::vector<Outcome>& outcomes) {
  if (!question.common.quiet) remark_left_out(inputs);
  std::size_t imported = 0, known = 0, refused = 0;
  for (const Outcome& outcome : outcomes)
    ++(outcome.error ? refused : outcome.asserted.already_there ? known : imported);
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
      .example("entente import --review --json memo.txt < answers.jsonl")
      .answers("imported, already_there, refused, files: [{file, imported, already_there, error, ...}]");
  return command.runs([typed](const Question& question) { return import_files(question, *typed); });
}

}  // namespace entente
