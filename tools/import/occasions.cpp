#include "tools/import/occasions.h"

#include <algorithm>

#include "tools/import/table.h"

namespace entente {
using std::string_view;

Result<OccasionWords> OccasionWords::load(const std::filesystem::path& folder) {
  const auto table = Table::read(folder / "occasions.tsv", {"word", "kind", "label", "group"});
  if (!table) return table.error();
  OccasionWords words;
  for (const auto& row : table->rows()) {
    const auto label = Ontology::builtin().find_label(row[2]);
    if (!label) return table->fault(row, "unknown label '" + std::string(row[2]) + "'");
    const std::string word(row[0]);
    if (row[1] == "noun")
      words.nouns_.emplace(word, Noun{*label, std::string(row[3].empty() ? row[0] : row[3])});
    else if (row[1] == "verb")
      words.verbs_[word].push_back(*label);
    else
      return table->fault(row, "the kind is neither noun nor verb");
  }
  return words;
}

const OccasionWords::Noun* OccasionWords::noun_at(const Sentence& sentence,
                                                  std::int32_t word) const {
  if (sentence.at(word).tag != Tag::NN && sentence.at(word).tag != Tag::NNS) return nullptr;
  const std::string& lemma = sentence.at(word).lemma;
  // "tighten control" makes no rule, "new controls" do.
  if (lemma == "control" && sentence.at(word).tag == Tag::NN) return nullptr;
  if (word > 0)
    if (const auto two = nouns_.find(sentence.at(word - 1).lower + " " + lemma);
        two != nouns_.end())
      return &two->second;
  if (word + 2 < sentence.size() && sentence.at(word + 1).lower == "of")  // "letter of intent"
    if (const auto three = nouns_.find(lemma + " of " + sentence.at(word + 2).lower);
        three != nouns_.end())
      return &three->second;
  const auto found = nouns_.find(lemma);
  return found == nouns_.end() ? nullptr : &found->second;
}

bool OccasionWords::makes(string_view verb, LabelId label) const {
  const auto found = verbs_.find(std::string(verb));
  return found != verbs_.end() &&
         std::find(found->second.begin(), found->second.end(), label) != found->second.end();
}

// The noun with what describes it: adjectives before it, and one phrase behind it.
std::string Occasions::described(std::uint32_t s, std::int32_t noun, std::int32_t& first,
                                 std::int32_t& last) const {
  const Sentence& sentence = text_.sentences[s];
  first = noun;
  while (first > 0 && noun - first < 5) {
    const Word& word = sentence.at(first - 1);
    const bool part = word.tag == Tag::JJ || word.tag == Tag::JJR || word.tag == Tag::JJS ||
                      word.tag == Tag::NN || word.tag == Tag::NNS ||
                      ((word.tag == Tag::VBN || word.tag == Tag::VBG) &&
                       (word.relation == Relation::Amod || word.relation == Relation::Compound)) ||
                      word.text == "-" || is_proper(word.tag);
    const bool other = std::any_of(cast_.in(s).begin(), cast_.in(s).end(), [&](const Mention& m) {
      return m.first < first && first <= m.last && !m.modifier;
    });
    if (!part || other) break;
    --first;
  }
  while (first < noun && sentence.at(first).text == "-") ++first;
  last = noun + 1;
  const string_view stored = article_.document.text;
  return std::string(
      stored.substr(sentence.at(first).begin, sentence.at(noun).end - sentence.at(first).begin));
}

std::size_t Occasions::node(std::uint32_t s, std::int32_t noun,
                            const std::vector<std::size_t>& actors) {
  const auto* kind = words_.noun_at(text_.sentences[s], noun);
  std::vector<std::size_t> order = actors;
  std::sort(order.begin(), order.end());
  std::string key = kind->group;
  for (const auto actor : order) key += " " + std::to_string(actor);

  std::int32_t first = noun, last = noun + 1;
  const std::string words = described(s, noun, first, last);
  auto place = nodes_.find(key);
  if (place == nodes_.end()) {
    std::string name;
    for (const auto actor : actors)
      name += (name.empty() ? "" : "-") + cast_.player(actor).node.name;
    name += " " + words;
    place = nodes_.emplace(key, cast_.add(name, kind->label)).first;
  }
  const std::size_t node = place->second;
  told_.push_back({kind->label, kind->group, node, s});
  cast_.say(node, words);
  const Sentence& here = text_.sentences[s];  // and with fewer of its adjectives
  for (std::int32_t from = first + 1; from < noun; ++from)
    cast_.say(node, article_.document.text.substr(here.at(from).begin,
                                                  here.at(noun).end - here.at(from).begin));
  // Longer forms that the text may go by: with the phrase that follows.
  const Sentence& sentence = text_.sentences[s];
  const string_view stored = article_.document.text;
  if (last + 1 < sentence.size() &&
      one_of(sentence.at(last).lower, {"in", "on", "to", "of", "at", "from", "by", "with", "for",
                                       "between", "against", "about", "warning"})) {
    std::int32_t end = last + 1;
    while (end < sentence.size() &&
           (sentence.at(end).capital() || one_of(sentence.at(end).lower, {"the", "a"}) ||
            sentence.at(end).tag == Tag::CD || (end == last + 1 && sentence.at(end).is_noun())))
      ++end;
    std::int32_t phrase = last + 1;  // "a notice to its domestic industry"
    while (phrase < sentence.size() &&
           (sentence.at(phrase).tag == Tag::JJ || sentence.at(phrase).tag == Tag::DT ||
            sentence.at(phrase).tag == Tag::PRPS || sentence.at(phrase).is_noun()))
      ++phrase;
    if (phrase > last + 1)
      cast_.say(node, std::string(stored.substr(sentence.at(first).begin,
                                                sentence.at(phrase - 1).end - sentence.at(first).begin)));
    std::int32_t clause = last;
    while (clause < sentence.size() &&
           !one_of(sentence.at(clause).text, {",", ".", ";", ":", "\"", ")", "("}))
      ++clause;
    if (clause > last + 1 && clause < last + 14)
      cast_.say(node,
                std::string(stored.substr(sentence.at(first).begin,
                                          sentence.at(clause - 1).end - sentence.at(first).begin)));
    if (end > last + 1)
      cast_.say(node,
                std::string(stored.substr(sentence.at(first).begin,
                                          sentence.at(end - 1).end - sentence.at(first).begin)));
  }
  if (first < noun) {
    if (last < sentence.size() && one_of(sentence.at(last).lower, {"from", "by", "on"})) {
      std::int32_t end = last + 1;  // "report from RAND"
      while (end < sentence.size() && (sentence.at(end).capital() || sentence.at(end).lower == "the"))
        ++end;
      if (end > last + 1)
        cast_.say(node, std::string(stored.substr(sentence.at(noun).begin,
                                                  sentence.at(end - 1).end - sentence.at(noun).begin)));
    }
    cast_.say(node, sentence.at(noun).text);
  }
  return node;
}

void Occasions::recall(std::uint32_t s) {
  constexpr std::uint32_t kFar = 6;  // sentences
  const Sentence& sentence = text_.sentences[s];
  for (const Mention& mention : cast_.in(s)) {
    const LabelId label = cast_.label(mention.node);
    if (label == label_id("Measure") || label == label_id("Agreement") ||
        label == label_id("Document"))
      told_.push_back({label, "", mention.node, s});
  }
  std::vector<Mention> found;
  for (std::int32_t i = 1; i < sentence.size(); ++i) {
    const auto* noun = words_.noun_at(sentence, i);
    const bool text = one_of(sentence.at(i).lower, {"text", "document", "proposal"});
    if (noun == nullptr && !text) continue;
    if (noun != nullptr && noun->label != label_id("Measure") &&
        noun->label != label_id("Agreement") && noun->label != label_id("Document"))
      continue;
    std::int32_t first = i - 1;
    if (sentence.at(first).tag == Tag::JJ || sentence.at(first).tag == Tag::NN) --first;
    if (first < 0 || !one_of(sentence.at(first).lower, {"the", "this", "that", "these", "those"}))
      continue;
    if (i + 1 < sentence.size() && (sentence.at(i + 1).is_noun() || sentence.at(i + 1).text == "-"))
      continue;
    const bool inside = std::any_of(cast_.in(s).begin(), cast_.in(s).end(), [&](const Mention& m) {
      return m.first <= i && first < m.last;
    });
    if (inside) continue;
    for (auto told = told_.rbegin(); told != told_.rend(); ++told) {
      if (told->sentence >= s || s - told->sentence > kFar) continue;
      const bool same = text ? told->label != label_id("Document")
                             : told->label == noun->label &&
                                   (told->group == noun->group || told->group.empty());
      if (!same) continue;
      Mention mention{s, first, i + 1, told->node};
      mention.pronoun = true;
      found.push_back(mention);
      break;
    }
  }
  for (const Mention& mention : found) {
    cast_.in(s).push_back(mention);
    const auto begin = sentence.at(mention.first).begin, end = sentence.at(mention.last - 1).end;
    cast_.say(mention.node, article_.document.text.substr(begin, end - begin));
  }
  if (!found.empty()) cast_.sort();
}

std::size_t Occasions::named(std::uint32_t s, std::int32_t first, std::int32_t last, LabelId label,
                             const std::vector<std::size_t>& actors, string_view noun) {
  std::string name;
  for (const auto actor : actors) name += (name.empty() ? "" : "-") + cast_.player(actor).node.name;
  name.append(" ").append(noun);
  const Sentence& sentence = text_.sentences[s];
  const auto begin = sentence.at(first).begin, end = sentence.at(last - 1).end;
  // Meetings of other sentences are other meetings, as far as one can tell.
  std::string key = std::to_string(s) + " " + name;
  if (const auto known = nodes_.find(key); known != nodes_.end()) return known->second;
  if (cast_.find(name, label)) name += " (" + std::to_string(s) + ")";
  const std::size_t node = cast_.add(name, label);
  nodes_.emplace(std::move(key), node);
  cast_.say(node, article_.document.text.substr(begin, end - begin));
  return node;
}

std::optional<std::size_t> Occasions::known_event(const std::vector<std::size_t>& actors,
                                                  Bound when) {
  if (!when.is_known()) return std::nullopt;
  const LabelId label = label_id("Event");
  for (std::uint32_t i = 0; i < lexicon_.entries().size(); ++i) {
    const Entry& entry = lexicon_.entry(i);
    if (entry.label != label || entry.parties.empty() || !entry.date.is_known()) continue;
    if (!when.period().contains(entry.date.period()) &&
        !entry.date.period().contains(when.period()))
      continue;
    const bool all =
        actors.size() >= 2 && std::all_of(actors.begin(), actors.end(), [&](std::size_t actor) {
          return std::find(entry.parties.begin(), entry.parties.end(),
                           cast_.player(actor).node.name) != entry.parties.end();
        });
    if (all) return cast_.add(lexicon_, i);
  }
  return std::nullopt;
}

}  // namespace entente
