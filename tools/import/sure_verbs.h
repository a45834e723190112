// Verb forms that are never nouns or adjectives: what the tagger may not take them for.
#pragma once
#include <span>

#include "tools/import/syntax/tagset.h"
#include "tools/import/text.h"

namespace entente {

// Mends the tags of words [i] = places[i] of the sentence: "met" as a noun is a past tense.
void mend_verbs(const Sentence& sentence, std::span<const std::int32_t> places,
                std::span<Tag> tags);

}  // namespace entente
