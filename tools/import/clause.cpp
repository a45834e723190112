#include "tools/import/clause.h"

#include <algorithm>

namespace entente {
namespace {
using std::string_view;
using Words = std::vector<std::int32_t>;
constexpr int kMaxDepth = 8;  // of the search for a subject that is left out

bool one_of(string_view word, std::initializer_list<string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool in(Relation relation, std::initializer_list<Relation> relations) {
  return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

bool is_relative_pronoun(const Word& word) {
  return word.tag == Tag::WDT || word.tag == Tag::WP || word.lower == "that" || word.lower == "who" || word.lower == "which";
}

bool nominal(const Word& word) { return word.is_noun() || word.tag == Tag::PRP || word.tag == Tag::CD || word.tag == Tag::JJ || word.tag == Tag::DT; }
}  // namespace

std::optional<std::int32_t> Clause::child(std::int32_t word, std::initializer_list<Relation> relations) const {
  for (const auto c : children(word))
    if (in(at(c).relation, relations)) return c;
  return std::nullopt;
}

Words Clause::with_conjuncts(std::int32_t word) const {
  Words all{word};
  for (std::size_t i = 0; i < all.size() && all.size() < 40; ++i)
    for (const auto c : children(all[i]))
      if (at(c).relation == Relation::Conj && nominal(at(c))) all.push_back(c);
  return all;
}

std::string Clause::case_of(std::int32_t noun) const {
  for (const auto c : children(noun))
    if (at(c).relation == Relation::Case && at(c).tag != Tag::POS) {
      std::string words = at(c).lower;
      for (const auto f : children(c))
        if (at(f).relation == Relation::Fixed) words += " " + at(f).lower;
      return words;
    }
  return {};
}

bool Clause::passive(std::int32_t verb) const {
  if (at(verb).tag != Tag::VBN && at(verb).tag != Tag::VBD) return false;
  if (child(verb, {Relation::AuxPass, Relation::NsubjPass})) return true;
  // "chemicals restricted by China": a participle after its noun.
  return at(verb).tag == Tag::VBN && at(verb).relation == Relation::Acl;
}

bool Clause::has_subject(std::int32_t verb) const {
  return child(verb, {Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter}).has_value();
}

Words Clause::subjects(std::int32_t verb) const { return subjects(verb, 0); }

Words Clause::subjects(std::int32_t verb, int depth) const {
  if (depth > kMaxDepth) return {};
  if (passive(verb)) {
    Words agents;
    for (const auto c : children(verb)) {
      const bool agent = at(c).relation == Relation::OblAgent || (at(c).relation == Relation::Obl && case_of(c) == "by");
      if (agent)
        for (const auto w : with_conjuncts(c)) agents.push_back(w);
    }
    if (agents.empty() && at(verb).relation == Relation::Conj && passive(at(verb).head)) return subjects(at(verb).head, depth + 1);
    return agents;
  }
  const std::int32_t head = at(verb).head;
  const Relation relation = at(verb).relation;
  if (const auto subject = child(verb, {Relation::Nsubj, Relation::NsubjOuter})) {
    const bool relative = is_relative_pronoun(at(*subject)) && in(relation, {Relation::AclRelcl, Relation::Acl}) && head != kNoHead;
    return with_conjuncts(relative ? head : *subject);
  }
  if (head == kNoHead) return {};
  switch (relation) {
    case Relation::Conj:
      return passive(head) ? (child(head, {Relation::NsubjPass}) ? objects(head) : Words{}) : subjects(head, depth + 1);
    case Relation::Xcomp:
    case Relation::Ccomp: {
      if (relation == Relation::Ccomp && at(verb).tag != Tag::VB && at(verb).tag != Tag::VBG) return {};
      const auto object = child(head, {Relation::Obj, Relation::Iobj});
      if (object && frames_.controls_object(at(head).lemma)) return with_conjuncts(*object);
      if (passive(head)) return objects(head);
      return subjects(head, depth + 1);
    }
    case Relation::Advcl:
    case Relation::AdvclRelcl:
      // "jailed nine people for trafficking": those who are acted upon.
      if (const auto mark = child(verb, {Relation::Mark, Relation::Case}); mark && one_of(at(*mark).lower, {"for", "of", "from"})) return objects(head);
      if (passive(head)) return objects(head);
      return subjects(head, depth + 1);
    case Relation::Acl:
      if (at(verb).tag == Tag::VBG) return with_conjuncts(head);
      if (at(verb).tag == Tag::VB) {  // "a plan to ...", "agreed on a plan to"
        const auto owned = owners(head);
        if (!owned.empty()) return owned;
        const auto governor = governing_verb(head);
        return governor == kNoHead ? Words{} : subjects(governor, depth + 1);
      }
      return {};
    default:
      return {};
  }
}

Words Clause::objects(std::int32_t verb) const {
  Words all;
  const auto take = [&](std::int32_t word) {
    for (const auto w : with_conjuncts(word))
      if (std::find(all.begin(), all.end(), w) == all.end()) all.push_back(w);
  };
  const std::int32_t head = at(verb).head;
  if (passive(verb)) {
    if (const auto subject = child(verb, {Relation::NsubjPass, Relation::Nsubj})) {
      const bool relative = is_relative_pronoun(at(*subject)) && head != kNoHead && in(at(verb).relation, {Relation::AclRelcl, Relation::Acl});
      take(relative ? head : *subject);
    } else if (at(verb).relation == Relation::Acl && head != kNoHead) {
      take(head);
    } else if (at(verb).relation == Relation::Conj && head != kNoHead && passive(head)) {
      return objects(head);
    }
    return all;
  }
  for (const auto c : children(verb))
    if (in(at(c).relation, {Relation::Obj, Relation::Iobj})) {
      const bool relative = is_relative_pronoun(at(c)) && head != kNoHead && at(verb).relation == Relation::AclRelcl;
      take(relative ? head : c);
    }
  // "the sanctions that China imposed": the object is the noun before.
  if (all.empty() && at(verb).relation == Relation::AclRelcl && head != kNoHead && has_subject(verb)) {
    const auto subject = child(verb, {Relation::Nsubj});
    if (subject && !is_relative_pronoun(at(*subject))) take(head);
  }
  return all;
}

Words Clause::after(std::int32_t word, const std::vector<std::string>& prepositions) const {
  Words all;
  Words hosts{word};
  for (const auto c : children(word))
    if (in(at(c).relation, {Relation::Obj, Relation::NsubjPass, Relation::Xcomp, Relation::CompoundPrt, Relation::Advmod}) || (c > word && at(c).relation == Relation::Obl)) hosts.push_back(c);
  // "the source of fentanyl flowing into the country"
  if (at(word).is_noun())
    for (std::size_t i = 0; i < hosts.size() && i < 8; ++i)
      for (const auto c : children(hosts[i]))
        if (in(at(c).relation, {Relation::Nmod, Relation::Acl})) hosts.push_back(c);
  if (at(word).relation == Relation::Acl || at(word).is_noun()) {
    // A noun's phrase may hang on the verb that has the noun as its object.
    const auto head = at(word).head;
    if (head != kNoHead && at(word).is_noun() && in(at(word).relation, {Relation::Obj, Relation::NsubjPass})) hosts.push_back(head);
  }
  for (const auto host : hosts)
    for (const auto c : children(host)) {
      if (!in(at(c).relation, {Relation::Obl, Relation::Nmod, Relation::OblAgent, Relation::Advcl, Relation::Acl})) continue;
      if (std::find(prepositions.begin(), prepositions.end(), case_of(c)) == prepositions.end()) continue;
      for (const auto w : with_conjuncts(c))
        if (std::find(all.begin(), all.end(), w) == all.end()) all.push_back(w);
    }
  return all;
}

Words Clause::complement_subjects(std::int32_t verb) const {
  if (const auto object = child(verb, {Relation::Obj, Relation::Iobj})) return with_conjuncts(*object);
  for (const auto c : children(verb)) {
    if (!in(at(c).relation, {Relation::Ccomp, Relation::Xcomp, Relation::Advcl})) continue;
    if (const auto subject = child(c, {Relation::Nsubj, Relation::NsubjPass})) return with_conjuncts(*subject);
  }
  if (passive(verb)) return objects(verb);
  return {};
}

Words Clause::owners(std::int32_t noun) const {
  Words all;
  for (const auto c : children(noun)) {
    const bool before = in(at(c).relation, {Relation::NmodPoss, Relation::Compound, Relation::Amod, Relation::NmodDesc, Relation::NmodUnmarked});
    const bool by = at(c).relation == Relation::Nmod && one_of(case_of(c), {"by", "between", "from"});
    if (before || by)
      for (const auto w : with_conjuncts(c)) all.push_back(w);
  }
  return all;
}

std::int32_t Clause::governing_verb(std::int32_t word) const {
  for (std::int32_t i = word; i != kNoHead; i = at(i).head)
    if (at(i).is_verb()) return i;
  return kNoHead;
}

namespace {
// One pass up the tree; see saying_of.
class Climb {
 public:
  Climb(const Sentence& sentence, const Frames& frames) : sentence_(sentence), frames_(frames), clause_(sentence, frames) {}

  Saying from(std::int32_t word) {
    for (const Word& w : sentence_.words)
      if (w.text == "?") said_.dropped = true;
    std::int32_t at = word;
    own_words(at);
    for (int steps = 0; steps < 12 && !said_.dropped; ++steps) {
      const Word& here = sentence_.at(at);
      if (here.head == kNoHead) {
        quoted_by(at);
        break;
      }
      if (!step(at, here)) break;
      at = here.head;
    }
    return said_;
  }

 private:
  // Auxiliaries, "not", "if" of a word.
  void own_words(std::int32_t i) {
    for (const auto c : sentence_.children[std::size_t(i)]) {
      const Word& word = sentence_.at(c);
      if (one_of(word.lower, {"not", "n't", "never", "neither", "nor", "hardly"}) ||
          (word.lower == "no" && word.relation == Relation::Det) || (word.lower == "longer" && word.relation == Relation::Advmod && c > 0 && sentence_.at(c - 1).lower == "no"))
        said_.negated = !said_.negated;
      if (word.relation == Relation::Aux || word.relation == Relation::AuxPass || word.tag == Tag::MD) {
        if (one_of(word.lower, {"will", "'ll", "wo", "shall"})) said_.mode = Mode::Planned, said_.future = true;
        else if (one_of(word.lower, {"would", "'d"}) && word.tag == Tag::MD) would_ = true;
        else if (one_of(word.lower, {"may", "might", "could", "can", "ca", "should", "must", "ought"})) said_.dropped = true;
      }
      if (word.relation == Relation::Mark && one_of(word.lower, {"if", "unless", "whether", "lest", "once"})) said_.dropped = true;
      if (word.relation == Relation::Advmod && one_of(word.lower, {"possibly", "perhaps", "maybe", "potentially", "hypothetically"})) said_.dropped = true;
    }
    if (would_ && sentence_.at(i).relation != Relation::Ccomp) said_.dropped = true;
  }

  bool infinitive(std::int32_t i) const {
    return std::any_of(sentence_.children[std::size_t(i)].begin(), sentence_.children[std::size_t(i)].end(),
                       [&](std::int32_t c) { return sentence_.at(c).lower == "to" && in(sentence_.at(c).relation, {Relation::Mark, Relation::Aux}); });
  }

  // From `at` to its head: what the head does to it. False if nothing above matters.
  bool step(std::int32_t at, const Word& here) {
    const std::int32_t head = here.head;
    const Word& above = sentence_.at(head);
    switch (here.relation) {
      case Relation::Conj: {
        // A joined verb of its own tense stands alone but for what governs both.
        const bool finite = one_of(name(here.tag), {"VBD", "VBZ", "VBP"}) || clause_.has_subject(at);
        if (!finite && above.is_verb()) own_words(head);
        return true;
      }
      case Relation::Xcomp:
      case Relation::Ccomp:
        return governed(head, here.relation);
      case Relation::Obj:
      case Relation::Nsubj:
      case Relation::NsubjPass:
      case Relation::Obl:
      case Relation::Nmod:
        return nominal_step(at, head, here.relation);
      case Relation::Acl:
        if (here.tag == Tag::VBG || here.tag == Tag::VBN) return false;
        return governed(head, here.relation);
      case Relation::AclRelcl:
        return false;
      case Relation::Advcl:
        if (infinitive(at)) {
          said_.dropped = true;  // a purpose is no deed
          return false;
        }
        // "barred firms from selling"
        if (const auto mark = clause_.child(at, {Relation::Mark, Relation::Case}); mark && sentence_.at(*mark).lower == "from")
          if (frames_.mood(above.lemma) == Mood::Negated) said_.negated = !said_.negated;
        // "accused them of selling"
        if (const auto mark = clause_.child(at, {Relation::Mark, Relation::Case}); mark && one_of(sentence_.at(*mark).lower, {"of", "for"}))
          if (frames_.mood(above.lemma) == Mood::Alleged) apply(Mood::Alleged, head);
        if (!clause_.has_subject(at) && above.is_verb()) {  // "should stop, ending ..."
          const Saying before = said_;
          own_words(head);
          const bool dropped = said_.dropped;
          said_ = before, said_.dropped = before.dropped || dropped;
        }
        return false;
      case Relation::Parataxis:
        return true;
      default:
        return above.is_verb();
    }
  }

  bool governed(std::int32_t head, Relation relation) {
    const Word& above = sentence_.at(head);
    const auto mood = frames_.mood(above.lemma);
    if (!mood && relation == Relation::Acl) said_.dropped = true;  // "the ability to"
    apply(mood.value_or(Mood::Plain), head);
    own_words(head);
    return true;
  }

  // A noun and the verb or noun above it: "called for sanctions", "a threat of sanctions".
  bool nominal_step(std::int32_t, std::int32_t head, Relation relation) {
    const Word& above = sentence_.at(head);
    if (above.is_verb()) {
      const auto mood = frames_.mood(above.lemma);
      if (mood && relation != Relation::Nsubj && *mood != Mood::Alleged) apply(*mood, head);
      own_words(head);
      return true;
    }
    if (relation == Relation::Nmod)
      if (const auto mood = frames_.mood(above.lemma); mood && *mood != Mood::Alleged) apply(*mood, head);
    return true;
  }

  void apply(Mood mood, std::int32_t head) {
    switch (mood) {
      case Mood::Dropped:
        said_.dropped = true;
        break;
      case Mood::Negated:
        said_.negated = !said_.negated;
        break;
      case Mood::Planned:
        if (said_.mode == Mode::Actual) said_.mode = Mode::Planned;
        break;
      case Mood::Requested:
        said_.mode = Mode::Requested;
        speaker(head);
        break;
      case Mood::Alleged:
        if (said_.mode == Mode::Actual) said_.mode = Mode::Alleged;
        speaker(head);
        break;
      case Mood::Plain:
        break;
    }
  }

  void speaker(std::int32_t head) {
    if (said_.speaker) return;
    const auto subjects = sentence_.at(head).is_verb() ? clause_.subjects(head) : clause_.owners(head);
    if (!subjects.empty()) said_.speaker = subjects.front();
  }

  // `"...", said X`: the verb of saying hangs below the quotation.
  void quoted_by(std::int32_t root) {
    for (const auto c : sentence_.children[std::size_t(root)]) {
      const Word& word = sentence_.at(c);
      if (word.relation != Relation::Parataxis || frames_.mood(word.lemma) != Mood::Alleged) continue;
      if (said_.mode == Mode::Actual) said_.mode = Mode::Alleged;
      speaker(c);
    }
  }

  const Sentence& sentence_;
  const Frames& frames_;
  Clause clause_;
  Saying said_;
  bool would_ = false;
};
}  // namespace

Saying saying_of(const Sentence& sentence, const Frames& frames, std::int32_t word) { return Climb(sentence, frames).from(word); }

}  // namespace entente
