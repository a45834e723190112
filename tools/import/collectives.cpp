// Countries with a class noun: "Chinese officials" is the government of China, "Chinese companies"
// and "cartels in Mexico" are nodes of their own, "the Chinese embassy" is an agency.
#include <algorithm>
#include <unordered_set>

#include "tools/import/home.h"
#include "tools/import/names.h"

namespace entente {
namespace {
using std::string_view;

// Words that may stand between a country and its class noun: "Chinese synthetic drug suppliers".
bool may_stand_between(const Word& word) {
  if (word.text == "-") return true;
  if (word.capital()) return false;
  return word.tag == Tag::NN || word.tag == Tag::JJ || word.tag == Tag::NNS ||
         word.tag == Tag::VBN || word.tag == Tag::VBG || word.lower == "and" ||
         word.tag == Tag::JJR || word.tag == Tag::JJS || is_proper(word.tag);
}

// "foreign ministry" becomes "Foreign Ministry".
std::string capitals_of(std::string words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if ((i == 0 || words[i - 1] == ' ') && !words.substr(i).starts_with("in ") &&
        !words.substr(i).starts_with("of ") && words[i] >= 'a' && words[i] <= 'z')
      words[i] = char(words[i] - 32);
  return words;
}

// "Danish", "New Zealand": what stands before the name of an organ.
std::string adjective_of(const Naming& naming, const std::string& country) {
  const auto entry = naming.lexicon.find(country);
  const std::string demonym = entry ? naming.lexicon.entry(*entry).demonym : std::string{};
  const bool person = demonym.ends_with("lander");  // "New Zealander" is no adjective
  return demonym.empty() || person ? country : demonym;
}

struct Phrase {
  std::int32_t last = 0;  // after the class noun
  bool men = false;       // "police officers": a word follows that belongs to it
  const ClassNoun* noun = nullptr;
  std::string lemma;
};

// "police officers" are the police.
bool men_of_the_organ(const Word& word) {
  return one_of(word.lemma, {"officer", "agent", "chief", "commander", "spokesman", "spokesperson"});
}

// The class noun that ends the noun phrase from `at` on.
Phrase phrase_from(const Naming& naming, const Sentence& sentence, std::int32_t at) {
  Phrase best;
  for (std::int32_t i = at; i < std::min(sentence.size(), at + 7); ++i) {
    const Word& word = sentence.at(i);
    const bool noun_follows =
        i + 1 < sentence.size() && !sentence.at(i + 1).capital() &&
        (sentence.at(i + 1).tag == Tag::NN || sentence.at(i + 1).tag == Tag::NNS ||
         sentence.at(i + 1).text == "-");
    const std::string two =
        i + 1 < sentence.size() ? word.lower + " " + sentence.at(i + 1).lemma : std::string{};
    if (const auto* noun = naming.vocabulary.class_of(two)) {
      if (noun->state || noun->collective) return {i + 2, false, noun, two};
    }
    const std::string& lemma = one_of(word.lower, {"customs", "police"}) ? word.lower : word.lemma;
    const auto* noun = naming.vocabulary.class_of(lemma);
    const bool men = noun_follows && noun != nullptr && noun->label == label_id("Agency") &&
                     men_of_the_organ(sentence.at(i + 1));
    if (noun != nullptr && (!noun_follows || men)) return {i + 1, men, noun, lemma};
    if (!may_stand_between(word)) break;
  }
  return best;
}

std::size_t collective(Naming& naming, const std::string& country, std::string words,
                       const Phrase& phrase) {
  const auto entry = naming.lexicon.find(country);
  const std::string& demonym = entry ? naming.lexicon.entry(*entry).demonym : country;
  std::string name = demonym.empty() ? country : demonym;
  if (!words.empty()) name += " " + words;
  const std::size_t node = naming.cast.add(name, phrase.noun->label);
  Player& player = naming.cast.player(node);
  player.country = country, player.head_noun = phrase.lemma;
  return node;
}

// [first, last) becomes one mention of `node` in place of the country's alone.
void widen(Naming& naming, std::uint32_t s, std::int32_t first, std::int32_t last,
           std::size_t node) {
  std::erase_if(naming.cast.in(s),
                [&](const Mention& m) { return m.first >= first && m.last <= last; });
  naming.put(s, first, last, node);
}

// "Chinese fentanyl networks": a substance may stand inside.
bool free_or_chemical(const Naming& naming, std::uint32_t s, std::int32_t first,
                      std::int32_t last) {
  for (std::int32_t i = first; i < last; ++i) {
    if (naming.free(s, i, i + 1)) continue;
    const Mention* mention = naming.at(s, i);
    if (mention == nullptr || naming.cast.label(mention->node) != label_id("Chemical") ||
        mention->last >= last)
      return false;
  }
  return true;
}

// "the Russian president": the person of the text who holds that office, if the tables know it.
std::optional<std::size_t> office_holder(const Naming& naming, const std::string& country,
                                         const Phrase& phrase, const Sentence& sentence) {
  const Word& head = sentence.at(phrase.last - 1);
  if (!one_of(head.lower, {"president", "leader", "minister", "chancellor", "premier"})) return std::nullopt;
  const bool leader = head.lower == "leader";
  const std::string role =
      phrase.last > 1 && head.lower == "minister" ? sentence.at(phrase.last - 2).lower + " minister"
                                                  : head.lower;
  const Bound published = naming.article.document.published;
  std::optional<std::size_t> found;
  for (std::size_t node = 0; node < naming.cast.size(); ++node) {
    const auto& entry = naming.cast.player(node).entry;
    if (!entry || naming.cast.label(node) != label_id("Person")) continue;
    for (const Office& office : naming.lexicon.entry(*entry).offices) {
      if (office.of != country) continue;
      const bool fits = leader ? office.role == "president" || office.role == "prime minister" ||
                                     office.role.find("leader") != std::string::npos ||
                                     office.role.find("general secretary") != std::string::npos
                               : office.role == role;
      const bool later = published.is_known() && office.from.is_known() &&
                         office.from.period().from > published.period().to;
      if (!fits || later) continue;
      if (found && *found != node) return std::nullopt;  // of two one cannot tell
      found = node;
    }
  }
  return found;
}

// "the government", "the authorities" of which no state is told: that of the article.
void governments_without_a_state(Naming& naming) {
  const auto home = home_state(naming.text, naming.cast, naming.lexicon,
                               naming.article.document.publisher);
  if (!home) return;
  const auto state = naming.cast.find(*home, label_id("Government"));
  if (!state) return;
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    const Sentence& sentence = naming.text.sentences[s];
    if (sentence.zone != Zone::Body) continue;
    for (std::int32_t i = 1; i < sentence.size(); ++i) {
      if (sentence.at(i).lower == "enforcement" && sentence.at(i - 1).lower == "law" && i > 1 &&
          naming.free(s, i - 1, i + 1) && !one_of(sentence.at(i - 2).lower, {"local", "state"}) &&
          i + 1 < sentence.size() && sentence.at(i + 1).is_verb())
        naming.put(s, i - 1, i + 1, *state).pronoun = true;  // "law enforcement seized"
      if (sentence.at(i - 1).lower != "the" || !naming.free(s, i, i + 1) ||
          !one_of(sentence.at(i).lower, {"government", "authorities", "administration"}))
        continue;
      const bool named = i + 1 < sentence.size() &&
                         (sentence.at(i + 1).is_noun() || sentence.at(i + 1).lower == "of");
      if (!named) naming.put(s, i, i + 1, *state).pronoun = true;
    }
  }
}

void after_country(Naming& naming, std::uint32_t s, const Mention country) {
  const Sentence& sentence = naming.text.sentences[s];
  std::int32_t at = country.last + (country.possessive ? 1 : 0);
  if (at < sentence.size() && sentence.at(at).lower == "own") ++at;
  if (at + 1 < sentence.size() && sentence.at(at).text == "-" &&
      sentence.at(at + 1).lower == "based")
    at += 2;
  if (at >= sentence.size()) return;
  const Phrase phrase = phrase_from(naming, sentence, at);
  if (phrase.noun == nullptr || !free_or_chemical(naming, s, at, phrase.last)) return;
  const std::string name = naming.cast.player(country.node).node.name;
  // "Qin Gang, China's former foreign minister": the role of a person who is named.
  if (country.first > 1 && sentence.at(country.first - 1).text == ",")
    if (const Mention* before = naming.at(s, country.first - 2);
        before != nullptr && naming.cast.label(before->node) == label_id("Person") &&
        naming.vocabulary.role_at(sentence, phrase.last - 1) != nullptr)
      return;
  // "Chinese leader Xi Jinping": the title of a person who is named.
  if (phrase.last < sentence.size() && !sentence.at(phrase.last - 1).lower.ends_with('s'))
    if (const Mention* next = naming.at(
            s, std::min(sentence.size() - 1, phrase.last + (sentence.at(phrase.last).text == ",")));
        next != nullptr && naming.cast.label(next->node) == label_id("Person"))
      return;
  if (phrase.noun->state) {
    if (const auto person = office_holder(naming, name, phrase, sentence)) {
      naming.put(s, at, phrase.last, *person).pronoun = true;
      for (Mention& mention : naming.cast.in(s))
        if (mention.first == country.first && mention.node == country.node) mention.modifier = true;
      return;
    }
    if (phrase.last - at > 5) return;
    widen(naming, s, country.first, phrase.last, country.node);
    // "Chinese and American officials": those of both.
    if (country.first > 1 && one_of(sentence.at(country.first - 1).lower, {"and", "or"}))
      for (Mention& other : naming.cast.in(s))
        if (other.last == country.first - 1 && other.modifier &&
            naming.cast.label(other.node) == label_id("Government"))
          other.modifier = false;
    return;
  }
  const Word& head = sentence.at(phrase.last - 1);
  if (phrase.noun->collective) {
    const bool plural = head.tag == Tag::NNS || head.lower != phrase.lemma;
    const bool whole = one_of(phrase.lemma, {"industry", "opposition", "organized crime"});
    if (!plural && !whole) return;
    widen(naming, s, country.first, phrase.last,
          collective(naming, name, std::string(naming.words(s, at, phrase.last)), phrase));
    return;
  }
  // "Russia's foreign ministry", "the Chinese embassy in Washington": an organ by its plain name.
  const bool plural = head.tag == Tag::NNS && !one_of(phrase.lemma, {"police", "customs"});
  if (phrase.noun->label != label_id("Agency") || phrase.last - at > 3 || plural) return;
  if (country.first > 0 && one_of(sentence.at(country.first - 1).lower, {"a", "an"}) &&
      phrase.lemma != "court")
    return;  // one of many
  std::int32_t last = phrase.last;
  if (one_of(phrase.lemma, {"embassy", "consulate"}) && last + 1 < sentence.size() &&
      sentence.at(last).lower == "in" && sentence.at(last + 1).capital())
    last += 2;
  std::string words(naming.words(s, at, last));
  if (words[0] >= 'a' && words[0] <= 'z') words = capitals_of(words);
  const std::string full = adjective_of(naming, name) + " " + words;
  const auto known = naming.lexicon.find(full);
  const std::size_t node =
      known ? naming.cast.add(naming.lexicon, *known) : naming.cast.add(full, label_id("Agency"));
  naming.cast.player(node).country = name;
  const bool keep = country.possessive;  // "China's ministry": the possessor stays a mention
  const std::int32_t end = last + (phrase.men && one_of(sentence.at(last).lemma, {"officer", "agent"}));
  if (keep)
    naming.put(s, at, end, node), naming.cast.say(node, std::string(naming.words(s, country.first, last)));
  else
    widen(naming, s, country.first, end, node);
}

// Has the text used such words for it: "the Sudanese army"?
bool called(const Player& player, const std::string& words) {
  return std::any_of(player.node.mentions.begin(), player.node.mentions.end(),
                     [&](const std::string& mention) { return lower_of(mention).ends_with(" " + words); });
}

// "the defence ministry", "the coast guard" of which no state is told: the organ that was told
// of before, else that of the state which the article speaks from.
void organs_without_a_state(Naming& naming) {
  const auto home = home_state(naming.text, naming.cast, naming.lexicon,
                               naming.article.document.publisher);
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    const Sentence& sentence = naming.text.sentences[s];
    if (sentence.zone != Zone::Body) continue;
    for (std::int32_t i = 1; i + 1 < sentence.size(); ++i) {
      if (sentence.at(i - 1).lower != "the" || sentence.at(i).is_verb()) continue;
      const Phrase phrase = phrase_from(naming, sentence, i);
      if (phrase.noun == nullptr || phrase.noun->label != label_id("Agency") ||
          phrase.last - i > 3 || !naming.free(s, i, phrase.last))
        continue;
      const bool kind = phrase.last - i > 1 && one_of(phrase.lemma, {"ministry", "army", "navy"});
      const bool only = one_of(phrase.lemma, {"parliament", "supreme court", "central bank", "army",
                                              "navy", "air force", "coast guard", "police"});
      if (!kind && !only) continue;
      const std::string words = lower_of(naming.words(s, i, phrase.last));
      std::optional<std::size_t> node;
      for (std::size_t other = 0; other < naming.cast.size(); ++other)
        if (naming.cast.label(other) == label_id("Agency") &&
            (lower_of(naming.cast.player(other).node.name).ends_with(words) ||
             called(naming.cast.player(other), words)))
          node = other;
      if (!node && home) {
        const std::string full = adjective_of(naming, *home) + " " + capitals_of(words);
        const auto known = naming.lexicon.find(full);
        node = known ? naming.cast.add(naming.lexicon, *known)
                     : naming.cast.add(full, label_id("Agency"));
        naming.cast.player(*node).country = *home;
      }
      if (node) naming.put(s, i, phrase.last, *node);
    }
  }
}

