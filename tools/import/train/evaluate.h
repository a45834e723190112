// Measures a model on a treebank.
#pragma once
#include <cstddef>

#include "tools/import/syntax/model.h"
#include "tools/import/train/conllu.h"

namespace entente::train {

// Counts over all tokens, punctuation included; gold tokens, predicted tags.
struct Scores {
  std::size_t tokens = 0;
  std::size_t tags = 0;       // right Penn tag
  std::size_t classes = 0;    // right universal class
  std::size_t heads = 0;      // right head (UAS)
  std::size_t arcs = 0;       // right head and universal part of the relation (LAS)
  std::size_t full_arcs = 0;  // right head and relation with its subtype
  double cpu_seconds = 0;     // tagging and parsing
};
Scores evaluate(const Model& model, const Treebank& bank);

// How well `tokenize` finds the words of the treebank in its "# text" lines.
struct TokenScores {
  std::size_t gold = 0, found = 0, right = 0;
};
TokenScores evaluate_tokens(const Treebank& bank);

}  // namespace entente::train
