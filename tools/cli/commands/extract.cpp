#include <iostream>
#include <memory>

#include "tools/cli/commands.h"
#include "tools/cli/knowledge.h"
#include "tools/cli/output.h"
#include "tools/import/article.h"
#include "tools/import/gold.h"
#include "tools/import/reader.h"

namespace entente {
namespace {
struct Typed {
  std::vector<std::string> files;
  std::string out;
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
  std::size_t refused = 0;
  for (const std::string& file : typed.files) {
    const auto article = read_article(file, typed.reading.metadata);
    if (!article) {
      remark(file + ": " + article.error().message);
      ++refused;
      continue;
    }
    const Extract extract = reader->read(*article);
    if (auto written = write_gold(extract, typed.out); !written) {
      fail(written.error());
      return ExitCode::Input;
    }
    if (!question.common.quiet)
      remark(file + ": " + counted(extract.claims.size(), "claim") + ", " + counted(extract.nodes.size(), "name"));
  }
  std::cout << counted(typed.files.size() - refused, "article") << " read into " << typed.out << "\n";
  return refused > 0 ? ExitCode::Input : ExitCode::Found;
}
}  // namespace

Command extract_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("extract", "read articles into files for evaluation, without a database");
  command.word("files", &typed->files, "articles: UTF-8 text", "FILE")
      .required("--out", &typed->out, "folder for NAME.jsonl and NAME.entities.jsonl", "DIR");
  typed->reading.declare(command);
  command.example("entente extract articles/*.txt --out found");
  return command.runs([typed](const Question& question) { return extract_files(question, *typed); });
}

}  // namespace entente
