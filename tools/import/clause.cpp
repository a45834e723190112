#include "tools/import/clause.h"

#include <algorithm>

#include "tools/import/dates.h"

namespace entente {
namespace {
using std::string_view;
using Words = std::vector<std::int32_t>;
constexpr int kMaxDepth = 8;  // of the search for a subject that is left out

bool in(Relation relation, std::initializer_list<Relation> relations) {
  return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

// Before what only went with a deed: "resigned under pressure from X" is no leaving of X.
bool is_aside(string_view preposition) {
  return one_of(preposition, {"under", "after", "amid", "despite", "following", "because of",
                              "before", "during", "without"});
}

bool is_day(string_view word) {
  return names_weekday(word) || one_of(word, {"today", "yesterday", "tomorrow"});
}

bool is_relative_pronoun(const Word& word) {
  return word.tag == Tag::WDT || word.tag == Tag::WP || word.lower == "that" ||
         word.lower == "who" || word.lower == "which";
}

bool has_tense(Tag tag) { return tag == Tag::VBD || tag == Tag::VBZ || tag == Tag::VBP; }

bool nominal(const Word& word) {
  return word.is_noun() || word.tag == Tag::PRP || word.tag == Tag::CD || word.tag == Tag::JJ ||
         word.tag == Tag::DT;
}
}  // namespace

std::optional<std::int32_t> Clause::child(std::int32_t word,
                                          std::initializer_list<Relation> relations) const {
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
  const std::int32_t head = at(verb).head;
  const Relation relation = at(verb).relation;
  // ", a retailer, and imposed duties": joined to the verb above, whatever the tree says.
  const bool joined = verb > 1 && one_of(at(verb - 1).lower, {"and", "but", "then"}) &&
                      (at(verb).tag == Tag::VBD || at(verb).tag == Tag::VBN) &&
                      in(relation, {Relation::Acl, Relation::Amod, Relation::Conj}) &&
                      head != kNoHead && at(head).is_noun() && !has_subject(verb);
  if (joined) {
    const std::int32_t above = governing_verb(head);
    if (above != kNoHead && above != verb && !passive(above)) return subjects(above, depth + 1);
  }
  if (passive(verb)) {
    Words agents;
    for (const auto c : children(verb)) {
      const bool agent = at(c).relation == Relation::OblAgent ||
                         (at(c).relation == Relation::Obl && case_of(c) == "by");
      if (agent)
        for (const auto w : with_conjuncts(c)) agents.push_back(w);
    }
    if (agents.empty() && at(verb).relation == Relation::Conj && passive(at(verb).head))
      return subjects(at(verb).head, depth + 1);
    return agents;
  }
  auto subject = child(verb, {Relation::Nsubj});
  Words rivals;  // before the verb
  for (const auto c : children(verb))
    if (at(c).relation == Relation::Nsubj && c < verb && !is_day(at(c).lower)) rivals.push_back(c);
  if (rivals.size() > 1) {
    const std::int32_t last = rivals.back();
    const bool joined_to = last > 1 && (at(last - 1).lower == "and" || at(last - 2).lower == "and");
    if (joined_to) {  // "Codelco, the miner, and SQM signed"
      Words both;
      for (const auto c : rivals)
        for (const auto w : with_conjuncts(c)) both.push_back(w);
      return both;
    }
    subject = last;  // "X, on whom Y imposed sanctions"
  }
  if (!subject) subject = child(verb, {Relation::NsubjOuter});
  if (subject) {
    const bool relative = is_relative_pronoun(at(*subject)) &&
                          in(relation, {Relation::AclRelcl, Relation::Acl}) && head != kNoHead;
    return with_conjuncts(relative ? head : *subject);
  }
  if (head == kNoHead) return {};
  switch (relation) {
    case Relation::Conj:
      // "hosted the summit and called": the tree may join a verb to a noun.
      if (!at(head).is_verb() && has_tense(at(verb).tag)) {
        if (has_subject(head)) return subjects(head, depth + 1);  // "is a writer and joined"
        const std::int32_t above = governing_verb(head);
        return above == kNoHead ? Words{} : subjects(above, depth + 1);
      }
      return passive(head) ? (child(head, {Relation::NsubjPass}) ? objects(head) : Words{})
                           : subjects(head, depth + 1);
    case Relation::Xcomp:
    case Relation::Ccomp: {
      if (relation == Relation::Ccomp && at(verb).tag != Tag::VB && at(verb).tag != Tag::VBG)
        return {};
      const auto object = child(head, {Relation::Obj, Relation::Iobj});
      if (object && frames_.controls_object(at(head).lemma)) return with_conjuncts(*object);
      if (passive(head)) return objects(head);
      return subjects(head, depth + 1);
    }
    case Relation::Advcl:
    case Relation::AdvclRelcl:
      // "jailed nine people for trafficking": those who are acted upon.
      if (const auto mark = child(verb, {Relation::Mark, Relation::Case});
          mark && one_of(at(*mark).lower, {"for", "of", "from"}))
        return objects(head);
      if (passive(head)) return objects(head);
      if (!at(head).is_verb() && !has_subject(head)) {  // "spends more on lobbying X"
        const std::int32_t above = governing_verb(head);
        return above == kNoHead ? Words{} : subjects(above, depth + 1);
      }
      return subjects(head, depth + 1);
    case Relation::Acl:
      if (at(verb).tag == Tag::VBG) return with_conjuncts(head);
      if (has_tense(at(verb).tag)) {  // a clause taken for a participle
        std::int32_t first = head;
        while (at(first).relation == Relation::Conj && at(first).head != kNoHead &&
               nominal(at(at(first).head)))
          first = at(first).head;
        return with_conjuncts(first);
      }
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
      const bool relative = is_relative_pronoun(at(*subject)) && head != kNoHead &&
                            in(at(verb).relation, {Relation::AclRelcl, Relation::Acl});
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
      if (one_of(case_of(c), {"from", "on", "against", "into", "with", "to"})) continue;
      const bool relative =
          is_relative_pronoun(at(c)) && head != kNoHead && at(verb).relation == Relation::AclRelcl;
      take(relative ? head : c);
    }
  // "called X a dictator": the tree may take either noun for the object.
  if (one_of(at(verb).lemma, {"call", "name", "label", "brand", "declare", "elect", "appoint", "dub"}))
    for (const auto c : children(verb))
      if (at(c).relation == Relation::Xcomp && is_proper(at(c).tag)) take(c);
  // "the sanctions that China imposed": the object is the noun before.
  if (all.empty() && at(verb).relation == Relation::AclRelcl && head != kNoHead &&
      has_subject(verb)) {
    const auto subject = child(verb, {Relation::Nsubj});
    if (subject && !is_relative_pronoun(at(*subject))) take(head);
  }
  return all;
}

Words Clause::after(std::int32_t word, const std::vector<std::string>& prepositions) const {
  Words all;
  Words hosts{word};
  for (const auto c : children(word))
    if (in(at(c).relation, {Relation::Obj, Relation::NsubjPass, Relation::Xcomp,
                            Relation::CompoundPrt, Relation::Advmod}) ||
        (c > word && at(c).relation == Relation::Obl && !is_aside(case_of(c))))
      hosts.push_back(c);
  // "pledged to resume cooperation with X", "agreed to hold talks with X"
  for (const auto c : children(word))
    if (at(c).relation == Relation::Xcomp && at(c).is_verb())
      for (const auto object : children(c))
        if (at(object).relation == Relation::Obj) hosts.push_back(object);
  // "the source of fentanyl flowing into the country"
  if (at(word).is_noun())
    for (std::size_t i = 0; i < hosts.size() && i < 8; ++i)
      for (const auto c : children(hosts[i]))
        if (in(at(c).relation, {Relation::Nmod, Relation::Acl})) hosts.push_back(c);
  if (at(word).relation == Relation::Acl || at(word).is_noun()) {
    // A noun's phrase may hang on the verb that has the noun as its object.
    const auto head = at(word).head;
    if (head != kNoHead && at(word).is_noun() &&
        in(at(word).relation, {Relation::Obj, Relation::NsubjPass}))
      hosts.push_back(head);
  }
  for (const auto host : hosts)
    for (const auto c : children(host)) {
      if (!in(at(c).relation,
              {Relation::Obl, Relation::Nmod, Relation::OblAgent, Relation::Advcl, Relation::Acl,
               Relation::Obj}))
        continue;
      if (std::find(prepositions.begin(), prepositions.end(), case_of(c)) == prepositions.end())
        continue;
      for (const auto w : with_conjuncts(c))
        if (std::find(all.begin(), all.end(), w) == all.end()) all.push_back(w);
    }
  // "shared data on shipments with the board": hung on what hangs on the object.
  if (all.empty() && at(word).is_verb())
    for (const auto object : children(word))
      if (at(object).relation == Relation::Obj)
        for (const auto phrase : children(object))
          if (at(phrase).relation == Relation::Nmod)
            for (const auto c : children(phrase))
              if (at(c).relation == Relation::Nmod && c > phrase &&
                  one_of(case_of(c), {"with", "to", "from", "against"}) &&
                  std::find(prepositions.begin(), prepositions.end(), case_of(c)) !=
                      prepositions.end())
                for (const auto w : with_conjuncts(c)) all.push_back(w);
  // "on whom sanctions were imposed", "in which they hold shares": the noun before the clause.
  for (auto& w : all)
    if (is_relative_pronoun(at(w)))
      for (std::int32_t up = w, steps = 0; steps < 4 && up != kNoHead; ++steps) {
        if (in(at(up).relation, {Relation::AclRelcl, Relation::Acl}) && at(up).head != kNoHead) {
          w = at(up).head;
          break;
        }
        const auto first = child(up, {Relation::Nsubj});  // a clause taken for the whole
        if (at(up).is_verb() && first && *first < w && !subjects(up).empty() &&
            subjects(up).front() != *first) {
          w = *first;
          break;
        }
        up = at(up).head;
      }
  return all;
}

Words Clause::complement_subjects(std::int32_t verb) const {
  if (const auto object = child(verb, {Relation::Obj, Relation::Iobj})) {
    // "wants the suspect" asks nothing of him; "wants the suspect to talk" does.
    if (one_of(at(verb).lemma, {"want", "need", "expect", "like", "hope", "wish", "propose",
                                "recommend", "seek", "demand", "request"}) &&
        !has_task(verb, *object))
      return {};
    return with_conjuncts(*object);
  }
  for (const auto c : children(verb)) {
    if (!in(at(c).relation, {Relation::Ccomp, Relation::Xcomp, Relation::Advcl})) continue;
    // "pressed it since X acted": when, not who shall do it
    if (const auto mark = child(c, {Relation::Mark, Relation::Advmod});
        mark && at(c).relation == Relation::Advcl &&
        one_of(at(*mark).lower, {"since", "after", "before", "when", "while", "because", "as", "if",
                                 "until", "although", "though", "once"}))
      continue;
    if (at(c).tag == Tag::VBD && one_of(at(verb).lemma, {"press", "urge", "ask", "push", "pressure",
                                                         "want", "order", "encourage"}))
      continue;  // what has been done is not asked for
    if (const auto subject = child(c, {Relation::Nsubj, Relation::NsubjPass}))
      return with_conjuncts(*subject);
    // "would like to see China act"
    if (at(c).relation == Relation::Xcomp && one_of(at(c).lemma, {"see", "have", "get"}))
      if (const auto object = child(c, {Relation::Obj}); object && has_task(c, *object))
        return with_conjuncts(*object);
  }
  if (passive(verb)) return objects(verb);
  return {};
}

// Does a clause say what the object of the verb shall do?
bool Clause::has_task(std::int32_t verb, std::int32_t object) const {
  for (const auto host : {verb, object})
    for (const auto c : children(host))
      if (c > object && at(c).is_verb() &&
          in(at(c).relation, {Relation::Xcomp, Relation::Ccomp, Relation::Advcl, Relation::Acl}))
        return true;
  return false;
}

// What the clause governed by a verb is done to: "threatened to sue Britain".
Words Clause::complement_objects(std::int32_t verb) const {
  Words all;
  for (const auto c : children(verb)) {
    if (!in(at(c).relation, {Relation::Xcomp, Relation::Advcl}) || !at(c).is_verb()) continue;
    for (const auto w : objects(c)) all.push_back(w);
  }
  return all;
}

Words Clause::complement_after(std::int32_t verb) const {
  Words all;
  for (const auto c : children(verb))
    if (in(at(c).relation, {Relation::Xcomp, Relation::Advcl}) && at(c).is_verb())
      for (const auto w : after(c, {"against", "on", "with", "from", "to"})) all.push_back(w);
  return all;
}

Words Clause::owners(std::int32_t noun) const {
  Words all;
  for (const auto c : children(noun)) {
    const bool before = in(at(c).relation, {Relation::NmodPoss, Relation::Compound, Relation::Amod,
                                            Relation::NmodDesc, Relation::NmodUnmarked});
    const bool by =
        at(c).relation == Relation::Nmod && one_of(case_of(c), {"by", "between", "from"});
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

}  // namespace entente