// "cartels in Mexico", "fentanyl producers in Mexico", "companies from China".
void before_country(Naming& naming, std::uint32_t s, const Mention country) {
  const Sentence& sentence = naming.text.sentences[s];
  std::int32_t at = country.first - 1;
  if (at >= 0 && sentence.at(at).lower == "the") --at;
  if (at < 1 || !one_of(sentence.at(at).lower, {"in", "from"})) return;
  std::int32_t noun = at - 1;
  if (sentence.at(noun).lower == "based" && noun > 0) --noun;
  const Word& head = sentence.at(noun);
  const ClassNoun* found = naming.vocabulary.class_of(head.lemma);
  if (found == nullptr || !found->collective || head.lower == head.lemma ||
      naming.taken[s][std::size_t(noun)])
    return;
  std::int32_t first = noun;
  while (first > 0 && free_or_chemical(naming, s, first - 1, noun) && noun - first < 3 &&
         (sentence.at(first - 1).tag == Tag::JJ || sentence.at(first - 1).tag == Tag::NN) &&
         !sentence.at(first - 1).capital() &&
         !one_of(sentence.at(first - 1).lower,
                 {"other", "many", "some", "several", "certain", "such"}))
    --first;
  const std::string name = naming.cast.player(country.node).node.name;
  const std::size_t node = collective(naming, name, std::string(naming.words(s, first, noun + 1)),
                                      {noun + 1, false, found, head.lemma});
  naming.put(s, first, country.last, node);
}

