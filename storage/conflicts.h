// Contradictions between edges, as some commit believed them. Nothing is decided here: both stay.
//
// Two edges of the same ends, type and mode, whose properties agree, contradict each other by
//   denied       one asserts and the other denies it, at times that overlap however the bounds are
//                read: no reading makes both true
//   dates        both assert one lasting state, from different documents, for different times that
//                may overlap: were both right, they would be one state with one beginning and end
//   spells       the same, for times that cannot overlap: two spells, or one of them is wrong.
//                Weaker, so listed last
// A happening on two dates is no contradiction: it may have happened twice. Claims that something
// is planned, requested or alleged do not contradict what is.
#pragma once
#include <string_view>
#include <vector>

#include "storage/read.h"

namespace entente {

enum class ConflictRule : std::uint8_t { Denied, Dates, Spells };
std::string_view name_of(ConflictRule rule);   // "denied", "dates", "spells"
std::string_view meaning_of(ConflictRule rule);  // one sentence

struct Conflict {
  ConflictRule rule = ConflictRule::Denied;
  Edge first, second;  // with their statements, so with their sources; first.id < second.id
};

// By rule, then by edges. With a valid time only edges that may hold then. Reads every edge once;
// memory for 40 bytes of each, and the edges that share their ends with another.
Result<std::vector<Conflict>> conflicts(const ReadTransaction& read, const AsOf& as_of);

}  // namespace entente
