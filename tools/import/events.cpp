#include "tools/import/events.h"

#include <algorithm>
#include <array>

#include "tools/import/arguments.h"
#include "tools/import/clause.h"
#include "tools/import/dates.h"
#include "tools/import/timing.h"

namespace entente {
namespace {
using std::string_view;

bool one_of(string_view word, std::initializer_list<string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The events of one sentence.
class SentenceEvents {
 public:
  SentenceEvents(const Article& article, const Text& text, std::uint32_t s, const Cast& cast,
                 const Frames& frames, Occasions& occasions, Claims& claims, Bound before)
      : sentence_(text.sentences[s]),
        s_(s),
        cast_(cast),
        frames_(frames),
        occasions_(occasions),
        claims_(claims),
        arguments_(sentence_, s, cast, frames, occasions.words()),
        clause_(arguments_.clause()),
        timing_(sentence_, find_dates(sentence_, article.document.published, before)) {}

  void read() {
    for (std::int32_t i = 0; i < sentence_.size(); ++i) {
      const Word& word = sentence_.at(i);
      const std::vector<Frame>* rows = nullptr;
      if (word.is_verb())
        rows = frames_.verb(word.lemma);
      else if (word.tag == Tag::NN || word.tag == Tag::NNS)
        rows = frames_.noun(word.lemma);
      else if (word.tag == Tag::JJ)
        rows = frames_.adjective(word.lemma);
      if (word.tag == Tag::NN) written(i);
      const bool told = rows != nullptr && !arguments_.in_a_name(i) && trigger(i, *rows);
      if (!told) answer(i);
      if (word.is_verb()) bring_about(i), take_part(i);
    }
    named_events();
  }

  Bound last_date(Bound before) const { return timing_.last_date(before); }

 private:
  // "It has refused.", "The ministry denied it.": to whom, the sentences before tell.
  void answer(std::int32_t i) {
    struct Answer {
      string_view word, type, after;
    };
    static constexpr Answer kAnswers[] = {
        {"refuse", "REJECT", "REQUEST"},  {"resist", "REJECT", "REQUEST"},
        {"decline", "REJECT", "REQUEST"}, {"resistant", "REJECT", "REQUEST"},
        {"balk", "REJECT", "REQUEST"},    {"reject", "REJECT", "REQUEST"},
        {"deny", "REJECT", "ACCUSE"},     {"reject", "REJECT", "ACCUSE"},
        {"dismiss", "REJECT", "ACCUSE"},  {"dispute", "REJECT", "ACCUSE"},
        {"relent", "CONCEDE", "REQUEST"}, {"comply", "CONCEDE", "REQUEST"},
        {"yield", "CONCEDE", "REQUEST"},  {"agree", "CONCEDE", "REQUEST"}};
    for (const Answer& row : kAnswers) {
      if (sentence_.at(i).lemma != row.word) continue;
      if (row.word == "agree" && !clause_.complement_objects(i).empty()) continue;
      const Saying saying = saying_of(sentence_, frames_, i);
      if (saying.dropped || saying.negated || saying.future) return;
      bool found = false;
      for (const Mention* who : arguments_.named(clause_.subjects(i))) {
        if (!Ontology::builtin().label(cast_.label(who->node)).actor) continue;
        auto to = claims_.latest_head(row.after, who->node, s_);
        if (!to)  // its state was accused or asked
          if (const auto state = cast_.find(cast_.player(who->node).country, label_id("Government")))
            to = claims_.latest_head(row.after, *state, s_);
        if (!to || *to == who->node) continue;
        Frame frame;
        frame.type = type_id(row.type), frame.confidence = 0.7;
        Circumstance said = circumstance(i, frame, saying);
        said.how = "answer", said.pronoun = who->pronoun;
        found |= claims_.add(who->node, frame.type, *to, s_, std::move(said));
      }
      if (found) return;
    }
  }

  bool trigger(std::int32_t i, const std::vector<Frame>& rows) {
    const Saying saying = saying_of(sentence_, frames_, i);
    if (saying.dropped) return false;
    std::size_t words = 0;
    bool found = false;
    for (const Frame& frame : rows) {
      if (found && frame.more.size() < words) return true;  // the fuller trigger has spoken
      if ((found && frame.fallback) || !has_more(i, frame)) continue;
      if (claim(i, frame, saying)) found = true, words = frame.more.size();
    }
    return found;
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

  std::int32_t find_more(std::int32_t i, std::int32_t from,
                         const std::vector<std::string>& alternatives) const {
    const auto is = [&](std::int32_t k) {
      const Word& word = sentence_.at(k);
      return std::find(alternatives.begin(), alternatives.end(), word.lemma) !=
                 alternatives.end() ||
             std::find(alternatives.begin(), alternatives.end(), word.lower) != alternatives.end();
    };
    for (std::int32_t k = from + 1; k < std::min(sentence_.size(), from + 3); ++k)
      if (is(k)) return k;
    for (std::int32_t k = 0; k < sentence_.size(); ++k) {
      if (k == i || !is(k)) continue;
      std::int32_t up = k;
      for (int steps = 0; steps < 3 && up != kNoHead; ++steps) {
        // "sends missiles and buys jets": the jets are not sent.
        if (sentence_.at(up).relation == Relation::Conj && sentence_.at(up).is_verb()) break;
        up = sentence_.at(up).head;
        if (up == i && k < i + 20) return k;
      }
    }
    return -1;
  }

  bool allowed(const Frame& frame, const Mention& mention) const {
    if (frame.tail_labels.empty()) return true;
    return std::find(frame.tail_labels.begin(), frame.tail_labels.end(),
                     cast_.label(mention.node)) != frame.tail_labels.end();
  }

  Mentions heads_of(std::int32_t i, const Frame& frame) const {
    for (const Place& place : frame.heads) {
      Mentions found = arguments_.at_place(i, place);
      std::erase_if(found, [&](const Mention* m) {
        return !Ontology::builtin().label(cast_.label(m->node)).actor &&
               cast_.label(m->node) != label_id("Measure");
      });
      if (frame.criminal)
        std::erase_if(found, [&](const Mention* m) {
          const bool suspect = cast_.label(m->node) == label_id("Person") && alleged_;
          return cast_.label(m->node) != label_id("CriminalGroup") && !suspect;
        });
      if (!found.empty()) return found;
    }
    return {};
  }

  Mentions tails_of(std::int32_t i, const Frame& frame, const Mentions& heads) const {
    for (const Place& place : frame.tails) {
      Mentions found = arguments_.at_place(i, place);
      std::erase_if(found, [&](const Mention* m) {
        return !allowed(frame, *m) ||
               std::any_of(heads.begin(), heads.end(),
                           [&](const Mention* h) { return h->node == m->node; });
      });
      if (!found.empty()) return found;
    }
    return {};
  }

  bool claim(std::int32_t i, const Frame& frame, const Saying& saying) {
    alleged_ = saying.mode == Mode::Alleged;
    const Mentions heads = heads_of(i, frame);
    if (heads.empty()) return false;
    if (frame.type == type_id("SUPPLIES") && (smuggling(i, heads) || sends_people(i))) return false;
    Mentions tails = tails_of(i, frame, heads);
    Mention doer;  // of the deed that is spoken of: "condemned the decision"
    const bool by_deed = tails.empty() && find_doer(i, frame, heads, doer);
    if (by_deed) tails.push_back(&doer);
    Circumstance said = circumstance(i, frame, saying);
    if (by_deed) said.how = "deed", said.confidence = std::min(said.confidence, 0.7);
    refused_ = saying.refused && said.negated;
    if (refused_) said.negated = false, said.valid = undated(false);
    freight(i, frame, said);
    bool found = false;
    for (const Mention* head : heads)
      for (const Mention* tail : tails)
        found |= frame.swap ? add(*tail, frame, *head, said) : add(*head, frame, *tail, said);
    if (found && !frame.swap && !refused_) {
      rule_behind(i, frame, heads, tails, said);
      meeting_behind(i, frame, heads, tails, said);
    }
    if (tails.empty() && frame.pair && heads.size() > 1)
      meeting_behind(i, frame, heads, tails, said);
    if (tails.empty() && frame.pair)
      for (std::size_t a = 0; a < heads.size(); ++a)
        for (std::size_t b = a + 1; b < heads.size(); ++b)
          found |= add(*heads[a], frame, *heads[b], said);
    return found;
  }

  // "X condemned the decision": who decided, as the sentences before tell.
  bool find_doer(std::int32_t i, const Frame& frame, const Mentions& heads, Mention& doer) const {
    static const std::array kJudging = {type_id("ACCUSE"), type_id("SUPPORT"), type_id("REJECT"),
                                        type_id("PROTEST")};
    if (std::find(kJudging.begin(), kJudging.end(), frame.type) == kJudging.end() ||
        !sentence_.at(i).is_verb())
      return false;
    Words spoken = clause_.objects(i);
    for (const auto word : clause_.after(i, {"about", "over", "against", "at", "to"}))
      spoken.push_back(word);
    for (const auto object : spoken) {
      if (!deed(object)) continue;
      std::vector<std::size_t> others;
      for (const Mention* head : heads) others.push_back(head->node);
      const bool words = one_of(sentence_.at(object).lemma,
                                {"charge", "accusation", "allegation", "claim", "request", "demand",
                                 "appeal", "criticism", "remark", "comment", "statement", "call",
                                 "complaint", "protest", "proposal", "plea", "lawsuit", "suit"});
      const auto who = claims_.latest_doer(s_, words, others);
      if (!who) return false;
      doer = {s_, object, object + 1, *who};
      doer.pronoun = true;
      return frame.tail_labels.empty() || allowed(frame, doer);
    }
    return false;
  }

  // A common noun with "the" or "this" that stands for what somebody did.
  bool deed(std::int32_t word) const {
    const Word& noun = sentence_.at(word);
    if (!noun.is_noun() || noun.capital() || arguments_.in_a_name(word)) return false;
    const auto definite = std::any_of(
        sentence_.children[std::size_t(word)].begin(), sentence_.children[std::size_t(word)].end(),
        [&](std::int32_t c) {
          return one_of(sentence_.at(c).lower, {"the", "this", "these", "that", "both"});
        });
    if (!definite) return false;
    return frames_.noun(noun.lemma) != nullptr ||
           one_of(noun.lemma,
                  {"decision", "move", "step", "verdict", "ruling", "sentence", "law", "measure",
                   "action", "conduct", "policy", "announcement", "plan", "vote", "claim", "remark",
                   "comment", "statement", "resolution", "bill", "proposal", "deportation", "coup",
                   "act", "judgment", "bombardment", "launch", "test", "pardon", "order", "trial",
                   "exercise", "drill", "maneuver", "change", "reform", "choice", "behavior"});
  }

  // "sent an envoy to Cairo": people and papers are no goods.
  bool sends_people(std::int32_t i) const {
    if (!sentence_.at(i).is_verb()) return false;
    const Words objects = clause_.objects(i);
    return std::any_of(objects.begin(), objects.end(), [&](std::int32_t word) {
      return one_of(sentence_.at(word).lemma,
                    {"envoy", "delegation", "team", "chief", "minister", "official", "officer",
                     "troop", "soldier", "force", "ambassador", "letter", "message", "signal",
                     "notice", "appeal", "expert", "representative", "diplomat", "negotiator",
                     "condolence", "police", "mission", "adviser", "observer", "inspector",
                     "investigator", "invitation", "case", "report", "migrant", "refugee",
                     "prisoner", "lawyer", "executive", "warship", "vessel", "request"});
    });
  }

  // A gang that ships drugs traffics them.
  bool smuggling(std::int32_t i, const Mentions& heads) const {
    const bool gang = std::any_of(heads.begin(), heads.end(), [&](const Mention* m) {
      return cast_.label(m->node) == label_id("CriminalGroup");
    });
    if (!gang || !sentence_.at(i).is_verb()) return false;
    for (const Mention* goods : arguments_.named(clause_.objects(i)))
      if (cast_.label(goods->node) == label_id("Chemical")) return true;
    return false;
  }

  // What is supplied, and where drugs are trafficked to.
  void freight(std::int32_t i, const Frame& frame, Circumstance& said) const {
    if (frame.type == type_id("SUPPLIES")) {
      Words goods = clause_.objects(i);
      if (!sentence_.at(i).is_verb()) goods = clause_.after(i, {"of"});
      for (const auto word : goods)
        if (const std::string named = goods_at(word); !named.empty()) {
          said.properties["goods"] = named;
          return;
        }
    }
    if (frame.type == type_id("TRAFFICS"))
      for (const Mention* place : arguments_.named(clause_.after(i, {"to", "into"})))
        if (cast_.label(place->node) == label_id("Government")) {
          said.properties["to"] = cast_.player(place->node).node.name;
          return;
        }
  }

  // A substance by its name, other goods in the text's own words; nothing for an actor.
  std::string goods_at(std::int32_t word) const {
    for (const Mention* mention : arguments_.named(word)) {
      if (cast_.label(mention->node) == label_id("Chemical"))
        return cast_.player(mention->node).node.name;
      if (mention->first <= word && word < mention->last) return {};
    }
    return sentence_.at(word).is_noun() ? sentence_.at(word).lower : std::string{};
  }

  // "imposed restrictions", "held a hearing", "released a report", "set up a working group"
  void bring_about(std::int32_t verb) {
    static const std::pair<string_view, string_view> kEdges[] = {{"Measure", "ENACTS"},
                                                                 {"Event", "PARTICIPATED_IN"},
                                                                 {"Agreement", "PARTY_TO"},
                                                                 {"Document", "PUBLISHED"},
                                                                 {"Organization", "PART_OF"}};
    for (const auto& [label_name, type_name] : kEdges) {
      const LabelId label = label_id(label_name);
      if (!occasions_.words().makes(sentence_.at(verb).lemma, label)) continue;
      for (const auto object : clause_.objects(verb)) {
        const auto* noun = occasions_.words().noun_at(sentence_, object);
        if (noun == nullptr || noun->label != label || arguments_.in_a_name(object)) continue;
        const Saying saying = saying_of(sentence_, frames_, verb);
        Mentions makers = arguments_.named(clause_.subjects(verb));
        std::erase_if(makers, [&](const Mention* m) {
          return !Ontology::builtin().label(cast_.label(m->node)).actor;
        });
        if (saying.dropped || saying.negated || makers.empty()) continue;
        if (label == label_id("Measure") && saying.mode == Mode::Requested) continue;
        const bool joint = label == label_id("Organization") || label == label_id("Agreement");
        if (joint) append(makers, arguments_.named(clause_.after(object, {"with", "between"})));
        if (joint)
          append(makers, arguments_.named(clause_.after(verb, {"with", "alongside"})));
        if (label == label_id("Organization") && makers.size() < 2) continue;
        made(verb, object, makers, type_id(type_name), saying);
      }
    }
  }

  // "a report from RAND", "a study by the ministry".
  void written(std::int32_t i) {
    const auto* noun = occasions_.words().noun_at(sentence_, i);
    if (noun == nullptr || noun->label != label_id("Document") || arguments_.in_a_name(i)) return;
    Words behind;  // hung on the noun itself: "the study was supported by" says nothing of it
    for (const auto c : sentence_.children[std::size_t(i)])
      if (c > i && sentence_.at(c).relation == Relation::Nmod &&
          one_of(clause_.case_of(c), {"from", "by"}))
        for (const auto w : clause_.with_conjuncts(c)) behind.push_back(w);
    Mentions writers = arguments_.named(behind);
    if (one_of(sentence_.at(i).lemma, {"letter", "article", "book", "strategy"})) return;
    std::erase_if(writers, [&](const Mention* m) {
      return !Ontology::builtin().label(cast_.label(m->node)).actor || m->place;
    });
    if (writers.empty() || writers.size() > 3) return;
    Saying saying;
    made(i, i, writers, type_id("PUBLISHED"), saying);
  }

  // "said at the hearing", "In a news conference on Monday, she denied": the speaker took part.
  void take_part(std::int32_t verb) {
    for (const auto where : clause_.after(verb, {"in", "at", "during"})) {
      const auto* noun = occasions_.words().noun_at(sentence_, where);
      if (noun == nullptr || noun->label != label_id("Event") || arguments_.in_a_name(where))
        continue;
      if (one_of(noun->group, {"election", "visit"})) continue;
      const Saying saying = saying_of(sentence_, frames_, verb);
      if (saying.dropped || saying.negated || saying.mode == Mode::Requested) continue;
      Mentions people = arguments_.named(clause_.subjects(verb));
      std::erase_if(people, [&](const Mention* m) {
        return !Ontology::builtin().label(cast_.label(m->node)).actor;
      });
      if (!people.empty() && people.size() < 4)
        made(verb, where, people, type_id("PARTICIPATED_IN"), saying);
    }
  }

  void made(std::int32_t verb, std::int32_t noun, const Mentions& makers, EdgeTypeId type,
            const Saying& saying) {
    Frame frame;
    frame.type = type, frame.confidence = 0.75;
    Circumstance said = circumstance(verb, frame, saying);
    said.how = "occasion";
    if (saying.future && said.mode == Mode::Planned && said.valid.is_unknown() == false)
      said.mode = Mode::Actual;
    std::vector<std::size_t> actors;
    for (const Mention* maker : makers) actors.push_back(maker->node);
    const std::size_t node = occasions_.node(s_, noun, actors);
    for (const auto actor : actors) claims_.add(actor, type, node, s_, said);
  }

  // "under the Act": the law that allows it, not the act itself.
  bool ground(const Mention& mention) const {
    for (std::int32_t k = mention.first - 1; k >= std::max(0, mention.first - 3); --k)
      if (one_of(sentence_.at(k).lower, {"under", "pursuant", "by", "with", "against", "after"}))
        return true;
    return false;
  }

  // The rule by which an actor controls or sanctions, if the sentence has a noun for it.
  void rule_behind(std::int32_t i, const Frame& frame, const Mentions& heads, const Mentions& tails,
                   const Circumstance& said) {
    const bool controls = frame.type == type_id("CONTROLS"),
               sanctions = frame.type == type_id("SANCTION");
    if ((!controls && !sanctions) || said.negated || said.mode == Mode::Requested) return;
    // A named one first: "added to the Entity List".
    for (const Mention& mention : cast_.in(s_))
      if (cast_.label(mention.node) == label_id("Measure") && !mention.modifier &&
          std::abs(mention.first - i) < 25 && !ground(mention)) {
        for (const Mention* tail : tails)
          claims_.add(mention.node, type_id(controls ? "CONTROLS" : "TARGETS"), tail->node, s_,
                      of_type(said, true));
        for (const Mention* head : heads)
          claims_.add(head->node, type_id("ENACTS"), mention.node, s_, of_type(said, false));
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
    if (noun < 0 || arguments_.in_a_name(noun)) return;
    std::vector<std::size_t> actors;
    for (const Mention* head : heads) actors.push_back(head->node);
    const std::size_t node = occasions_.node(s_, noun, actors);
    for (const auto actor : actors)
      claims_.add(actor, type_id("ENACTS"), node, s_, of_type(said, false));
    for (const Mention* tail : tails)
      claims_.add(node, type_id(controls ? "CONTROLS" : "TARGETS"), tail->node, s_,
                  of_type(said, true));
  }

  // The same said of an edge of another type, whose time may be a state's or a happening's.
  static Circumstance of_type(Circumstance said, bool lasting) {
    const Bound from = said.valid.from();
    const auto made = from.is_known() ? Interval::make(from, lasting ? Bound::open() : from)
                                      : Result<Interval>(undated(lasting));
    if (made) said.valid = *made;
    return said;
  }

  // Who meets takes part in the meeting: a named one, or what the noun says.
  void meeting_behind(std::int32_t i, const Frame& frame, const Mentions& heads,
                      const Mentions& tails, const Circumstance& said) {
    if (frame.type != type_id("CONSULT") || said.negated || said.mode != Mode::Actual) return;
    std::vector<std::size_t> actors;
    for (const Mentions* side : {&heads, &tails})
      for (const Mention* mention : *side)
        if (std::find(actors.begin(), actors.end(), mention->node) == actors.end())
          actors.push_back(mention->node);
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
      if (noun >= 0 && !arguments_.in_a_name(noun))
        event = occasions_.node(s_, noun, actors);
      else if (sentence_.at(i).is_verb() &&
               one_of(sentence_.at(i).lemma, {"meet", "convene", "gather"}))
        event = met(i, actors);
      if (!event) return;
    }
    for (const auto actor : actors)
      claims_.add(actor, type_id("PARTICIPATED_IN"), *event, s_, said);
  }

  // "U.S. and Chinese officials met in Washington": a meeting without a noun.
  std::optional<std::size_t> met(std::int32_t verb, const std::vector<std::size_t>& actors) {
    std::int32_t first = verb, last = verb + 1;
    for (const Mention* mention : arguments_.named(clause_.subjects(verb)))
      first = std::min(first, mention->first);
    for (const Mention& mention : cast_.in(s_))
      if (mention.modifier && mention.last <= first + 1 && mention.last + 2 >= first &&
          mention.first < first)
        first = mention.first;
    while (first > 0 &&
           one_of(sentence_.at(first - 1).lower,
                  {"officials", "from", "of", "the", "leaders", "representatives"}) &&
           sentence_.at(first - 1).lower != "the")
      --first;
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
        if (mention.first >= event.first && mention.last <= event.last &&
            mention.node != event.node)
          inside.push_back(&mention);
      if (inside.empty()) continue;
      Frame frame;
      frame.type = type_id("PARTICIPATED_IN"), frame.confidence = 0.8;
      const Saying saying = saying_of(sentence_, frames_, event.last - 1);
      if (saying.dropped || saying.negated) continue;
      const Circumstance said = circumstance(event.last - 1, frame, saying);
      const bool visit =
          std::any_of(sentence_.words.begin() + event.first, sentence_.words.begin() + event.last,
                      [](const Word& w) { return one_of(w.lemma, {"visit", "trip"}); });
      claims_.add(inside.front()->node, frame.type, event.node, s_, said);
      if (inside.size() > 1 && visit)
        claims_.add(inside.front()->node, type_id("CONSULT"), inside.back()->node, s_, said);
      if (inside.size() > 1 && !visit)
        claims_.add(inside.back()->node, frame.type, event.node, s_, said);
    }
  }

  bool add(const Mention& head, const Frame& frame, const Mention& tail, Circumstance said) {
    said.pronoun = head.pronoun || tail.pronoun;
    const std::int32_t left = std::min(head.last, tail.last), right = std::max(head.first, tail.first);
    said.apart = std::max(0, right - left);
    for (const Mention& mention : cast_.in(s_))
      said.between += mention.first >= left && mention.last <= right && !mention.modifier &&
                      mention.node != head.node && mention.node != tail.node &&
                      Ontology::builtin().label(cast_.label(mention.node)).actor;
    if (refused_ && frame.type != type_id("REJECT")) {
      // To refuse to help, meet or yield is to reject; to refuse to enter a court is not.
      static const std::array kOffers = {type_id("AGREE"),   type_id("CONSULT"), type_id("SUPPORT"),
                                         type_id("CONCEDE"), type_id("COOPERATE"), type_id("AID"),
                                         type_id("SUPPLIES"), type_id("COERCE"), type_id("RETREAT")};
      if (std::find(kOffers.begin(), kOffers.end(), frame.type) == kOffers.end()) return false;
      return claims_.add(head.node, type_id("REJECT"), tail.node, s_, std::move(said));
    }
    std::size_t who = head.node;
    if (frame.type == type_id("PART_OF") &&
        cast_.label(who) == label_id("Person"))  // presidents found bodies for their states
      if (const auto state = cast_.find(cast_.player(who).country, label_id("Government")))
        who = *state;
    const auto speaker = said.speaker;
    const bool charge = said.mode == Mode::Alleged && !said.negated && speaker && *speaker != who &&
                        *speaker != tail.node && is_wrong(frame.type, tail.node);
    if (charge) {  // "Kyiv says Moscow shelled the town": Kyiv accuses Moscow
      Circumstance accusation;
      accusation.valid = undated(false), accusation.confidence = 0.7, accusation.how = "charge";
      claims_.add(*speaker, type_id("ACCUSE"), who, s_, std::move(accusation));
    }
    return claims_.add(who, frame.type, tail.node, s_, std::move(said));
  }

  // What one is only said to have done by those who blame him for it.
  bool is_wrong(EdgeTypeId type, std::size_t tail) const {
    if (type == type_id("ASSAULT") || type == type_id("TRAFFICS")) return true;
    return (type == type_id("AID") || type == type_id("SUPPLIES")) &&
           cast_.label(tail) == label_id("CriminalGroup");
  }

  Circumstance circumstance(std::int32_t i, const Frame& frame, const Saying& saying) const {
    const bool lasting = Ontology::builtin().type(frame.type).lasting;
    Circumstance said;
    said.valid = undated(lasting);
    said.mode = saying.mode, said.negated = saying.negated != frame.negated;
    if (frame.mode && said.mode == Mode::Actual) said.mode = *frame.mode;
    if (saying.speaker) {
      const Mentions speakers = arguments_.named(*saying.speaker);
      if (!speakers.empty()) said.speaker = speakers.front()->node;
    }
    if (said.mode == Mode::Actual) according_to(said);
    if (const TimeMention* time = timing_.of(i)) {
      said.valid = interval_of(*time, lasting);
      said.time_phrase = timing_.phrase(*time);
      // An announced act with a date of effect is as good as done, from that day.
      if (said.mode == Mode::Planned && saying.future && lasting) said.mode = Mode::Actual;
    }
    said.confidence = frame.confidence;
    const Word& word = sentence_.at(i);
    said.how = word.is_verb() ? (word.tag == Tag::VBG ? "participle" : "verb")
               : word.is_noun() ? "noun"
                                : "adjective";
    return said;
  }

  // "..., according to the ministry": its claim, not the article's.
  void according_to(Circumstance& said) const {
    for (std::int32_t i = 0; i + 2 < sentence_.size(); ++i) {
      if (sentence_.at(i).lower != "according" || sentence_.at(i + 1).lower != "to") continue;
      for (const Mention& mention : cast_.in(s_))
        if (mention.first > i && mention.first <= i + 6 &&
            Ontology::builtin().label(cast_.label(mention.node)).actor) {
          said.mode = Mode::Alleged, said.speaker = mention.node;
          return;
        }
    }
  }

  const Sentence& sentence_;
  std::uint32_t s_;
  const Cast& cast_;
  const Frames& frames_;
  Occasions& occasions_;
  Claims& claims_;
  Arguments arguments_;
  const Clause& clause_;
  Timing timing_;
  bool refused_ = false;  // what is being claimed was refused
  bool alleged_ = false;  // or is only said by somebody
};
}  // namespace

void find_events(const Article& article, const Text& text, Cast& cast, const Lexicon& lexicon,
                 const Frames& frames, const OccasionWords& words, Claims& claims) {
  Occasions occasions(words, lexicon, article, text, cast);
  Bound before;  // the last date that was told: "that same year"
  for (std::uint32_t s = 0; s < text.sentences.size(); ++s)
    if (text.sentences[s].zone == Zone::Body) {
      occasions.recall(s);
      SentenceEvents events(article, text, s, cast, frames, occasions, claims, before);
      events.read();
      before = events.last_date(before);
    }
}

}  // namespace entente
