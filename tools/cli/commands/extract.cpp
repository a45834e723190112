#include <iostream>
#include <memory>
#include <set>

#include "tools/cli/commands.h"
#include "tools/cli/knowledge.h"
#include "tools/cli/output.h"
#include "tools/import/batch.h"
#include "tools/import/gold.h"

namespace entente {
namespace {
struct Typed {
  std::vector<std::string> files;
  std::string out;
  double min_confidence = kShown;
  bool all = false;
  ReadingOptions reading;
};

ExitCode extract_files(const Question& question, const Typed& typed) {
  if (const auto valid = typed.reading.check(); !valid) return fail(valid.error());
  const auto reader = typed.reading.open();
  if (!reader) return fail(reader.error()), ExitCode::Input;
  std::error_code error;
  std::filesystem::create_directories(typed.out, error);
  if (!std::filesystem::is_directory(typed.out, error)) {
    fail({Code::Unavailable, "--out: cannot make the folder " + typed.out});
    return ExitCode::Input;
  }
  std::size_t refused = 0, read = 0;
  std::set<std::string> names;  // of documents; two files of a name in two folders are two documents
  const auto second = typed.reading.open_second();
  if (!second) return fail(second.error());
  Inputs inputs(typed.files);
  Batch batch(*reader, inputs, typed.reading.options(), typed.reading.jobs, *second ? &**second : nullptr);
  while (auto item = batch.next()) {
    if (!item->extract) {
      remark(item->extract.error().message);
      ++refused;
      continue;
    }
    Extract& extract = *item->extract;
    const std::string name = extract.document.name;
    for (int copy = 2; !names.insert(extract.document.name).second; ++copy)
      extract.document.name = name + "-" + std::to_string(copy);
    if (!typed.all) std::erase_if(extract.claims, [&](const Claim& c) { return c.confidence < typed.min_confidence; });
    if (auto written = write_gold(extract, typed.out); !written) {
      fail(written.error());
      return ExitCode::Input;
    }
    ++read;
    if (!question.common.quiet)
      remark(item->name + ": " + counted(extract.claims.size(), "claim") + ", " + counted(extract.nodes.size(), "name"));
    if (item->opinion && !question.common.quiet) remark_opinion(item->name, *item->opinion);
  }
  if (!question.common.quiet) remark_left_out(inputs);
  std::cout << counted(read, "article") << " read into " << typed.out << "\n";
  return refused > 0 ? ExitCode::Input : ExitCode::Found;
}
}  // namespace

Command extract_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("extract", "read articles into files for evaluation, without a database");
  command.word("files", &typed->files, "articles: text, HTML, PDF, JSON; folders of these; - for standard input",
               "FILE")
      .required("--out", &typed->out, "folder for NAME.jsonl and NAME.entities.jsonl", "DIR");
  command
      .option("--min-confidence", &typed->min_confidence, "only claims of at least this estimated confidence (0.5)",
              "0..1", {0, 1})
      .flag("--all", typed->all, "claims of any confidence");
  typed->reading.declare(command);
  command.example("entente extract articles/*.txt --out found");
  return command.runs([typed](const Question& question) { return extract_files(question, *typed); });
}

}  // namespace entente
