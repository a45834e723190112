// Names that stand in a list under a class noun: "five firms: Aster Metals; Boran (Tver) and Calda
// Co., Ltd." are firms, whatever the tables know of them.
#include <algorithm>

#include "tools/import/names.h"

namespace entente {
namespace {
using std::string_view;

// Where a list begins that is announced by the plural noun at `noun`; -1 if none does.
std::int32_t list_after(const Sentence& sentence, std::int32_t noun) {
  std::int32_t at = noun + 1;
  if (at + 1 >= sentence.size()) return -1;
  if (sentence.at(at).text == ":") return at + 1;
  if (sentence.at(at).text == ",") ++at;
  if (at + 2 >= sentence.size()) return -1;
  if (one_of(sentence.at(at).lower, {"including", "namely"})) return at + 1;
  if (sentence.at(at).lower == "such" && sentence.at(at + 1).lower == "as") return at + 2;
  return -1;
}

// The end of the capitals that one item of the list is made of.
std::int32_t end_of_item(const Sentence& sentence, std::int32_t first) {
  std::int32_t last = first;
  for (std::int32_t i = first; i < sentence.size(); ++i) {
    const Word& word = sentence.at(i);
    const bool next_capital = i + 1 < sentence.size() && sentence.at(i + 1).capital();
    if (word.capital() || one_of(word.text, {")"})) {
      last = i + 1;
      continue;
    }
    const bool legal = word.text == "," && next_capital &&
                       one_of(sentence.at(i + 1).lower, {"ltd", "ltd.", "inc", "inc.", "llc"});
    const bool glue = next_capital && one_of(word.lower, {"of", "&", "-", "("});
    if (!legal && !glue) break;
  }
  return last;
}

void read_list(Naming& naming, std::uint32_t s, std::int32_t at, LabelId label) {
  const Sentence& sentence = naming.text.sentences[s];
  while (at < sentence.size()) {
    while (at < sentence.size() && one_of(sentence.at(at).lower, {",", ";", "and", "or", "the"})) ++at;
    if (at >= sentence.size() || !sentence.at(at).capital()) return;
    const std::int32_t last = end_of_item(sentence, at);
    if (last <= at || last - at > 10) return;
    const bool ends = last >= sentence.size() || !sentence.at(last).is_noun();
    if (!ends) return;
    const Mention* known = naming.at(s, at);
    const bool whole = known != nullptr && known->first == at && known->last == last;
    const bool letters = last - at == 1 && sentence.at(at).text.size() < 6 &&
                         sentence.at(at).text.find_first_of("abcdefghijklmnopqrstuvwxyz") ==
                             std::string::npos;
    const bool place = known != nullptr && whole &&
                       naming.cast.label(known->node) == label_id("Government");
    const bool other_kind = known != nullptr && !place &&
                            naming.cast.label(known->node) != label_id("Government") &&
                            naming.cast.label(known->node) != label_id("Chemical") &&
                            naming.cast.label(known->node) != label;
    if (!whole && !letters && !other_kind) {
      std::erase_if(naming.cast.in(s),
                    [&](const Mention& m) { return m.first >= at && m.last <= last; });
      naming.put(s, at, last, naming.cast.add(naming.words(s, at, last), label));
    }
    at = last;
    if (at < sentence.size() && !one_of(sentence.at(at).lower, {",", ";", "and", "or"})) return;
  }
}
}  // namespace

void name_enumerations(Naming& naming) {
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    const Sentence& sentence = naming.text.sentences[s];
    if (sentence.zone != Zone::Body) continue;
    for (std::int32_t i = 0; i < sentence.size(); ++i) {
      const Word& word = sentence.at(i);
      if (word.capital() || word.lower == word.lemma) continue;
      const ClassNoun* noun = naming.vocabulary.class_of(word.lemma);
      if (noun == nullptr || !noun->collective) continue;
      const std::int32_t at = list_after(sentence, i);
      if (at > 0) read_list(naming, s, at, noun->label);
    }
  }
}

}  // namespace entente
