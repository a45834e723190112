// What happens between actors: triggers and their arguments as claims.
#pragma once
#include "tools/import/cast.h"
#include "tools/import/claims.h"
#include "tools/import/frames.h"
#include "tools/import/lexicon.h"
#include "tools/import/occasions.h"
#include "tools/import/text.h"

namespace entente {

// May add nodes to the cast: meetings, measures and reports that the text tells of without a name.
void find_events(const Article& article, const Text& text, Cast& cast, const Lexicon& lexicon,
                 const Frames& frames, const OccasionWords& occasions, Claims& claims);

}  // namespace entente
