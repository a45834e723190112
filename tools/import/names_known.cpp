// Names of the lexicon, and unknown names made of capitals and a class noun.
#include <algorithm>
#include <unordered_set>

#include "tools/import/names.h"

namespace entente {
namespace {
using std::string_view;

// Words in capitals that open sentences or stand before names without being part of them.
bool is_function_word(string_view lower) {
  static const std::unordered_set<string_view> kWords = {
      "the",     "a",         "an",        "in",       "on",       "at",       "of",
      "to",      "for",       "from",      "by",       "with",     "as",       "but",
      "and",     "or",        "nor",       "if",       "when",     "while",    "after",
      "before",  "since",     "until",     "because",  "although", "though",   "however",
      "it",      "its",       "he",        "his",      "she",      "her",      "they",
      "their",   "we",        "our",       "you",      "i",        "this",     "that",
      "these",   "those",     "there",     "here",     "what",     "who",      "which",
      "how",     "why",       "where",     "some",     "many",     "most",     "all",
      "both",    "each",      "other",     "another",  "no",       "not",      "only",
      "also",    "still",     "yet",       "then",     "under",    "over",     "during",
      "despite", "following", "according", "one",      "two",      "three",    "last",
      "next",    "meanwhile", "instead",   "moreover", "together", "so",       "such",
      "late",    "early",     "former",    "new",      "mr.",      "ms.",      "mrs.",
      "monday",  "tuesday",   "wednesday", "thursday", "friday",   "saturday", "sunday",
      "january", "february",  "march",     "april",    "may",      "june",     "july",
      "august",  "september", "october",   "november", "december", "now",      "today"};
  return kWords.contains(lower);
}

// "New York", "New Jersey"
bool opens_a_place(const Sentence& sentence, std::int32_t i) {
  return sentence.at(i).lower == "new" && i + 1 < sentence.size() &&
         one_of(sentence.at(i + 1).lower,
                {"york", "delhi", "jersey", "mexico", "zealand", "hampshire", "orleans", "england",
                 "caledonia", "south", "brunswick", "haven", "development"});
}

// The country that the words before `at` speak of: "China's", "Chinese", "U.S.".
std::string country_before(const Naming& naming, std::uint32_t s, std::int32_t at) {
  const Sentence& sentence = naming.text.sentences[s];
  if (at > 0 && sentence.at(at - 1).lower == "own") --at;
  if (at > 0 && one_of(sentence.at(at - 1).text, {"'s", "'"})) --at;
  if (at == 0) return {};
  const Mention* mention = naming.at(s, at - 1);
  if (mention == nullptr) return {};
  const Player& player = naming.cast.player(mention->node);
  return player.node.label == label_id("Government") ? player.node.name : std::string{};
}

// "the Moscow-led alliance", "a Tehran-backed militia"
bool in_compound(const Sentence& sentence, std::int32_t last) {
  return last + 1 < sentence.size() && sentence.at(last).text == "-" &&
         one_of(sentence.at(last + 1).lower,
                {"led", "backed", "based", "brokered", "controlled", "run", "owned", "allied",
                 "sponsored", "funded", "supported", "made", "linked", "aligned", "supplied",
                 "friendly", "style", "born", "trained", "installed", "appointed", "listed"});
}

// Of several rows that share a name, the one that suits the country before it, then the document's.
const NameHit& choose(const Naming& naming, const std::vector<NameHit>& hits,
                      const std::string& country, bool place) {
  if (place)  // "based in Brussels": the town, not what has its seat there
    for (const auto& hit : hits)
      if (hit.kind == NameKind::Capital) return hit;
  for (const auto& hit : hits)
    if (!country.empty() && naming.lexicon.entry(hit.entry).country == country) return hit;
  for (const auto& hit : hits)
    if (hit.kind == NameKind::Name &&
        naming.cast.find(naming.lexicon.entry(hit.entry).country, label_id("Government")))
      return hit;
  for (const auto& hit : hits)
    if (hit.kind == NameKind::Name) return hit;
  return hits.front();
}

bool after_place_word(const Sentence& sentence, std::int32_t at) {
  return at > 0 &&
         one_of(sentence.at(at - 1).lower, {"in", "at", "near", "outside", "around", "inside", "to",
                                            "into", "across", "through", "throughout"});
}

// "the Chinese agreed": a people that acts is its government; "Chinese exports", "Chinese people"
// not.
bool acts_as_people(const Sentence& sentence, std::int32_t first, std::int32_t last) {
  if (first == 0 || sentence.at(first - 1).lower != "the") return false;
  if (last >= sentence.size()) return true;
  const Word& next = sentence.at(last);
  return next.is_verb() || next.tag == Tag::MD || one_of(next.text, {".", ",", "'s", "and"});
}

// "China studies", "U.S. exports": a country before a noun says only of what kind it is.
bool before_noun(const Sentence& sentence, LabelId label, std::int32_t last) {
  if (label != label_id("Government") || last >= sentence.size()) return false;
  const Word& next = sentence.at(last);
  return (next.tag == Tag::NN || next.tag == Tag::NNS) && !next.capital();
}

void name_inside(Naming& naming, std::uint32_t s, std::int32_t first, std::int32_t last,
                 const std::vector<WordForm>& forms) {
  const std::vector<WordForm> part(forms.begin(), forms.begin() + last);
  for (std::int32_t i = first; i < last; ++i) {
    const std::vector<WordForm> less(part.begin(), part.end() - (i == first ? 1 : 0));
    const auto match = naming.lexicon.longest(less, std::size_t(i));
    if (match.length == 0) continue;
    const NameHit hit = match.hits->front();
    if (hit.kind == NameKind::Capital) continue;  // where it was held
    if (!Ontology::builtin().label(naming.lexicon.entry(hit.entry).label).actor) continue;
    naming.put(s, i, i + std::int32_t(match.length), naming.cast.add(naming.lexicon, hit.entry))
        .modifier = true;
    i += std::int32_t(match.length) - 1;
  }
}

// "Hoshine Silicon" in the table, "Hoshine Silicon Industry Co., Ltd." in the text.
std::int32_t end_of_firm(const Sentence& sentence, std::int32_t last) {
  std::int32_t end = last;
  for (std::int32_t i = last; i < std::min(sentence.size(), last + 6); ++i) {
    if (one_of(sentence.at(i).lower, {"co", "co.", "ltd", "ltd.", "inc", "inc.", "corp", "corp.",
                                      "company", "corporation", "limited", "group", "holdings",
                                      "llc", "plc", "ag", "gmbh", "s.a."}) &&
        sentence.at(i).capital())
      end = i + 1;
    else if (!sentence.at(i).capital() && sentence.at(i).text != "," && sentence.at(i).text != ".")
      break;
  }
  return end;
}

// "Silver" in "Silver Lake": a substance with a capital beside another capital.
bool part_of_a_name(const Naming& naming, const Sentence& sentence, std::int32_t first,
                    std::int32_t last, const NameHit& hit) {
  if (naming.lexicon.entry(hit.entry).label != label_id("Chemical")) return false;
  // "no silver bullet", "the gold standard": no metal
  if (last < sentence.size() &&
      one_of(sentence.at(last).lower, {"bullet", "bullets", "lining", "medal", "medals", "standard",
                                       "rush", "curtain", "fist", "grip", "dome", "screen", "age"}))
    return true;
  if (!sentence.at(first).capital() || sentence.zone != Zone::Body) return false;
  const auto capital = [&](std::int32_t i) {
    return i >= 0 && i < sentence.size() && sentence.at(i).capital() &&
           is_proper(sentence.at(i).tag);
  };
  return capital(last) || (first > 1 && capital(first - 1));
}

// "Security Service" in "State Security Service": a short name of a body, with a capital before it
// that no name holds.
bool inside_a_longer_name(const Naming& naming, std::uint32_t s, std::int32_t first,
                          std::int32_t last, const NameHit& hit) {
  const Sentence& sentence = naming.text.sentences[s];
  const Entry& entry = naming.lexicon.entry(hit.entry);
  if (sentence.zone != Zone::Body || last - first > 3 || first < 1 || entry.kind == "state" ||
      (entry.label != label_id("Agency") && entry.label != label_id("Organization")) ||
      !is_proper(sentence.at(first).tag) || naming.words(s, first, last) == entry.name)
    return false;
  const Word& before = sentence.at(first - 1);
  const bool letters = sentence.at(first).text.find_first_of("abcdefghijklmnopqrstuvwxyz") !=
                       std::string::npos;  // not of "FBI"
  return letters && before.capital() && is_proper(before.tag) &&
         naming.taken[s][std::size_t(first - 1)] == 0 && !is_function_word(before.lower) &&
         naming.vocabulary.role_at(sentence, first - 1) == nullptr;
}

// "Adani Ports", "the Sackler family": a surname before a noun that makes another thing of it.
bool surname_of_a_thing(const Naming& naming, const Sentence& sentence, std::int32_t first,
                        std::int32_t last, const NameHit& hit) {
  if (naming.lexicon.entry(hit.entry).label != label_id("Person") || last - first != 1 ||
      last >= sentence.size() || sentence.zone != Zone::Body)
    return false;
  const Word& next = sentence.at(last);
  if (!next.capital()) return first > 0 && is_kin_group(next.lower);
  return is_proper(next.tag) && (naming.vocabulary.class_of(next.lower) != nullptr ||
                                 one_of(next.lower, {"ports", "power", "tower", "towers", "energy",
                                                     "steel", "motors", "plan", "doctrine", "square",
                                                     "airport", "street", "avenue", "prize", "award",
                                                     "enterprises", "green", "capital"}));
}

// "Chinese Chamber of Commerce" is not the American one that the table calls so in short.
bool of_another_country(const Naming& naming, std::uint32_t s, std::int32_t first, std::int32_t last,
                        const NameHit& hit, const std::string& country) {
  const Entry& entry = naming.lexicon.entry(hit.entry);
  return !country.empty() && !entry.country.empty() && entry.country != country &&
         entry.label == label_id("Organization") && last - first > 1 &&
         naming.words(s, first, last) != entry.name;
}

// "Russia's military intelligence service" is not its army, "an army court" no army.
bool organ_of_an_organ(const Naming& naming, const Sentence& sentence, std::int32_t last,
                       const NameHit& hit) {
  return naming.lexicon.entry(hit.entry).label == label_id("Agency") && last < sentence.size() &&
         one_of(sentence.at(last - 1).lower, {"military", "army", "navy", "police"}) &&
         one_of(sentence.at(last).lower, {"intelligence", "court", "tribunal", "academy", "base",
                                          "hospital", "prosecutor", "prosecutors", "attache",
                                          "industry", "equipment", "budget", "aid", "junta", "rule",
                                          "government", "exercises", "drills", "training", "council"});
}

void name_sentence(Naming& naming, std::uint32_t s) {
  const Sentence& sentence = naming.text.sentences[s];
  std::vector<WordForm> forms;
  for (const Word& word : sentence.words) forms.push_back({word.text, word.lower});
  for (std::int32_t i = 0; i < sentence.size(); ++i) {
    if (naming.taken[s][std::size_t(i)]) continue;
    const auto match = naming.lexicon.longest(forms, std::size_t(i));
    if (match.length == 0) continue;
    auto last = i + std::int32_t(match.length);
    const std::string country = country_before(naming, s, i);
    const NameHit hit = choose(naming, *match.hits, country,
                               after_place_word(sentence, i) || in_compound(sentence, last));
    const bool in_name =
        last < sentence.size() && sentence.at(last).text == "-" && last + 1 < sentence.size() &&
        sentence.at(last + 1).capital() && sentence.at(last).end == sentence.at(last + 1).begin &&
        match.length == 1 && naming.lexicon.entry(hit.entry).label == label_id("Person");
    if (in_name || part_of_a_name(naming, sentence, i, last, hit) ||
        inside_a_longer_name(naming, s, i, last, hit) ||
        surname_of_a_thing(naming, sentence, i, last, hit) ||
        of_another_country(naming, s, i, last, hit, country) ||
        organ_of_an_organ(naming, sentence, last, hit))
      continue;
    const bool seat = i > 1 && one_of(sentence.at(i - 2).lower, {"based", "headquartered", "registered",
                                                                 "incorporated", "domiciled"});
    if (hit.kind == NameKind::Capital && i > 0 && !seat &&
        one_of(sentence.at(i - 1).lower, {"in", "at", "near", "outside", "around"})) {
      std::fill_n(naming.taken[s].begin() + i, match.length, char(2));  // a place, no actor
      i = last - 1;
      continue;
    }
    const std::size_t node = naming.cast.add(naming.lexicon, hit.entry);
    if (naming.cast.label(node) == label_id("Company")) last = end_of_firm(sentence, last);
    Mention& mention = naming.put(s, i, last, node);
    mention.place = hit.kind != NameKind::Demonym && after_place_word(sentence, i) &&
                    naming.cast.label(mention.node) == label_id("Government");
    mention.modifier = hit.kind == NameKind::Demonym
                           ? !acts_as_people(sentence, i, last)
                           : before_noun(sentence, naming.cast.label(mention.node), last) ||
                                 in_compound(sentence, last);
    // "Senator Sherrod Brown of Ohio": where he is from
    if (i > 1 && sentence.at(i - 1).lower == "of" && naming.cast.label(node) == label_id("Government") &&
        naming.lexicon.entry(hit.entry).kind != "state" && sentence.at(i - 2).capital())
      mention.place = mention.modifier = true;
    // "Pelosi's visit to Taiwan": the names inside it count too, as modifiers.
    const bool event = naming.cast.label(mention.node) == label_id("Event");
    // "the Commerce Department's Entity List"
    const bool owned = naming.cast.label(mention.node) == label_id("Measure") &&
                       std::any_of(sentence.words.begin() + i, sentence.words.begin() + last,
                                   [](const Word& w) { return w.text == "'s"; });
    if ((event || owned) && match.length > 2)
      name_inside(naming, s, i, last, forms);
    i = last - 1;
  }
}

// The label that a run of capitals [first, last) earns by its first or last noun.
const ClassNoun* class_of_run(const Naming& naming, const Sentence& sentence, std::int32_t first,
                              std::int32_t last) {
  const auto look = [&](std::int32_t i) -> const ClassNoun* {
    if (i > first)  // "National Bank"
      if (const auto* noun =
              naming.vocabulary.class_of(sentence.at(i - 1).lower + " " + sentence.at(i).lemma))
        return noun;
    if (const auto* noun = naming.vocabulary.class_of(sentence.at(i).lower)) return noun;
    return naming.vocabulary.class_of(sentence.at(i).lemma);
  };
  // "Initiative on Armed Actors": the noun before the first small word, if the run has one.
  for (std::int32_t i = first; i < last; ++i)
    if (one_of(sentence.at(i).lower, {"of", "on", "for", "to", "in", "against"})) {
      const ClassNoun* noun = i > first ? look(i - 1) : nullptr;
      return noun != nullptr && noun->leading ? noun : nullptr;
    }
  const ClassNoun* noun = look(last - 1);
  return noun != nullptr && noun->proper ? noun : nullptr;
}

bool names_an_actor(const ClassNoun* noun) {
  return noun != nullptr && Ontology::builtin().label(noun->label).actor;
}

// A run may hold known names at its front that are no part of it: "U.S. Special Envoy Office".
std::size_t node_of_run(Naming& naming, std::uint32_t s, std::int32_t first, std::int32_t last,
                        const ClassNoun& noun) {
  LabelId label = noun.label;
  if (label == label_id("Government")) label = label_id("Agency");
  const std::string name(naming.words(s, first, last));
  // "Chile's State Defense Council": a state's council is an organ of it.
  if (label == label_id("Organization") && first > 0 && naming.text.sentences[s].at(first - 1).text == "'s" &&
      !country_before(naming, s, first).empty())
    for (const string_view organ : {"Council", "Committee", "Commission", "Board", "Authority",
                                    "Administration"})
      if (name.find(organ) != std::string::npos) label = label_id("Agency");
  // "Select Committee" after "House Select Committee on ...": the longer name that holds it.
  for (std::size_t other = 0; other < naming.cast.size(); ++other) {
    const auto& longer = naming.cast.player(other).node.name;
    if (naming.cast.label(other) == label && longer.size() > name.size() &&
        (" " + longer + " ").find(" " + name + " ") != std::string::npos)
      return other;
  }
  const std::size_t node = naming.cast.add(name, label);
  if (const auto country = country_before(naming, s, first); !country.empty())
    naming.cast.player(node).country = country;
  return node;
}
}  // namespace

void name_known(Naming& naming) {
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s)
    if (naming.text.sentences[s].zone != Zone::Boilerplate) name_sentence(naming, s);
}

