// The manual page and the completion of shells, both made from what the commands declare.
#pragma once
#include <string>
#include <vector>

#include "tools/cli/command.h"

namespace entente {

// entente(1) in the macros of man(7): commands, options, topics, files, environment, exit codes.
std::string man_page(const std::vector<Command>& commands);

// Completes commands and options in bash. To be sourced, or put into
// /usr/share/bash-completion/completions/entente.
std::string bash_completion(const std::vector<Command>& commands);

}  // namespace entente
