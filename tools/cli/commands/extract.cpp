#include <iostream>

#include "tools/cli/commands.h"
#include "tools/cli/knowledge.h"
#include "tools/cli/output.h"
#include "tools/import/article.h"
#include "tools/import/gold.h"
#include "tools/import/reader.h"

namespace entente {

ExitCode run_extract(const ExtractOptions& options) {
  const auto reader = open_reader(options.lexicon, options.model);
  if (!reader) return fail(reader.error()), ExitCode::Input;
  if (const auto published = Bound::parse(options.published); !published)
    return fail(published.error().within("--published"));
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  if (!std::filesystem::is_directory(options.out, error)) {
    fail({Code::Unavailable, "--out: cannot make the folder " + options.out});
    return ExitCode::Input;
  }
  std::size_t refused = 0;
  for (const std::string& file : options.files) {
    const auto article =
        read_article(file, {options.title, options.publisher, options.published, options.url});
    if (!article) {
      remark(file + ": " + article.error().message);
      ++refused;
      continue;
    }
    const Extract extract = reader->read(*article);
    if (auto written = write_gold(extract, options.out); !written) {
      fail(written.error());
      return ExitCode::Input;
    }
    if (!options.common.quiet)
      remark(file + ": " + counted(extract.claims.size(), "claim") + ", " + counted(extract.nodes.size(), "name"));
  }
  std::cout << counted(options.files.size() - refused, "article") << " read into " << options.out << "\n";
  return refused > 0 ? ExitCode::Input : ExitCode::Found;
}

}  // namespace entente
