#include "tools/import/events.h"

#include <algorithm>
#include <array>

#include "tools/import/dates.h"
#include "tools/import/deeds.h"
#include "tools/import/freight.h"
#include "tools/import/makings.h"
#include "tools/import/scene.h"

namespace entente {
namespace {

// The triggers of one sentence. Borrows the scene.
class SentenceEvents {
 public:
  explicit SentenceEvents(const Scene& scene) : scene_(scene) {}

  void read() {
    for (std::int32_t i = 0; i < scene_.sentence.size(); ++i) {
      const Word& word = scene_.sentence.at(i);
      const std::vector<Frame>* rows = nullptr;
      if (word.is_verb())
        rows = scene_.frames.verb(word.lemma);
      else if (word.tag == Tag::NN || word.tag == Tag::NNS)
        rows = scene_.frames.noun(word.lemma);
      else if (word.tag == Tag::JJ)
        rows = scene_.frames.adjective(word.lemma);
      if (word.tag == Tag::NN) makings_.read_noun(i);
      const bool told = rows != nullptr && !scene_.arguments.in_a_name(i) && trigger(i, *rows);
      if (!told) deeds_.answer(i);
      if (word.is_verb()) makings_.read_verb(i);
    }
    makings_.named_events();
  }

 private:
  using Signs = std::vector<std::string_view>;  // of the calibration

  bool trigger(std::int32_t i, const std::vector<Frame>& rows) {
    const Saying saying = saying_of(scene_.sentence, scene_.frames, i);
    if (saying.dropped) return false;
    std::size_t words = 0;
    bool found = false;
    for (const Frame& frame : rows) {
      if (found && frame.more.size() < words) return true;  // the fuller trigger has spoken
      if ((found && frame.fallback) || !has_more(i, frame)) continue;
      unfit_ = false;
      if (claim(i, frame, saying)) found = true, words = frame.more.size();
      // "made it a controlled substance": who cannot do that has not made it either
      if (unfit_ && !found && !frame.more.empty()) return false;
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
      const Word& word = scene_.sentence.at(k);
      return std::find(alternatives.begin(), alternatives.end(), word.lemma) !=
                 alternatives.end() ||
             std::find(alternatives.begin(), alternatives.end(), word.lower) != alternatives.end();
    };
    for (std::int32_t k = from + 1; k < std::min(scene_.sentence.size(), from + 3); ++k)
      if (is(k)) return k;
    for (std::int32_t k = 0; k < scene_.sentence.size(); ++k) {
      if (k == i || !is(k)) continue;
      std::int32_t up = k;
      for (int steps = 0; steps < 3 && up != kNoHead; ++steps) {
        // "sends missiles and buys jets": the jets are not sent.
        const Word& word = scene_.sentence.at(up);
        if (word.relation == Relation::Conj && word.is_verb()) break;
        // "Minister X received": what the subject is called is no part of what it does.
        if (word.head == i && up < i && scene_.sentence.at(i).is_verb() &&
            (word.relation == Relation::Nsubj || word.relation == Relation::NsubjOuter))
          break;
        up = scene_.sentence.at(up).head;
        if (up == i && k < i + 20) return k;
      }
    }
    return -1;
  }

  Mentions heads_of(std::int32_t i, const Frame& frame, Signs& signs) const {
    for (const Place& place : frame.heads) {
      bool loose = false;
      Mentions found = scene_.arguments.at_place(i, place, loose);
      std::erase_if(found, [&](const Mention* m) {
        return !scene_.is_actor(*m) &&
               scene_.label(*m) != label_id("Measure");
      });
      if (frame.criminal)
        std::erase_if(found, [&](const Mention* m) {
          const bool suspect = scene_.label(*m) == label_id("Person") && alleged_;
          return scene_.label(*m) != label_id("CriminalGroup") && !suspect;
        });
      if (!found.empty() && loose) signs.push_back("loose head");
      if (!found.empty()) return found;
    }
    return {};
  }

