// People whom no table knows, found by what stands beside their names.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "tools/import/names.h"

namespace entente {
namespace {
using std::string_view;

bool says(string_view lemma) {
  static const std::unordered_set<string_view> kVerbs = {
      "say",     "tell",        "add",      "write",     "note",    "argue",   "warn",
      "explain", "claim",       "insist",   "recall",    "testify", "ask",     "reply",
      "respond", "acknowledge", "conclude", "caution",   "comment", "declare", "remark",
      "state",   "observe",     "stress",   "emphasize", "predict", "quip",    "lament",
      "concede", "admit",       "announce", "tweet",     "post"};
  return kVerbs.contains(lemma);
}

struct Run {
  std::int32_t first = 0, last = 0;
  int names = 0;  // words that are no initials or particles
};

// Capitals that could be one person's name: "Todd D. Robinson", "Vanda Felbab-Brown", "Ursula von
// der Leyen".
Run person_run(const Naming& naming, std::uint32_t s, std::int32_t at) {
  const Sentence& sentence = naming.text.sentences[s];
  Run run{at, at, 0};
  for (std::int32_t i = at; i < sentence.size() && run.names < 5; ++i) {
    const Word& word = sentence.at(i);
    if (naming.taken[s][std::size_t(i)] == 1) break;
    const bool letter = word.text.size() == 2 && word.text[1] == '.';
    if (word.capital() && (is_proper(word.tag) || word.text.size() > 3 || letter)) {
      if (naming.vocabulary.role_at(sentence, i) != nullptr && i == at) break;
      run.last = i + 1;
      run.names += !letter;
      continue;
    }
    const bool joined = word.text == "-" && i > at && sentence.at(i - 1).end == word.begin &&
                        i + 1 < sentence.size() && word.end == sentence.at(i + 1).begin;
    static const std::unordered_set<string_view> kParticles = {"de",  "la",  "van", "von", "der",
                                                               "bin", "al",  "el",  "da",  "dos",
                                                               "del", "den", "ibn", "ben"};
    if (run.names > 0 && (joined || kParticles.contains(word.lower))) continue;
    break;
  }
  return run;
}

// The title that ends right before `at`: "Foreign Minister" before "Wang Yi".
const Role* title_before(const Naming& naming, const Sentence& sentence, std::int32_t at,
                         std::int32_t& start) {
  const Role* best = nullptr;
  if (at > 1 && sentence.at(at - 1).text == ",") --at;  // "Kenya's foreign minister, Amina Wanjiru"
  for (std::int32_t k = std::max(0, at - 6); k < at; ++k) {
    const Role* role = naming.vocabulary.role_at(sentence, k);
    if (role == nullptr || k + std::int32_t(role->words) != at || !role->title) continue;
    best = role, start = k;
    break;
  }
  return best;
}

// "the Consul General of Japan Ryoichi Hirano", "the head of the Customs Administration B. Asralt":
// a known name between the role and the person.
const Role* title_of_body_before(const Naming& naming, const Sentence& sentence, std::uint32_t s,
                                 std::int32_t at) {
  if (at < 3) return nullptr;
  const std::int32_t last = at - (sentence.at(at - 1).text == ",");
  const Mention* body = naming.at(s, last - 1);
  if (body == nullptr || body->last != last || body->possessive) return nullptr;
  std::int32_t of = body->first - 1;
  if (of > 0 && sentence.at(of).lower == "the") --of;
  if (of < 1 || !one_of(sentence.at(of).lower, {"of", "for", "at", "in", "to"})) return nullptr;
  for (std::int32_t k = std::max(0, of - 8); k < of; ++k) {
    const Role* role = naming.vocabulary.role_at(sentence, k);
    if (role != nullptr && (k + std::int32_t(role->words) == of || role->official)) return role;
  }
  return nullptr;
}

// A role within reach after a comma: ", the former acting director", ", China's foreign minister".
const Role* role_after(const Naming& naming, const Sentence& sentence, std::int32_t comma) {
  if (comma >= sentence.size() || sentence.at(comma).text != ",") return nullptr;
  for (std::int32_t k = comma + 1; k < std::min(sentence.size(), comma + 8); ++k) {
    if (const Role* role = naming.vocabulary.role_at(sentence, k)) return role;
    if (sentence.at(k).text == "," || sentence.at(k).is_verb()) break;
  }
  return nullptr;
}

struct Surnames {
  std::unordered_map<std::string, std::vector<std::uint32_t>> known;
  std::unordered_set<std::string> given;

