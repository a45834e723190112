#include "tools/import/structure.h"

#include <algorithm>

#include "tools/import/dates.h"
#include "tools/import/lists.h"
#include "tools/import/offices.h"
#include "tools/import/table.h"

namespace entente {
namespace {
using std::string_view;

class Structure {
 public:
  Structure(const Article& article, const Text& text, Cast& cast, const Lexicon& lexicon,
            const Vocabulary& vocabulary, const Patterns& patterns, Claims& claims)
      : text_(text),
        cast_(cast),
        lexicon_(lexicon),
        vocabulary_(vocabulary),
        patterns_(patterns),
        claims_(claims),
        offices_(article, text, cast, lexicon, vocabulary, claims) {}

  void read(std::uint32_t s) {
    const Sentence& sentence = text_.sentences[s];
    if (sentence.zone == Zone::Boilerplate || sentence.zone == Zone::Headline) return;
    for (const auto& pattern : patterns_.all())
      for (std::int32_t at = 0; at < sentence.size(); ++at)
        if (const auto match =
                patterns_.match(pattern, sentence, cast_.in(s), cast_, vocabulary_, at))
          use(s, pattern, *match);
    for (const Mention& mention : std::vector<Mention>(cast_.in(s))) {
      if (mention.pronoun) described_home(s, mention);
      if (mention.pronoun) continue;
      owner_in_name(s, mention);
      state_behind_name(s, mention);
      offices_.title_before(s, mention);
      precursor_in_name(s, mention);
      joint_body(s, mention);
      offices_.role_after(s, mention);
      members_at_home(s, mention);
      owner_of_measure(s, mention);
    }
  }

  void office_in_context(std::uint32_t s) { offices_.in_context(s); }

  // Substances that the text lists as precursors or ingredients, of what it names and they make.
  void told_precursors() {
    bool told = false;
    for (const Sentence& sentence : text_.sentences)
      for (const Word& word : sentence.words)
        told = told || (sentence.zone == Zone::Body && one_of(word.lemma, {"precursor", "ingredient"}));
    for (std::uint32_t s = 0; s < text_.sentences.size(); ++s) {
      for (const Word& word : text_.sentences[s].words)
        told = told || (word.lower == "used" && text_.sentences[s].zone == Zone::Body);
      const std::vector<Mention> mentions = cast_.in(s);
      for (const Mention& mention : mentions) {
        const auto& entry = cast_.player(mention.node).entry;
        if (!told || mention.pronoun || !entry || lexicon_.entry(*entry).kind != "precursor") continue;
        for (const auto target : parts_of(lexicon_.entry(*entry).precursor_of))
          if (const auto node = cast_.find(target, label_id("Chemical"));
              node && !claims_.has(mention.node, type_id("PRECURSOR_OF")) &&
              lexicon_.entry(*cast_.player(*node).entry).kind == "drug") {
            Circumstance said;
            said.valid = undated(true), said.confidence = 0.8, said.how = "context";
            claims_.add(mention.node, type_id("PRECURSOR_OF"), *node, s, said);
          }
      }
    }
  }

