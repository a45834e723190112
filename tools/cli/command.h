// Command: one verb of the program, as it declares itself: its words, options, examples, what its
// JSON holds, and what it runs. Each file of commands/ makes one; parser.h reads the command line by
// it, help prints it.
//
//   Command search_command() {
//     const auto typed = std::make_shared<Typed>();
//     Command command("search", "names that begin so");
//     command.word("text", typed->text, "the beginning of a name", "TEXT")
//         .option("--limit", typed->limit, "how many (20)")
//         .example("entente search fent");
//     return command.runs([typed](const Question& question) { return search(question, *typed); });
//   }
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "tools/answer/question.h"
#include "tools/cli/exit_code.h"

namespace entente {

// Where a value goes that was typed. What it points to lives as long as the command.
using Target = std::variant<std::string*, std::vector<std::string>*, std::size_t*, std::uint32_t*,
                            double*, bool*>;

struct Range {
  double low = 0, high = 0;  // both included; none if they are equal
};

struct Option {
  std::string names;  // "--limit", "-q,--quiet"; a positional word has no dash
  Target into;        // holds the default before it holds what was typed
  std::string meaning;
  std::string value;  // how help calls what follows: "NAME"; empty: by its type
  Range range;
  bool required = false;
  bool split = false;  // a list may be written with commas
  bool is_word() const { return !names.starts_with('-'); }
};

class Command {
 public:
  using Run = std::function<ExitCode(const Question&)>;

  Command(std::string name, std::string meaning) : name_(std::move(name)), meaning_(std::move(meaning)) {}

  // Positional: in the order they are declared. A list takes all that remain.
  Command& word(std::string name, Target into, std::string meaning, std::string value);
  Command& optional_word(std::string name, Target into, std::string meaning, std::string value);
  Command& option(std::string names, Target into, std::string meaning, std::string value = {},
                  Range range = {});
  Command& required(std::string names, Target into, std::string meaning, std::string value = {});
  Command& list(std::string names, std::vector<std::string>& into, std::string meaning,
                std::string value);  // repeated, or with commas
  Command& flag(std::string names, bool& into, std::string meaning);
  Command& clocks();   // --as-of, --during, --known-by
  Command& filters();  // --type, --family, --label, --mode, --avoid, --min-confidence, ...
  Command& example(std::string line);
  Command& answers(std::string json);  // the keys of its JSON, for `entente help json`
  Command& hidden();                   // for the program's own use: not listed
  Command& runs(Run run);

  const std::string& name() const { return name_; }
  const std::string& meaning() const { return meaning_; }
  const std::vector<Option>& options() const { return options_; }
  const std::vector<std::string>& examples() const { return examples_; }
  const std::string& answer() const { return answer_; }
  bool has_clocks() const { return clocks_; }
  bool has_filters() const { return filters_; }
  bool is_hidden() const { return hidden_; }
  const Run& run() const { return run_; }

  // Its name and all it was told, defaults too, but for clocks, filters and what every command takes.
  std::vector<std::string> words() const;

 private:
  std::string name_, meaning_, answer_;
  std::vector<Option> options_;
  std::vector<std::string> examples_;
  bool clocks_ = false, filters_ = false, hidden_ = false;
  Run run_;
};

}  // namespace entente
