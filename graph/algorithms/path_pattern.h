// PathPattern: a regular expression over edge types, that a path has to spell.
//
//   SANCTION (PART_OF|AFFILIATED_WITH)* SUPPLIES
//
//   TYPE       one step along an edge of that type, from head to tail; of a symmetric type (the
//              ontology says which) either way
//   ^TYPE      one step against it, from tail to head
//   ~TYPE      one step either way
//   family     structure, regulation, cooperative, conflictual, evidence: any type of the family;
//              with ^ or ~ as a type
//   .          any step along an edge; ^. against; ~. either way
//   A B        A, then B
//   A|B        A or B
//   A* A+ A?   any number of A; at least one; at most one
//   A{2} A{1,3}  so many
//   ( )        for grouping
//
// Names are as the ontology has them, upper and lower case alike. Compiled after V. M. Glushkov,
// "The abstract theory of automata", 1961: a state for each step in the expression, at most 62.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/view.h"
#include "schema/ontology.h"
#include "schema/result.h"

namespace entente {

// A value. A set of states is a word of bits; bit 0 is the beginning.
class PathPattern {
 public:
  static constexpr std::size_t kMaxSteps = 62;

  // InvalidArgument says where the text makes no sense; NotFound names a type that there is not.
  static Result<PathPattern> parse(std::string_view text, const Ontology& ontology);
  // Any path: in Direction::Any `(~.)*`, else `.*`.
  static PathPattern any(Direction direction, const Ontology& ontology);

  using States = std::uint64_t;
  static constexpr States kBegin = 1;
  std::size_t state_count() const { return follow_.size(); }
  // Where a step over an edge of that type leads, along it or against it.
  States after(States states, EdgeTypeId type, bool along) const {
    States next = 0;
    for (States rest = states; rest != 0; rest &= rest - 1)
      next |= follow_[static_cast<std::size_t>(__builtin_ctzll(rest))];
    return next & spelled(type, along);
  }
  // From which states such a step leads into one of these.
  States before(States states, EdgeTypeId type, bool along) const {
    States previous = 0;
    for (States rest = states & spelled(type, along); rest != 0; rest &= rest - 1)
      previous |= precede_[static_cast<std::size_t>(__builtin_ctzll(rest))];
    return previous;
  }
  bool accepts(States states) const { return (states & accepting_) != 0; }
  States accepting() const { return accepting_; }

 private:
  friend class PatternParser;
  States spelled(EdgeTypeId type, bool along) const {
    return type.value < spelled_[along].size() ? spelled_[along][type.value] : 0;
  }
  std::vector<States> follow_, precede_;              // by state
  std::array<std::vector<States>, 2> spelled_;        // [along][type]: the states it may lead into
  States accepting_ = 0;
};

}  // namespace entente