 private:
  void use(std::uint32_t s, const Patterns::Pattern& pattern, const PatternMatch& match) {
    static const EdgeTypeId kAffiliated = type_id("AFFILIATED_WITH");
    static const EdgeTypeId kPartOf = type_id("PART_OF"), kLocated = type_id("LOCATED_IN");
    static const EdgeTypeId kPrecursor = type_id("PRECURSOR_OF"), kIsA = type_id("IS_A");
    const Sentence& sentence = text_.sentences[s];
    for (const PatternEdge& edge : pattern.edges) {
      const Mention *head = match.slots[edge.head], *tail = match.slots[edge.tail];
      if (head == nullptr || tail == nullptr) continue;
      if (same_place(*head) || same_place(*tail)) continue;
      Circumstance said;
      said.valid = undated(true), said.confidence = pattern.confidence, said.how = "pattern";
      said.pronoun = head->pronoun || tail->pronoun;
      if (edge.type == kAffiliated) {
        if (!match.role_words.empty()) said.properties["role"] = match.role_words;
        if (match.ended) said.properties["ended"] = true;
      }
      if (edge.type == kAffiliated && match.role != nullptr &&
          cast_.label(tail->node) == label_id("Government") &&
          (!match.role->official ||
           (!match.role->of.empty() && cast_.player(tail->node).node.name == "United States")))
        continue;  // "the U.S. secretary of state" is of his department; "an Azeri businessman" of none
      if (edge.type == kPartOf && cast_.label(head->node) == label_id("Government")) {
        for (const Mention* one : listed_with(sentence, cast_.in(s), cast_, *head))
          claims_.add(one->node, edge.type, tail->node, s, said);
        for (const Mention& other : cast_.in(s))  // "of which both countries are members"
          if (head->pronoun && other.first == head->first && other.last == head->last)
            claims_.add(other.node, edge.type, tail->node, s, said);
        continue;
      }
      // "members of the gang, A and B": both
      if (edge.type == kAffiliated && head->first > tail->last && tail->first > 1 &&
          sentence.at(head->first - 1).tag != Tag::POS &&
          std::any_of(sentence.words.begin() + match.first, sentence.words.begin() + tail->first,
                      [](const Word& w) { return w.tag == Tag::NNS; })) {
        for (const Mention* one : listed_with(sentence, cast_.in(s), cast_, *head))
          if (cast_.label(one->node) == label_id("Person"))
            claims_.add(one->node, edge.type, tail->node, s, said);
        continue;
      }
      // "bought drones from Baykar" buys no Baykar
      if (type_id("OWNS") == edge.type && tail->first > 0 &&
          one_of(sentence.at(tail->first - 1).lower, {"from", "for", "to", "with"}))
        continue;
      // "Lithium of China owns": the state only says which Lithium
      if (type_id("OWNS") == edge.type && head->first < tail->first && head->first > 0 &&
          one_of(sentence.at(head->first - 1).lower, {"of", "in", "from", "with", "for"}))
        continue;
      if (edge.type == kLocated && head->first > 0 && sentence.at(head->first - 1).text == ":") {
        for (const Mention* one : listed_with(sentence, cast_.in(s), cast_, *head))
          claims_.add(one->node, edge.type, tail->node, s, said);
        continue;
      }
      // "A and B, employees of C": both
      if (edge.type == kAffiliated && head->last < tail->first && head->last < sentence.size() &&
          sentence.at(head->last).text == ",") {
        const bool many = std::any_of(sentence.words.begin() + head->last,
                                      sentence.words.begin() + tail->first,
                                      [](const Word& w) { return w.tag == Tag::NNS; });
        if (many) {
          for (const Mention* one : listed_with(sentence, cast_.in(s), cast_, *head))
            if (cast_.label(one->node) == label_id("Person"))
              claims_.add(one->node, edge.type, tail->node, s, said);
          continue;
        }
      }
      const bool lists = edge.type == kPrecursor || edge.type == kIsA;
      if (const auto& entry = cast_.player(tail->node).entry;
          edge.type == kIsA && entry && lexicon_.entry(*entry).kind != "class")
        continue;
      if (!lists) {
        claims_.add(head->node, edge.type, tail->node, s, said);
        continue;
      }
      for (const Mention* one : listed_with(sentence, cast_.in(s), cast_, *head)) {
        if (edge.type == kIsA) {
          // "precursors of fentanyl" are a class; what belongs to it is made into fentanyl.
          const auto& entry = cast_.player(tail->node).entry;
          if (entry && !lexicon_.entry(*entry).precursor_of.empty())
            if (const auto made = lexicon_.find(lexicon_.entry(*entry).precursor_of)) {
              claims_.add(one->node, kPrecursor, cast_.add(lexicon_, *made), s, said);
              continue;
            }
          claims_.add(one->node, edge.type, tail->node, s, said);
          continue;
        }
        for (const Mention* other : listed_with(sentence, cast_.in(s), cast_, *tail))
          claims_.add(one->node, edge.type, other->node, s, said);
      }
    }
  }

  bool same_place(const Mention& mention) const {
    return mention.pronoun && cast_.label(mention.node) == label_id("Chemical");
  }

