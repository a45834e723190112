// What the program says of itself is made from what its commands declare.
#include <gtest/gtest.h>

#include <regex>

#include "tests/support/program.h"

namespace entente {
namespace {
using Help = ProgramTest;

// The commands that the overview lists.
std::vector<std::string> listed_commands(const std::string& help) {
  std::vector<std::string> names;
  const std::regex line("\n  ([a-z-]+) +[^\n]+");
  const std::string list = help.substr(help.find("Subcommands:"));
  for (std::sregex_iterator at(list.begin(), list.end(), line), end; at != end; ++at)
    names.push_back((*at)[1]);
  return names;
}

TEST_F(Help, OfEveryCommandShowsExamplesThatNameIt) {
  const auto commands = listed_commands(run({"--help"}).out);
  ASSERT_GE(commands.size(), 13u);
  for (const std::string& command : commands) {
    const Ran ran = run({command, "--help"});
    EXPECT_EQ(ran.code, 0) << command;
    EXPECT_EQ(ran.err, "") << command;
    EXPECT_NE(ran.out.find("entente " + command), std::string::npos) << command << "\n" << ran.out;
  }
}

TEST_F(Help, HasAManualPageWithEveryCommandAndItsOptions) {
  const std::string page = run({"help", "man"}).out;
  EXPECT_TRUE(page.starts_with(".TH ENTENTE 1"));
  for (const std::string& command : listed_commands(run({"--help"}).out)) {
    std::string name;
    for (const char c : command) name += c == '-' ? "\\-" : std::string(1, c);
    EXPECT_NE(page.find(".SS \"entente " + name), std::string::npos) << command;
  }
  EXPECT_NE(page.find(".B \\-\\-max\\-hops N"), std::string::npos);
  EXPECT_NE(page.find(".B \\-\\-known\\-by WHEN"), std::string::npos);
}

TEST_F(Help, CompletesCommandsAndOptionsInBash) {
  write("completion", run({"help", "completion"}).out);
  const auto completed = [&](const std::string& words) {
    const std::string script = "source " + (folder / "completion").string() + "; COMP_WORDS=(" + words +
                               "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _entente; echo \"${COMPREPLY[*]}\"";
    const std::string command = "bash -c '" + script + "'";
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    for (int c = pipe ? std::fgetc(pipe) : EOF; c != EOF; c = std::fgetc(pipe)) out += char(c);
    return pipe && pclose(pipe) == 0 ? out : "bash failed";
  };
  EXPECT_EQ(completed("entente tim"), "timeline\n");
  EXPECT_EQ(completed("entente path --max-h"), "--max-hops\n");
  EXPECT_EQ(completed("entente --db somewhere slice --aro"), "--around\n");
}
}  // namespace
}  // namespace entente
