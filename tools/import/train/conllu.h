// Reads treebanks in CoNLL-U for training and measuring. Not part of the importer.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "schema/result.h"
#include "tools/import/syntax/parser.h"
#include "tools/import/syntax/tagset.h"
#include "tools/import/syntax/tokenizer.h"

namespace entente::train {

// A sentence with its gold analysis. Words of multiword tokens stand for themselves, empty nodes
// are left out. `tokens()` borrows from `words`.
struct GoldSentence {
  std::string text;  // the "# text" line
  std::vector<std::string> words;
  std::vector<std::string> lemmas;
  std::vector<Tag> tags;
  std::vector<Upos> classes;
  std::vector<Arc> arcs;

  std::vector<Token> tokens() const;  // offsets are zero: a treebank has none
};

// Sentences whose tags or relations are unknown are left out and counted in `skipped`.
struct Treebank {
  std::vector<GoldSentence> sentences;
  std::size_t skipped = 0;
};
Result<Treebank> read_conllu(const std::filesystem::path& path);

}  // namespace entente::train