  // "U.S. Customs and Border Protection", "UN Commission on Narcotic Drugs": the name says whose.
  void owner_in_name(std::uint32_t s, const Mention& mention) {
    const LabelId label = cast_.label(mention.node);
    const bool based = label == label_id("Company") || label == label_id("CriminalGroup");
    if (!based && label != label_id("Agency") && label != label_id("Organization")) return;
    const Sentence& sentence = text_.sentences[s];
    std::vector<WordForm> forms;
    for (std::int32_t i = mention.first; i < mention.last; ++i)
      forms.push_back({sentence.at(i).text, sentence.at(i).lower});
    for (std::size_t length = std::min<std::size_t>(6, forms.size() - 1); length > 0; --length) {
      const std::vector<WordForm> front(forms.begin(), forms.begin() + std::ptrdiff_t(length));
      const auto match = lexicon_.longest(front, 0);
      if (match.length != length) continue;
      for (const NameHit& hit : *match.hits) {
        const Entry& owner = lexicon_.entry(hit.entry);
        const bool body = owner.label == label_id("Government") ||
                          owner.label == label_id("Agency") || owner.name == "United Nations" ||
                          owner.name == "European Union";
        if (!body || (label == label_id("Organization") && owner.label == label_id("Government")))
          continue;
        if (hit.entry == cast_.player(mention.node).entry) continue;  // a short form of itself
        const auto& known = cast_.player(mention.node).entry;  // "Korean" may be of either
        if (known && owner.label == label_id("Government") &&
            !lexicon_.entry(*known).country.empty() && lexicon_.entry(*known).country != owner.name)
          continue;
        if (based && owner.label != label_id("Government")) continue;
        if (owner.label == label_id("Government") && owner.kind != "state") continue;
        const std::size_t whole = cast_.add(lexicon_, hit.entry);
        std::string words;  // the text names the owner inside the name
        for (const WordForm& form : front) words.append(words.empty() ? "" : " ").append(form.text);
        if (claims_.add_state(mention.node, based ? "LOCATED_IN" : "PART_OF", whole, s, 0.88))
          cast_.say(whole, std::move(words));
        return;
      }
    }
  }

  // "National Bank of Angola", "Embassy of Chile in Lima", "the Navy of Peru": the state behind.
  void state_behind_name(std::uint32_t s, const Mention& mention) {
    if (cast_.label(mention.node) != label_id("Agency")) return;
    const Sentence& sentence = text_.sentences[s];
    std::vector<WordForm> forms;
    for (std::int32_t i = mention.first; i < std::min(sentence.size(), mention.last + 5); ++i)
      forms.push_back({sentence.at(i).text, sentence.at(i).lower});
    const auto length = std::size_t(mention.last - mention.first);
    for (std::size_t of = 1; of + 1 < forms.size() && of <= length; ++of) {
      if (forms[of].lower != "of") continue;
      const std::size_t at = of + 1 + (forms[of + 1].lower == "the" && of + 2 < forms.size());
      const auto match = lexicon_.longest(forms, at);
      if (match.length == 0) continue;
      const NameHit hit = match.hits->front();
      const Entry& state = lexicon_.entry(hit.entry);
      if (hit.kind != NameKind::Name || state.label != label_id("Government") ||
          state.kind != "state")
        continue;
      const std::size_t whole = cast_.add(lexicon_, hit.entry);
      if (whole == mention.node) return;
      if (claims_.add_state(mention.node, "PART_OF", whole, s, 0.88))
        cast_.say(whole, std::string(forms[at].text));
      return;
    }
  }

  // "the Commerce Department's Entity List" is the department's.
  void owner_of_measure(std::uint32_t s, const Mention& mention) {
    if (cast_.label(mention.node) != label_id("Measure") || mention.modifier) return;
    for (const Mention& owner : cast_.in(s))
      if (owner.first == mention.first && owner.last < mention.last && owner.possessive &&
          Ontology::builtin().label(cast_.label(owner.node)).actor) {
        Circumstance said;
        said.valid = undated(false), said.confidence = 0.75, said.how = "name";
        claims_.add(owner.node, type_id("ENACTS"), mention.node, s, said);
      }
  }

