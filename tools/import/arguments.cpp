#include "tools/import/arguments.h"

#include <algorithm>

#include "tools/import/lists.h"

namespace entente {
namespace {
// "the killing of X", "the election of X": no office, whatever stands behind.
bool is_happening(std::string_view noun) {
  for (const std::string_view end : {"ing", "tion", "sion", "ment", "ance"})
    if (noun.size() > 5 && noun.ends_with(end)) return true;
  return one_of(noun, {"murder", "death", "arrest", "trial", "release", "abuse", "torture", "attack",
                       "case", "plight", "fall", "return", "rise", "role", "visit", "trip", "ouster",
                       "removal", "victory", "defeat", "demands", "request", "support"});
}
}  // namespace

void append(Mentions& all, const Mentions& more) {
  for (const Mention* mention : more)
    if (std::none_of(all.begin(), all.end(),
                     [&](const Mention* m) { return m->node == mention->node; }))
      all.push_back(mention);
}

bool Arguments::in_a_name(std::int32_t i) const {
  return std::any_of(cast_.in(s_).begin(), cast_.in(s_).end(),
                     [&](const Mention& m) { return m.first <= i && i < m.last && !m.pronoun; });
}

// "the Ministry's Narcotics Bureau banned": the bureau, if the tree takes the owner for it.
const Mention& Arguments::owned_by(const Mention& owner) const {
  if (!owner.possessive || owner.pronoun) return owner;
  for (const Mention& mention : cast_.in(s_))
    if (mention.first == owner.last + 1 && !mention.modifier && mention.node != owner.node &&
        Ontology::builtin().label(cast_.label(mention.node)).actor)
      return mention;
  return owner;
}

// What a noun phrase stands for: the mention that holds its head, or what lies behind a noun that
// one looks through ("the production of fentanyl").
Mentions Arguments::named(std::int32_t word, int depth) const {
  Mentions all;
  for (const Mention& mention : cast_.in(s_))
    if (mention.first <= word && word < mention.last && !mention.modifier)
      append(all, listed_with(sentence_, cast_.in(s_), cast_, owned_by(mention)));
  if (!all.empty()) {  // "Chinese steel": the substance and whose it is
    if (frames_.transparent(sentence_.at(word).lemma)) append(all, owners(word));
    return members(all);
  }
  if (depth > 3) return all;
  if (depth == 0 && one_of(sentence_.at(word).lemma, {"member", "man", "people", "person", "leader",
                                                      "official", "individual", "suspect",
                                                      "firm", "company", "entity", "executive"}))
    if (Mentions some = examples(word); !some.empty()) return some;
  // "Homeland Security Secretary Kristi Noem": the tree may hang the verb on the office.
  for (const Mention& mention : cast_.in(s_))
    if (mention.modifier && mention.first <= word && word < mention.last)
      for (std::int32_t k = mention.last; k < std::min(sentence_.size(), mention.last + 4); ++k) {
        if (starts_person(k)) return named(k, depth + 1);
        if (!sentence_.at(k).is_noun() && sentence_.at(k).tag != Tag::JJ) break;
      }
  if (all.empty()) all = in_apposition(word);
  if (!all.empty()) return all;
  // "Interior Minister X": the tree may take any word of the title for the head.
  for (std::int32_t k = word; k < std::min(sentence_.size() - 1, word + 4); ++k) {
    if (!sentence_.at(k).is_noun() && !(sentence_.at(k).tag == Tag::JJ && sentence_.at(k).capital()))
      break;
    if (starts_person(k + 1)) return named(k + 1, depth + 1);
  }
  all = behind_title(word);
  if (!all.empty()) return all;
  if (frames_.transparent(sentence_.at(word).lemma) || sentence_.at(word).tag == Tag::CD) {
    for (const auto inner : clause_.after(word, {"of", "between", "among"}))
      append(all, named(inner, depth + 1));
    if (all.empty())
      for (const auto inner : clause_.after(word, {"from", "in"}))
        append(all, named(inner, depth + 1));
    if (one_of(sentence_.at(word).lemma, {"spokesman", "spokeswoman", "spokesperson"}))
      for (const auto inner : clause_.after(word, {"for"})) append(all, named(inner, depth + 1));
    for (const auto c : sentence_.children[std::size_t(word)])  // "a delegation led by X"
      if (all.empty() && c > word && sentence_.at(c).relation == Relation::Acl &&
          one_of(sentence_.at(word).lemma, {"delegation", "team", "mission"}) &&
          one_of(sentence_.at(c).lemma, {"lead", "head"}))
        for (const auto inner : clause_.after(c, {"by"})) append(all, named(inner, depth + 1));
    for (const auto c : sentence_.children[std::size_t(word)])  // "goods made by X"
      if (all.empty() && c > word && sentence_.at(c).relation == Relation::Acl &&
          one_of(sentence_.at(c).lemma, {"make", "produce", "manufacture", "originate", "come",
                                         "export", "sell", "build", "develop"}))
        for (const auto inner : clause_.after(c, {"by", "from", "in"}))
          append(all, named(inner, depth + 1));
    // "Chinese goods"; but "U.S. Muslim groups" are not their state
    if (all.empty() && !one_of(sentence_.at(word).lemma, {"group", "coalition", "network", "alliance"}))
      append(all, owners(word));
  }
  // "Codelco, the copper giant owned by": the noun of an apposition is whom it describes.
  if (all.empty() && sentence_.at(word).relation == Relation::Appos) all = described_by(word);
  return all;
}

// "its ambassador, Galit Peleg", "a trader, Meridian Logistics": the name behind a common noun.
Mentions Arguments::in_apposition(std::int32_t word) const {
  if (!sentence_.at(word).is_noun() || is_proper(sentence_.at(word).tag)) return {};
  const auto at_word = [&](std::int32_t i) -> Mentions {
    for (const Mention& mention : cast_.in(s_))
      if (mention.first <= i && i < mention.last && !mention.modifier && !mention.pronoun &&
          !mention.possessive && mention.first > word)
        return listed_with(sentence_, cast_.in(s_), cast_, mention);
    return {};
  };
  for (const auto c : sentence_.children[std::size_t(word)])
    if (c > word && sentence_.at(c).relation == Relation::Appos &&
        std::none_of(sentence_.words.begin() + word, sentence_.words.begin() + c,
                     [](const Word& w) { return w.text == ";"; }))
      if (const Mentions found = at_word(c); !found.empty() && !starts_clause(*found.front()))
        return found;
  // ", the name,": the tree may have hung it elsewhere.
  const bool comma = word + 1 < sentence_.size() && sentence_.at(word + 1).text == ",";
  if (!comma && word + 1 < sentence_.size() && is_proper(sentence_.at(word + 1).tag))
    return at_word(word + 1);
  if (!comma || word + 2 >= sentence_.size() || !is_proper(sentence_.at(word + 2).tag)) return {};
  const Mentions found = at_word(word + 2);
  const bool closed = found.size() == 1 && found.front()->last < sentence_.size() &&
                      one_of(sentence_.at(found.front()->last).text, {",", ".", ";"});
  return closed ? found : Mentions{};
}

// "a depot, with missiles supplied by X": a verb between them makes it another's.
bool Arguments::hangs_on(std::int32_t word, std::int32_t noun) const {
  for (std::int32_t up = sentence_.at(word).head, steps = 0; up != kNoHead && steps < 6; ++steps) {
    if (up == noun) return true;
    if (sentence_.at(up).is_verb()) return sentence_.at(up).head == noun;
    up = sentence_.at(up).head;
  }
  return true;
}

// ", Prime Minister X said": who opens a clause of his own describes nothing before it.
bool Arguments::starts_clause(const Mention& mention) const {
  return mention.last < sentence_.size() && is_finite(sentence_.at(mention.last).tag);
}

// "Secretary of State Mike Pompeo", "the President of Ukraine, Volodymyr Zelenskyy,": the person
// behind an office of several words.
Mentions Arguments::behind_title(std::int32_t word) const {
  constexpr std::int32_t kFar = 9;  // words
  if (!sentence_.at(word).is_noun() || word + 2 >= sentence_.size() ||
      !one_of(sentence_.at(word + 1).lower, {"of", "for", "at", "to", "in"}) ||
      is_happening(sentence_.at(word).lower))
    return {};
  for (std::int32_t k = word + 2; k < std::min(sentence_.size(), word + kFar); ++k) {
    const bool comma = sentence_.at(k).text == ",";
    for (const Mention& mention : cast_.in(s_)) {
      if (mention.first != k + comma || mention.possessive ||
          cast_.label(mention.node) != label_id("Person"))
        continue;
      const bool closed = mention.last >= sentence_.size() ||
                          one_of(sentence_.at(mention.last).text, {",", ".", ";"});
      if (!comma || closed) return {&mention};
    }
    const Word& next = sentence_.at(k);
    const bool goes_on = next.is_noun() || next.tag == Tag::JJ || next.tag == Tag::POS ||
                         one_of(next.lower, {"of", "the", "and", "for"});
    if (!goes_on) return {};
  }
  return {};
}

// "Boreal Metals, a Canadian producer of nickel,": whom the noun describes.
Mentions Arguments::described_by(std::int32_t noun) const {
  constexpr std::int32_t kFar = 9;  // words
  for (std::int32_t i = noun - 1; i > std::max(0, noun - kFar); --i) {
    const Word& word = sentence_.at(i);
    if (word.is_verb() && word.tag != Tag::VBN && word.tag != Tag::VBG) return {};
    if (one_of(word.text, {";", ":", "."}) || word.tag == Tag::IN) return {};
    if (word.text != ",") continue;
    const bool starts = one_of(sentence_.at(i + 1).lower,
                               {"a", "an", "the", "one", "another", "its", "once", "long", "now"});
    if (!starts && !in_a_name(i + 1)) return {};
    for (const Mention& mention : cast_.in(s_))
      if (mention.last == i && !mention.modifier && !mention.possessive) return {&mention};
    return {};
  }
  return {};
}

// "five firms: A, B and C" are A, B and C; "nine firms, including A and B", "among them A".
Mentions Arguments::members(const Mentions& all) const {
  for (const Mention* mention : all) {
    if (cast_.label(mention->node) == label_id("Chemical"))
      if (const Mentions some = examples(mention->last - 1); !some.empty()) {
        if (cast_.label(some.front()->node) == label_id("Chemical")) return some;
      }
    std::int32_t at = mention->last;
    if (at + 1 >= sentence_.size() || cast_.player(mention->node).head_noun.empty()) continue;
    if (sentence_.at(at).text != ":") {
      if (sentence_.at(at).text == ",") ++at;
      if (at + 1 >= sentence_.size()) continue;
      const bool listed = sentence_.at(at).lower == "including" || sentence_.at(at).lower == "namely" ||
                          (sentence_.at(at).lower == "among" && sentence_.at(at + 1).lower == "them");
      if (!listed) continue;
      at += sentence_.at(at).lower == "among";
    }
    for (const Mention& first : cast_.in(s_))
      if (first.first >= at + 1 && first.first <= at + 2 && !first.modifier)
        return listed_with(sentence_, cast_.in(s_), cast_, first);
  }
  return all;
}

Mentions Arguments::named(const Words& words) const {
  Mentions all;
  for (const auto word : words) append(all, named(word));
  return all;
}

// Whose noun it is: possessors and adjectives, "the Chinese ban", "U.S.-China talks".
Mentions Arguments::owners(std::int32_t noun) const {
  Mentions all;
  for (const auto word : clause_.owners(noun))
    for (const Mention& mention : cast_.in(s_))
      if (mention.first <= word && word < mention.last) append(all, {&mention});
  for (const Mention& mention : cast_.in(s_)) {
    const bool before = mention.last == noun || (mention.possessive && mention.last + 1 == noun);
    if (before) append(all, {&mention});
  }
  return all;
}

// Where the tree shows nothing, a name that stands right beside the verb is its argument.
Mentions Arguments::before_aside(std::int32_t comma) const {
  constexpr std::int32_t kFar = 16;  // words
  for (std::int32_t k = comma - 1; k > std::max(0, comma - kFar); --k) {
    if (sentence_.at(k).tag == Tag::VBD || sentence_.at(k).tag == Tag::VBZ) return {};
    if (sentence_.at(k).text != ",") continue;
    for (const Mention& mention : cast_.in(s_))
      if (mention.last == k && !mention.modifier && !mention.place &&
          (mention.first == 0 || (sentence_.at(mention.first - 1).tag != Tag::IN &&
                                  sentence_.at(mention.first - 1).tag != Tag::TO)))
        return {&mention};
    return {};
  }
  return {};
}

Mentions Arguments::right_before(std::int32_t i) const {
  std::int32_t at = i;
  while (at > 0 && (sentence_.at(at - 1).tag == Tag::RB || sentence_.at(at - 1).tag == Tag::MD ||
                    one_of(sentence_.at(at - 1).lower,
                           {"has", "have", "had", "is", "are", "was", "were", "been", "be"})))
    --at;
  if (at > 1 && sentence_.at(at - 1).text == ",") return before_aside(at - 1);
  for (const Mention& mention : cast_.in(s_)) {
    if (mention.last != at || mention.modifier || mention.place) continue;
    const bool oblique = mention.first > 0 &&
                         (sentence_.at(mention.first - 1).tag == Tag::IN ||
                          sentence_.at(mention.first - 1).tag == Tag::TO ||
                          (mention.first > 1 && sentence_.at(mention.first - 1).lower == "the" &&
                           sentence_.at(mention.first - 2).tag == Tag::IN));
    if (!oblique) return listed_with(sentence_, cast_.in(s_), cast_, mention);
  }
  return {};
}

Mentions Arguments::right_after(std::int32_t i) const {
  // Over articles, adjectives and titles: "with the US President Joe Biden".
  for (std::int32_t at = i + 1; at < std::min(sentence_.size(), i + 7); ++at) {
    for (const Mention& mention : cast_.in(s_)) {
      if (mention.first != at || mention.modifier) continue;
      const bool before_noun =
          mention.last < sentence_.size() && sentence_.at(mention.last).is_noun() &&
          cast_.label(mention.node) != label_id("Person") && !starts_person(mention.last);
      if (mention.possessive || before_noun) return {};
      return listed_with(sentence_, cast_.in(s_), cast_, mention);
    }
    const Word& word = sentence_.at(at);
    const bool in_title = word.lower == "of" && at > i + 1 && at + 1 < sentence_.size() &&
                          sentence_.at(at - 1).capital() && sentence_.at(at + 1).capital();
    if (in_title) continue;  // "with Secretary of State X"
    if (word.lower != "the" && word.tag != Tag::JJ && !is_proper(word.tag) && word.tag != Tag::CD &&
        !(word.tag == Tag::NN && in_modifier_phrase(at)))
      return {};
  }
  return {};
}

// "sanctioned seven men, among them X and Y": names for an object that has none.
Mentions Arguments::examples(std::int32_t object) const {
  constexpr std::int32_t kFar = 12;  // words
  for (std::int32_t k = object + 1; k + 1 < std::min(sentence_.size(), object + kFar); ++k) {
    if (sentence_.at(k).is_verb() && sentence_.at(k).tag != Tag::VBN &&
        sentence_.at(k).tag != Tag::VBG)
      return {};
    const bool among = sentence_.at(k).lower == "among" && sentence_.at(k + 1).lower == "them";
    if (!among && !one_of(sentence_.at(k).lower, {"including", "namely"})) continue;
    const std::int32_t at = k + 1 + among;
    for (const Mention& first : cast_.in(s_))
      if (first.first >= at && first.first <= at + 1 && !first.modifier)
        return listed_with(sentence_, cast_.in(s_), cast_, first);
    return {};
  }
  return {};
}

// "added to the list five firms: A, B and C", whatever the tree makes of it.
Mentions Arguments::list_behind(std::int32_t i) const {
  for (std::int32_t k = i + 1; k + 1 < sentence_.size(); ++k) {
    if (sentence_.at(k).is_verb() && !in_a_name(k)) return {};
    if (sentence_.at(k).text != ":") continue;
    for (const Mention& mention : cast_.in(s_))
      if (mention.last == k && mention.first > i && !cast_.player(mention.node).head_noun.empty())
        return members({&mention});
    return {};
  }
  return {};
}

bool Arguments::starts_person(std::int32_t i) const {
  return std::any_of(cast_.in(s_).begin(), cast_.in(s_).end(), [&](const Mention& m) {
    return m.first == i && cast_.label(m.node) == label_id("Person");
  });
}

// A title in small letters between a country and a person: "Chinese leader Xi".
bool Arguments::in_modifier_phrase(std::int32_t i) const {
  return starts_person(i + 1) || starts_person(i + 2);
}

// "met in Paris with X": the preposition stands close behind, the name right after it.
Mentions Arguments::close_after(std::int32_t i,
                                const std::vector<std::string>& prepositions) const {
  for (std::int32_t k = i + 1; k < std::min(sentence_.size(), i + 8); ++k) {
    if (sentence_.at(k).is_verb() || one_of(sentence_.at(k).text, {",", ";", "."}) ||
        one_of(sentence_.at(k).lower, {"under", "after", "amid", "despite", "following", "before"}))
      break;
    if (std::find(prepositions.begin(), prepositions.end(), sentence_.at(k).lower) ==
        prepositions.end())
      continue;
    return right_after(k);
  }
  return {};
}

// "deliver radars built by Thales to Armenia": over what is said of the goods.
Mentions Arguments::receiver(std::int32_t verb) const {
  constexpr std::int32_t kFar = 15;  // words
  for (std::int32_t k = verb + 1; k < std::min(sentence_.size(), verb + kFar); ++k) {
    const Tag tag = sentence_.at(k).tag;
    if (one_of(sentence_.at(k).text, {",", ";", ".", ":"}) || is_finite(tag) || tag == Tag::VB) return {};
    if (sentence_.at(k).lower == "to") return right_after(k);
  }
  return {};
}

// "signed orders imposing tariffs", "the Chinese decision restricts": a rule acts for who made
// it.
Mentions Arguments::behind_rule(const Words& subjects) const {
  Mentions all;
  for (const auto word : subjects) {
    const auto* noun = words_.noun_at(sentence_, word);
    const bool act = one_of(sentence_.at(word).lemma,
                            {"decision", "move", "action", "announcement", "policy", "measure"});
    if (!act && (noun == nullptr || noun->label != label_id("Measure"))) continue;
    append(all, owners(word));
    const std::int32_t verb = sentence_.at(word).head;
    if (all.empty() && verb != kNoHead && sentence_.at(word).relation == Relation::Obj) {
      append(all, named(clause_.subjects(verb)));
      if (all.empty()) append(all, right_before(verb));
    }
  }
  return all;
}

Mentions Arguments::at_place(std::int32_t i, const Place& place, bool& loose) const {
  const auto loosely = [&](Mentions found) {
    loose = loose || !found.empty();
    return found;
  };
  switch (place.kind) {
    case Place::Kind::Subject: {
      const Words subjects = clause_.subjects(i);
      const Tag tag = sentence_.at(i).tag;
      const bool modal =
          tag == Tag::VB && i > 1 &&
          (sentence_.at(i - 1).tag == Tag::MD ||
           (sentence_.at(i - 1).tag == Tag::RB && sentence_.at(i - 2).tag == Tag::MD));
      const bool looks_active = tag == Tag::VBD || tag == Tag::VBZ || tag == Tag::VBP || modal;
      if (subjects.empty() && clause_.passive(i)) return loosely(close_after(i, {"by"}));
      if (subjects.empty() && looks_active) return loosely(right_before(i));
      if (subjects.empty() && sentence_.at(i).is_noun()) return loosely(described_by(i));
      const Mentions found = named(subjects);
      return found.empty() ? loosely(behind_rule(subjects)) : found;
    }
    case Place::Kind::Object: {
      const Words objects = clause_.objects(i);
      Mentions found = named(objects);
      // "fined Meta 1.2 billion euros": the tree may hang the name on the sum.
      if (found.empty() && sentence_.at(i).is_verb() && !clause_.passive(i))
        found = loosely(right_after(i));
      if (found.empty())
        for (const auto object : objects) append(found, loosely(examples(object)));
      return found.empty() ? loosely(list_behind(i)) : found;
    }
    case Place::Kind::ObjectOwner: {
      Mentions all;
      for (const auto object : clause_.objects(i)) {
        const bool actor = std::any_of(
            cast_.in(s_).begin(), cast_.in(s_).end(), [&](const Mention& m) {
              return m.first <= object && object < m.last && !m.pronoun &&
                     cast_.player(m.node).head_noun.empty() && cast_.label(m.node) != label_id("Chemical");
            });
        if (actor) continue;  // a name is nobody's
        append(all, owners(object));
        // "the killing of X", "the arrest of X": he is no culprit.
        const bool victim = one_of(sentence_.at(object).lemma,
                                   {"murder", "killing", "arrest", "death", "detention", "invasion",
                                    "assassination", "persecution", "treatment", "attack", "bombing",
                                    "occupation", "execution", "abuse", "torture", "jailing"});
        for (const auto inner : clause_.after(object, {"of", "by"}))
          if ((!victim || clause_.case_of(inner) == "by") && hangs_on(inner, object))
            append(all, named(inner));
        if (one_of(sentence_.at(object).lemma, {"contract", "deal", "partnership", "bid", "offer"}))
          for (const auto inner : clause_.after(object, {"with", "from"})) append(all, named(inner));
      }
      return all;
    }
    case Place::Kind::Complement:
      return named(clause_.complement_subjects(i));
    case Place::Kind::ComplementObject: {
      const Words objects = clause_.complement_objects(i);
      Mentions found = named(objects);
      if (found.empty()) found = named(clause_.complement_after(i));
      if (found.empty())  // "refused to receive American planes"
        for (const auto object : objects)
          if (!in_a_name(object)) append(found, loosely(owners(object)));
      return found;
    }
    case Place::Kind::Owner: {
      const Mentions between = close_after(i, {"between"});
      return between.size() > 1 ? between : owners(i);
    }
    case Place::Kind::Main: {
      // Hung by "at", "after", "under", "following" on a verb that is not its own.
      for (std::int32_t at = i, steps = 0; steps < 4 && sentence_.at(at).head != kNoHead; ++steps) {
        const Word& word = sentence_.at(at);
        const std::int32_t head = clause_.governing_verb(word.head);
        if (head != kNoHead &&
            (word.relation == Relation::Obl || word.relation == Relation::Nmod) &&
            one_of(clause_.case_of(at), {"at", "after", "under", "following", "amid", "upon",
                                         "despite", "during", "against", "in"}))
          return named(clause_.subjects(head));
        if (!sentence_.at(word.head).is_noun()) break;
        at = word.head;
      }
      return {};
    }
    case Place::Kind::Taker: {
      const std::int32_t verb = sentence_.at(i).head;
      const bool object = sentence_.at(i).relation == Relation::Obj ||
                          sentence_.at(i).relation == Relation::NsubjPass;
      return verb != kNoHead && sentence_.at(verb).is_verb() && object
                 ? named(clause_.subjects(verb))
                 : Mentions{};
    }
    case Place::Kind::Governor: {
      const std::int32_t verb = sentence_.at(i).head;
      if (verb == kNoHead || !sentence_.at(verb).is_verb() ||
          !frames_.light(sentence_.at(verb).lemma))
        return {};
      const Relation relation = sentence_.at(i).relation;
      if (relation != Relation::Obj && relation != Relation::NsubjPass && relation != Relation::Obl)
        return {};
      return named(clause_.subjects(verb));
    }
    case Place::Kind::Preposition: {
      const Words behind = clause_.after(i, place.words);
      Mentions found = named(behind);
      if (found.empty()) found = loosely(close_after(i, place.words));
      if (found.empty() && place.words.front() == "to" && sentence_.at(i).is_verb())
        found = loosely(receiver(i));
      if (found.empty())  // "concern over Kenya's decision"
        for (const auto word : behind)
          if (!in_a_name(word)) append(found, loosely(owners(word)));
      return found;
    }
  }
  return {};
}

}  // namespace entente
