// A clause as its tree has it: who does what to whom, and in which mood it is said.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/frames.h"
#include "tools/import/text.h"

namespace entente {

// Looks at the tree of one sentence; borrows it. Words are indices; lists are in order.
class Clause {
 public:
  Clause(const Sentence& sentence, const Frames& frames) : sentence_(sentence), frames_(frames) {}

  bool passive(std::int32_t verb) const;
  // Heads of noun phrases. In the passive: of the by-phrase. A subject that is left out is found
  // through conjunction, control, participles and relative clauses.
  std::vector<std::int32_t> subjects(std::int32_t verb) const;
  // In the passive: its subject. Of a participle after a noun: the noun.
  std::vector<std::int32_t> objects(std::int32_t verb) const;
  // Noun phrases after one of the prepositions, hung on the word itself or on its object.
  std::vector<std::int32_t> after(std::int32_t word,
                                  const std::vector<std::string>& prepositions) const;
  // Who shall do what the verb asks for.
  std::vector<std::int32_t> complement_subjects(std::int32_t verb) const;
  // What that is done to: "threatened to sue Britain".
  std::vector<std::int32_t> complement_objects(std::int32_t verb) const;
  // To whom: "agreed to sell power to Chad".
  std::vector<std::int32_t> complement_after(std::int32_t verb) const;
  // Owners and adjectives of a noun: possessor, "of" and what stands before it.
  std::vector<std::int32_t> owners(std::int32_t noun) const;

  // The word and what is joined to it by "and".
  std::vector<std::int32_t> with_conjuncts(std::int32_t word) const;
  std::optional<std::int32_t> child(std::int32_t word,
                                    std::initializer_list<Relation> relations) const;
  std::string case_of(std::int32_t noun) const;  // its preposition, in small letters
  // The verb that governs a word: itself if it is one.
  std::int32_t governing_verb(std::int32_t word) const;
  bool has_subject(std::int32_t verb) const;
  bool has_task(std::int32_t verb, std::int32_t object) const;

 private:
  std::vector<std::int32_t> subjects(std::int32_t verb, int depth) const;
  const Word& at(std::int32_t i) const { return sentence_.at(i); }
  const std::vector<std::int32_t>& children(std::int32_t i) const {
    return sentence_.children[std::size_t(i)];
  }

  const Sentence& sentence_;
  const Frames& frames_;
};

// How the sentence says what a word tells.
struct Saying {
  bool dropped = false;  // may, could, if, whether, questions: nothing is claimed
  bool negated = false;
  bool future = false;  // will
  bool refused = false;  // "refused to": no edge of that kind, but a refusal
  Mode mode = Mode::Actual;
  std::optional<std::int32_t> speaker;  // head of the noun phrase whose claim or wish it is
};

// Reads auxiliaries, negation and the words above, up to the root.
Saying saying_of(const Sentence& sentence, const Frames& frames, std::int32_t word);

}  // namespace entente
