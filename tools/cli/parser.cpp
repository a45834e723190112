#include "tools/cli/parser.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "tools/cli/commands.h"
#include "tools/cli/help.h"
#include "tools/cli/output.h"
#include "tools/cli/shared_options.h"

namespace entente {
namespace {

void add_option(CLI::App& app, const Option& option) {
  CLI::Option* added = std::visit(
      [&](auto* into) -> CLI::Option* {
        using Value = std::remove_pointer_t<decltype(into)>;
        if constexpr (std::is_same_v<Value, bool>) {
          return app.add_flag(option.names, *into, option.meaning);
        } else {
          CLI::Option* added = app.add_option(option.names, *into, option.meaning);
          if (!option.value.empty()) added->type_name(option.value);
          return added;
        }
      },
      option.into);
  if (option.required) added->required();
  if (option.split) added->delimiter(',');
  if (option.range.low < option.range.high) {
    CLI::Range range(option.range.low, option.range.high);
    range.description("");  // the help names the value instead
    added->check(range);
  }
}

class Parser {
 public:
  Parser() : commands_(all_commands()) {
    app_.name("entente");
    app_.fallthrough();
    app_.require_subcommand(0, 1);
    app_.set_version_flag("--version", std::string("entente ") + ENTENTE_VERSION);
    app_.set_help_flag("-h,--help", "print this help");
    // Global options may stand before or after the command.
    for (const Option& option : common_options(question_.common)) add_option(app_, option);
    commands_.push_back(help_command());
    for (const Command& command : commands_) add(command);
  }

  Parsed parse(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      std::cout << help_for(given());
      return {};
    } catch (const CLI::CallForVersion&) {
      std::cout << "entente " << ENTENTE_VERSION << "\n";
      return {};
    } catch (const CLI::ParseError& error) {
      return mistake(error, argc, argv);
    }
    const Command* command = given();
    if (!command) {
      std::cout << help_for(nullptr);
      return {};
    }
    question_.common.command = command->words();
    return {[this, command] { return command->run()(question_); }, ExitCode::Found};
  }

 private:
  void add(const Command& command) {
    CLI::App* app = app_.add_subcommand(command.name(), command.meaning());
    if (command.is_hidden()) app->group("");
    for (const Option& option : command.options()) add_option(*app, option);
    if (command.has_clocks())
      for (const Option& option : clock_options(question_.when)) add_option(*app, option);
    if (command.has_filters())
      for (const Option& option : filter_options(question_.where)) add_option(*app, option);
  }

  Command help_command() {
    Command command("help", "about a topic: " + topic_names());
    command.optional_word("topic", &topic_, "a topic or a command", "TOPIC")
        .example("entente help time")
        .example("entente help ontology");
    return command.runs([this](const Question&) { return print_topic(topic_, commands_); });
  }

  // The command that was given, if any.
  const Command* given() const {
    const auto apps = app_.get_subcommands();
    if (apps.empty()) return nullptr;
    const auto found = std::find_if(commands_.begin(), commands_.end(), [&](const Command& command) {
      return command.name() == apps.front()->get_name();
    });
    return found == commands_.end() ? nullptr : &*found;
  }

  std::string help_for(const Command* command) const {
    if (!command) return overview() + "\n" + app_.help();
    return examples_of(*command) + app_.get_subcommands().front()->help();
  }

  // A word that is no command gets the nearest that is.
  Parsed mistake(const CLI::ParseError& error, int argc, char** argv) const {
    std::string message = error.what();
    const Command* command = given();
    if (!command)
      for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word.starts_with("-")) continue;
        std::vector<std::string> names;
        for (const Command& other : commands_)
          if (!other.is_hidden()) names.push_back(other.name());
        if (std::find(names.begin(), names.end(), word) != names.end()) break;
        message = "there is no command '" + word + "'" + suggestion(word, names);
        break;
      }
    std::cerr << "entente: " << printable(message) << "; see 'entente "
              << (command ? command->name() + " " : "") << "--help'\n";
    return {{}, ExitCode::Usage};
  }

  std::vector<Command> commands_;
  Question question_;
  std::string topic_;
  CLI::App app_{"who did what to whom, when, and who says so"};
};
}  // namespace

Parsed parse_command_line(int argc, char** argv) {
  const auto parser = std::make_shared<Parser>();
  Parsed parsed = parser->parse(argc, argv);
  if (!parsed.command) return parsed;
  // The command borrows the parser.
  return {[parser, run = std::move(parsed.command)] { return run(); }, ExitCode::Found};
}

}  // namespace entente
