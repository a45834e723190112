// The state that an article speaks from: where "the defence ministry" and "Finance Minister X" are.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tools/import/cast.h"
#include "tools/import/lexicon.h"
#include "tools/import/text.h"

namespace entente {

// The state of the dateline, if the text speaks of it; else that whose organ publishes it ("The
// White House"); else the first state that the text names. The canonical name; nothing if the text
// names none.
std::optional<std::string> home_state(const Text& text, const Cast& cast, const Lexicon& lexicon,
                                      std::string_view publisher);

}  // namespace entente
