#include "tools/import/lists.h"

#include <algorithm>
#include <string_view>

namespace entente {
namespace {
using std::string_view;

// Are two mentions neighbours in a list: only commas and "and" between them?
// Before a person a title may stand: "President Biden and Chinese leader Xi Jinping".
// Before a substance an adjective: "cocaine and finished fentanyl".
bool joined(const Sentence& sentence, const Mention& a, const Mention& b, bool people, bool goods) {
  if (b.first <= a.last || b.first > a.last + (people ? 6 : 7)) return false;
  bool linked = false;
  std::int32_t from = a.last;  // behind brackets: "Lumitec (Graz); ..."
  if (from + 2 < b.first && sentence.at(from).text == "(" && sentence.at(from + 2).text == ")")
    from += 3;
  for (std::int32_t i = from; i < b.first; ++i) {
    if (people && linked && (sentence.at(i).is_noun() || sentence.at(i).tag == Tag::JJ)) continue;
    const Tag tag = sentence.at(i).tag;
    if (goods && linked && (tag == Tag::JJ || tag == Tag::VBN)) continue;
    linked = linked || one_of(sentence.at(i).lower, {",", ";", "and", "or", "&"});
    if (!one_of(sentence.at(i).lower, {",", ";", "and", "or", "&", "the", "as", "well"}))
      return false;
  }
  return linked;
}

bool has_and(const Sentence& sentence, std::int32_t first, std::int32_t last) {
  for (std::int32_t i = first; i < last; ++i)
    if (one_of(sentence.at(i).lower, {"and", "or", "&"})) return true;
  return false;
}

// "Codelco, the miner owned by the state, and SQM signed": the comma ends what was said between.
bool closes_an_aside(const Sentence& sentence, const Mention& a, const Mention& b) {
  return sentence.at(a.last).text == "," && b.last < sentence.size() && is_finite(sentence.at(b.last).tag) && a.first > 1;
}
}  // namespace

std::vector<const Mention*> listed_with(const Sentence& sentence,
                                        const std::vector<Mention>& mentions, const Cast& cast,
                                        const Mention& mention) {
  std::vector<const Mention*> list{&mention};
  const auto alike = [&](const Mention& a, const Mention& b) {
    const auto kind = [&](const Mention& m) {
      return cast.label(m.node) == label_id("Chemical")            ? 0
             : cast.label(m.node) == label_id("Person")            ? 3
             : Ontology::builtin().label(cast.label(m.node)).actor ? 1
                                                                   : 2;
    };
    return kind(a) == kind(b) && a.modifier == b.modifier;
  };
  const auto place = std::find_if(mentions.begin(), mentions.end(),
                                  [&](const Mention& m) { return &m == &mention; });
  const Mention* last = &mention;
  const auto people = [&](const Mention& a, const Mention& b) {
    return cast.label(a.node) == label_id("Person") && cast.label(b.node) == label_id("Person");
  };
  const auto goods = [&](const Mention& m) { return cast.label(m.node) == label_id("Chemical"); };
  for (auto next = place; next != mentions.end(); ++next)
    if (alike(*last, *next) && joined(sentence, *last, *next, people(*last, *next), goods(*last)))
      list.push_back(last = &*next);
  const Mention* first = &mention;
  for (auto back = place; back != mentions.begin();) {
    --back;
    if (alike(*back, *first) && joined(sentence, *back, *first, people(*back, *first), goods(*back)))
      list.insert(list.begin(), first = &*back);
  }
  // Only commas: an apposition or a fronted phrase, no list.
  if (!has_and(sentence, first->last, last->first)) return {&mention};
  if (list.size() == 2 && closes_an_aside(sentence, *first, *last)) return {&mention};
  return list;
}

}  // namespace entente
