// The options that commands share: what all take, the two clocks, the filters.
#pragma once
#include <vector>

#include "tools/cli/command.h"

namespace entente {

std::vector<Option> common_options(Common& common);
std::vector<Option> clock_options(When& when);
std::vector<Option> filter_options(Where& where);

}  // namespace entente
