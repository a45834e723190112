#include "tools/import/events.h"

#include <algorithm>

#include "tools/import/clause.h"
#include "tools/import/dates.h"
#include "tools/import/structure.h"

namespace entente {
namespace {
using std::string_view;
using Words = std::vector<std::int32_t>;
using Mentions = std::vector<const Mention*>;

bool one_of(string_view word, std::initializer_list<string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void append(Mentions& all, const Mentions& more) {
  for (const Mention* mention : more)
    if (std::none_of(all.begin(), all.end(), [&](const Mention* m) { return m->node == mention->node; })) all.push_back(mention);
}

// The events of one sentence.
class SentenceEvents {
 public:
  SentenceEvents(const Article& article, const Text& text, std::uint32_t s, const Cast& cast, const Frames& frames, Occasions& occasions, Claims& claims, Bound before)
      : sentence_(text.sentences[s]), s_(s), cast_(cast), frames_(frames), occasions_(occasions), claims_(claims), clause_(sentence_, frames),
        dates_(find_dates(sentence_, article.document.published, before)) {}

  void read() {
    for (std::int32_t i = 0; i < sentence_.size(); ++i) {
      const Word& word = sentence_.at(i);
      const std::vector<Frame>* rows = nullptr;
      if (word.is_verb()) rows = frames_.verb(word.lemma);
      else if (word.tag == Tag::NN || word.tag == Tag::NNS) rows = frames_.noun(word.lemma);
      else if (word.tag == Tag::JJ) rows = frames_.adjective(word.lemma);
      if (rows != nullptr && !in_a_name(i)) trigger(i, *rows);
      if (word.is_verb()) bring_about(i);
    }
    named_events();
  }

  Bound last_date(Bound before) const { return dates_.empty() ? before : dates_.back().from; }

 private:
  bool in_a_name(std::int32_t i) const {
    return std::any_of(cast_.in(s_).begin(), cast_.in(s_).end(), [&](const Mention& m) { return m.first <= i && i < m.last && !m.pronoun; });
  }

  void trigger(std::int32_t i, const std::vector<Frame>& rows) {
    const Saying saying = saying_of(sentence_, frames_, i);
    if (saying.dropped) return;
    std::size_t words = 0;
    bool found = false;
    for (const Frame& frame : rows) {
      if (found && frame.more.size() < words) return;  // the fuller trigger has spoken
      if ((found && frame.fallback) || !has_more(i, frame)) continue;
      if (claim(i, frame, saying)) found = true, words = frame.more.size();
    }
  }

  // Do the further words of the trigger hang on it or follow it closely?
  bool has_more(std::int32_t i, const Frame& frame) const {
    std::int32_t from = i;
    for (const auto& alternatives : frame.more) {
      const std::int32_t found = find_more(i, from, alternatives);
      if (found < 0) return false;
      if (found > i) from = found;
    }
    return true;
  }

  std::int32_t find_more(std::int32_t i, std::int32_t from, const std::vector<std::string>& alternatives) const {
    const auto is = [&](std::int32_t k) {
      const Word& word = sentence_.at(k);
      return std::find(alternatives.begin(), alternatives.end(), word.lemma) != alternatives.end() ||
             std::find(alternatives.begin(), alternatives.end(), word.lower) != alternatives.end();
    };
    for (std::int32_t k = from + 1; k < std::min(sentence_.size(), from + 3); ++k)
      if (is(k)) return k;
    for (std::int32_t k = 0; k < sentence_.size(); ++k) {
      if (k == i || !is(k)) continue;
      std::int32_t up = k;
      for (int steps = 0; steps < 3 && up != kNoHead; ++steps) {
        up = sentence_.at(up).head;
        if (up == i && k < i + 20) return k;
      }
    }
    return -1;
  }

  // What a noun phrase stands for: the mention that holds its head, or what lies behind a noun that
  // one looks through ("the production of fentanyl").
  Mentions named(std::int32_t word, int depth = 0) const {
    Mentions all;
    for (const Mention& mention : cast_.in(s_))
      if (mention.first <= word && word < mention.last && !mention.modifier) append(all, listed_with(sentence_, cast_.in(s_), cast_, mention));
    if (!all.empty()) {  // "Chinese steel": the substance and whose it is
      if (frames_.transparent(sentence_.at(word).lemma)) append(all, owners(word));
      return members(all);
    }
    if (depth > 3) return all;
    if (starts_person(word + 1) && sentence_.at(word).is_noun()) return named(word + 1, depth + 1);
    if (frames_.transparent(sentence_.at(word).lemma) || sentence_.at(word).tag == Tag::CD) {
      for (const auto inner : clause_.after(word, {"of", "from", "in", "between", "among"})) append(all, named(inner, depth + 1));
      if (all.empty()) append(all, owners(word));  // "Chinese goods"
    }
    return all;
  }

  // "five firms: A, B and C" are A, B and C.
  Mentions members(const Mentions& all) const {
    for (const Mention* mention : all) {
      if (mention->last + 1 >= sentence_.size() || sentence_.at(mention->last).text != ":") continue;
      for (const Mention& first : cast_.in(s_))
        if (first.first == mention->last + 1 && cast_.label(first.node) == cast_.label(mention->node)) return listed_with(sentence_, cast_.in(s_), cast_, first);
    }
    return all;
  }

  Mentions named(const Words& words) const {
    Mentions all;
    for (const auto word : words) append(all, named(word));
    return all;
  }

  // Whose noun it is: possessors and adjectives, "the Chinese ban", "U.S.-China talks".
  Mentions owners(std::int32_t noun) const {
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
  Mentions right_before(std::int32_t i) const {
    std::int32_t at = i;
    while (at > 0 && (sentence_.at(at - 1).tag == Tag::RB || sentence_.at(at - 1).tag == Tag::MD || one_of(sentence_.at(at - 1).lower, {"has", "have", "had", "is", "are", "was", "were", "been", "be"}))) --at;
    for (const Mention& mention : cast_.in(s_)) {
      if (mention.last != at || mention.modifier || mention.place) continue;
      const bool oblique = mention.first > 0 && (sentence_.at(mention.first - 1).tag == Tag::IN || sentence_.at(mention.first - 1).tag == Tag::TO ||
                                                 (mention.first > 1 && sentence_.at(mention.first - 1).lower == "the" && sentence_.at(mention.first - 2).tag == Tag::IN));
      if (!oblique) return listed_with(sentence_, cast_.in(s_), cast_, mention);
    }
    return {};
  }

  Mentions right_after(std::int32_t i) const {
    // Over articles, adjectives and titles: "with the US President Joe Biden".
    for (std::int32_t at = i + 1; at < std::min(sentence_.size(), i + 7); ++at) {
      for (const Mention& mention : cast_.in(s_)) {
        if (mention.first != at || mention.modifier) continue;
        const bool before_noun = mention.last < sentence_.size() && sentence_.at(mention.last).is_noun() && cast_.label(mention.node) != label_id("Person") && !starts_person(mention.last);
        if (mention.possessive || before_noun) return {};
        return listed_with(sentence_, cast_.in(s_), cast_, mention);
      }
      const Word& word = sentence_.at(at);
      if (word.lower != "the" && word.tag != Tag::JJ && !is_proper(word.tag) && word.tag != Tag::CD && !(word.tag == Tag::NN && in_modifier_phrase(at))) return {};
    }
    return {};
  }

  bool starts_person(std::int32_t i) const {
    return std::any_of(cast_.in(s_).begin(), cast_.in(s_).end(), [&](const Mention& m) { return m.first == i && cast_.label(m.node) == label_id("Person"); });
  }

  // A title in small letters between a country and a person: "Chinese leader Xi".
  bool in_modifier_phrase(std::int32_t i) const { return starts_person(i + 1) || starts_person(i + 2); }

  // "met in Paris with X": the preposition stands close behind, the name right after it.
  Mentions close_after(std::int32_t i, const std::vector<std::string>& prepositions) const {
    for (std::int32_t k = i + 1; k < std::min(sentence_.size(), i + 5); ++k) {
      if (sentence_.at(k).is_verb() || one_of(sentence_.at(k).text, {",", ";", "."})) break;
      if (std::find(prepositions.begin(), prepositions.end(), sentence_.at(k).lower) == prepositions.end()) continue;
      return right_after(k);
    }
    return {};
  }

  // "signed orders imposing tariffs", "the Chinese decision restricts": a rule acts for who made it.
  Mentions behind_rule(const Words& subjects) const {
    Mentions all;
    for (const auto word : subjects) {
      const auto* noun = occasions_.words().noun_at(sentence_, word);
      const bool act = one_of(sentence_.at(word).lemma, {"decision", "move", "action", "announcement", "policy", "measure"});
      if (!act && (noun == nullptr || noun->label != label_id("Measure"))) continue;
      append(all, owners(word));
      const std::int32_t verb = sentence_.at(word).head;
      if (all.empty() && verb != kNoHead && sentence_.at(word).relation == Relation::Obj) append(all, named(clause_.subjects(verb)));
    }
    return all;
  }

  Mentions at_place(std::int32_t i, const Place& place) const {
    switch (place.kind) {
      case Place::Kind::Subject: {
        const Words subjects = clause_.subjects(i);
        const Tag tag = sentence_.at(i).tag;
        const bool modal = tag == Tag::VB && i > 1 && (sentence_.at(i - 1).tag == Tag::MD || (sentence_.at(i - 1).tag == Tag::RB && sentence_.at(i - 2).tag == Tag::MD));
        const bool looks_active = tag == Tag::VBD || tag == Tag::VBZ || tag == Tag::VBP || modal;
        if (subjects.empty() && looks_active) return right_before(i);
        const Mentions found = named(subjects);
        return found.empty() ? behind_rule(subjects) : found;
      }
      case Place::Kind::Object: {
        const Words objects = clause_.objects(i);
        return objects.empty() && sentence_.at(i).is_verb() && !clause_.passive(i) ? right_after(i) : named(objects);
      }
      case Place::Kind::ObjectOwner: {
        Mentions all;
        for (const auto object : clause_.objects(i)) {
          append(all, owners(object));
          for (const auto inner : clause_.after(object, {"of", "by"})) append(all, named(inner));
        }
        return all;
      }
      case Place::Kind::Complement:
        return named(clause_.complement_subjects(i));
      case Place::Kind::Owner: {
        const Mentions between = close_after(i, {"between"});
        return between.size() > 1 ? between : owners(i);
      }
      case Place::Kind::Governor: {
        const std::int32_t verb = sentence_.at(i).head;
        if (verb == kNoHead || !sentence_.at(verb).is_verb() || !frames_.light(sentence_.at(verb).lemma)) return {};
        const Relation relation = sentence_.at(i).relation;
        if (relation != Relation::Obj && relation != Relation::NsubjPass && relation != Relation::Obl) return {};
        return named(clause_.subjects(verb));
      }
      case Place::Kind::Preposition: {
        const Mentions found = named(clause_.after(i, place.words));
        return found.empty() ? close_after(i, place.words) : found;
      }
    }
    return {};
  }

  bool allowed(const Frame& frame, const Mention& mention) const {
    if (frame.tail_labels.empty()) return true;
    return std::find(frame.tail_labels.begin(), frame.tail_labels.end(), cast_.label(mention.node)) != frame.tail_labels.end();
  }

  Mentions heads_of(std::int32_t i, const Frame& frame) const {
    for (const Place& place : frame.heads) {
      Mentions found = at_place(i, place);
      std::erase_if(found, [&](const Mention* m) { return !Ontology::builtin().label(cast_.label(m->node)).actor && cast_.label(m->node) != label_id("Measure"); });
      if (frame.criminal) std::erase_if(found, [&](const Mention* m) { return cast_.label(m->node) != label_id("CriminalGroup"); });
      if (!found.empty()) return found;
    }
    return {};
  }

  Mentions tails_of(std::int32_t i, const Frame& frame, const Mentions& heads) const {
    for (const Place& place : frame.tails) {
      Mentions found = at_place(i, place);
      std::erase_if(found, [&](const Mention* m) {
        return !allowed(frame, *m) || std::any_of(heads.begin(), heads.end(), [&](const Mention* h) { return h->node == m->node; });
      });
      if (!found.empty()) return found;
    }
    return {};
  }

  bool claim(std::int32_t i, const Frame& frame, const Saying& saying) {
    const Mentions heads = heads_of(i, frame);
    if (heads.empty()) return false;
    const Mentions tails = tails_of(i, frame, heads);
    const Circumstance said = circumstance(i, frame, saying);
    bool found = false;
    for (const Mention* head : heads)
      for (const Mention* tail : tails) found |= frame.swap ? add(*tail, frame, *head, said) : add(*head, frame, *tail, said);
    if (found && !frame.swap) {
      rule_behind(i, frame, heads, tails, said);
      meeting_behind(i, frame, heads, tails, said);
    }
    if (tails.empty() && frame.pair && heads.size() > 1) meeting_behind(i, frame, heads, tails, said);
    if (tails.empty() && frame.pair)
      for (std::size_t a = 0; a < heads.size(); ++a)
        for (std::size_t b = a + 1; b < heads.size(); ++b) found |= add(*heads[a], frame, *heads[b], said);
    return found;
  }

  // "imposed restrictions", "held a hearing", "released a report", "set up a working group"
  void bring_about(std::int32_t verb) {
    static const std::pair<string_view, string_view> kEdges[] = {{"Measure", "ENACTS"}, {"Event", "PARTICIPATED_IN"}, {"Document", "PUBLISHED"}, {"Organization", "PART_OF"}};
    for (const auto& [label_name, type_name] : kEdges) {
      const LabelId label = label_id(label_name);
      if (!occasions_.words().makes(sentence_.at(verb).lemma, label)) continue;
      for (const auto object : clause_.objects(verb)) {
        const auto* noun = occasions_.words().noun_at(sentence_, object);
        if (noun == nullptr || noun->label != label || in_a_name(object)) continue;
        const Saying saying = saying_of(sentence_, frames_, verb);
        Mentions makers = named(clause_.subjects(verb));
        std::erase_if(makers, [&](const Mention* m) { return !Ontology::builtin().label(cast_.label(m->node)).actor; });
        if (saying.dropped || saying.negated || makers.empty()) continue;
        if (label == label_id("Measure") && saying.mode == Mode::Requested) continue;
        if (label == label_id("Organization")) append(makers, named(clause_.after(verb, {"with", "alongside"})));
        if (label == label_id("Organization") && makers.size() < 2) continue;
        made(verb, object, makers, type_id(type_name), saying);
      }
    }
  }

  void made(std::int32_t verb, std::int32_t noun, const Mentions& makers, EdgeTypeId type, const Saying& saying) {
    Frame frame;
    frame.type = type, frame.confidence = 0.75;
    Circumstance said = circumstance(verb, frame, saying);
    if (saying.future && said.mode == Mode::Planned && said.valid.is_unknown() == false) said.mode = Mode::Actual;
    std::vector<std::size_t> actors;
    for (const Mention* maker : makers) actors.push_back(maker->node);
    const std::size_t node = occasions_.node(s_, noun, actors);
    for (const auto actor : actors) claims_.add(actor, type, node, s_, said);
  }

  // "under the Act": the law that allows it, not the act itself.
  bool ground(const Mention& mention) const {
    for (std::int32_t k = mention.first - 1; k >= std::max(0, mention.first - 3); --k)
      if (one_of(sentence_.at(k).lower, {"under", "pursuant", "by", "with", "against", "after"})) return true;
    return false;
  }

  // The rule by which an actor controls or sanctions, if the sentence has a noun for it.
  void rule_behind(std::int32_t i, const Frame& frame, const Mentions& heads, const Mentions& tails, const Circumstance& said) {
    const bool controls = frame.type == type_id("CONTROLS"), sanctions = frame.type == type_id("SANCTION");
    if ((!controls && !sanctions) || said.negated || said.mode == Mode::Requested) return;
    // A named one first: "added to the Entity List".
    for (const Mention& mention : cast_.in(s_))
      if (cast_.label(mention.node) == label_id("Measure") && !mention.modifier && std::abs(mention.first - i) < 25 && !ground(mention)) {
        for (const Mention* tail : tails) claims_.add(mention.node, type_id(controls ? "CONTROLS" : "TARGETS"), tail->node, s_, of_type(said, true));
        for (const Mention* head : heads) claims_.add(head->node, type_id("ENACTS"), mention.node, s_, of_type(said, false));
        return;
      }
    std::int32_t noun = -1;
    const auto is_rule = [&](std::int32_t word) {
      const auto* found = occasions_.words().noun_at(sentence_, word);
      return found != nullptr && found->label == label_id("Measure");
    };
    if (is_rule(i)) noun = i;
    for (const auto object : clause_.objects(i))
      if (noun < 0 && is_rule(object)) noun = object;
    if (noun < 0 || in_a_name(noun)) return;
    std::vector<std::size_t> actors{heads.front()->node};
    const std::size_t node = occasions_.node(s_, noun, actors);
    claims_.add(actors.front(), type_id("ENACTS"), node, s_, of_type(said, false));
    for (const Mention* tail : tails) claims_.add(node, type_id(controls ? "CONTROLS" : "TARGETS"), tail->node, s_, of_type(said, true));
  }

  // The same said of an edge of another type, whose time may be a state's or a happening's.
  static Circumstance of_type(Circumstance said, bool lasting) {
    const Bound from = said.valid.from();
    const auto made = from.is_known() ? Interval::make(from, lasting ? Bound::open() : from) : Result<Interval>(undated(lasting));
    if (made) said.valid = *made;
    return said;
  }

  // Who meets takes part in the meeting: a named one, or what the noun says.
  void meeting_behind(std::int32_t i, const Frame& frame, const Mentions& heads, const Mentions& tails, const Circumstance& said) {
    if (frame.type != type_id("CONSULT") || said.negated || said.mode != Mode::Actual) return;
    std::vector<std::size_t> actors;
    for (const Mentions* side : {&heads, &tails})
      for (const Mention* mention : *side)
        if (std::find(actors.begin(), actors.end(), mention->node) == actors.end()) actors.push_back(mention->node);
    if (actors.size() > 6) return;
    auto event = occasions_.known_event(actors, said.valid.from());
    if (!event) {
      std::int32_t noun = -1;
      const auto meets = [&](std::int32_t word) {
        const auto* found = occasions_.words().noun_at(sentence_, word);
        return found != nullptr && found->label == label_id("Event");
      };
      if (meets(i)) noun = i;
      for (const auto object : clause_.objects(i))
        if (noun < 0 && meets(object)) noun = object;
      if (noun >= 0 && !in_a_name(noun)) event = occasions_.node(s_, noun, actors);
      else if (sentence_.at(i).is_verb() && one_of(sentence_.at(i).lemma, {"meet", "convene", "gather"})) event = met(i, actors);
      if (!event) return;
    }
    for (const auto actor : actors) claims_.add(actor, type_id("PARTICIPATED_IN"), *event, s_, said);
  }

  // "U.S. and Chinese officials met in Washington": a meeting without a noun.
  std::optional<std::size_t> met(std::int32_t verb, const std::vector<std::size_t>& actors) {
    std::int32_t first = verb, last = verb + 1;
    for (const Mention* mention : named(clause_.subjects(verb))) first = std::min(first, mention->first);
    for (const Mention& mention : cast_.in(s_))
      if (mention.modifier && mention.last <= first + 1 && mention.last + 2 >= first && mention.first < first) first = mention.first;
    while (first > 0 && one_of(sentence_.at(first - 1).lower, {"officials", "from", "of", "the", "leaders", "representatives"}) && sentence_.at(first - 1).lower != "the") --first;
    for (std::int32_t i = verb + 1; i + 1 < std::min(sentence_.size(), verb + 10); ++i)
      if (one_of(sentence_.at(i).lower, {"in", "at"}) && sentence_.at(i + 1).capital()) {
        last = i + 2;
        while (last < sentence_.size() && is_proper(sentence_.at(last).tag)) ++last;
        break;
      }
    if (first == verb) return std::nullopt;
    return occasions_.named(s_, first, last, label_id("Event"), actors, "meeting");
  }

  // A named event with its people inside the name: "Pelosi's visit to Taiwan".
  void named_events() {
    const std::vector<Mention> mentions = cast_.in(s_);
    for (const Mention& event : mentions) {
      if (cast_.label(event.node) != label_id("Event") || event.modifier) continue;
      std::vector<const Mention*> inside;
      for (const Mention& mention : mentions)
        if (mention.first >= event.first && mention.last <= event.last && mention.node != event.node) inside.push_back(&mention);
      if (inside.empty()) continue;
      Frame frame;
      frame.type = type_id("PARTICIPATED_IN"), frame.confidence = 0.8;
      const Saying saying = saying_of(sentence_, frames_, event.last - 1);
      if (saying.dropped || saying.negated) continue;
      const Circumstance said = circumstance(event.last - 1, frame, saying);
      const bool visit = std::any_of(sentence_.words.begin() + event.first, sentence_.words.begin() + event.last, [](const Word& w) { return one_of(w.lemma, {"visit", "trip"}); });
      claims_.add(inside.front()->node, frame.type, event.node, s_, said);
      if (inside.size() > 1 && visit) claims_.add(inside.front()->node, type_id("CONSULT"), inside.back()->node, s_, said);
      if (inside.size() > 1 && !visit) claims_.add(inside.back()->node, frame.type, event.node, s_, said);
    }
  }

  bool add(const Mention& head, const Frame& frame, const Mention& tail, Circumstance said) {
    if (head.pronoun || tail.pronoun) said.confidence *= 0.9;
    std::size_t who = head.node;
    if (frame.type == type_id("PART_OF") && cast_.label(who) == label_id("Person"))  // presidents found bodies for their states
      if (const auto state = cast_.find(cast_.player(who).country, label_id("Government"))) who = *state;
    return claims_.add(who, frame.type, tail.node, s_, std::move(said));
  }

  Circumstance circumstance(std::int32_t i, const Frame& frame, const Saying& saying) const {
    const bool lasting = Ontology::builtin().type(frame.type).lasting;
    Circumstance said;
    said.valid = undated(lasting);
    said.mode = saying.mode, said.negated = saying.negated != frame.negated;
    if (frame.mode && said.mode == Mode::Actual) said.mode = *frame.mode;
    if (saying.speaker) {
      const Mentions speakers = named(*saying.speaker);
      if (!speakers.empty()) said.speaker = speakers.front()->node;
    }
    if (said.mode == Mode::Actual) according_to(said);
    const TimeMention* time = time_of(i);
    if (time == nullptr) time = time_near(i);
    if (time != nullptr) {
      said.valid = interval_of(*time, lasting);
      said.time_phrase = phrase(*time);
      // An announced act with a date of effect is as good as done, from that day.
      if (said.mode == Mode::Planned && saying.future && lasting) said.mode = Mode::Actual;
    }
    said.confidence = frame.confidence;
    return said;
  }

  std::string phrase(const TimeMention& time) const {
    std::string words;
    for (std::int32_t i = time.first; i < time.last; ++i) {
      if (i > time.first && sentence_.at(i - 1).end != sentence_.at(i).begin) words += ' ';
      words += sentence_.at(i).text;
    }
    return words;
  }

  // "..., according to the ministry": its claim, not the article's.
  void according_to(Circumstance& said) const {
    for (std::int32_t i = 0; i + 2 < sentence_.size(); ++i) {
      if (sentence_.at(i).lower != "according" || sentence_.at(i + 1).lower != "to") continue;
      for (const Mention& mention : cast_.in(s_))
        if (mention.first > i && mention.first <= i + 6 && Ontology::builtin().label(cast_.label(mention.node)).actor) {
          said.mode = Mode::Alleged, said.speaker = mention.node;
          return;
        }
    }
  }

  // The time that is said of a word: hung on it, or handed down from the verb that governs it.
  const TimeMention* time_of(std::int32_t i) const {
    std::int32_t at = i;
    for (int steps = 0; steps < 5 && at != kNoHead; ++steps) {
      if (const TimeMention* own = time_at(at, i)) return own;
      const Word& word = sentence_.at(at);
      if (word.head == kNoHead) break;
      const Word& above = sentence_.at(word.head);
      switch (word.relation) {
        case Relation::Obj:
        case Relation::Obl:
        case Relation::Nsubj:
        case Relation::NsubjPass:
        case Relation::Nmod:
        case Relation::Xcomp:
        case Relation::AclRelcl:
        case Relation::Acl:
          break;
        case Relation::Conj:
        case Relation::Advcl: {
          // Only a time that opens the sentence is said of all that follows.
          const TimeMention* front = time_at(word.head, i);
          return front != nullptr && front->last <= std::min(word.head, at) && front->first < 3 ? front : nullptr;
        }
        case Relation::Ccomp:
          return nullptr;
        default:
          if (!above.is_verb()) return nullptr;
      }
      if (word.relation == Relation::Acl && above.is_noun() && word.tag == Tag::VB) return nullptr;
      at = word.head;
    }
    return nullptr;
  }

  // Where the tree hangs it elsewhere: a time in the same simple clause, or one that opens it.
  const TimeMention* time_near(std::int32_t i) const {
    const auto crosses = [&](std::int32_t first, std::int32_t last) {
      for (std::int32_t k = first; k < last; ++k) {
        const Word& word = sentence_.at(k);
        if (one_of(word.lower, {"that", "which", "who", "whom", "when", "after", "before", "while", "because", "since", ";", ":"})) return true;
        const bool finite = one_of(name(word.tag), {"VBD", "VBZ", "VBP"}) && word.relation != Relation::Aux && word.relation != Relation::AuxPass;
        if (finite && k != i) return true;
      }
      return false;
    };
    for (const TimeMention& time : dates_)
      if (time.first > i && time.first - i < 30 && !crosses(i + 1, time.first)) return &time;
    // "this week, when ...", "in May, during which ..."
    for (const TimeMention& time : dates_) {
      std::int32_t at = time.last;
      if (at < sentence_.size() && sentence_.at(at).text == ",") ++at;
      if (at + 1 < sentence_.size() && sentence_.at(at).lower == "during") ++at;
      if (at < i && one_of(sentence_.at(at).lower, {"when", "which"}) && !crosses(at + 1, i)) return &time;
    }
    for (const TimeMention& time : dates_)
      if (time.last <= i && (time.first <= 2 || (time.first > 0 && one_of(sentence_.at(time.first - 1).text, {",", ":", ";"}))) && !crosses(time.last, i)) return &time;
    return nullptr;
  }

  // The time whose nearest verb or trigger above is this word.
  const TimeMention* time_at(std::int32_t word, std::int32_t trigger) const {
    for (const TimeMention& time : dates_) {
      std::int32_t up = head_of(time);
      for (int steps = 0; steps < 4 && up != kNoHead; ++steps) {
        up = sentence_.at(up).head;
        if (up == word) return &time;
        if (up == kNoHead || (sentence_.at(up).is_verb() && up != word) || up == trigger) break;
      }
    }
    return nullptr;
  }

  std::int32_t head_of(const TimeMention& time) const {
    for (std::int32_t i = time.first; i < time.last; ++i) {
      const std::int32_t head = sentence_.at(i).head;
      if ((head < time.first || head >= time.last) && sentence_.at(i).relation != Relation::Case && sentence_.at(i).relation != Relation::Punct && sentence_.at(i).relation != Relation::Mark) return i;
    }
    return time.last - 1;
  }

  const Sentence& sentence_;
  std::uint32_t s_;
  const Cast& cast_;
  const Frames& frames_;
  Occasions& occasions_;
  Claims& claims_;
  Clause clause_;
  std::vector<TimeMention> dates_;
};
}  // namespace

void find_events(const Article& article, const Text& text, Cast& cast, const Lexicon& lexicon, const Frames& frames, const OccasionWords& words, Claims& claims) {
  Occasions occasions(words, lexicon, article, text, cast);
  Bound before;  // the last date that was told: "that same year"
  for (std::uint32_t s = 0; s < text.sentences.size(); ++s)
    if (text.sentences[s].zone == Zone::Body) {
      SentenceEvents events(article, text, s, cast, frames, occasions, claims, before);
      events.read();
      before = events.last_date(before);
    }
}

}  // namespace entente
