#include "tools/import/names.h"

#include <algorithm>

namespace entente {
namespace {
using std::string_view;

// "Drug Enforcement Administration (DEA)": the letters in brackets name the node before them.
void name_acronyms(Naming& naming, std::vector<std::pair<std::string, std::size_t>>& known) {
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    const Sentence& sentence = naming.text.sentences[s];
    for (std::int32_t i = 1; i + 2 < sentence.size(); ++i) {
      if (sentence.at(i).text != "(" || sentence.at(i + 2).text != ")") continue;
      const std::string& letters = sentence.at(i + 1).text;
      const auto capitals = std::count_if(letters.begin(), letters.end(),
                                          [](char c) { return c >= 'A' && c <= 'Z'; });
      if (letters.size() < 2 || letters.size() > 8 || capitals < 2) continue;
      const Mention* before = naming.at(s, i - 1);
      if (before == nullptr || before->last != i) continue;
      const std::size_t node = before->node;
      known.emplace_back(letters, node);
      // In this document the letters mean this, whatever they mean elsewhere.
      for (std::uint32_t k = 0; k < naming.text.sentences.size(); ++k)
        for (Mention& mention : naming.cast.in(k))
          if (mention.node != node && naming.words(k, mention.first, mention.last) == letters) {
            mention.node = node;
            naming.cast.say(node, letters);
          }
      // Extent: the name with its brackets, and the letters alone.
      naming.cast.mention({s, before->first, i + 3, node, true},
                          std::string(naming.words(s, before->first, i + 3)));
    }
  }
}

// Last words of people's names, and first words of companies', that the document may use alone.
void collect_short_names(const Naming& naming,
                         std::vector<std::pair<std::string, std::size_t>>& known) {
  const LabelId person = label_id("Person"), company = label_id("Company");
  for (std::size_t node = 0; node < naming.cast.size(); ++node) {
    const Player& player = naming.cast.player(node);
    const auto& name = player.node.name;
    const auto words = name_words(name);
    if (words.size() < 2) continue;
    if (player.node.label == person) {
      const auto space = name.rfind(' ');
      std::string last = space == std::string::npos ? name : name.substr(space + 1);
      if (last == "Jr." || last == "Sr.") continue;
      known.emplace_back(last, node);
      // Chinese, Korean and Vietnamese names put the surname first; a lexicon row may say so too.
      if (!player.entry && words.size() == 2) continue;
    }
    // "NSO" after "NSO Group": a known firm without its last, common word.
    if (player.node.label == company && player.entry && words.size() == 2 && words[0].size() > 2 &&
        one_of(words[1], {"Group", "Holdings", "Corporation", "Corp.", "Inc.", "Technologies",
                          "Technology", "Industries", "Energy", "Motors", "International", "Pharma",
                          "Steel", "Airlines", "Electronics", "Semiconductor", "Aerospace",
                          "Chemical", "Systems", "Networks", "Capital"}) &&
        !naming.lexicon.find(words[0]))
      known.emplace_back(words[0], node);
    if (player.node.label == company && !player.entry && words[0].size() > 3 &&
        !(words[0] == "China" || words[0] == "Chinese"))
      known.emplace_back(words[0], node);
  }
}

// "the KRG" after "Kurdistan Regional Government": the initials of a name of three words or more.
void collect_initials(const Naming& naming, std::vector<std::pair<std::string, std::size_t>>& known) {
  for (std::size_t node = 0; node < naming.cast.size(); ++node) {
    const auto& label = Ontology::builtin().label(naming.cast.label(node));
    if (label.name == "Person" || (!label.actor && label.name != "Agreement")) continue;
    std::string initials;
    for (const auto& word : name_words(naming.cast.player(node).node.name))
      if (word[0] >= 'A' && word[0] <= 'Z') initials += word[0];
    if (initials.size() >= 3 && initials.size() <= 6) known.emplace_back(initials, node);
  }
}

void name_short_forms(Naming& naming,
                      const std::vector<std::pair<std::string, std::size_t>>& known) {
  for (const auto& [name, node] : known) {
    const auto words = name_words(name);
    const auto count = std::int32_t(words.size());
    for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
      const Sentence& sentence = naming.text.sentences[s];
      for (std::int32_t i = 0; i + count <= sentence.size(); ++i) {
        if (sentence.at(i).text != words[0] || !naming.free(s, i, i + count)) continue;
        bool same = true;
        for (std::int32_t k = 1; same && k < count; ++k)
          same = sentence.at(i + k).text == words[std::size_t(k)];
        const bool other_given = naming.cast.label(node) == label_id("Person") && count == 1 && i > 0 &&
                                 naming.taken[s][std::size_t(i - 1)] == 0 &&
                                 sentence.at(i - 1).capital() && is_proper(sentence.at(i - 1).tag) &&
                                 naming.vocabulary.role_at(sentence, i - 1) == nullptr && i > 1;
        if (other_given || (naming.cast.label(node) == label_id("Person") && i + count < sentence.size() &&
                            is_kin_group(sentence.at(i + count).lower)))
          continue;
        const bool in_brackets = i > 0 && sentence.at(i - 1).text == "(";
        if (same) naming.put(s, i, i + count, node).modifier = in_brackets;
      }
    }
  }
}
}  // namespace

