#include "tools/import/makings.h"

#include <algorithm>

#include "tools/import/dates.h"

namespace entente {
using std::string_view;

namespace {
// The same said of an edge of another type, whose time may be a state's or a happening's.
Circumstance of_type(Circumstance said, bool lasting) {
  const Bound from = said.valid.from();
  const auto made = from.is_known() ? Interval::make(from, lasting ? Bound::open() : from)
                                    : Result<Interval>(undated(lasting));
  if (made) said.valid = *made;
  return said;
}
}  // namespace

// "imposed restrictions", "held a hearing", "released a report", "set up a working group"
void Makings::bring_about(std::int32_t verb) {
  static const std::pair<string_view, string_view> kEdges[] = {{"Measure", "ENACTS"},
                                                               {"Event", "PARTICIPATED_IN"},
                                                               {"Agreement", "PARTY_TO"},
                                                               {"Document", "PUBLISHED"},
                                                               {"Organization", "PART_OF"}};
  for (const auto& [label_name, type_name] : kEdges) {
    const LabelId label = label_id(label_name);
    for (const auto object : made_by(verb, label)) {
      const auto* noun = scene_.occasions.words().noun_at(scene_.sentence, object);
      if (noun == nullptr || noun->label != label || scene_.arguments.in_a_name(object)) continue;
      const Saying saying = saying_of(scene_.sentence, scene_.frames, verb);
      bool loose = false;
      Mentions makers = scene_.arguments.at_place(verb, {Place::Kind::Subject, {}}, loose);
      std::erase_if(makers, [&](const Mention* m) { return !scene_.is_actor(*m); });
      if (saying.dropped || saying.negated || makers.empty()) continue;
      if (label == label_id("Measure") && saying.mode == Mode::Requested) continue;
      const bool joint = label == label_id("Organization") || label == label_id("Agreement");
      if (joint)
        append(makers, scene_.arguments.named(scene_.clause().after(object, {"with", "between"})));
      if (joint)
        append(makers, scene_.arguments.named(scene_.clause().after(verb, {"with", "alongside"})));
      if (label == label_id("Organization") && makers.size() < 2) continue;
      made(verb, object, makers, type_id(type_name), saying);
    }
  }
}

// The objects of a verb that makes such things; "announced the launch of a working group".
Words Makings::made_by(std::int32_t verb, LabelId label) const {
  const Word& word = scene_.sentence.at(verb);
  if (scene_.occasions.words().makes(word.lemma, label)) return scene_.clause().objects(verb);
  Words all;
  if (label == label_id("Organization") && one_of(word.lemma, {"announce", "agree", "celebrate"})) {
    Words launches = scene_.clause().objects(verb);
    for (const auto on : scene_.clause().after(verb, {"on"})) launches.push_back(on);
    for (const auto launch : launches)
      if (one_of(scene_.sentence.at(launch).lemma,
                 {"launch", "creation", "establishment", "formation", "founding", "start"}))
        for (const auto body : scene_.clause().after(launch, {"of"})) all.push_back(body);
  }
  return all;
}

// "a report from RAND", "a study by the ministry".
void Makings::written(std::int32_t i) {
  const auto* noun = scene_.occasions.words().noun_at(scene_.sentence, i);
  if (noun == nullptr || noun->label != label_id("Document") || scene_.arguments.in_a_name(i))
    return;
  Words behind;  // hung on the noun itself: "the study was supported by" says nothing of it
  for (const auto c : scene_.sentence.children[std::size_t(i)])
    if (c > i && scene_.sentence.at(c).relation == Relation::Nmod &&
        one_of(scene_.clause().case_of(c), {"from", "by"}))
      for (const auto w : scene_.clause().with_conjuncts(c)) behind.push_back(w);
  Mentions writers = scene_.arguments.named(behind);
  // "Amnesty said in a report": who says it there wrote it
  if (writers.empty() && i > 1 && noun->group != "statement" &&
      one_of(scene_.sentence.at(i).lemma, {"report", "study", "paper", "analysis", "assessment"})) {
    const std::int32_t verb = scene_.clause().governing_verb(scene_.sentence.at(i).head);
    if (verb != kNoHead && scene_.clause().case_of(i) == "in" &&
        one_of(scene_.sentence.at(verb).lemma, {"say", "write", "find", "conclude", "warn", "argue",
                                                "note", "claim", "estimate"}))
      writers = scene_.arguments.named(scene_.clause().subjects(verb));
  }
  if (one_of(scene_.sentence.at(i).lemma, {"letter", "article", "book", "strategy"})) return;
  std::erase_if(writers, [&](const Mention* m) {
    return !scene_.is_actor(*m) || m->place;
  });
  if (writers.empty() || writers.size() > 3) return;
  Saying saying;
  made(i, i, writers, type_id("PUBLISHED"), saying);
}

// "said at the hearing", "In a news conference on Monday, she denied": the speaker took part.
void Makings::take_part(std::int32_t verb) {
  for (const auto where : scene_.clause().after(verb, {"in", "at", "during"})) {
    const auto* noun = scene_.occasions.words().noun_at(scene_.sentence, where);
    if (noun == nullptr || noun->label != label_id("Event") || scene_.arguments.in_a_name(where))
      continue;
    if (one_of(noun->group, {"election", "visit"})) continue;
    const Saying saying = saying_of(scene_.sentence, scene_.frames, verb);
    if (saying.dropped || saying.negated || saying.mode == Mode::Requested) continue;
    Mentions people = scene_.arguments.named(scene_.clause().subjects(verb));
    std::erase_if(people, [&](const Mention* m) { return !scene_.is_actor(*m); });
    if (!people.empty() && people.size() < 4)
      made(verb, where, people, type_id("PARTICIPATED_IN"), saying);
  }
}

void Makings::made(std::int32_t verb, std::int32_t noun, const Mentions& makers, EdgeTypeId type,
                   const Saying& saying) {
  Frame frame;
  frame.type = type, frame.confidence = 0.75;
  Circumstance said = scene_.circumstance(verb, frame, saying);
  said.how = "occasion";
  if (saying.future && said.mode == Mode::Planned && said.valid.is_unknown() == false)
    said.mode = Mode::Actual;
  std::vector<std::size_t> actors;
  for (const Mention* maker : makers) actors.push_back(maker->node);
  std::optional<std::size_t> known;  // "During their May 3 meeting" may have a name
  if (type == type_id("PARTICIPATED_IN") && is_meeting(noun))
    known = scene_.occasions.known_event(actors, said.valid.from());
  if (known) said.how = "known event";
  const std::size_t node = known ? *known : scene_.occasions.node(scene_.s, noun, actors);
  for (const auto actor : actors) scene_.claims.add(actor, type, node, scene_.s, said);
  if (type == type_id("ENACTS") && !known) aimed_at(noun, node, makers, said);
}

// "an order on palm oil made by X": what the rule controls, whom it is directed at.
void Makings::aimed_at(std::int32_t noun, std::size_t rule, const Mentions& makers,
                       Circumstance said) {
  const Circumstance once = of_type(said, false);
  said = of_type(said, true);
  const auto on = scene_.clause().after(noun, {"on", "against", "over", "targeting"});
  Mentions aims = scene_.arguments.named(on);
  Words hosts{noun};  // "a notice to industry warning companies"
  for (const auto c : scene_.sentence.children[std::size_t(noun)])
    if (c > noun && (scene_.sentence.at(c).relation == Relation::Nmod ||
                     scene_.sentence.at(c).relation == Relation::Acl) &&
        !scene_.arguments.in_a_name(c))
      hosts.push_back(c);
  Words below;
  for (const auto host : hosts)
    for (const auto c : scene_.sentence.children[std::size_t(host)]) below.push_back(c);
  for (const auto c : below)
    if (scene_.sentence.at(c).relation == Relation::Acl && scene_.sentence.at(c).tag == Tag::VBG &&
        one_of(scene_.sentence.at(c).lemma,
               {"warn", "ban", "bar", "require", "order", "restrict", "prohibit", "target",
                "designate", "blacklist", "limit", "control"}))
      append(aims, scene_.arguments.named(scene_.clause().objects(c)));
  for (const Mention* mention : aims) {
    if (scene_.label(*mention) == label_id("Chemical")) {
      scene_.claims.add(rule, type_id("CONTROLS"), mention->node, scene_.s, said);
      for (const Mention* maker : makers)
        scene_.claims.add(maker->node, type_id("CONTROLS"), mention->node, scene_.s, said);
      Words makes = scene_.sentence.children[std::size_t(noun)];
      for (std::int32_t w = mention->first; w < mention->last; ++w)  // "on cotton made by X"
        for (const auto c : scene_.sentence.children[std::size_t(w)]) makes.push_back(c);
      for (const auto c : makes)
        if (scene_.sentence.at(c).lower == "made" || scene_.sentence.at(c).lower == "produced")
          for (const Mention* firm : scene_.arguments.named(scene_.clause().after(c, {"by"}))) {
            scene_.claims.add(rule, type_id("TARGETS"), firm->node, scene_.s, said);
            for (const Mention* maker : makers)
              scene_.claims.add(maker->node, type_id("SANCTION"), firm->node, scene_.s, once);
          }
    } else if (scene_.is_actor(*mention)) {
      scene_.claims.add(rule, type_id("TARGETS"), mention->node, scene_.s, said);
    }
  }
}

bool Makings::is_meeting(std::int32_t word) const {
  const auto* noun = scene_.occasions.words().noun_at(scene_.sentence, word);
  return noun != nullptr && noun->label == label_id("Event") && noun->group == "meeting";
}

// "under the Act": the law that allows it, not the act itself.
bool Makings::ground(std::int32_t trigger, const Mention& mention) const {
  // "placed the drug under the Act": there it is the act.
  const bool under = one_of(scene_.sentence.at(trigger).lemma,
                            {"place", "put", "bring", "schedule", "list", "control", "include"});
  for (std::int32_t k = mention.first - 1; k >= std::max(0, mention.first - 3); --k)
    if (one_of(scene_.sentence.at(k).lower, {"pursuant", "by", "with", "against", "after"}) ||
        (scene_.sentence.at(k).lower == "under" && !under))
      return true;
  return false;
}

// The rule by which an actor controls or sanctions, if the sentence has a noun for it.
void Makings::rule_behind(std::int32_t i, const Frame& frame, const Mentions& heads,
                          const Mentions& tails, const Circumstance& said) {
  const bool controls = frame.type == type_id("CONTROLS"),
             sanctions = frame.type == type_id("SANCTION");
  if ((!controls && !sanctions) || said.negated || said.mode == Mode::Requested) return;
  // A named one first: "added to the Entity List".
  for (const Mention& mention : scene_.cast.in(scene_.s))
    if (scene_.label(mention) == label_id("Measure") && !mention.modifier &&
        std::abs(mention.first - i) < 25 && !ground(i, mention)) {
      Circumstance by_name = said;
      by_name.how = "named rule";
      for (const Mention* tail : tails)
        scene_.claims.add(mention.node, type_id(controls ? "CONTROLS" : "TARGETS"), tail->node,
                          scene_.s, of_type(by_name, true));
      for (const Mention* head : heads)
        scene_.claims.add(head->node, type_id("ENACTS"), mention.node, scene_.s,
                          of_type(by_name, false));
      return;
    }
  std::int32_t noun = -1;
  const auto is_rule = [&](std::int32_t word) {
    const auto* found = scene_.occasions.words().noun_at(scene_.sentence, word);
    return found != nullptr && found->label == label_id("Measure");
  };
  if (is_rule(i)) noun = i;
  // "placed China on a list of ..."
  if (noun < 0 && sanctions && one_of(scene_.sentence.at(i).lemma, {"add", "put", "place", "include"}))
    for (const auto list : scene_.clause().after(i, {"on", "to", "in"}))
      if (noun < 0 && is_rule(list)) noun = list;
  for (const auto object : scene_.clause().objects(i))
    if (noun < 0 && is_rule(object)) noun = object;
  if (noun < 0 || scene_.arguments.in_a_name(noun)) return;
  std::vector<std::size_t> actors;
  for (const Mention* head : heads) actors.push_back(head->node);
  const std::size_t node = scene_.occasions.node(scene_.s, noun, actors);
  for (const auto actor : actors)
    scene_.claims.add(actor, type_id("ENACTS"), node, scene_.s, of_type(said, false));
  for (const Mention* tail : tails)
    scene_.claims.add(node, type_id(controls ? "CONTROLS" : "TARGETS"), tail->node,
                          scene_.s, of_type(said, true));
}

// Who meets takes part in the meeting: a named one, or what the noun says.
void Makings::meeting_behind(std::int32_t i, const Frame& frame, const Mentions& heads,
                             const Mentions& tails, const Circumstance& said) {
  if (frame.type != type_id("CONSULT") || said.negated || said.mode != Mode::Actual) return;
  std::vector<std::size_t> actors;
  for (const Mentions* side : {&heads, &tails})
    for (const Mention* mention : *side)
      if (std::find(actors.begin(), actors.end(), mention->node) == actors.end())
        actors.push_back(mention->node);
  if (actors.size() > 6) return;
  Circumstance of_event = said;
  of_event.how = "known event";
  auto event = scene_.occasions.known_event(actors, said.valid.from());
  if (!event) {
    std::int32_t noun = -1;
    const auto meets = [&](std::int32_t word) {
      const auto* found = scene_.occasions.words().noun_at(scene_.sentence, word);
      return found != nullptr && found->label == label_id("Event");
    };
    if (meets(i)) noun = i;
    for (const auto object : scene_.clause().objects(i))
      if (noun < 0 && meets(object)) noun = object;
    if (noun >= 0 && !scene_.arguments.in_a_name(noun))
      event = scene_.occasions.node(scene_.s, noun, actors), of_event.how = "occasion";
    else if (scene_.sentence.at(i).is_verb() &&
             one_of(scene_.sentence.at(i).lemma, {"meet", "convene", "gather"}))
      event = met(i, actors), of_event.how = "met";
    if (!event) return;
  }
  for (const auto actor : actors)
    scene_.claims.add(actor, type_id("PARTICIPATED_IN"), *event, scene_.s, of_event);
}

// "a summit in May, during which X and Y agreed": they met there.
void Makings::meeting_where(std::int32_t noun) {
  constexpr std::int32_t kFar = 9;  // words
  const Sentence& sentence = scene_.sentence;
  if (!is_meeting(noun) || scene_.arguments.in_a_name(noun)) return;
  std::int32_t which = -1;
  for (std::int32_t k = noun + 1; which < 0 && k + 1 < std::min(sentence.size(), noun + kFar); ++k) {
    if (sentence.at(k).is_verb()) return;
    const bool clause = one_of(sentence.at(k).lower, {"during", "at", "in"}) &&
                        sentence.at(k + 1).lower == "which";
    if (clause || one_of(sentence.at(k).lower, {"where", "when"})) which = k + clause;
  }
  if (which < 0) return;
  std::int32_t verb = which + 1;
  while (verb < sentence.size() &&
         !(sentence.at(verb).tag == Tag::VBD || sentence.at(verb).tag == Tag::VBZ))
    ++verb;
  if (verb >= sentence.size() || verb > which + 16) return;
  Mentions people = scene_.arguments.named(scene_.clause().subjects(verb));
  std::erase_if(people, [&](const Mention* m) { return !scene_.is_actor(*m) || m->first < which; });
  if (people.empty() || people.size() > 4) return;
  Frame frame;
  frame.type = type_id("CONSULT"), frame.confidence = 0.75;
  Circumstance said = scene_.circumstance(noun, frame, Saying{});
  said.how = "occasion";
  for (std::size_t a = 0; a < people.size(); ++a)
    for (std::size_t b = a + 1; b < people.size(); ++b)
      scene_.claims.add(people[a]->node, frame.type, people[b]->node, scene_.s, said);
  meeting_behind(noun, frame, people, {}, said);
}

void Makings::joint_arrest(std::int32_t i, const Frame& frame, const Mentions& heads,
                           const Mentions& tails, const Circumstance& said) {
  if (frame.type != type_id("COOPERATE") || said.negated || said.mode != Mode::Actual ||
      !scene_.sentence.at(i).is_verb() || heads.empty() || tails.empty())
    return;
  const Sentence& sentence = scene_.sentence;
  for (std::int32_t k = i + 1; k + 1 < std::min(sentence.size(), i + 14); ++k) {
    if (!one_of(sentence.at(k).lemma, {"arrest", "detain", "capture", "extradite"}) ||
        !sentence.at(k).is_verb() || sentence.at(k - 1).lower != "to")
      continue;
    std::int32_t last = k + 1;
    while (last < sentence.size() && last < k + 5 && !sentence.at(last).is_noun()) ++last;
    while (last + 1 < sentence.size() && sentence.at(last + 1).is_noun()) ++last;
    if (last >= sentence.size() || !sentence.at(last).is_noun() ||
        scene_.arguments.in_a_name(last))
      return;
    std::vector<std::size_t> actors;
    for (const Mentions* side : {&heads, &tails})
      for (const Mention* mention : *side) actors.push_back(mention->node);
    const std::size_t event =
        scene_.occasions.named(scene_.s, k, last + 1, label_id("Event"), actors, "arrest");
    Circumstance of_event = said;
    of_event.how = "occasion";
    for (const auto actor : actors)
      scene_.claims.add(actor, type_id("PARTICIPATED_IN"), event, scene_.s, of_event);
    return;
  }
}

// "U.S. and Chinese officials met in Washington": a meeting without a noun.
std::optional<std::size_t> Makings::met(std::int32_t verb, const std::vector<std::size_t>& actors) {
  std::int32_t first = verb, last = verb + 1;
  for (const Mention* mention : scene_.arguments.named(scene_.clause().subjects(verb)))
    first = std::min(first, mention->first);
  for (const Mention& mention : scene_.cast.in(scene_.s))
    if (mention.modifier && mention.last <= first + 1 && mention.last + 2 >= first &&
        mention.first < first)
      first = mention.first;
  while (first > 0 &&
         one_of(scene_.sentence.at(first - 1).lower,
                {"officials", "from", "of", "the", "leaders", "representatives", "and"}) &&
         (scene_.sentence.at(first - 1).lower != "the" ||
          (first > 1 && one_of(scene_.sentence.at(first - 2).lower, {"from", "of"}))))
    --first;
  for (std::int32_t i = verb + 1; i + 1 < std::min(scene_.sentence.size(), verb + 10); ++i)
    if (one_of(scene_.sentence.at(i).lower, {"in", "at"}) && scene_.sentence.at(i + 1).capital()) {
      last = i + 2;
      while (last < scene_.sentence.size() && is_proper(scene_.sentence.at(last).tag)) ++last;
      break;
    }
  // "flew to Niamey and met Tchiani": the words of the meeting alone, with whom it was
  const bool other_verb = std::any_of(scene_.sentence.words.begin() + first,
                                      scene_.sentence.words.begin() + verb, [](const Word& w) {
                                        return w.tag == Tag::VBD || w.tag == Tag::VBZ || w.text == ",";
                                      });
  if (other_verb) first = verb;
  for (const Mention& mention : scene_.cast.in(scene_.s))
    if (mention.first > verb && mention.first < verb + 8 && !mention.modifier && !mention.place &&
        std::find(actors.begin(), actors.end(), mention.node) != actors.end())
      last = std::max(last, mention.last);
  if (last == verb + 1 && first == verb) return std::nullopt;
  return scene_.occasions.named(scene_.s, first, last, label_id("Event"), actors, "meeting");
}

// A named event with its people inside the name: "Pelosi's visit to Taiwan".
void Makings::named_events() {
  const std::vector<Mention> mentions = scene_.cast.in(scene_.s);
  for (const Mention& event : mentions) {
    if (scene_.label(event) != label_id("Event") || event.modifier) continue;
    std::vector<const Mention*> inside;
    for (const Mention& mention : mentions)
      if (mention.first >= event.first && mention.last <= event.last &&
          mention.node != event.node)
        inside.push_back(&mention);
    if (inside.empty()) continue;
    Frame frame;
    frame.type = type_id("PARTICIPATED_IN"), frame.confidence = 0.8;
    const Saying saying = saying_of(scene_.sentence, scene_.frames, event.last - 1);
    if (saying.dropped || saying.negated) continue;
    const Circumstance said = scene_.circumstance(event.last - 1, frame, saying);
    const bool visit =
        std::any_of(scene_.sentence.words.begin() + event.first,
                    scene_.sentence.words.begin() + event.last,
                    [](const Word& w) { return one_of(w.lemma, {"visit", "trip"}); });
    scene_.claims.add(inside.front()->node, frame.type, event.node, scene_.s, said);
    if (inside.size() > 1 && visit)
      scene_.claims.add(inside.front()->node, type_id("CONSULT"), inside.back()->node, scene_.s,
                        said);
    if (inside.size() > 1 && !visit)
      scene_.claims.add(inside.back()->node, frame.type, event.node, scene_.s, said);
  }
}

}  // namespace entente
