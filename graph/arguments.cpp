#include "graph/arguments.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

namespace entente {
namespace {

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return {};
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string plain(double value) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

// The place of the word among choices that bars part.
std::optional<std::size_t> place_of(std::string_view word, std::string_view choices) {
  for (std::size_t place = 0; !choices.empty(); ++place) {
    const std::size_t bar = std::min(choices.find('|'), choices.size());
    if (choices.substr(0, bar) == word) return place;
    choices.remove_prefix(std::min(bar + 1, choices.size()));
  }
  return {};
}

}  // namespace

Arguments::Arguments(std::span<const Parameter> parameters) : parameters_(parameters) {
  for (const Parameter& parameter : parameters) {
    if (parameter.type == ParameterType::Nodes) nodes_[std::string(parameter.name)];
    else values_[std::string(parameter.name)] = parameter.standard;
  }
}

const Parameter* Arguments::find(std::string_view name) const {
  const auto at = std::ranges::find(parameters_, name, &Parameter::name);
  return at == parameters_.end() ? nullptr : &*at;
}

Status Arguments::set(std::string_view name, std::string_view value) {
  const Parameter* parameter = find(name);
  const auto wrong = [&](const std::string& what) {
    return Error{Code::InvalidArgument,
                 std::string(name) + "=" + std::string(value) + ": " + what};
  };
  if (parameter == nullptr) {
    std::string known;
    for (const Parameter& each : parameters_)
      known.append(known.empty() ? "" : ", ").append(each.name);
    return wrong(known.empty() ? "this measure takes no parameters"
                               : "there is no such parameter; there are " + known);
  }
  switch (parameter->type) {
    case ParameterType::Number:
    case ParameterType::Count: {
      const auto number = number_in(value);
      const bool is_count = parameter->type == ParameterType::Count;
      if (!number || *number < parameter->least || *number > parameter->most ||
          (is_count && *number != std::floor(*number)))
        return wrong(std::string(is_count ? "a whole number" : "a number") + " from " +
                     plain(parameter->least) + " to " + plain(parameter->most) + " should stand here");
      break;
    }
    case ParameterType::Choice:
      if (!place_of(value, parameter->choices))
        return wrong("one of " + std::string(parameter->choices) + " should stand here");
      break;
    case ParameterType::Date: {
      const auto bound = Bound::parse(value);
      if (!bound || !bound->is_known() || bound->precision() != Precision::Day)
        return wrong("a day as 2024-09-01 should stand here");
      break;
    }
    case ParameterType::Nodes: return wrong("names of nodes should stand here");
  }
  values_[std::string(name)] = value;
  return kOk;
}

Status Arguments::set(std::string_view name, std::vector<NodeId> nodes) {
  const Parameter* parameter = find(name);
  if (parameter == nullptr || parameter->type != ParameterType::Nodes)
    return Error{Code::InvalidArgument, std::string(name) + " is no parameter that takes nodes"};
  nodes_[std::string(name)] = std::move(nodes);
  return kOk;
}

ParameterType Arguments::type_of(std::string_view name) const {
  const Parameter* parameter = find(name);
  assert(parameter != nullptr);
  return parameter->type;
}

double Arguments::number(std::string_view name) const {
  const auto at = values_.find(name);
  assert(at != values_.end());
  return number_in(at->second).value_or(0);
}
std::uint64_t Arguments::count(std::string_view name) const {
  return static_cast<std::uint64_t>(number(name));
}
std::size_t Arguments::choice(std::string_view name) const {
  const auto at = values_.find(name);
  assert(at != values_.end());
  return place_of(at->second, find(name)->choices).value_or(0);
}
std::optional<Day> Arguments::date(std::string_view name) const {
  const auto at = values_.find(name);
  assert(at != values_.end());
  if (at->second.empty()) return {};
  return Bound::parse(at->second)->period().from;
}
const std::vector<NodeId>& Arguments::nodes(std::string_view name) const {
  const auto at = nodes_.find(name);
  assert(at != nodes_.end());
  return at->second;
}

std::string Arguments::text() const {
  std::string text;
  for (const Parameter& parameter : parameters_) {
    if (parameter.type == ParameterType::Nodes) continue;
    const std::string& value = values_.find(parameter.name)->second;
    if (!value.empty())
      text.append(text.empty() ? "" : " ").append(parameter.name).append("=").append(value);
  }
  return text;
}

}  // namespace entente
