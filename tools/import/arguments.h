// Who a trigger speaks of: the mentions at the places of its frame.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tools/import/cast.h"
#include "tools/import/clause.h"
#include "tools/import/frames.h"
#include "tools/import/occasions.h"
#include "tools/import/text.h"

namespace entente {

using Words = std::vector<std::int32_t>;
using Mentions = std::vector<const Mention*>;  // into the cast; each node once

// Adds those whose nodes are not there yet.
void append(Mentions& all, const Mentions& more);

// Looks at one sentence; borrows everything. The tree comes first; where it shows nothing, a name
// right beside the verb or the preposition counts.
class Arguments {
 public:
  Arguments(const Sentence& sentence, std::uint32_t s, const Cast& cast, const Frames& frames,
            const OccasionWords& words)
      : sentence_(sentence),
        s_(s),
        cast_(cast),
        frames_(frames),
        words_(words),
        clause_(sentence, frames) {}

  const Clause& clause() const { return clause_; }
  // The mentions at a place of a frame whose trigger is the word. `loose` becomes true where the
  // tree did not show them.
  Mentions at_place(std::int32_t i, const Place& place, bool& loose) const;
  // What a noun phrase with this head stands for.
  Mentions named(std::int32_t word, int depth = 0) const;
  Mentions named(const Words& words) const;
  Mentions owners(std::int32_t noun) const;
  bool in_a_name(std::int32_t i) const;

 private:
  const Mention& owned_by(const Mention& owner) const;
  Mentions members(const Mentions& all) const;
  Mentions in_apposition(std::int32_t word) const;
  bool hangs_on(std::int32_t word, std::int32_t noun) const;
  bool starts_clause(const Mention& mention) const;
  Mentions described_by(std::int32_t noun) const;
  Mentions behind_title(std::int32_t word) const;
  Mentions right_before(std::int32_t i) const;
  Mentions before_aside(std::int32_t comma) const;
  Mentions right_after(std::int32_t i) const;
  Mentions list_behind(std::int32_t i) const;
  Mentions examples(std::int32_t object) const;
  bool starts_person(std::int32_t i) const;
  bool in_modifier_phrase(std::int32_t i) const;
  Mentions close_after(std::int32_t i, const std::vector<std::string>& prepositions) const;
  Mentions receiver(std::int32_t verb) const;
  Mentions behind_rule(const Words& subjects) const;

  const Sentence& sentence_;
  std::uint32_t s_;
  const Cast& cast_;
  const Frames& frames_;
  const OccasionWords& words_;
  Clause clause_;
};

}  // namespace entente
