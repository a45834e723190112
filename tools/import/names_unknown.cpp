// Names that no table and no class noun in capitals tells: "Lumitec", "Silver Lake". What the text
// says beside them, anywhere in it, votes on what they are: "the chipmaker Lumitec", "Lumitec, an
// Austrian firm", "Lumitec's shares", "members of CONAIE".
#include <algorithm>
#include <array>
#include <map>

#include "tools/import/dates.h"
#include "tools/import/names.h"

namespace entente {
namespace {
using std::string_view;

struct Run {
  std::uint32_t sentence = 0;
  std::int32_t first = 0, last = 0;
};

struct Votes {
  std::map<std::uint16_t, int> for_label;  // LabelId::value
  std::vector<Run> runs;
};

class Unknown {
 public:
  explicit Unknown(Naming& naming) : naming_(naming) {}

  void read() {
    for (std::uint32_t s = 0; s < naming_.text.sentences.size(); ++s) {
      if (naming_.text.sentences[s].zone != Zone::Body) continue;
      const Sentence& sentence = naming_.text.sentences[s];
      for (std::int32_t i = 0; i < sentence.size(); ++i) {
        const std::int32_t last = run_from(s, i);
        if (last == i) continue;
        Votes& votes = found_[std::string(naming_.words(s, i, last))];
        votes.runs.push_back({s, i, last});
        vote(sentence, i, last, votes);
        i = last - 1;
      }
    }
    for (const auto& [name, votes] : found_) settle(name, votes);
  }

 private:
  bool may_be_name(std::uint32_t s, std::int32_t i) const {
    const Word& word = naming_.text.sentences[s].at(i);
    const bool letters = word.text.size() > 1 && (word.text[1] > '9' || word.text[1] < '0');
    return word.capital() && letters && naming_.taken[s][std::size_t(i)] == 0 &&
           (is_proper(word.tag) ||
            (i + 1 < naming_.text.sentences[s].size() && is_proper(naming_.text.sentences[s].at(i + 1).tag) &&
             naming_.text.sentences[s].at(i + 1).capital() && word.is_noun())) &&
           naming_.vocabulary.role_at(naming_.text.sentences[s], i) == nullptr &&
           !names_weekday(word.lower) && !names_month(word.lower) &&
           !one_of(word.lower, {"the", "mr.", "ms.", "mrs.", "dr.", "covid", "english", "god",
                                "internet", "christmas", "north", "south", "east", "west"});
  }

  std::int32_t run_from(std::uint32_t s, std::int32_t at) const {
    const Sentence& sentence = naming_.text.sentences[s];
    std::int32_t last = at;
    while (last < sentence.size() && last < at + 5 && may_be_name(s, last)) ++last;
    if (last == at) return at;
    // Part of a longer name that another step knows or left alone is no name of its own.
    const bool goes_on = last < sentence.size() && sentence.at(last).capital() &&
                         naming_.taken[s][std::size_t(last)] == 0;
    return goes_on || last - at > 4 ? at : last;
  }

  static void add(Votes& votes, LabelId label, int weight) { votes.for_label[label.value] += weight; }

  // The label of a common noun that names bodies and firms.
  std::optional<LabelId> body_of(const Word& word) const {
    if (word.capital() || !word.is_noun()) return std::nullopt;
    if (one_of(word.lemma, {"rival", "competitor", "owner", "peer", "bank", "giant"}))
      return label_id("Company");
    const ClassNoun* noun = naming_.vocabulary.class_of(word.lemma);
    if (noun == nullptr || noun->state) return std::nullopt;
    for (const string_view label : {"Company", "Organization", "CriminalGroup", "Agency"})
      if (noun->label == label_id(label)) return noun->label;
    return std::nullopt;
  }