std::int32_t end_of_capitals(const Naming& naming, std::uint32_t s, std::int32_t at) {
  const Sentence& sentence = naming.text.sentences[s];
  std::int32_t end = at;
  for (std::int32_t i = at; i < sentence.size(); ++i) {
    const Word& word = sentence.at(i);
    const bool glue =
        one_of(word.lower, {"of", "on", "for", "the", "and", "to",  "in",  "against", "&",   "-",
                            ",",  "de", "la",  "al",  "bin", "van", "von", "del",     "dos", "da"});
    if (word.capital()) {
      const bool initial = word.text.size() == 2 && word.text[1] == '.';
      if (initial && end > at) break;  // "Customs Administration B. Asralt"
      if (naming.taken[s][std::size_t(i)] == 1) {
        const Mention* mention = naming.at(s, i);
        // A known actor of several words is a name of its own; a country may be inside one.
        if (mention != nullptr && naming.cast.label(mention->node) != label_id("Government")) break;
      }
      end = i + 1;
    } else if (!glue || end == at || i > end + 1) {
      break;
    } else if (word.lower == ",") {
      // "Hoshine Silicon Industry Co., Ltd." and nothing else.
      if (i + 1 >= sentence.size() ||
          !one_of(sentence.at(i + 1).lower, {"ltd", "ltd.", "inc", "inc.", "llc"}))
        break;
    } else if (word.text == "-" && i > 0 && sentence.at(i - 1).end != word.begin) {
      break;
    }
  }
  return end;
}

