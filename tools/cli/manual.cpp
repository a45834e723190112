#include "tools/cli/manual.h"

#include <sstream>

#include "tools/cli/help.h"
#include "tools/cli/shared_options.h"

namespace entente {
namespace {
// Text as roff takes it: no line begins a request, no character means a macro.
std::string roff(std::string_view text) {
  std::string out;
  bool begins_line = true;
  for (const char c : text) {
    if (begins_line && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') out += "\\e";
    else if (c == '-') out += "\\-";
    else out += c;
    begins_line = c == '\n';
  }
  return out;
}

std::string spaced(const std::string& names) {
  std::string out;
  for (const char c : names) out += c == ',' ? std::string(", ") : std::string(1, c);
  return out;
}

void write_options(std::ostream& page, const std::vector<Option>& options) {
  for (const Option& option : options) {
    page << ".TP\n.B " << roff(spaced(option.is_word() ? option.value : option.names));
    if (!option.is_word() && !option.value.empty()) page << " " << roff(option.value);
    page << "\n" << roff(option.meaning) << "\n";
  }
}

void write_command(std::ostream& page, const Command& command) {
  page << ".SS \"entente " << roff(command.name());
  for (const Option& option : command.options())
    if (option.is_word())
      page << (option.required ? " " : " [") << roff(option.value)
           << (std::holds_alternative<std::vector<std::string>*>(option.into) ? "..." : "")
           << (option.required ? "" : "]");
  page << "\"\n" << roff(command.meaning()) << ".\n";
  if (command.has_clocks() || command.has_filters())
    page << "Takes the options of " << (command.has_clocks() ? "the clocks" : "")
         << (command.has_clocks() && command.has_filters() ? " and of " : "")
         << (command.has_filters() ? "the filters" : "") << ".\n";
  write_options(page, command.options());
  if (command.examples().empty()) return;
  page << ".PP\n.nf\n";
  for (const std::string& line : command.examples()) page << "    " << roff(line) << "\n";
  page << ".fi\n";
}

void write_text(std::ostream& page, const char* heading, std::string_view text) {
  page << ".SH " << heading << "\n.nf\n" << roff(text) << ".fi\n";
}
}  // namespace

std::string man_page(const std::vector<Command>& commands) {
  When when;
  Where where;
  Common common;
  std::ostringstream page;
  page << ".TH ENTENTE 1 \"\" \"entente " ENTENTE_VERSION "\" \"User Commands\"\n"
       << ".SH NAME\nentente \\- a graph of who did what to whom, when, and who says so\n"
       << ".SH SYNOPSIS\n.B entente\n.I command\n[options]\n"
       << ".SH DESCRIPTION\nReads articles into typed, dated edges that cite their sentence, keeps them under\n"
          "two clocks, and answers questions about paths, centrality and time.\n"
       << ".SH COMMANDS\n";
  for (const Command& command : commands)
    if (!command.is_hidden()) write_command(page, command);
  page << ".SH OPTIONS OF EVERY COMMAND\n";
  write_options(page, common_options(common));
  page << ".SH OPTIONS OF THE CLOCKS\n";
  write_options(page, clock_options(when));
  page << ".SH OPTIONS OF THE FILTERS\n";
  write_options(page, filter_options(where));
  write_text(page, "TIME", topic_text("time"));
  write_text(page, "NAMES", topic_text("names"));
  write_text(page, "\"EXIT STATUS\"", topic_text("exit-codes"));
  page << ".SH ENVIRONMENT\n"
       << ".TP\n.B ENTENTE_DB\nthe database directory, unless \\-\\-db names one\n"
       << ".TP\n.B ENTENTE_AUTHOR\nwho makes a commit, unless \\-\\-author says\n"
       << ".TP\n.B ENTENTE_DATA\nthe folder that holds lexicon/ and model/\n"
       << ".TP\n.B NO_COLOR\nno emphasis in answers\n"
       << ".SH FILES\n.TP\n.B .entente\nthe database, in this folder or the nearest above it\n";
  return page.str();
}

std::string bash_completion(const std::vector<Command>& commands) {
  When when;
  Where where;
  Common common;
  const auto names_of = [](const std::vector<Option>& options) {
    std::string names;
    for (const Option& option : options)
      if (!option.is_word())
        for (const char c : " " + option.names) names += c == ',' ? ' ' : c;
    return names;
  };
  const std::string shared = names_of(common_options(common)) + " --help";
  std::string all, cases;
  for (const Command& command : commands) {
    if (command.is_hidden()) continue;
    all += " " + command.name();
    cases += "    " + command.name() + ") words='" + names_of(command.options()) + shared +
             (command.has_clocks() ? names_of(clock_options(when)) : "") +
             (command.has_filters() ? names_of(filter_options(where)) : "") + "' ;;\n";
  }
  return "# Completion of entente for bash: eval \"$(entente help completion)\"\n"
         "_entente() {\n"
         "  local word=\"${COMP_WORDS[COMP_CWORD]}\" command='' words='' i\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    case \"${COMP_WORDS[i]}\" in --db) ((i++)) ;; -*) ;; *) command=\"${COMP_WORDS[i]}\"; break ;; esac\n"
         "  done\n"
         "  case \"$command\" in\n"
         "    '') words='" + all + shared + " --version' ;;\n" + cases +
         "  esac\n"
         "  if [[ $word == -* || -z $command ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$word\")); fi\n"
         "}\n"
         "complete -o default -F _entente entente\n";
}

}  // namespace entente