bool is_kin_group(string_view word) {
  return one_of(word, {"family", "clan", "dynasty", "brothers", "sisters", "siblings", "heirs"});
}

string_view Naming::words(std::uint32_t sentence, std::int32_t first, std::int32_t last) const {
  const Sentence& place = text.sentences[sentence];
  const auto begin = place.at(first).begin, end = place.at(last - 1).end;
  return string_view(article.document.text).substr(begin, end - begin);
}

bool Naming::free(std::uint32_t sentence, std::int32_t first, std::int32_t last) const {
  const auto& row = taken[sentence];
  return std::none_of(row.begin() + first, row.begin() + last, [](char t) { return t != 0; });
}

Mention& Naming::put(std::uint32_t sentence, std::int32_t first, std::int32_t last,
                     std::size_t node) {
  std::fill(taken[sentence].begin() + first, taken[sentence].begin() + last, char(1));
  const Sentence& place = text.sentences[sentence];
  Mention mention{sentence, first, last, node};
  mention.possessive =
      last < place.size() && (place.at(last).text == "'s" || place.at(last).text == "'");
  return cast.mention(mention, std::string(words(sentence, first, last)));
}

Mention* Naming::at(std::uint32_t sentence, std::int32_t word) const {
  for (Mention& mention : cast.in(sentence))
    if (mention.first <= word && word < mention.last) return &mention;
  return nullptr;
}

void name_again(Naming& naming) {
  std::vector<std::pair<std::string, std::size_t>> known;
  name_acronyms(naming, known);
  collect_short_names(naming, known);
  collect_initials(naming, known);
  name_short_forms(naming, known);
}

Cast find_names(const Article& article, const Text& text, const Lexicon& lexicon,
                const Vocabulary& vocabulary) {
  Cast cast(text.sentences.size());
  Naming naming{article, text, lexicon, vocabulary, cast, {}};
  for (const Sentence& sentence : text.sentences) {
    const char whole = sentence.zone == Zone::Boilerplate ? 1 : sentence.zone == Zone::Dateline ? 2 : 0;
    naming.taken.emplace_back(sentence.words.size(), whole);
    std::fill_n(naming.taken.back().begin(), sentence.opening, char(2));  // where, not who
  }
  name_known(naming);
  name_enumerations(naming);
  name_capitals(naming);
  name_people(naming);
  name_unknown(naming);
  name_again(naming);
  name_collectives(naming);
  cast.sort();
  name_substances(naming);
  cast.sort();
  name_pronouns(naming);
  cast.sort();
  return cast;
}

}  // namespace entente
