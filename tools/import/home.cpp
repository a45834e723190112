#include "tools/import/home.h"

namespace entente {
namespace {
std::optional<std::string> state_of_dateline(const Sentence& sentence, std::int32_t words,
                                             const Lexicon& lexicon) {
  std::vector<WordForm> forms;
  for (const Word& word : sentence.words) forms.push_back({word.text, word.lower});
  for (std::int32_t i = 0; i < words; ++i) {
    const auto match = lexicon.longest(forms, std::size_t(i));
    if (match.length == 0) continue;
    const Entry& entry = lexicon.entry(match.hits->front().entry);
    if (entry.label == label_id("Government") && entry.kind == "state") return entry.name;
  }
  return std::nullopt;
}
// A ministry or a government speaks for its state; a newspaper for none.
std::optional<std::string> state_of_publisher(std::string_view publisher, const Lexicon& lexicon) {
  if (publisher.starts_with("The ")) publisher.remove_prefix(4);
  const std::vector<std::string> words = name_words(publisher);
  std::vector<std::string> lower = words;
  std::vector<WordForm> forms;
  for (std::string& word : lower) word = lower_of(word);
  for (std::size_t i = 0; i < words.size(); ++i) forms.push_back({words[i], lower[i]});
  const auto match = forms.empty() ? Lexicon::Match{} : lexicon.longest(forms, 0);
  if (match.length == 0 || match.length != words.size()) return std::nullopt;
  const Entry& entry = lexicon.entry(match.hits->front().entry);
  if (entry.label == label_id("Agency") && !entry.country.empty()) return entry.country;
  if (entry.label == label_id("Government") && entry.kind == "state") return entry.name;
  return std::nullopt;
}
}  // namespace

std::optional<std::string> home_state(const Text& text, const Cast& cast, const Lexicon& lexicon,
                                      std::string_view publisher) {
  const LabelId government = label_id("Government");
  for (const Sentence& sentence : text.sentences) {
    const std::int32_t words = sentence.zone == Zone::Dateline ? sentence.size() : sentence.opening;
    if (const auto state = state_of_dateline(sentence, words, lexicon);
        state && cast.find(*state, government))
      return state;
    if (sentence.zone == Zone::Body) break;
  }
  if (const auto state = state_of_publisher(publisher, lexicon); state && cast.find(*state, government))
    return state;
  std::optional<std::string> by_adjective;  // "Russian mercenaries" say little of where one is
  for (std::uint32_t s = 0; s < cast.sentences(); ++s) {
    if (text.sentences[s].zone != Zone::Body) continue;
    for (const Mention& mention : cast.in(s)) {
      // "A Dutch court ordered": the state of the first organ that is told of
      const std::string& organ_of = cast.player(mention.node).country;
      if (cast.label(mention.node) == label_id("Agency") && !mention.pronoun && !organ_of.empty() &&
          cast.find(organ_of, government))
        return organ_of;
      const auto& entry = cast.player(mention.node).entry;
      const bool state = cast.label(mention.node) == government && entry &&
                         lexicon.entry(*entry).kind == "state";
      if (!state) continue;
      const std::string& name = cast.player(mention.node).node.name;
      // "Germany's Rheinmetall": of the firm.
      const Sentence& sentence = text.sentences[s];
      const bool of_a_firm = mention.possessive && mention.last + 1 < sentence.size() &&
                             sentence.at(mention.last + 1).capital();
      if (!mention.modifier && !of_a_firm) return name;
      if (!by_adjective) by_adjective = name;
    }
  }
  return by_adjective;
}

}  // namespace entente