  void vote(const Sentence& sentence, std::int32_t first, std::int32_t last, Votes& votes) const {
    if (first > 0) {
      const Word& before = sentence.at(first - 1);
      if (const auto label = body_of(before); label && before.lower == before.lemma)
        add(votes, *label, 3);
      // "bought Akinci drones": no firm
      const bool product = last < sentence.size() && sentence.at(last).tag == Tag::NNS;
      if (one_of(before.lemma, {"acquire", "buy"}) && before.is_verb() && !product)
        add(votes, label_id("Company"), 2);
      if (before.lower == "of" && first > 1) {
        const string_view role = sentence.at(first - 2).lemma;
        if (one_of(role, {"owner", "founder", "ceo", "executive", "subsidiary", "unit", "parent"}))
          add(votes, label_id("Company"), 2);
        if (one_of(role, {"chairman", "chairwoman", "chair", "director", "head", "secretary-general"}))
          add(votes, label_id("Organization"), 1);
      }
      const std::int32_t of = before.lower == "the" ? first - 2 : first - 1;
      if (of > 0 && one_of(sentence.at(of).lower, {"of", "in"})) {
        const string_view noun = sentence.at(of - 1).lemma;
        if (one_of(noun, {"percent", "stake", "share", "takeover", "acquisition", "shareholder",
                          "%"}))
          add(votes, label_id("Company"), 2);
        if (sentence.at(of).lower == "of" && one_of(noun, {"member", "fighter", "militant"}))
          add(votes, label_id("Organization"), 2);
      }
    }
    acts_or_is_acted_upon(sentence, first, last, votes);
    if (last + 1 >= sentence.size()) return;
    const Word& next = sentence.at(last);
    const Word& after = sentence.at(last + 1);
    if (one_of(next.text, {"'s", "'"}) &&
        one_of(after.lemma, {"share", "stock", "board", "chief", "ceo", "shareholder", "customer",
                             "revenue", "profit", "headquarters", "factory", "plant", "subsidiary",
                             "founder", "chairman", "chairwoman", "product", "takeover"}))
      add(votes, label_id("Company"), 2);
    if (one_of(next.lemma, {"sell", "supply", "acquire", "manufacture", "export", "lend", "produce",
                            "ship", "operate", "hire", "invest", "own"}) &&
        next.is_verb() && next.tag != Tag::VBG && next.tag != Tag::VBN)
      add(votes, label_id("Company"), 2);
    if (one_of(next.lower, {"shares", "stock", "executives", "employees"}))
      add(votes, label_id("Company"), 2);
    if (const auto label = body_of(next); label && !one_of(next.lemma, {"member", "group"}))
      add(votes, *label, 3);  // "the G9 gang", "M23 rebels"
    if (one_of(next.lower, {"fighters", "militants", "members", "rebels"}))
      add(votes, label_id("Organization"), 2);
    if (next.text == ",") described(sentence, last + 1, votes);
  }

  // What is done to people is a sign of people, what is done by and to firms of firms.
  void acts_or_is_acted_upon(const Sentence& sentence, std::int32_t first, std::int32_t last,
                             Votes& votes) const {
    const bool two_or_three = last - first == 2 || last - first == 3;
    std::int32_t before = first - 1;
    if (before > 0 && sentence.at(before).lower == "the") --before;
    if (before >= 0 && sentence.at(before).is_verb()) {
      const string_view verb = sentence.at(before).lemma;
      if (two_or_three && before == first - 1 &&
          one_of(verb, {"arrest", "detain", "jail", "convict", "sentence", "extradite", "pardon",
                        "thank", "appoint", "elect", "nominate", "marry", "interview", "charge",
                        "indict", "deport", "behead", "assassinate", "meet", "receive"}))
        add(votes, label_id("Person"), 2);
      if (one_of(verb, {"sue", "fine", "sanction", "blacklist", "supply", "regulate", "bankroll",
                        "nationalize", "delist"}))
        add(votes, label_id("Company"), 1);
    }
    if (last >= sentence.size()) return;
    const Word& next = sentence.at(last);
    const bool was = one_of(next.lower, {"was", "is", "were", "has", "had"});
    const Word* verb = was && last + 1 < sentence.size() ? &sentence.at(last + 1) : &next;
    if (two_or_three && verb->is_verb() &&
        one_of(verb->lemma, {"resign", "flee", "testify", "plead", "graduate", "die", "bear",
                             "arrest", "jail", "convict", "extradite", "appoint", "elect", "retire",
                             "swear", "wed", "marry", "study"}))
      add(votes, label_id("Person"), 2);
    const bool finite = next.tag == Tag::VBD || next.tag == Tag::VBZ;
    if (finite && !was) add(votes, label_id("Company"), 1);
  }

  // ", an American buyout firm," behind the name.
  void described(const Sentence& sentence, std::int32_t at, Votes& votes) const {
    if (!one_of(sentence.at(at).lower, {"a", "an", "the", "one", "its", "which", "part", "another"}) &&
        !sentence.at(at).capital())
      return;
    for (std::int32_t i = at; i < std::min(sentence.size(), at + 12); ++i) {
      const Word& word = sentence.at(i);
      if (one_of(word.text, {",", ";", "."}) || one_of(word.lower, {"of", "in", "that", "who"}))
        return;
      if (word.is_verb() && !one_of(word.lemma, {"be"}) && word.tag != Tag::VBN &&
          word.tag != Tag::VBG)
        return;
      const bool goes_on = i + 1 < sentence.size() && sentence.at(i + 1).is_noun();
      if (goes_on) continue;
      if (naming_.vocabulary.role_at(sentence, i) != nullptr) return;
      if (const auto label = body_of(word)) {
        add(votes, *label, 3);
        return;
      }
    }
  }

  void settle(const std::string& name, const Votes& votes) {
    std::uint16_t best = 0;
    int most = 0;
    for (const auto& [label, count] : votes.for_label)
      if (count > most) best = label, most = count;
    if (most < 2) return;
    const std::size_t node = naming_.cast.add(name, LabelId{best});
    for (const Run& run : votes.runs)
      if (naming_.free(run.sentence, run.first, run.last))
        naming_.put(run.sentence, run.first, run.last, node);
  }

  Naming& naming_;
  std::map<std::string, Votes> found_;
};
}  // namespace

void name_unknown(Naming& naming) { Unknown(naming).read(); }

}  // namespace entente
