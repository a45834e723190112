// A document as sentences of words: where each stands in the stored text, its zone, tag and tree.
#pragma once
#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/article.h"
#include "tools/import/syntax/model.h"
#include "tools/import/syntax/parser.h"
#include "tools/import/zones.h"

namespace entente {

struct Word {
  std::string text;                  // as written, with plain quotes and apostrophes
  std::string lower;                 // `text` in lower case (ASCII)
  std::string lemma;                 // dictionary form: "met" is "meet"
  std::uint32_t begin = 0, end = 0;  // bytes of the stored text
  Tag tag = Tag::NN;
  std::int32_t head = kNoHead;  // index in the sentence
  Relation relation = Relation::Dep;
  bool quoted = false;  // stands between quotation marks

  bool capital() const { return text[0] >= 'A' && text[0] <= 'Z'; }
  bool is_verb() const { return entente::is_verb(tag); }
  bool is_noun() const { return entente::is_noun(tag); }
};

struct Sentence {
  std::uint32_t begin = 0, end = 0;  // bytes of the stored text
  std::uint32_t paragraph = 0;
  Zone zone = Zone::Body;
  std::int32_t opening = 0;  // words of a dateline: "LONDON -"
  std::int32_t front = 0;    // end of the phrase or clause that opens it: "After the vote,"
  std::vector<Word> words;
  std::vector<std::vector<std::int32_t>> children;  // of each word, in order

  std::int32_t size() const { return static_cast<std::int32_t>(words.size()); }
  const Word& at(std::int32_t i) const { return words[static_cast<std::size_t>(i)]; }
};

struct Text {
  std::vector<Sentence> sentences;
};

// Paragraphs, zones, sentences, words, tags, trees. Deterministic; safe from many threads.
// Without a model there are no tags and no trees.
Text read_text(const Article& article, const ZoneRules& rules, const Model* model);

// With its English capitals in lower case.
std::string lower_of(std::string_view words);

inline bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The words of a name in a table, cut and folded as those of a text are.
std::vector<std::string> name_words(std::string_view name);

}  // namespace entente