  Mentions tails_of(std::int32_t i, const Frame& frame, const Mentions& heads, Signs& signs) const {
    for (const Place& place : frame.tails) {
      bool loose = false;
      Mentions found = scene_.arguments.at_place(i, place, loose);
      if (frame.type == type_id("OWNS"))  // "bought chips from X" buys no X
        std::erase_if(found, [&](const Mention* m) {
          return m->first > 0 && scene_.sentence.at(m->first - 1).lower == "from";
        });
      std::erase_if(found, [&](const Mention* m) {
        return !frame.takes(scene_.label(*m)) ||
               std::any_of(heads.begin(), heads.end(),
                           [&](const Mention* h) { return h->node == m->node; });
      });
      if (!found.empty() && loose) signs.push_back("loose tail");
      if (!found.empty() && &place != &frame.tails.front()) signs.push_back("second place");
      if (!found.empty()) return found;
    }
    return {};
  }

  bool claim(std::int32_t i, const Frame& frame, const Saying& saying) {
    alleged_ = saying.mode == Mode::Alleged;
    Signs signs;
    Mentions heads = heads_of(i, frame, signs);
    const std::vector<Mention> unsaid = heads.empty() ? unsaid_doers(i, frame) : std::vector<Mention>{};
    for (const Mention& one : unsaid) heads.push_back(&one);
    if (heads.empty()) return false;
    if (frame.type == type_id("SUPPLIES") &&
        (freight_.smuggling(i, heads) || freight_.sends_people(i)))
      return false;
    Mentions tails = tails_of(i, frame, heads, signs);
    std::vector<Mention> meant;  // by the deed that is spoken of: "condemned the decision"
    if (tails.empty()) meant = deeds_.doers(i, frame, heads);
    if (tails.empty() && meant.empty()) meant = deeds_.addressee(i, frame, heads);
    const bool by_deed = !meant.empty();
    for (const Mention& one : meant) tails.push_back(&one);
    Circumstance said = scene_.circumstance(i, frame, saying);
    const bool gives = frame.type == type_id("AID") || frame.type == type_id("SUPPLIES");
    if (gives && said.mode == Mode::Actual && is_promise(i)) said.mode = Mode::Planned;
    if (heads.size() * std::max<std::size_t>(1, tails.size()) > 3) signs.push_back("many pairs");
    said.signs.insert(said.signs.end(), signs.begin(), signs.end());
    if (!unsaid.empty()) said.how = "unsaid", said.confidence = std::min(said.confidence, 0.7);
    if (by_deed) said.how = "deed", said.confidence = std::min(said.confidence, 0.7);
    refused_ = saying.refused && said.negated;
    if (refused_) said.negated = false, said.valid = undated(false);
    freight_.name(i, frame, said);
    if (tails.empty()) blame(frame, heads, said);
    bool found = false;
    for (const Mention* head : heads)
      for (const Mention* tail : tails)
        found |= frame.swap ? add(*tail, frame, *head, said) : add(*head, frame, *tail, said);
    unfit_ = !found && !tails.empty();
    if (found && said.mode == Mode::Planned && !said.negated) pledge(i, frame, heads, tails);
    if (found && !frame.swap && !refused_) {
      makings_.rule_behind(i, frame, heads, tails, said);
      makings_.meeting_behind(i, frame, heads, tails, said);
      makings_.joint_arrest(i, frame, heads, tails, said);
      off_the_list(i, frame, tails, said);
      if (frame.type == type_id("ENACTS") && said.mode != Mode::Requested && !said.negated)
        for (const Mention* rule : tails)
          if (!rule->pronoun) makings_.aimed_at(rule->last - 1, rule->node, heads, said);
    }
    if (tails.empty() && frame.pair && heads.size() > 1)
      makings_.meeting_behind(i, frame, heads, tails, said);
    if (tails.empty() && frame.pair)
      for (std::size_t a = 0; a < heads.size(); ++a)
        for (std::size_t b = a + 1; b < heads.size(); ++b)
          found |= add(*heads[a], frame, *heads[b], said);
    return found;
  }

