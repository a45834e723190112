#include "tools/import/train/evaluate.h"

#include <algorithm>
#include <ctime>
#include <set>
#include <utility>

#include "tools/import/syntax/parser.h"
#include "tools/import/syntax/tagger.h"

namespace entente::train {

Scores evaluate(const Model& model, const Treebank& bank) {
  Scores scores;
  for (const GoldSentence& gold : bank.sentences) {
    const auto tokens = gold.tokens();
    const std::clock_t start = std::clock();
    const auto tags = tag(model, tokens);
    const auto arcs = parse(model, tokens, tags);
    scores.cpu_seconds += static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const bool head = arcs[i].head == gold.arcs[i].head;
      ++scores.tokens;
      scores.tags += tags[i] == gold.tags[i];
      scores.classes += upos(tags[i], arcs[i].relation, tokens[i].text) == gold.classes[i];
      scores.heads += head;
      scores.arcs += head && universal_part(arcs[i].relation) ==
                                 universal_part(gold.arcs[i].relation);
      scores.full_arcs += head && arcs[i].relation == gold.arcs[i].relation;
    }
  }
  return scores;
}

TokenScores evaluate_tokens(const Treebank& bank) {
  TokenScores scores;
  for (const GoldSentence& sentence : bank.sentences) {
    // Where the gold words stand in the text; a sentence whose words are not its text is left out.
    std::set<std::pair<std::size_t, std::size_t>> gold;
    std::size_t from = 0;
    bool aligned = true;
    for (const auto& word : sentence.words) {
      const auto at = sentence.text.find(word, from);
      const auto gap = sentence.text.find_first_not_of(' ', from);
      aligned = aligned && at == gap && at != sentence.text.npos;
      if (!aligned) break;
      gold.emplace(at, at + word.size());
      from = at + word.size();
    }
    if (!aligned) continue;
    scores.gold += gold.size();
    for (const Token& token : tokenize(sentence.text)) {
      ++scores.found;
      scores.right += gold.count({token.begin, token.end()});
    }
  }
  return scores;
}

}  // namespace entente::train
