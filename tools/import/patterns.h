// Surface patterns over words and mentions: the rows of data/lexicon/patterns.tsv.
//
// A pattern is a row of elements:
//   {A:Person}      a mention of a node of that label; several labels with |, or a group:
//                   actor, body (no person, no criminals), org (no person, no government)
//   the|a|an        one of these words; with a ? at the end it may be missing
//   ROLE            a role of roles.tsv with what may stand before it: "the former acting director"
//   CLASS:Company   a common noun of classes.tsv with one of these labels
//   *3              up to three words that are no names, verbs of speech or marks
// A mention swallows brackets that follow it: "Drug Enforcement Administration (DEA)".
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/import/cast.h"
#include "tools/import/text.h"
#include "tools/import/vocabulary.h"

namespace entente {

// Where a pattern matched, and what its parts are.
struct PatternMatch {
  std::array<const Mention*, 4> slots{};  // A, B, C, D
  const Role* role = nullptr;
  std::string role_words;  // as the text has them
  bool ended = false;      // "former", "then", "ex-"
  std::int32_t first = 0, last = 0;
};

struct PatternEdge {
  EdgeTypeId type;
  std::uint8_t head = 0, tail = 0;  // slots
};

class Patterns {
 public:
  static Result<Patterns> load(const std::filesystem::path& folder);

  struct Element {
    enum class Kind : std::uint8_t { Slot, Words, Role, Gap, Class } kind = Kind::Words;
    std::uint8_t slot = 0, gap = 0;
    bool optional = false;
    std::vector<LabelId> labels;
    std::vector<std::string> words;
  };
  struct Pattern {
    std::vector<Element> elements;
    std::vector<PatternEdge> edges;
    double confidence = 0;
  };
  const std::vector<Pattern>& all() const { return patterns_; }

  // The match of a pattern that starts at a word, if there is one; the shortest gaps first.
  std::optional<PatternMatch> match(const Pattern& pattern, const Sentence& sentence,
                                    const std::vector<Mention>& mentions, const Cast& cast,
                                    const Vocabulary& vocabulary, std::int32_t at) const;

 private:
  std::vector<Pattern> patterns_;
};

}  // namespace entente
