#include "tools/import/deeds.h"

#include <algorithm>
#include <array>

namespace entente {
using std::string_view;

// "It has refused.", "The ministry denied it.": to whom, the sentences before tell.
void Deeds::answer(std::int32_t i) const {
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
    if (scene_.sentence.at(i).lemma != row.word &&
        !(row.word == "deny" && calls_false(i)))
      continue;
    if (row.word == "agree" && !scene_.clause().complement_objects(i).empty()) continue;
    const Saying saying = saying_of(scene_.sentence, scene_.frames, i);
    if (saying.dropped || saying.negated || saying.future) return;
    bool found = false;
    for (const Mention* who : scene_.arguments.named(scene_.clause().subjects(i))) {
      if (!scene_.is_actor(*who)) continue;
      auto to = scene_.claims.latest_head(row.after, who->node, scene_.s);
      if (!to)  // its state was accused or asked
        if (const auto state = scene_.cast.find(scene_.cast.player(who->node).country,
                                                label_id("Government")))
          to = scene_.claims.latest_head(row.after, *state, scene_.s);
      if (!to || *to == who->node) continue;
      Frame frame;
      frame.type = type_id(row.type), frame.confidence = 0.7;
      Circumstance said = scene_.circumstance(i, frame, saying);
      said.how = "answer", said.pronoun = who->pronoun;
      found |= scene_.claims.add(who->node, frame.type, *to, scene_.s, std::move(said));
    }
    if (found) return;
  }
}

// "called the charge baseless": as good as denied.
bool Deeds::calls_false(std::int32_t i) const {
  constexpr std::int32_t kFar = 7;  // words
  if (!one_of(scene_.sentence.at(i).lemma, {"call", "label", "describe", "brand"})) return false;
  bool charge = false;
  for (std::int32_t k = i + 1; k < std::min(scene_.sentence.size(), i + kFar); ++k) {
    const Word& word = scene_.sentence.at(k);
    charge = charge || one_of(word.lemma, {"charge", "accusation", "allegation", "claim", "report"});
    if (charge && one_of(word.lower, {"baseless", "groundless", "unfounded", "false", "absurd",
                                      "nonsense", "fabricated", "untrue", "lie", "lies", "ridiculous",
                                      "politicised", "slander"}))
      return true;
  }
  return false;
}

// "X condemned the decision": who decided, as the sentences before tell.
std::vector<Mention> Deeds::doers(std::int32_t i, const Frame& frame, const Mentions& heads) const {
  static const std::array kJudging = {type_id("ACCUSE"), type_id("SUPPORT"), type_id("REJECT"),
                                      type_id("PROTEST")};
  const Word& trigger = scene_.sentence.at(i);
  if (std::find(kJudging.begin(), kJudging.end(), frame.type) == kJudging.end() ||
      !(trigger.is_verb() || trigger.tag == Tag::JJ))
    return {};
  Words spoken = scene_.clause().objects(i);
  for (const auto word : scene_.clause().after(i, {"about", "over", "against", "at", "to"}))
    spoken.push_back(word);
  for (const auto object : spoken) {
    if (!is_deed(object)) continue;
    std::vector<std::size_t> others;
    for (const Mention* head : heads) others.push_back(head->node);
    const bool words = one_of(scene_.sentence.at(object).lemma,
                              {"charge", "accusation", "allegation", "claim", "request", "demand",
                               "appeal", "criticism", "remark", "comment", "statement", "call",
                               "complaint", "idea", "notion", "suggestion", "protest", "proposal", "plea", "lawsuit", "suit"});
    // "the release" was somebody's who released, if anybody did
    std::vector<EdgeTypeId> types;
    if (const auto* rows = scene_.frames.noun(scene_.sentence.at(object).lemma))
      for (const Frame& row : *rows) types.push_back(row.type);
    std::vector<std::size_t> nodes;
    if (!types.empty()) nodes = scene_.claims.latest_doers(scene_.s, words, others, types);
    if (nodes.empty()) nodes = scene_.claims.latest_doers(scene_.s, words, others);
    return mentions_of(nodes, object, frame);
  }
  return {};
}

std::vector<Mention> Deeds::addressee(std::int32_t i, const Frame& frame,
                                      const Mentions& heads) const {
  if (frame.type != type_id("REQUEST") || !scene_.sentence.at(i).is_verb() || heads.empty() ||
      scene_.clause().objects(i).empty())
    return {};
  const auto target = scene_.claims.latest_target(heads.front()->node, scene_.s);
  if (!target) return {};
  return mentions_of({*target}, i, frame);
}

std::vector<Mention> Deeds::mentions_of(const std::vector<std::size_t>& nodes, std::int32_t word,
                                        const Frame& frame) const {
  std::vector<Mention> mentions;
  for (const auto node : nodes) {
    Mention mention{scene_.s, word, word + 1, node};
    mention.pronoun = true;
    if (frame.takes(scene_.label(mention))) mentions.push_back(mention);
  }
  return mentions;
}

// A common noun with "the" or "this" that stands for what somebody did.
bool Deeds::is_deed(std::int32_t word) const {
  const Word& noun = scene_.sentence.at(word);
  if (!noun.is_noun() || noun.capital() || scene_.arguments.in_a_name(word)) return false;
  const auto& below = scene_.sentence.children[std::size_t(word)];
  const bool definite = std::any_of(below.begin(), below.end(), [&](std::int32_t c) {
    return one_of(scene_.sentence.at(c).lower, {"the", "this", "these", "that", "both"});
  });
  if (!definite) return false;
  return scene_.frames.noun(noun.lemma) != nullptr ||
         one_of(noun.lemma,
                {"decision", "move", "step", "verdict", "ruling", "sentence", "law", "measure",
                 "action", "conduct", "policy", "announcement", "plan", "vote", "claim", "remark",
                 "comment", "statement", "resolution", "bill", "proposal", "deportation", "coup",
                 "act", "judgment", "bombardment", "launch", "test", "pardon", "order", "trial",
                 "exercise", "drill", "maneuver", "change", "reform", "choice", "behavior",
                 "behaviour", "mission", "project", "program", "programme", "initiative",
                 "campaign", "operation", "bid", "offer", "purchase", "expansion", "package",
                 "treatment", "crackdown", "effort", "response", "approach", "strategy",
                 "idea", "notion", "scheme", "reversal", "probe", "inquiry", "investigation", "suggestion",
                 "appointment", "nomination", "closure", "cut", "increase", "rise", "outcome"});
}

}  // namespace entente
