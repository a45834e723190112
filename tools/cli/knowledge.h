// Where the program finds what it knows of the world: the tables of data/lexicon and the model.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "schema/result.h"
#include "tools/cli/command.h"
#include "tools/import/input/inputs.h"
#include "tools/import/reader.h"
#include "tools/import/second/second_reader.h"

namespace entente {

// The folder `data`: ENTENTE_DATA, else beside the program as built (../../data) or installed
// (../share/entente), else where it was built from. NotFound names the places that were tried.
Result<std::filesystem::path> data_directory();

// A reader with the program's own tables, unless others are named.
Result<Reader> open_reader(const std::string& lexicon, const std::string& model);

// What one may say of articles that do not say it themselves, and what else to read them with.
struct ReadingOptions {
  Metadata metadata;
  std::string charset;
  std::string lexicon, language;  // folder and file; empty: those that belong to the program
  std::string reader, endpoint, model;  // of a second reader
  bool allow_remote = false;
  std::uint32_t jobs = 0;      // threads that read; 0: as many as the machine runs

  void declare(Command& command);
  Status check() const;  // InvalidArgument if a date cannot be read
  Result<Reader> open() const;
  // The second reader that was asked for; nothing if none was.
  Result<std::optional<SecondReader>> open_second() const;
  ReadOptions options() const;
};

// Says on standard error what became of the proposals of a second reader.
void remark_opinion(const std::string& file, const SecondOpinion& opinion);

// Says on standard error what folders held that was not taken for articles, if anything.
void remark_left_out(const Inputs& inputs);

}  // namespace entente
