// What the program says of itself: overview, examples of each command, topics.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/exit_code.h"

namespace entente {

std::string overview();
std::string examples_of(std::string_view command);  // two of them, or nothing
ExitCode print_topic(std::string_view topic);

// `; did you mean 'import'?`, or nothing if none is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& names);

}  // namespace entente
