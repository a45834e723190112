// What the program says of itself: overview, examples of each command, topics.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/command.h"

namespace entente {

std::string overview();
std::string examples_of(const Command& command);
// A topic that is plain text: time, names, exit-codes; else empty.
std::string_view topic_text(std::string_view topic);
std::string topic_names();  // of all topics, with commas
// Usage if there is neither such a topic nor such a command.
ExitCode print_topic(std::string_view topic, const std::vector<Command>& commands);

// `; did you mean 'import'?`, or nothing if none is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& names);

}  // namespace entente
