// The command line: words in, a command with its options out. Alone knows CLI11.
#pragma once
#include <functional>
#include <optional>

#include "tools/cli/exit_code.h"

namespace entente {

// Reads the arguments and gives the command to run; or, when there is nothing to run (help, version,
// a mistake), prints what is to be said and gives the exit code.
struct Parsed {
  std::function<ExitCode()> command;  // empty: nothing to run
  ExitCode code = ExitCode::Found;
};
Parsed parse_command_line(int argc, char** argv);

}  // namespace entente
