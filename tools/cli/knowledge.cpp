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
      .option("--language-model", &language, "model of English to use instead of the program's own", "FILE")
      .option("--reader", &reader, "also a second reader: 'llm' asks a language model behind --endpoint", "llm")
      .option("--endpoint", &endpoint, "of the second reader: an interface like OpenAI's; the key, if it needs one, in ENTENTE_LLM_KEY", "URL")
      .option("--model", &model, "that the endpoint shall use", "NAME")
      .flag("--allow-remote", allow_remote, "the endpoint may be another machine: the articles are sent there");
}

Status ReadingOptions::check() const {
  if (const auto published = Bound::parse(metadata.published); !published)
    return published.error().within("--published");
  if (!reader.empty() && reader != "llm")
    return Error{Code::InvalidArgument, "--reader: there is no reader '" + reader + "'; the built-in one always reads, 'llm' is a second one"};
  if (reader.empty() && (!endpoint.empty() || !model.empty() || allow_remote))
    return Error{Code::InvalidArgument, "--endpoint, --model and --allow-remote are of the second reader: say --reader llm"};
  if (!reader.empty() && endpoint.empty())
    return Error{Code::InvalidArgument, "--reader llm needs --endpoint URL and --model NAME: --endpoint http://127.0.0.1:8080/v1"};
  if (const auto second = open_second(); !second) return second.error();
  return kOk;
}

Result<Reader> ReadingOptions::open() const { return open_reader(lexicon, language); }

Result<std::optional<SecondReader>> ReadingOptions::open_second() const {
  if (reader.empty()) return std::optional<SecondReader>();
  EndpointOptions options;
  options.url = endpoint, options.allow_remote = allow_remote;
  if (const char* key = std::getenv("ENTENTE_LLM_KEY")) options.key = key;
  auto second = SecondReader::open(std::move(options), model);
  if (!second) return second.error().within("--reader llm");
  return std::optional<SecondReader>(std::move(*second));
}

ReadOptions ReadingOptions::options() const {
  ReadOptions options;
  options.given = metadata;
  options.charset = charset;
  return options;
}

void remark_opinion(const std::string& file, const SecondOpinion& opinion) {
  std::string line = file + ": the second reader found " + counted(opinion.agreed, "claim") + " of these too, and " +
                     std::to_string(opinion.added) + " more";
  std::size_t refused = 0;
  std::string why;
  for (const auto& [reason, count] : opinion.refused) {
    refused += count;
    why += (why.empty() ? " (" : ", ") + std::to_string(count) + ": " + reason;
  }
  if (refused > 0) line += "; " + counted(refused, "proposal") + " refused" + why + ")";
  remark(line);
}

void remark_left_out(const Inputs& inputs) {
  std::string line;
  if (inputs.other_files() > 0) line = counted(inputs.other_files(), "file") + " of other kinds left out";
  if (inputs.links() > 0)
    line += (line.empty() ? "" : ", ") + counted(inputs.links(), "link") + " not followed";
  if (!line.empty()) remark(line);
}

}  // namespace entente
