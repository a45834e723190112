// Words that end in a full stop without ending a sentence. Known to the tokenizer and the splitter.
#pragma once
#include <string_view>

namespace entente::syntax {

enum class Abbreviation {
  None,
  Title,    // "Mr.", "Gen.": what follows belongs to it, a sentence never ends here
  Counted,  // "No.", "Art.", "Jan.": binds to a number that follows
  Other,    // "Inc.", "a.m.": a sentence may end here too
  Letters,  // "U.S.", "J.": single letters with stops
};

// `word` with its last full stop; case matters little.
Abbreviation abbreviation(std::string_view word);

}  // namespace entente::syntax
