#include <algorithm>

#include "tools/import/clause.h"

namespace entente {
namespace {
using std::string_view;

bool in(Relation relation, std::initializer_list<Relation> relations) {
  return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

// One pass up the tree; see saying_of.
class Climb {
 public:
  Climb(const Sentence& sentence, const Frames& frames)
      : sentence_(sentence), frames_(frames), clause_(sentence, frames) {}

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
    bool would = false;
    for (const auto c : sentence_.children[std::size_t(i)]) {
      const Word& word = sentence_.at(c);
      if (one_of(word.lower, {"not", "n't", "never", "neither", "nor", "hardly"}) ||
          (word.lower == "no" && word.relation == Relation::Det) ||
          (word.lower == "longer" && word.relation == Relation::Advmod && c > 0 &&
           sentence_.at(c - 1).lower == "no"))
        said_.negated = !said_.negated;
      if (word.relation == Relation::Aux || word.relation == Relation::AuxPass ||
          word.tag == Tag::MD) {
        if (one_of(word.lower, {"will", "'ll", "wo", "shall"}))
          said_.mode = Mode::Planned, said_.future = true;
        else if (one_of(word.lower, {"would", "'d"}) && word.tag == Tag::MD)
          would = true;
        else if (one_of(word.lower,
                        {"may", "might", "could", "can", "ca", "should", "must", "ought"}))
          said_.dropped = true;
      }
      if (word.relation == Relation::Mark &&
          one_of(word.lower, {"if", "unless", "whether", "lest", "once"}))
        said_.dropped = true;
      if (word.relation == Relation::Advmod &&
          one_of(word.lower, {"possibly", "perhaps", "maybe", "potentially", "hypothetically"}))
        said_.dropped = true;
    }
    // "said it would ban": announced; "would ban" alone, or on a condition: nothing.
    if (would && (sentence_.at(i).relation != Relation::Ccomp || on_condition(i)))
      said_.dropped = true;
    else if (would)
      said_.mode = Mode::Planned, said_.future = true;
  }

  bool on_condition(std::int32_t i) const {
    for (const auto c : sentence_.children[std::size_t(i)])
      if (sentence_.at(c).relation == Relation::Advcl)
        if (const auto mark = clause_.child(c, {Relation::Mark});
            mark && one_of(sentence_.at(*mark).lower, {"if", "unless", "were"}))
          return true;
    return false;
  }

  bool infinitive(std::int32_t i) const {
    return std::any_of(sentence_.children[std::size_t(i)].begin(),
                       sentence_.children[std::size_t(i)].end(), [&](std::int32_t c) {
                         return sentence_.at(c).lower == "to" &&
                                in(sentence_.at(c).relation, {Relation::Mark, Relation::Aux});
                       });
  }

  // From `at` to its head: what the head does to it. False if nothing above matters.
  bool step(std::int32_t at, const Word& here) {
    const std::int32_t head = here.head;
    const Word& above = sentence_.at(head);
    switch (here.relation) {
      case Relation::Conj: {
        // A joined verb of its own tense stands alone but for what governs both.
        const bool finite =
            one_of(name(here.tag), {"VBD", "VBZ", "VBP"}) || clause_.has_subject(at);
        if (!finite && above.is_verb()) own_words(head);
        return true;
      }
      case Relation::Xcomp:
      case Relation::Ccomp:
        // "had been pressing X since Y added": what has been done is not asked for
        if (here.tag == Tag::VBD && one_of(above.lemma, {"press", "urge", "ask", "push", "pressure"}))
          return false;
        return governed(head, here.relation);
      case Relation::Obj:
      case Relation::Nsubj:
      case Relation::NsubjPass:
      case Relation::Obl:
      case Relation::Nmod:
        return nominal_step(at, head, here.relation);
      case Relation::Acl:
        // "speculation about Google buying it"
        if (here.tag == Tag::VBG && clause_.child(at, {Relation::Mark, Relation::Case})) {
          // "accused the firm of selling", with the clause hung on the firm
          const std::int32_t verb = above.head;
          if (verb != kNoHead && sentence_.at(verb).is_verb()) {
            const auto mood = frames_.mood(sentence_.at(verb).lemma);
            if (mood == Mood::Alleged) apply(Mood::Alleged, verb);
            if (mood == Mood::Alleged || !frames_.mood(above.lemma)) return false;
          }
          return governed(head, here.relation);
        }
        if (here.tag == Tag::VBG || here.tag == Tag::VBN) return false;
        return governed(head, here.relation);
      case Relation::AclRelcl:
        return false;
      case Relation::Advcl:
        if (infinitive(at)) {
          // A purpose is no deed, but who blocks a road to protest does protest.
          said_.dropped = !one_of(here.lemma, {"protest", "demonstrate"}) || said_.dropped;
          return false;
        }
        // "barred firms from selling"
        if (const auto mark = clause_.child(at, {Relation::Mark, Relation::Case});
            mark && sentence_.at(*mark).lower == "from")
          if (frames_.mood(above.lemma) == Mood::Negated) said_.negated = !said_.negated;
        // "accused them of selling"
        if (const auto mark = clause_.child(at, {Relation::Mark, Relation::Case});
            mark && one_of(sentence_.at(*mark).lower, {"of", "for"}))
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
    if (relation == Relation::Xcomp && one_of(above.lemma, {"refuse", "decline", "resist"}))
      said_.refused = true;
    own_words(head);
    return true;
  }

  // A noun and the verb or noun above it: "called for sanctions", "a threat of sanctions".
  bool nominal_step(std::int32_t at, std::int32_t head, Relation relation) {
    const Word& above = sentence_.at(head);
    // "ended its mission at Mali's demand": what ended is not the demand.
    const bool aside = relation == Relation::Obl &&
                       one_of(clause_.case_of(at),
                              {"at", "despite", "after", "under", "in", "during", "following",
                               "amid", "upon", "before", "since", "until", "over", "because of"});
    if (one_of(sentence_.at(at).lemma, {"example", "instance"})) return true;  // "For example, ..."
    if (above.is_verb() && aside) {
      own_words(head);
      return true;
    }
    if (above.is_verb()) {
      const auto mood = frames_.mood(above.lemma);
      if (mood && relation != Relation::Nsubj && *mood != Mood::Alleged) apply(*mood, head);
      own_words(head);
      return true;
    }
    if (relation == Relation::Nmod)
      if (const auto mood = frames_.mood(above.lemma); mood && *mood != Mood::Alleged)
        apply(*mood, head);
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
    const auto subjects =
        sentence_.at(head).is_verb() ? clause_.subjects(head) : clause_.owners(head);
    if (!subjects.empty()) said_.speaker = subjects.front();
  }

  // `"...", said X`: the verb of saying hangs below the quotation.
  void quoted_by(std::int32_t root) {
    for (const auto c : sentence_.children[std::size_t(root)]) {
      const Word& word = sentence_.at(c);
      if (word.relation != Relation::Parataxis || frames_.mood(word.lemma) != Mood::Alleged)
        continue;
      if (said_.mode == Mode::Actual) said_.mode = Mode::Alleged;
      speaker(c);
    }
  }

  const Sentence& sentence_;
  const Frames& frames_;
  Clause clause_;
  Saying said_;
};
}  // namespace

Saying saying_of(const Sentence& sentence, const Frames& frames, std::int32_t word) {
  return Climb(sentence, frames).from(word);
}

}  // namespace entente
