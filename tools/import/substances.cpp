// Substances that the text describes instead of naming: "chemicals used to make fentanyl" are
// fentanyl precursors, "the three chemicals" those that it lists elsewhere, "the drug" the last
// one.
#include <algorithm>

#include "tools/import/lists.h"
#include "tools/import/names.h"

namespace entente {
namespace {
using std::string_view;

bool generic(const Word& word) {
  return one_of(word.lemma, {"chemical", "ingredient", "substance", "compound", "precursor",
                             "material", "drug", "narcotic", "opioid", "stimulant"}) &&
         !word.capital();
}

std::size_t number_of(string_view word) {
  static constexpr string_view kNumbers[] = {"zero", "one",   "two",   "three", "four", "five",
                                             "six",  "seven", "eight", "nine",  "ten"};
  for (std::size_t i = 2; i < std::size(kNumbers); ++i)
    if (word == kNumbers[i] || word == std::to_string(i)) return i;
  return 0;
}

// "the three chemicals": the noun phrase around a generic noun.
struct Phrase {
  std::int32_t first = 0, last = 0;
  std::size_t count = 0;  // "three"
  bool definite = false;  // the, these, those, such
};

Phrase phrase_around(const Sentence& sentence, std::int32_t noun) {
  Phrase phrase{noun, noun + 1, 0, false};
  for (std::int32_t i = noun - 1; i >= std::max(0, noun - 6); --i) {
    const Word& word = sentence.at(i);
    if (const auto count = number_of(word.lower))
      phrase.count = count, phrase.first = i;
    else if (one_of(word.lower, {"the", "these", "those", "such", "both", "all"})) {
      phrase.definite = phrase.definite || word.lower != "all";
      phrase.first = i;
      if (word.lower != "such") break;
    } else if (word.tag == Tag::JJ || word.tag == Tag::VBN || word.tag == Tag::NN ||
               word.tag == Tag::RB || word.text == "-")
      continue;
    else
      break;
  }
  return phrase;
}

// Substances that the text lists under a generic noun: "the chemicals, known as A, B and C".
struct Group {
  std::vector<std::size_t> nodes;
  std::uint32_t sentence = 0;
};

class Substances {
 public:
  explicit Substances(Naming& naming) : naming_(naming), chemical_(label_id("Chemical")) {}

  void read() {
    for (std::uint32_t s = 0; s < naming_.text.sentences.size(); ++s) collect(s);
    for (std::uint32_t s = 0; s < naming_.text.sentences.size(); ++s)
      if (naming_.text.sentences[s].zone == Zone::Body) describe(s);
  }

 private:
  void collect(std::uint32_t s) {
    const Sentence& sentence = naming_.text.sentences[s];
    for (const Mention& mention : naming_.cast.in(s)) {
      if (naming_.cast.label(mention.node) != chemical_) continue;
      const auto list = listed_with(sentence, naming_.cast.in(s), naming_.cast, mention);
      if (list.size() < 2 || list.front() != &mention) continue;
      // A generic noun shortly before, with nothing but marks and "known as" between.
      for (std::int32_t i = mention.first - 1; i >= std::max(0, mention.first - 5); --i) {
        if (generic(sentence.at(i))) {
          Group group{{}, s};
          for (const Mention* one : list) group.nodes.push_back(one->node);
          groups_.push_back(std::move(group));
          break;
        }
        const string_view mark = sentence.at(i).lower;
        if (!one_of(mark, {",", ":", "-", "--", "(", "known", "as", "called", "namely", "are",
                           "were", "\xE2\x80\x93", "\xE2\x80\x94"}))
          break;
      }
    }
  }

  // The substance that "used to make X" after a noun speaks of.
  const Mention* made_from(std::uint32_t s, std::int32_t after) const {
    const Sentence& sentence = naming_.text.sentences[s];
    bool used = false, made = false;
    for (std::int32_t i = after; i < std::min(sentence.size(), after + 10); ++i) {
      const Word& word = sentence.at(i);
      if (one_of(word.text, {".", ";"})) return nullptr;
      used = used || one_of(word.lower, {"used", "needed", "required", "essential"});
      made = made ||
             one_of(word.lemma, {"make", "making", "produce", "production", "manufacture",
                                 "manufacturing", "synthesize", "synthesis", "producing", "cook"});
      if (!used || !made) continue;
      const Mention* mention = naming_.at(s, i);
      if (mention != nullptr && naming_.cast.label(mention->node) == chemical_) return mention;
    }
    return nullptr;
  }