void name_capitals(Naming& naming) {
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    const Sentence& sentence = naming.text.sentences[s];
    if (sentence.zone != Zone::Body) continue;
    for (std::int32_t i = 0; i < sentence.size(); ++i) {
      if (!sentence.at(i).capital() ||
          (is_function_word(sentence.at(i).lower) && !opens_a_place(sentence, i)))
        continue;
      const Mention* here = naming.at(s, i);
      if (here != nullptr &&
          (naming.cast.label(here->node) != label_id("Government") || here->possessive))
        continue;
      std::int32_t last = end_of_capitals(naming, s, i);
      // Names of several countries or a country alone are no new name.
      std::int32_t fresh = 0;
      for (std::int32_t k = i; k < last; ++k)
        fresh += naming.taken[s][std::size_t(k)] == 0 && sentence.at(k).capital();
      const std::int32_t first = i;
      const ClassNoun* noun = nullptr;
      // "the A Institute and the Ministry of B": two names where the first is whole by itself.
      for (std::int32_t k = first + 2; k + 1 < last; ++k)
        if (sentence.at(k).lower == "and" && class_of_run(naming, sentence, first, k) != nullptr &&
            (sentence.at(k + 1).lower == "the" ||
             names_an_actor(class_of_run(naming, sentence, k + 1, last)))) {
          last = k;
          break;
        }
      // "X and Y Commission", "X of Y": try the whole run, then without its last joined part.
      while (last - first >= 2 && (noun = class_of_run(naming, sentence, first, last)) == nullptr) {
        std::int32_t cut = last - 1;
        while (cut > first &&
               !one_of(sentence.at(cut).lower, {"and", "of", "for", "on", "to", "in"}))
          --cut;
        if (cut <= first) break;
        last = cut;
      }
      if (noun == nullptr || fresh == 0 || last - first < 2) {
        continue;
      }
      // "Chinese Government": country and one class noun are the business of collectives.
      if (here != nullptr && last - here->last <= 1) continue;
      // "Chinese Foreign Ministry": the country before the name stays outside it.
      std::int32_t start = first;
      if (here != nullptr && here->modifier && last - here->last >= 2) start = here->first;
      auto& mentions = naming.cast.in(s);
      std::erase_if(mentions, [&](const Mention& m) { return m.first >= start && m.last <= last; });
      // "the G7 Summit in Cornwall": who holds it belongs to the name.
      std::optional<Mention> holder;
      if (noun->label == label_id("Event") && start > 0)
        if (const Mention* before = naming.at(s, start - 1);
            before != nullptr && before->last == start && !before->possessive &&
            naming.cast.label(before->node) == label_id("Organization"))
          holder = *before;
      if (holder) {
        start = holder->first;
        std::erase_if(mentions, [&](const Mention& m) { return m.first >= start && m.last <= last; });
      }
      const std::size_t node = node_of_run(naming, s, start, last, *noun);
      if (holder) {
        holder->modifier = true;
        naming.cast.mention(*holder, std::string(naming.words(s, holder->first, holder->last)));
      }
      naming.put(s, start, last, node);
      i = last - 1;
    }
  }
}

}  // namespace entente
