// Who belongs where, what is a kind of what: edges that stand in names, titles and appositions.
#pragma once
#include "tools/import/cast.h"
#include "tools/import/claims.h"
#include "tools/import/lexicon.h"
#include "tools/import/patterns.h"
#include "tools/import/text.h"
#include "tools/import/vocabulary.h"

namespace entente {

// "Chinese companies" are in China, if they do anything: to be called after the events are found.
void locate_collectives(const Cast& cast, Claims& claims);

void find_structure(const Article& article, const Text& text, Cast& cast, const Lexicon& lexicon,
                    const Vocabulary& vocabulary, const Patterns& patterns, Claims& claims);

}  // namespace entente