  // "the Latvian bank" of which the text spoke is in Latvia.
  void described_home(std::uint32_t s, const Mention& mention) {
    const LabelId label = cast_.label(mention.node);
    if (label != label_id("Company") && label != label_id("Organization") &&
        label != label_id("CriminalGroup"))
      return;
    const Sentence& sentence = text_.sentences[s];
    if (mention.first < 2 || mention.last != mention.first + 1 ||
        !one_of(sentence.at(mention.first - 2).lower, {"the", "this"}))
      return;
    for (const Mention& state : cast_.in(s))
      if (state.modifier && state.last == mention.first &&
          cast_.label(state.node) == label_id("Government"))
        claims_.add_state(mention.node, "LOCATED_IN", state.node, s, 0.85, "described");
  }

  // "five Chinese firms: A, B and C" are in China.
  void members_at_home(std::uint32_t s, const Mention& mention) {
    const Player& player = cast_.player(mention.node);
    const Sentence& sentence = text_.sentences[s];
    if (player.head_noun.empty() || player.country.empty() || mention.last >= sentence.size() ||
        sentence.at(mention.last).text != ":")
      return;
    const auto country = cast_.find(player.country, label_id("Government"));
    if (!country) return;
    for (const Mention& first : cast_.in(s))
      if (first.first == mention.last + 1)
        for (const Mention* one : listed_with(sentence, cast_.in(s), cast_, first))
          claims_.add_state(one->node, "LOCATED_IN", *country, s, 0.88, "members");
  }

  // "U.S.-China working group": the name says who is in it.
  void joint_body(std::uint32_t s, const Mention& mention) {
    if (cast_.label(mention.node) != label_id("Organization")) return;
    const auto words = name_words(cast_.player(mention.node).node.name);
    if (words.size() < 4 || words[1] != "-") return;
    std::vector<std::size_t> members;
    for (const std::size_t place : {std::size_t(0), std::size_t(2)}) {
      const std::string lower = lower_of(words[place]);
      const auto match = lexicon_.longest({{words[place], lower}}, 0);
      if (match.length == 0) return;
      const Entry& country = lexicon_.entry(match.hits->front().entry);
      const auto node = cast_.find(country.name, label_id("Government"));
      if (country.label != label_id("Government") || !node) return;
      members.push_back(*node);
    }
    for (const auto member : members) claims_.add_state(member, "PART_OF", mention.node, s, 0.8);
  }

  // "fentanyl precursors" are precursors of fentanyl: the words say so.
  void precursor_in_name(std::uint32_t s, const Mention& mention) {
    const auto& entry = cast_.player(mention.node).entry;
    if (!entry || lexicon_.entry(*entry).precursor_of.empty()) return;
    const std::string& target = lexicon_.entry(*entry).precursor_of;
    const Sentence& sentence = text_.sentences[s];
    for (std::int32_t i = mention.first; i < mention.last; ++i)
      if (sentence.at(i).lower == target)
        if (const auto node = cast_.find(target, label_id("Chemical")))
          claims_.add_state(mention.node, "PRECURSOR_OF", *node, s, 0.85);
  }

  const Text& text_;
  Cast& cast_;
  const Lexicon& lexicon_;
  const Vocabulary& vocabulary_;
  const Patterns& patterns_;
  Claims& claims_;
  Offices offices_;
};
}  // namespace

void find_structure(const Article& article, const Text& text, Cast& cast, const Lexicon& lexicon,
                    const Vocabulary& vocabulary, const Patterns& patterns, Claims& claims) {
  Structure structure(article, text, cast, lexicon, vocabulary, patterns, claims);
  for (std::uint32_t s = 0; s < text.sentences.size(); ++s) structure.read(s);
  for (std::uint32_t s = 0; s < text.sentences.size(); ++s) structure.office_in_context(s);
  structure.told_precursors();
}

void locate_collectives(const Cast& cast, Claims& claims) {
  for (std::uint32_t s = 0; s < cast.sentences(); ++s)
    for (const Mention& mention : cast.in(s)) {
      const Player& player = cast.player(mention.node);
      if (player.head_noun.empty() || player.country.empty() || !claims.speaks_of(mention.node))
        continue;
      if (const auto country = cast.find(player.country, label_id("Government")))
        claims.add_state(mention.node, "LOCATED_IN", *country, s, 0.9, "home");
    }
}

}  // namespace entente