  const Group* group_of(std::uint32_t s, std::size_t count) const {
    const Group* best = nullptr;
    for (const Group& group : groups_) {
      if (count != 0 && group.nodes.size() != count) continue;
      const auto distance = [&](const Group& g) {
        return g.sentence > s ? g.sentence - s : s - g.sentence;
      };
      if (best == nullptr || distance(group) < distance(*best)) best = &group;
    }
    return best;
  }

  void stand_for(std::uint32_t s, std::int32_t first, std::int32_t last,
                 const std::vector<std::size_t>& nodes, bool pronoun) {
    std::erase_if(naming_.cast.in(s),
                  [&](const Mention& m) { return m.first >= first && m.last <= last; });
    for (const auto node : nodes) naming_.put(s, first, last, node).pronoun = pronoun;
  }

  void describe(std::uint32_t s) {
    const Sentence& sentence = naming_.text.sentences[s];
    for (std::int32_t i = 0; i < sentence.size(); ++i) {
      if (!generic(sentence.at(i))) continue;
      if (i + 1 < sentence.size() &&
          (sentence.at(i + 1).tag == Tag::NN || sentence.at(i + 1).tag == Tag::NNS ||
           sentence.at(i + 1).text == "-"))
        continue;
      const Phrase phrase = phrase_around(sentence, i);
      const Mention* here = naming_.at(s, i);
      const bool listed_here = std::any_of(groups_.begin(), groups_.end(),
                                           [&](const Group& g) { return g.sentence == s; });
      if (phrase.count != 0 && !listed_here)
        if (const Group* group = group_of(s, phrase.count)) {
          stand_for(s, phrase.first, i + 1, group->nodes, true);
          continue;
        }
      if (here != nullptr) continue;
      if (const Mention* product = made_from(s, i + 1)) {
        const std::string name = naming_.cast.player(product->node).node.name + " precursors";
        const auto known = naming_.lexicon.find(name);
        const std::size_t node =
            known ? naming_.cast.add(naming_.lexicon, *known) : naming_.cast.add(name, chemical_);
        stand_for(s, i, i + 1, {node}, false);
        continue;
      }
      if (!phrase.definite ||
          one_of(sentence.at(i).lemma, {"drug", "narcotic", "opioid", "stimulant"})) {
        if (phrase.definite && sentence.at(i).tag != Tag::NNS) the_drug(s, phrase.first, i);
        continue;
      }
      if (listed_here) {  // the phrase that heads the list: its members stand for it
        for (const Group& group : groups_)
          if (group.sentence == s) stand_for(s, phrase.first, i + 1, group.nodes, true);
      } else if (const Group* group = group_of(s, 0)) {
        stand_for(s, phrase.first, i + 1, group->nodes, true);
      }
    }
  }

  // "the deadly drug": the last drug that was named.
  void the_drug(std::uint32_t s, std::int32_t first, std::int32_t noun) {
    for (std::uint32_t k = s + 1; k-- > 0 && s - k <= 3;) {
      const auto& mentions = naming_.cast.in(k);
      for (auto m = mentions.rbegin(); m != mentions.rend(); ++m) {
        const auto& entry = naming_.cast.player(m->node).entry;
        if (naming_.cast.label(m->node) != chemical_ || !entry || (k == s && m->first >= first))
          continue;
        if (naming_.lexicon.entry(*entry).kind != "drug") continue;
        stand_for(s, first, noun + 1, {m->node}, true);
        return;
      }
    }
  }

  Naming& naming_;
  LabelId chemical_;
  std::vector<Group> groups_;
};
}  // namespace

void name_substances(Naming& naming) { Substances(naming).read(); }

}  // namespace entente
