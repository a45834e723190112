#include "tools/import/offices.h"

#include <algorithm>
#include <string_view>

#include "tools/import/dates.h"
#include "tools/import/home.h"

namespace entente {
namespace {
using std::string_view;

bool of_a_state(string_view role) {
  return role.find("minister") != string_view::npos ||
         one_of(role, {"president", "vice president", "vice-president", "chancellor", "king",
                       "premier", "chief of staff"});
}

bool of_a_body(string_view role) {
  for (const string_view word :
       {"director", "chair", "administrator", "chief executive", "ceo", "secretary general",
        "secretary-general", "executive secretary", "managing director", "rector",
        "commissioner"})
    if (role.find(word) != string_view::npos) return true;
  return false;
}
}  // namespace

Offices::Offices(const Article& article, const Text& text, Cast& cast, const Lexicon& lexicon,
                 const Vocabulary& vocabulary, Claims& claims)
    : text_(text), cast_(cast), lexicon_(lexicon), vocabulary_(vocabulary), claims_(claims),
      publisher_(find_publisher(article.document.publisher)),
      home_(home_state(text, cast, lexicon, article.document.publisher)) {}

void Offices::title_before(std::uint32_t s, const Mention& mention) {
  if (cast_.label(mention.node) != label_id("Person")) return;
  const Sentence& sentence = text_.sentences[s];
  std::int32_t end = mention.first;
  // "Presidents Biden and Xi": the title may stand before the first of two.
  if (end >= 2 && sentence.at(end - 1).lower == "and")
    for (const Mention& other : cast_.in(s))
      if (other.last == end - 1 && cast_.label(other.node) == label_id("Person"))
        end = other.first;
  // The title may be part of the name: "President Xi" is an alias.
  if (const Role* role = vocabulary_.role_at(sentence, mention.first);
      role != nullptr && role->title) {
    office(s, mention.node, *role,
           mention.first > 0 &&
               one_of(sentence.at(mention.first - 1).lower, {"former", "then", "ex", "late"}));
    return;
  }
  for (std::int32_t k = std::max(0, end - 6); k < end; ++k) {
    const Role* role = vocabulary_.role_at(sentence, k);
    if (role == nullptr || k + std::int32_t(role->words) != end || !role->title) continue;
    if (!role->of.empty() && of_another_state(s, k)) return;
    const bool ended =
        k > 0 && (one_of(sentence.at(k - 1).lower, {"former", "then", "ex", "late"}) ||
                  (k > 1 && sentence.at(k - 1).text == "-" &&
                   one_of(sentence.at(k - 2).lower, {"then", "ex"})));
    office(s, mention.node, *role, ended);
    return;
  }
}

// "Philippine Senator X": not of the Senate that the table means.
bool Offices::of_another_state(std::uint32_t s, std::int32_t title) const {
  return std::any_of(cast_.in(s).begin(), cast_.in(s).end(), [&](const Mention& m) {
    const std::int32_t end = m.last + m.possessive;
    return end == title && cast_.label(m.node) == label_id("Government") &&
           cast_.player(m.node).node.name != "United States";
  });
}

// By its canonical name, else by another; of several the American one, whose titles the table has.
std::optional<std::uint32_t> Offices::known_body(const std::string& of) const {
  if (const auto known = lexicon_.find(of)) return known;
  std::vector<std::string> words = name_words(of), lower = words;
  std::vector<WordForm> forms;
  for (std::string& word : lower) word = lower_of(word);
  for (std::size_t i = 0; i < words.size(); ++i) forms.push_back({words[i], lower[i]});
  const auto match = lexicon_.longest(forms, 0);
  if (match.length != words.size()) return std::nullopt;
  for (const NameHit& hit : *match.hits)
    if (lexicon_.entry(hit.entry).country == "United States") return hit.entry;
  return std::nullopt;
}

void Offices::office(std::uint32_t s, std::size_t person, const Role& role, bool ended) {
  std::string of = role.of;
  const auto& entry = cast_.player(person).entry;
  if (of.empty() && entry)
    for (const Office& office : lexicon_.entry(*entry).offices) {
      if (office.role.find(role.name) == std::string::npos &&
          role.name.find(office.role) == std::string::npos)
        continue;
      of = office.of;
      break;
    }
  if (of.empty()) return;
  Circumstance said;
  said.valid = undated(true), said.confidence = 0.9, said.how = "title";
  said.properties["role"] = role.name;
  if (ended) said.properties["ended"] = true;
  const auto known = known_body(of);
  if (!known) return;
  const std::size_t body = cast_.add(lexicon_, *known);
  if (claims_.add(person, type_id("AFFILIATED_WITH"), body, s, said) &&
      lexicon_.entry(*known).name != of)
    cast_.say(body, of);
}

void Offices::role_after(std::uint32_t s, const Mention& mention) {
  const Sentence& sentence = text_.sentences[s];
  if (cast_.label(mention.node) != label_id("Person") || mention.last + 1 >= sentence.size() ||
      sentence.at(mention.last).text != ",")
    return;
  bool ended = false;
  for (std::int32_t k = mention.last + 1; k < std::min(sentence.size(), mention.last + 4); ++k) {
    if (const Role* role = vocabulary_.role_at(sentence, k)) {
      if (!role->of.empty()) office(s, mention.node, *role, ended);
      return;
    }
    ended = ended || one_of(sentence.at(k).lower, {"former", "then"});
    if (!one_of(sentence.at(k).lower, {"the", "a", "former", "then", "u.s.", "acting"})) return;
  }
}

void Offices::in_context(std::uint32_t s) {
  const Sentence& sentence = text_.sentences[s];
  if (sentence.zone != Zone::Body) return;
  const std::vector<Mention> mentions = cast_.in(s);
  for (const Mention& person : mentions) {
    if (cast_.label(person.node) != label_id("Person") || person.pronoun ||
        claims_.has(person.node, type_id("AFFILIATED_WITH")))
      continue;
    const Role* role = title_of(sentence, person);
    if (role == nullptr || !role->of.empty()) continue;
    std::optional<std::size_t> of;
    const std::string& own = cast_.player(person.node).country;
    if (of_a_state(role->name)) {
      if (!own.empty())  // the tables or the text say so
        of = cast_.find(own, label_id("Government"));
      else if (home_) of = cast_.find(*home_, label_id("Government"));
    } else if (of_a_body(role->name)) {
      of = publisher_ ? publisher_ : body_before(s, person.first);
    }
    if (!of) continue;
    Circumstance said;
    said.valid = undated(true), said.confidence = 0.75, said.how = "context";
    said.properties["role"] = role->name;
    claims_.add(person.node, type_id("AFFILIATED_WITH"), *of, s, said);
  }
}

const Role* Offices::title_of(const Sentence& sentence, const Mention& person) const {
  if (const Role* inside = vocabulary_.role_at(sentence, person.first);
      inside != nullptr && inside->title)
    return inside;
  for (std::int32_t k = std::max(0, person.first - 6); k < person.first; ++k) {
    const Role* role = vocabulary_.role_at(sentence, k);
    if (role != nullptr && role->title && k + std::int32_t(role->words) == person.first)
      return role;
  }
  return nullptr;
}

// Who publishes a press release, if it is a body that the text speaks of.
std::optional<std::size_t> Offices::find_publisher(const std::string& publisher) const {
  for (std::size_t node = 0; node < cast_.size(); ++node) {
    const NamedNode& known = cast_.player(node).node;
    if (known.label != label_id("Organization") && known.label != label_id("Agency") &&
        known.label != label_id("Company"))
      continue;
    if (known.name == publisher || std::find(known.mentions.begin(), known.mentions.end(),
                                             publisher) != known.mentions.end())
      return node;
  }
  return std::nullopt;
}

// The last body before the word in its sentence, else the first of the sentence before.
std::optional<std::size_t> Offices::body_before(std::uint32_t s, std::int32_t word) const {
  const auto body = [&](const Mention& m) {
    const LabelId label = cast_.label(m.node);
    return !m.modifier && cast_.player(m.node).head_noun.empty() &&
           (label == label_id("Organization") || label == label_id("Agency") ||
            label == label_id("Company"));
  };
  std::optional<std::size_t> found;
  for (const Mention& m : cast_.in(s))
    if (m.last <= word && body(m)) found = m.node;
  if (found || s == 0) return found;
  for (const Mention& m : cast_.in(s - 1))
    if (body(m)) return m.node;
  return std::nullopt;
}

}  // namespace entente
