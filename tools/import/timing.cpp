#include "tools/import/timing.h"

#include <algorithm>
#include <string_view>

namespace entente {
std::string Timing::phrase(const TimeMention& time) const {
  std::string words;
  for (std::int32_t i = time.first; i < time.last; ++i) {
    if (i > time.first && sentence_.at(i - 1).end != sentence_.at(i).begin) words += ' ';
    words += sentence_.at(i).text;
  }
  return words;
}
const TimeMention* Timing::of(std::int32_t i) const {
  constexpr int kSteps = 3;
  for (int step = 0; step < kSteps; ++step) {
    const TimeMention* time = time_of(i);
    if (time == nullptr) time = time_near(i);
    if (time != nullptr) return time;
    const Word& word = sentence_.at(i);
    if (word.head == kNoHead || !word.is_verb() || !sentence_.at(word.head).is_verb()) break;
    // "agreed last May to launch"; "this week, when it held a hearing and released a report"
    const bool same = word.relation == Relation::Xcomp ||
                      (word.relation == Relation::Conj && !has_subject(i) &&
                       word.tag == sentence_.at(word.head).tag);
    if (!same) break;
    i = word.head;
  }
  return nullptr;
}

// The time that is said of a word: hung on it, or handed down from the verb that governs it.
const TimeMention* Timing::time_of(std::int32_t i) const {
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
        const TimeMention* shared = time_at(word.head, i);
        if (shared == nullptr) return nullptr;
        if (shared->last <= std::min(word.head, at) && shared->first < 3) return shared;
        // "visited Brussels in July and met the president": one subject, one time.
        const bool bare = word.relation == Relation::Conj && above.is_verb() && word.is_verb() &&
                          above.tag == word.tag && !has_subject(at) && shared->last <= at;
        return bare ? shared : nullptr;
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
const TimeMention* Timing::time_near(std::int32_t i) const {
  const auto crosses = [&](std::int32_t first, std::int32_t last) {
    for (std::int32_t k = first; k < last; ++k) {
      const Word& word = sentence_.at(k);
      if (one_of(word.lower, {"that", "which", "who", "whom", "when", "after", "before", "while",
                              "because", "since", ";", ":"}))
        return true;
      const bool finite = one_of(name(word.tag), {"VBD", "VBZ", "VBP"}) &&
                          word.relation != Relation::Aux && word.relation != Relation::AuxPass;
      if (finite && k != i) return true;
    }
    return false;
  };
  for (const TimeMention& time : dates_)
    if (time.first > i && time.first - i < 30 && !crosses(i + 1, time.first)) return &time;
  // "When they met in May, China pledged", "Following the visit in August, Beijing broke off".
  const bool opened = sentence_.front > 0 && i > sentence_.front &&
                      !one_of(sentence_.at(sentence_.opening).lower,
                              {"before", "since", "until", "while", "although", "though", "if",
                               "despite", "unless", "because", "whereas"});
  if (opened && main_clause(i))
    for (const TimeMention& time : dates_)
      if (time.last <= sentence_.front) return &time;
  // "this week, when ...", "in May, during which ..."
  for (const TimeMention& time : dates_) {
    std::int32_t at = time.last;
    if (at < sentence_.size() && sentence_.at(at).text == ",") ++at;
    if (at + 1 < sentence_.size() && sentence_.at(at).lower == "during") ++at;
    if (at < i && one_of(sentence_.at(at).lower, {"when", "which"}) && !crosses(at + 1, i))
      return &time;
  }
  for (const TimeMention& time : dates_)
    if (time.last <= i &&
        (time.first <= 2 ||
         (time.first > 0 && one_of(sentence_.at(time.first - 1).text, {",", ":", ";"}))) &&
        !crosses(time.last, i))
      return &time;
  return nullptr;
}

// The time whose nearest verb or trigger above is this word.
const TimeMention* Timing::time_at(std::int32_t word, std::int32_t trigger) const {
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

// Is the word the root's, or joined to it, without a clause between?
bool Timing::main_clause(std::int32_t word) const {
  for (std::int32_t at = word; at != kNoHead; at = sentence_.at(at).head) {
    const Relation relation = sentence_.at(at).relation;
    if (relation == Relation::Root) return true;
    if (relation == Relation::AclRelcl || relation == Relation::Ccomp ||
        relation == Relation::Advcl || relation == Relation::Acl)
      return false;
  }
  return true;
}

bool Timing::has_subject(std::int32_t verb) const {
  for (const auto c : sentence_.children[std::size_t(verb)])
    if (sentence_.at(c).relation == Relation::Nsubj || sentence_.at(c).relation == Relation::NsubjPass)
      return true;
  return false;
}

std::int32_t Timing::head_of(const TimeMention& time) const {
  for (std::int32_t i = time.first; i < time.last; ++i) {
    const std::int32_t head = sentence_.at(i).head;
    if ((head < time.first || head >= time.last) && sentence_.at(i).relation != Relation::Case &&
        sentence_.at(i).relation != Relation::Punct && sentence_.at(i).relation != Relation::Mark)
      return i;
  }
  return time.last - 1;
}

}  // namespace entente
