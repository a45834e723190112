// What the parameters of the interface are, for its description: types, ranges, a sentence each.
#pragma once
#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "graph/arguments.h"

namespace entente::serve {

// Every name that some measure of the catalog takes, each once.
const std::vector<std::string_view>& measure_parameters();

// A parameter of the query at an address, as OpenAPI has it.
boost::json::object described_parameter(std::string_view pattern, std::string_view name);

// {name, type, standard, meaning} with `least` and `most` of numbers, `choices` of words.
boost::json::object to_json(const Parameter& parameter);

}  // namespace entente::serve