// "a new U.S.-China drug control task force": a body of both.
void joint_bodies(Naming& naming, std::uint32_t s) {
  const Sentence& sentence = naming.text.sentences[s];
  const std::vector<Mention> mentions = naming.cast.in(s);
  for (const Mention& a : mentions)
    for (const Mention& b : mentions) {
      if (b.first != a.last + 1 || sentence.at(a.last).text != "-" ||
          naming.cast.label(a.node) != label_id("Government") ||
          naming.cast.label(b.node) != label_id("Government"))
        continue;
      for (std::int32_t i = b.last; i < std::min(sentence.size(), b.last + 6); ++i) {
        const Word& word = sentence.at(i);
        if (!word.is_noun() && word.tag != Tag::JJ && word.tag != Tag::VBG && word.text != "-")
          break;
        const bool two =
            i > b.last && ((word.lower == "group" && sentence.at(i - 1).lower == "working") ||
                           (word.lower == "force" && sentence.at(i - 1).lower == "task"));
        if (!two && !one_of(word.lower, {"committee", "commission", "council", "coalition"}))
          continue;
        const std::string name = std::string(naming.words(s, a.first, i + 1));
        std::erase_if(naming.cast.in(s),
                      [&](const Mention& m) { return m.first >= a.first && m.last <= i + 1; });
        naming.put(s, a.first, i + 1, naming.cast.add(name, label_id("Organization")));
        for (const Mention* country : {&a, &b})
          naming.cast.mention({s, country->first, country->last, country->node, true},
                              std::string(naming.words(s, country->first, country->last)));
        break;
      }
    }
}

