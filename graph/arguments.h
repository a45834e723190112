// Arguments: what an algorithm of the catalog may be told, and what it was told.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/algorithms/work.h"
#include "schema/bound.h"
#include "schema/ids.h"
#include "schema/result.h"

namespace entente {

enum class ParameterType : std::uint8_t {
  Number,  // between least and most
  Count,   // a whole number between least and most
  Choice,  // one of the words in `choices`
  Date,    // a day, EDTF; empty: see meaning
  Nodes,   // given as nodes, not as text; none: see meaning
};

struct Parameter {
  std::string_view name;      // "damping"
  ParameterType type;
  std::string_view standard;  // what it is if nobody says, as a person would type it
  std::string_view meaning;   // one sentence
  double least = 0, most = 0;
  std::string_view choices = {};  // "out|in|both"
};

// Values for the parameters of one algorithm, each valid. A value.
class Arguments {
 public:
  // All as they are if nobody says.
  explicit Arguments(std::span<const Parameter> parameters);

  // InvalidArgument for a name that there is not (with those there are) and for values out of
  // range. A parameter of type Nodes is set by its other form.
  Status set(std::string_view name, std::string_view value);
  Status set(std::string_view name, std::vector<NodeId> nodes);
  ParameterType type_of(std::string_view name) const;  // of one that there is

  // Of a parameter that there is, of that type: a bug otherwise.
  double number(std::string_view name) const;
  std::uint64_t count(std::string_view name) const;
  std::size_t choice(std::string_view name) const;  // place among the choices
  std::optional<Day> date(std::string_view name) const;
  const std::vector<NodeId>& nodes(std::string_view name) const;

  // What stops the work; none if nobody says. Must outlive it.
  void stop_when(const Cancel* cancel) { cancel_ = cancel; }
  const Cancel* cancel() const { return cancel_; }

  // "damping=0.85 direction=forward", for answers that say how they were made.
  std::string text() const;

 private:
  const Parameter* find(std::string_view name) const;
  std::span<const Parameter> parameters_;
  const Cancel* cancel_ = nullptr;
  std::map<std::string, std::string, std::less<>> values_;
  std::map<std::string, std::vector<NodeId>, std::less<>> nodes_;
};

}  // namespace entente
