// Names as people type them, folded to one form for look-up.
#pragma once
#include <string>
#include <string_view>

namespace entente {

// Lower case, Latin letters without accents, other scripts transliterated ("习近平" is
// "xi jin ping"), punctuation as spaces, runs of spaces as one, no leading "the ". "U.S." is
// "us", so dots between single letters vanish. The same on every machine with the same ICU.
// ASCII takes a fast path; anything else loads ICU's tables once (about 20 ms). Thread-safe.
std::string fold_name(std::string_view name);

// How many characters must be put in, taken out, replaced, or exchanged with their neighbour to
// make one word of the other (optimal string alignment; bytes are characters). O(|a| |b|).
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace entente