// "Chinese firms" are firms, whether the text or a table made a node of them.
bool is_collective_of(const Player& player, const Word& noun) {
  return player.head_noun == noun.lemma ||
         (player.entry && player.node.name.ends_with(" " + noun.lower));
}

// The last node of that noun in this sentence before the word, or in the three before.
std::optional<std::size_t> latest_of(const Naming& naming, std::uint32_t s, std::int32_t at,
                                     const Word& noun) {
  std::optional<std::size_t> last;
  for (std::uint32_t k = s + 1; !last && k-- > 0 && s - k <= 3;)
    for (const Mention& mention : naming.cast.in(k))
      if (is_collective_of(naming.cast.player(mention.node), noun) && (k < s || mention.last <= at))
        last = mention.node;
  return last;
}

// "the cartels" after "Mexican cartels": the only node, or the latest, that has this noun.
void name_bare_nouns(Naming& naming) {
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    const Sentence& sentence = naming.text.sentences[s];
    if (sentence.zone == Zone::Boilerplate) continue;
    for (std::int32_t i = 0; i < sentence.size(); ++i) {
      if (naming.taken[s][std::size_t(i)]) continue;
      const Word& word = sentence.at(i);
      const ClassNoun* noun = naming.vocabulary.class_of(word.lemma);
      if (noun == nullptr || !noun->collective || word.lower == word.lemma) continue;
      if (i + 1 < sentence.size() && sentence.at(i + 1).tag == Tag::NN) continue;
      if (i > 0 && (sentence.at(i - 1).tag == Tag::JJ || sentence.at(i - 1).is_noun() ||
                    sentence.at(i - 1).lower == "other"))
        continue;
      std::optional<std::size_t> match;
      int matches = 0;
      for (std::size_t node = 0; node < naming.cast.size(); ++node)
        if (is_collective_of(naming.cast.player(node), word)) match = node, ++matches;
      if (matches > 1) match = latest_of(naming, s, i, word);
      if (match) naming.put(s, i, i + 1, *match).pronoun = true;
    }
  }
}
}  // namespace

void name_collectives(Naming& naming) {
  const LabelId government = label_id("Government");
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    if (naming.text.sentences[s].zone == Zone::Boilerplate) continue;
    joint_bodies(naming, s);
    const std::vector<Mention> countries = naming.cast.in(s);  // a copy: the steps change the list
    for (const Mention& country : countries) {
      if (naming.cast.label(country.node) != government) continue;
      after_country(naming, s, country);
      if (naming.at(s, country.first) != nullptr &&
          naming.at(s, country.first)->last == country.last)
        before_country(naming, s, country);
    }
  }
  organs_without_a_state(naming);
  governments_without_a_state(naming);
  name_bare_nouns(naming);
}

}  // namespace entente
