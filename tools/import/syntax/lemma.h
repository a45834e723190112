// Dictionary forms of English verbs, nouns and adjectives: "sanctioned" -> "sanction".
//
// A table of exceptions, then rules for endings; nothing is looked up elsewhere. Right for nearly
// all words of the news; an unknown verb in -ed or -ing may get its final e wrong.
#pragma once
#include <string>
#include <string_view>

#include "tools/import/syntax/tagset.h"

namespace entente {

// In lower case, except names and what is not in English letters. Words whose tag has no inflection
// come back in lower case as they are.
std::string lemma(std::string_view word, Tag tag);

}  // namespace entente