  explicit Surnames(const Lexicon& lexicon) {
    const LabelId person = label_id("Person");
    for (std::uint32_t i = 0; i < lexicon.entries().size(); ++i) {
      const Entry& entry = lexicon.entry(i);
      if (entry.label != person) continue;
      const auto space = entry.name.find(' ');
      if (space == std::string::npos) continue;
      known[entry.name.substr(entry.name.rfind(' ') + 1)].push_back(i);
      known[entry.name.substr(0, space)].push_back(i);  // Chinese order
      given.insert(entry.name.substr(0, space));
    }
  }
};

// "President Biden": the person of that surname who held such an office, nearest in time.
std::optional<std::uint32_t> office_holder(const Naming& naming, const Surnames& surnames,
                                           const std::string& surname, const Role& role) {
  const auto found = surnames.known.find(surname);
  if (found == surnames.known.end()) return std::nullopt;
  std::optional<std::uint32_t> best;
  Day best_start = kFirstDay;
  const Bound published = naming.article.document.published;
  for (const auto index : found->second)
    for (const Office& office : naming.lexicon.entry(index).offices) {
      if (office.role.find(role.name) == std::string::npos &&
          role.name.find(office.role) == std::string::npos)
        continue;
      const Day start = office.from.is_known() ? office.from.period().from : kFirstDay;
      const bool later_than_text =
          published.is_known() && office.from.is_known() && start > published.period().to;
      if (!later_than_text && (!best || start > best_start)) best = index, best_start = start;
    }
  return best;
}

void label_person(Cast& cast, std::size_t node, const Role* role) {
  if (role == nullptr) return;
  auto& labels = cast.player(node).node.more_labels;
  const auto add = [&](bool wanted, string_view name) {
    const LabelId id = label_id(name);
    if (wanted && std::find(labels.begin(), labels.end(), id) == labels.end()) labels.push_back(id);
  };
  add(role->expert, "Expert"), add(role->official, "Official");
  std::sort(labels.begin(), labels.end());
}

bool is_landmark(string_view word) {
  static const std::unordered_set<string_view> kNouns = {
      "shoal",  "island",  "islands",  "reef",     "strait", "sea",   "lake",   "river",
      "valley", "bay",     "gulf",     "peninsula", "province", "county", "airport", "bridge",
      "street", "square",  "stadium",  "hospital", "cathedral", "palace", "dam",  "canal",
      "basin",  "desert",  "mountains", "heights", "harbour", "harbor", "crossing", "mine"};
  return kNouns.contains(word);
}

void read_person(Naming& naming, const Surnames& surnames, std::uint32_t s, std::int32_t& i) {
  const Sentence& sentence = naming.text.sentences[s];
  const Run run = person_run(naming, s, i);
  if (run.names == 0) return;
  std::int32_t title_start = i;
  const Role* title = title_before(naming, sentence, run.first, title_start);
  const Role* after = role_after(naming, sentence, run.last);
  const Role* above = title == nullptr && run.last - run.first >= 2
                          ? title_of_body_before(naming, sentence, s, run.first)
                          : nullptr;
  const bool next_says = run.last < sentence.size() && says(sentence.at(run.last).lemma);
  const bool before_says = run.first > 0 && says(sentence.at(run.first - 1).lemma);
  const bool who =
      run.last + 1 < sentence.size() &&
      (sentence.at(run.last).lower == "who" ||
       (sentence.at(run.last).text == "," && sentence.at(run.last + 1).lower == "who"));
  const bool kin = run.last + 2 < sentence.size() && sentence.at(run.last).text == "," &&
                   sentence.at(run.last + 2).lower == "of" &&
                   one_of(sentence.at(run.last + 1).lower,
                          {"son", "daughter", "wife", "husband", "brother", "sister", "father",
                           "mother", "cousin", "nephew", "niece", "uncle", "aunt"});
  const std::int32_t noun =
      run.first - (run.first > 0 && sentence.at(run.first - 1).text == "," ? 2 : 1);
  const bool kin_before =
      noun > 0 && one_of(sentence.at(noun).lower,
                         {"son", "daughter", "wife", "husband", "brother", "sister", "father",
                          "mother", "cousin", "nephew", "niece", "uncle", "aunt", "businessman",
                          "businesswoman", "billionaire", "physicist", "colleague"});
  const bool led_by = run.first > 1 && sentence.at(run.first - 1).lower == "by" &&
                      one_of(sentence.at(run.first - 2).lower,
                             {"led", "headed", "run", "founded", "chaired", "written", "directed"});
  bool is_role = kin || kin_before || led_by;  // "Jane Roe is a former staff writer"
  if (run.last < sentence.size() && one_of(sentence.at(run.last).lower, {"is", "was"}))
    for (std::int32_t k = run.last + 1; k < std::min(sentence.size(), run.last + 6); ++k)
      is_role = is_role || naming.vocabulary.role_at(sentence, k) != nullptr;
  const auto given = [&](std::int32_t k) {
    return surnames.given.contains(sentence.at(k).text) ||
           naming.vocabulary.given_name(sentence.at(k).text);
  };
  // "Shireen Abu Akleh": the second may be the one that is known.
  const bool known_given = run.names >= 2 && run.names <= 4 &&
                           (given(run.first) || (run.names == 3 && run.first > 0 && given(run.first + 1)));
  if (run.first > 0 &&
      one_of(sentence.at(run.first - 1).lemma,
             {"frigate", "ship", "vessel", "tanker", "destroyer", "carrier", "yacht", "boat",
              "submarine", "freighter", "cruiser", "hotel", "street", "hurricane", "typhoon"}))
    return;
  if (is_landmark(sentence.at(run.last - 1).lower)) return;  // "Second Thomas Shoal"
  const std::string name(naming.words(s, run.first, run.last));
  if (title != nullptr && run.names == 1) {
    if (const auto holder = office_holder(naming, surnames, name, *title)) {
      naming.put(s, run.first, run.last, naming.cast.add(naming.lexicon, *holder));
      i = run.last - 1;
      return;
    }
  }
  if (run.names < 2 && above == nullptr && !(title != nullptr && title->official && sentence.at(title_start).capital()))
    return;
  if (run.names > 4) return;
  if (title == nullptr && above == nullptr && after == nullptr && !next_says && !before_says && !who && !known_given &&
      !is_role)
    return;
  const std::size_t node = naming.cast.add(name, label_id("Person"));
  label_person(naming.cast, node, title != nullptr ? title : above != nullptr ? above : after);
  naming.put(s, run.first, run.last, node);
  i = run.last - 1;
}
}  // namespace

namespace {
// "US President Joe Biden": the country only says whose president; the person acts.
void mark_titles(Naming& naming) {
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    const Sentence& sentence = naming.text.sentences[s];
    for (const Mention& person : naming.cast.in(s)) {
      if (naming.cast.label(person.node) != label_id("Person")) continue;
      std::int32_t start = person.first;
      if (title_before(naming, sentence, person.first, start) == nullptr) {
        const Role* inside = naming.vocabulary.role_at(sentence, person.first);
        if (inside == nullptr || !inside->title) continue;
      }
      for (Mention& other : naming.cast.in(s))
        if ((other.last == start || (other.first >= start && other.last <= person.first)) &&
            other.node != person.node && !other.possessive)
          other.modifier = true;
    }
  }
}
}  // namespace

void name_people(Naming& naming) {
  const Surnames surnames(naming.lexicon);
  for (std::uint32_t s = 0; s < naming.text.sentences.size(); ++s) {
    const Sentence& sentence = naming.text.sentences[s];
    if (sentence.zone == Zone::Headline || sentence.zone == Zone::Boilerplate) continue;
    for (std::int32_t i = 0; i < sentence.size(); ++i)
      if (sentence.at(i).capital() && naming.taken[s][std::size_t(i)] == 0)
        read_person(naming, surnames, s, i);
  }
  mark_titles(naming);
}

}  // namespace entente
