#include "tools/cli/knowledge.h"

#include <cstdlib>
#include <vector>

#include "tools/cli/output.h"

namespace entente {
namespace fs = std::filesystem;

Result<fs::path> data_directory() {
  std::vector<fs::path> places;
  if (const char* given = std::getenv("ENTENTE_DATA"); given && *given) places.emplace_back(given);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (!error) {
    places.push_back(program / "../../data");
    places.push_back(program / "../share/entente");
  }
  places.emplace_back(ENTENTE_DATA_DIR);
  std::string tried;
  for (const fs::path& place : places) {
    if (fs::is_directory(place / "lexicon", error)) return fs::weakly_canonical(place, error);
    tried += (tried.empty() ? "" : ", ") + place.string();
  }
  return Error{Code::Unavailable, "the tables of the lexicon are missing; tried " + tried +
                                      "; set ENTENTE_DATA to the folder that holds lexicon/"};
}

Result<Reader> open_reader(const std::string& lexicon, const std::string& model) {
  fs::path lexicon_path = lexicon, model_path = model;
  if (lexicon.empty() || model.empty()) {
    const auto data = data_directory();
    if (!data) return data.error();
    if (lexicon.empty()) lexicon_path = *data / "lexicon";
    if (model.empty()) model_path = *data / "model" / "english.model";
  }
  return Reader::open(lexicon_path, model_path);
}

void ReadingOptions::declare(Command& command) {
  command.option("--title", &metadata.title, "title, if the file does not say", "TEXT")
      .option("--publisher", &metadata.publisher, "publisher, if the file does not say", "NAME")
      .option("--published", &metadata.published, "publication date, if the file does not say", "DATE")
      .option("--url", &metadata.url, "address, if the file does not say", "URL")
      .option("--charset", &charset, "charset of the bytes, if nothing in them tells", "NAME")
      .option("--jobs", &jobs, "how many articles are read at once (as many as there are processors)", "N",
              {1, 256})
      .option("--lexicon", &lexicon, "folder of tables to use instead of the program's own", "DIR")
      .option("--model", &model, "language model to use instead of the program's own", "FILE");
}

Status ReadingOptions::check() const {
  if (const auto published = Bound::parse(metadata.published); !published)
    return published.error().within("--published");
  return kOk;
}

Result<Reader> ReadingOptions::open() const { return open_reader(lexicon, model); }

ReadOptions ReadingOptions::options() const {
  ReadOptions options;
  options.given = metadata;
  options.charset = charset;
  return options;
}

void remark_left_out(const Inputs& inputs) {
  std::string line;
  if (inputs.other_files() > 0) line = counted(inputs.other_files(), "file") + " of other kinds left out";
  if (inputs.links() > 0)
    line += (line.empty() ? "" : ", ") + counted(inputs.links(), "link") + " not followed";
  if (!line.empty()) remark(line);
}

}  // namespace entente
