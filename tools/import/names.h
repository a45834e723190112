// Who and what a document speaks of: the pass from words to nodes.
//
// In order: names of the lexicon, unknown names made of capitals and a class noun, people by their
// titles and roles, countries with a class noun ("Chinese officials" is the government, "Chinese
// companies" a node of its own), second mentions (surname, acronym), and what stands for a name
// ("he", "the agency", "both sides"). Each step sees what those before it found.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/cast.h"
#include "tools/import/lexicon.h"
#include "tools/import/text.h"
#include "tools/import/vocabulary.h"

namespace entente {

Cast find_names(const Article& article, const Text& text, const Lexicon& lexicon,
                const Vocabulary& vocabulary);

// What the steps share. `taken` says for each word of each sentence whether a name holds it.
struct Naming {
  const Article& article;
  const Text& text;
  const Lexicon& lexicon;
  const Vocabulary& vocabulary;
  Cast& cast;
  std::vector<std::vector<char>> taken;

  std::string_view words(std::uint32_t sentence, std::int32_t first, std::int32_t last) const;
  bool free(std::uint32_t sentence, std::int32_t first, std::int32_t last) const;
  // Makes [first, last) a mention of the node and takes the words.
  Mention& put(std::uint32_t sentence, std::int32_t first, std::int32_t last, std::size_t node);
  // The mention that holds a word; nullptr if none does.
  Mention* at(std::uint32_t sentence, std::int32_t word) const;
};

void name_known(Naming& naming);        // names_known.cpp
void name_enumerations(Naming& naming); // enumerations.cpp
void name_capitals(Naming& naming);     // names_known.cpp
void name_people(Naming& naming);       // people.cpp
void name_unknown(Naming& naming);      // names_unknown.cpp
void name_collectives(Naming& naming);  // collectives.cpp
void name_again(Naming& naming);        // names.cpp
void name_substances(Naming& naming);   // substances.cpp
void name_pronouns(Naming& naming);     // pronouns.cpp

// "the Sackler family", "the Koch brothers": no person.
bool is_kin_group(std::string_view word);

// Capitals that may belong to one name from `at` on, with "of", "the", "and" between them.
std::int32_t end_of_capitals(const Naming& naming, std::uint32_t sentence, std::int32_t at);

}  // namespace entente