  // "Both firms were blacklisted too": by whom the sentences before tell of the same sort of act.
  std::vector<Mention> unsaid_doers(std::int32_t i, const Frame& frame) const {
    const bool punishes = frame.type == type_id("SANCTION") || frame.type == type_id("CONTROLS");
    if (!punishes || !scene_.sentence.at(i).is_verb() || !scene_.clause().passive(i) ||
        scene_.sentence.at(i).relation == Relation::Acl)
      return {};
    for (const auto c : scene_.sentence.children[std::size_t(i)])
      if (scene_.clause().case_of(c) == "by") return {};
    const auto doers =
        scene_.claims.latest_doers(scene_.s, false, {}, {frame.type, type_id("ENACTS")});
    if (doers.size() != 1) return {};
    const LabelId label = scene_.cast.label(doers.front());
    if (label != label_id("Agency") && label != label_id("Government") &&
        scene_.cast.player(doers.front()).node.name != "European Union")
      return {};
    Mention mention{scene_.s, i, i + 1, doers.front()};
    mention.pronoun = true;
    return {mention};
  }

  // "agreed to sell jets to Y", "pledged aid to Y": what is promised is planned, the promise is made.
  void pledge(std::int32_t i, const Frame& frame, const Mentions& heads, const Mentions& tails) {
    static const std::array kPromised = {type_id("AID"), type_id("SUPPLIES"), type_id("CONCEDE"),
                                         type_id("COOPERATE"), type_id("SUPPORT")};
    if (std::find(kPromised.begin(), kPromised.end(), frame.type) == kPromised.end()) return;
    std::int32_t verb = i;
    for (int steps = 0; steps < 3 && !is_promise(verb); ++steps) {
      const Word& word = scene_.sentence.at(verb);
      if (word.head == kNoHead || (word.relation != Relation::Xcomp && word.relation != Relation::Conj))
        return;
      verb = word.head;
    }
    if (!is_promise(verb)) return;
    const Saying saying = saying_of(scene_.sentence, scene_.frames, verb);
    if (saying.dropped || saying.negated || saying.mode == Mode::Requested) return;
    Frame agreed;
    agreed.type = type_id("AGREE");
    Circumstance said = scene_.circumstance(verb, agreed, saying);
    said.how = "pledge";
    for (const Mention* head : heads)
      for (const Mention* tail : tails)
        add(frame.swap ? *tail : *head, agreed, frame.swap ? *head : *tail, said);
  }

  bool is_promise(std::int32_t i) const {
    const Word& word = scene_.sentence.at(i);
    return word.is_verb() &&
           one_of(word.lemma, {"agree", "pledge", "promise", "vow", "commit", "undertake", "swear"});
  }

  // "X says Y killed civilians": who is nobody's enemy by name is accused all the same.
  void blame(const Frame& frame, const Mentions& heads, const Circumstance& said) {
    const bool wrong = frame.type == type_id("ASSAULT") || frame.type == type_id("TRAFFICS");
    if (!wrong || said.mode != Mode::Alleged || said.negated || !said.speaker) return;
    Circumstance accusation;
    accusation.valid = undated(false), accusation.confidence = 0.7, accusation.how = "charge";
    for (const Mention* head : heads)
      if (head->node != *said.speaker)
        scene_.claims.add(*said.speaker, type_id("ACCUSE"), head->node, scene_.s, accusation);
  }

  // "removed X from the Entity List": which had been directed at X.
  void off_the_list(std::int32_t i, const Frame& frame, const Mentions& tails,
                    const Circumstance& said) {
    if (frame.type != type_id("CONCEDE") || said.mode == Mode::Requested || said.negated ||
        !one_of(scene_.sentence.at(i).lemma, {"remove", "delist", "strike", "drop", "take"}))
      return;
    for (const Mention& list : scene_.cast.in(scene_.s))
      if (scene_.label(list) == label_id("Measure") && !list.modifier && list.first > i)
        for (const Mention* tail : tails)
          scene_.claims.add_state(list.node, "TARGETS", tail->node, scene_.s, 0.8, "list");
  }

