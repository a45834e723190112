#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "storage/store.h"
#include "tools/cli/commands.h"
#include "tools/cli/edge_row.h"
#include "tools/cli/json.h"
#include "tools/cli/knowledge.h"
#include "tools/cli/output.h"
#include "tools/cli/session.h"
#include "tools/import/article.h"
#include "tools/import/reader.h"

namespace entente {
namespace {

// What became of one file.
struct Outcome {
  std::string file;
  std::optional<Error> error;
  AssertOutcome asserted;
  std::size_t claims = 0, names = 0;
  CommitId commit;
};

Instant now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::string author_of(const ImportOptions& options) {
  if (!options.author.empty()) return options.author;
  for (const char* name : {"ENTENTE_AUTHOR", "USER", "LOGNAME"})
    if (const char* value = std::getenv(name); value && *value) return value;
  return "unknown";
}

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

// One document is one commit: all of it or nothing.
Status store_extract(Store& store, const Extract& extract, const ImportOptions& options, Outcome& outcome) {
  auto write = store.begin_write();
  if (!write) return write.error();
  const auto asserted = write->assert_extract(extract);
  if (!asserted) return asserted.error();
  outcome.asserted = *asserted;
  const std::string note = options.note.empty() ? "import " + extract.document.name : options.note;
  const auto commit = write->commit(author_of(options), note, now());
  if (!commit) return commit.error();
  outcome.commit = commit->id;
  return kOk;
}

void report(const Outcome& outcome) {
  if (outcome.error) return remark(outcome.file + ": " + outcome.error->message);
  const AssertOutcome& asserted = outcome.asserted;
  if (asserted.already_there) return remark(outcome.file + ": already imported; nothing changed");
  remark(outcome.file + ": " + counted(asserted.new_edges, "new edge") + ", " +
         counted(asserted.supported_edges, "edge") + " supported once more, " +
         counted(asserted.new_nodes, "new name") + ", " + std::to_string(asserted.matched_nodes) +
         " known; commit " + std::to_string(outcome.commit.value));
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
  return row;
}
}  // namespace

ExitCode run_import(const ImportOptions& options) {
  const auto reader = open_reader(options.lexicon, options.model);
  if (!reader) return fail(reader.error()), ExitCode::Input;
  const Metadata metadata{options.title, options.publisher, options.published, options.url};
  if (const auto published = Bound::parse(options.published); !published)
    return fail(published.error().within("--published"));

  const auto directory = database_directory(options.common);
  std::unique_ptr<Store> store;  // opened for the first article that can be read
  std::vector<Outcome> outcomes;
  for (const std::string& file : options.files) {
    Outcome& outcome = outcomes.emplace_back();
    outcome.file = file;
    const auto article = read_article(file, metadata);
    if (!article) {
      outcome.error = article.error();
      report(outcome);
      continue;
    }
    const Extract extract = reader->read(*article);
    outcome.names = extract.nodes.size(), outcome.claims = extract.claims.size();
    if (options.dry_run) {
      print_extract(extract);
      continue;
    }
    if (!store) {
      std::error_code ignored;
      const bool fresh = !std::filesystem::exists(directory / "ENTENTE", ignored);
      auto opened = Store::open(directory, Access::Create);
      if (!opened) return fail(opened.error()), ExitCode::Database;
      store = std::move(*opened);
      if (fresh && !options.common.quiet) remark("made a new database in " + directory.string());
    }
    if (auto stored = store_extract(*store, extract, options, outcome); !stored) {
      // What is wrong with the store will be wrong for the next article too.
      if (stored.error().code != Code::InvalidArgument) return fail(stored.error().within(file)), ExitCode::Database;
      outcome.error = stored.error();
    }
    if (!options.common.quiet || outcome.error) report(outcome);
  }

  std::size_t imported = 0, known = 0, refused = 0;
  for (const Outcome& outcome : outcomes)
    ++(outcome.error ? refused : outcome.asserted.already_there ? known : imported);
  if (options.dry_run) return refused > 0 ? ExitCode::Input : ExitCode::Found;
  if (options.common.json) {
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

}  // namespace entente
