#include "tools/import/descriptions.h"

#include <algorithm>

namespace entente {
namespace {
using std::string_view;

constexpr std::int32_t kFar = 11;  // words between a name and the noun that describes it

bool common_noun(const Word& word) { return word.tag == Tag::NN && !word.capital(); }

bool may_be_called(const Naming& naming, const Mention& mention) {
  const auto& label = Ontology::builtin().label(naming.cast.label(mention.node));
  return !mention.pronoun && !mention.modifier && !mention.possessive && label.actor &&
         label.name != "Government" && naming.cast.player(mention.node).head_noun.empty();
}
}  // namespace

Descriptions::Descriptions(const Naming& naming) {
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    if (naming.text.sentences[s].zone != Zone::Body) continue;
    for (const Mention& mention : naming.cast.in(s))
      if (may_be_called(naming, mention)) behind(naming, mention), before(naming, mention);
  }
  std::stable_sort(said_.begin(), said_.end(), [](const Said& a, const Said& b) {
    return std::pair(a.sentence, a.word) < std::pair(b.sentence, b.word);
  });
}

// ", a Dutch maker of chips,", "is the largest bank in Kenya"
void Descriptions::behind(const Naming& naming, const Mention& mention) {
  const Sentence& sentence = naming.text.sentences[mention.sentence];
  std::int32_t at = mention.last;
  if (at + 2 < sentence.size() && sentence.at(at).text == "(" && sentence.at(at + 2).text == ")")
    at += 3;
  if (at + 2 >= sentence.size() || !one_of(sentence.at(at).lower, {",", "is", "was"})) return;
  ++at;
  const bool opens = one_of(sentence.at(at).lower, {"a", "an", "the", "one", "another", "its"}) ||
                     (sentence.at(at).capital() && sentence.at(at + 1).text == "'s");
  if (!opens) return;
  for (std::int32_t i = at; i < std::min(sentence.size(), at + kFar); ++i) {
    const Word& word = sentence.at(i);
    if (one_of(word.text, {",", ";", ".", "("}) || word.tag == Tag::IN || word.tag == Tag::WDT ||
        word.tag == Tag::WP || word.tag == Tag::CC)
      return;
    if (word.is_verb() && word.tag != Tag::VBN && word.tag != Tag::VBG) return;
    const bool goes_on = i + 1 < sentence.size() && (sentence.at(i + 1).is_noun() ||
                                                     sentence.at(i + 1).text == "-");
    if (!common_noun(word) || goes_on) continue;
    said_.push_back({word.lemma, mention.node, mention.sentence, i});
    return;
  }
}

// "the miner Petra", "Prime Minister X", "the state firm Y"
void Descriptions::before(const Naming& naming, const Mention& mention) {
  const Sentence& sentence = naming.text.sentences[mention.sentence];
  if (mention.first == 0) return;
  const Word& word = sentence.at(mention.first - 1);
  if (!word.is_noun() || one_of(word.text, {",", "\""})) return;
  if (naming.taken[mention.sentence][std::size_t(mention.first - 1)] != 0 && !word.capital()) return;
  const bool person = naming.cast.label(mention.node) == label_id("Person");
  if (word.capital() && !person) return;
  if (word.capital() && naming.vocabulary.role_at(sentence, mention.first - 1) == nullptr) return;
  said_.push_back({lower_of(word.lemma), mention.node, mention.sentence, mention.first - 1});
}

std::optional<std::size_t> Descriptions::last_called(string_view noun, std::uint32_t sentence,
                                                     std::int32_t word) const {
  constexpr std::uint32_t kBack = 10;  // sentences
  auto said = std::lower_bound(said_.begin(), said_.end(), std::pair(sentence, word),
                               [](const Said& a, const std::pair<std::uint32_t, std::int32_t>& at) {
                                 return std::pair(a.sentence, a.word) < at;
                               });
  while (said != said_.begin()) {
    --said;
    if (sentence - said->sentence > kBack) return std::nullopt;
    if (said->noun == noun) return said->node;
  }
  return std::nullopt;
}

}  // namespace entente
