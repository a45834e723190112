// Value: what a property of a node or an edge may hold.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "schema/bound.h"

namespace entente {

// A truth value, a whole number, a real number, a text, a date of any precision, or texts.
using Value = std::variant<bool, std::int64_t, double, std::string, Bound, std::vector<std::string>>;

// By name, in the order of names, so that the same properties always give the same bytes.
using Properties = std::map<std::string, Value>;

// For a person: numbers shortest, dates as EDTF, lists with `, ` between.
std::string text_of(const Value& value);

}  // namespace entente