  // Who wrote a report is meant when it is judged.
  std::size_t author_of(EdgeTypeId type, std::size_t tail) const {
    static const std::array kJudging = {type_id("ACCUSE"), type_id("SUPPORT"), type_id("REJECT")};
    if (scene_.cast.label(tail) != label_id("Document") ||
        std::find(kJudging.begin(), kJudging.end(), type) == kJudging.end())
      return tail;
    return scene_.claims.latest_head("PUBLISHED", tail, scene_.s).value_or(tail);
  }

  bool add(const Mention& head, const Frame& frame, const Mention& tail, Circumstance said) {
    said.pronoun = head.pronoun || tail.pronoun;
    const std::int32_t left = std::min(head.last, tail.last),
                       right = std::max(head.first, tail.first);
    said.apart = std::max(0, right - left);
    for (const Mention& mention : scene_.cast.in(scene_.s))
      said.between += mention.first >= left && mention.last <= right && !mention.modifier &&
                      mention.node != head.node && mention.node != tail.node &&
                      Ontology::builtin().label(scene_.label(mention)).actor;
    if (refused_ && frame.type != type_id("REJECT")) {
      // To refuse to help, meet or yield is to reject; to refuse to enter a court is not.
      static const std::array kOffers = {
          type_id("AGREE"),   type_id("CONSULT"), type_id("SUPPORT"),
          type_id("CONCEDE"), type_id("COOPERATE"), type_id("AID"),
          type_id("SUPPLIES"), type_id("COERCE"), type_id("RETREAT")};
      if (std::find(kOffers.begin(), kOffers.end(), frame.type) == kOffers.end()) return false;
      return scene_.claims.add(head.node, type_id("REJECT"), tail.node, scene_.s, std::move(said));
    }
    std::size_t who = head.node;
    if ((frame.type == type_id("PART_OF") || frame.type == type_id("CONTROLS")) &&
        scene_.cast.label(who) == label_id("Person"))  // presidents found and ban for their states
      if (const auto state =
              scene_.cast.find(scene_.cast.player(who).country, label_id("Government")))
        who = *state;
    const auto speaker = said.speaker;
    const bool charge = said.mode == Mode::Alleged && !said.negated && speaker && *speaker != who &&
                        *speaker != tail.node && is_wrong(frame.type, tail.node);
    if (charge) {  // "Kyiv says Moscow shelled the town": Kyiv accuses Moscow
      Circumstance accusation;
      accusation.valid = undated(false), accusation.confidence = 0.7, accusation.how = "charge";
      scene_.claims.add(*speaker, type_id("ACCUSE"), who, scene_.s, std::move(accusation));
    }
    if (frame.type == type_id("PART_OF"))  // "Working with X, Y set up the committee"
      for (const auto partner : scene_.claims.partners(who, scene_.s))
        scene_.claims.add(partner, frame.type, tail.node, scene_.s, said);
    return scene_.claims.add(who, frame.type, author_of(frame.type, tail.node), scene_.s,
                             std::move(said));
  }

  // What one is only said to have done by those who blame him for it.
  bool is_wrong(EdgeTypeId type, std::size_t tail) const {
    if (type == type_id("ASSAULT") || type == type_id("TRAFFICS")) return true;
    return (type == type_id("AID") || type == type_id("SUPPLIES")) &&
           scene_.cast.label(tail) == label_id("CriminalGroup");
  }

  const Scene& scene_;
  Deeds deeds_{scene_};
  Freight freight_{scene_};
  Makings makings_{scene_};
  bool unfit_ = false;    // its ends stand where they should, but are not what it joins
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
      const Scene scene(article, text, s, cast, frames, occasions, claims, before);
      SentenceEvents(scene).read();
      before = scene.timing.last_date(before);
    }
}

}  // namespace entente
