// Commands that come from the catalog: each of its analyses that answers with rows is one, its
// parameters are the command's options.
#pragma once
#include <vector>

#include "tools/cli/command.h"

namespace entente {

std::vector<Command> analysis_commands();

}  // namespace entente
