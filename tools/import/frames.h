// What words make edges: rows of data/lexicon/frames.tsv and moods.tsv.
//
// A frame says of a verb, noun or adjective which edge it tells of, where its head and tail stand,
// and what the tail must be: "ban" with a chemical is CONTROLS, with an actor SANCTION. A mood says
// what a word does to the clause or noun it governs: "urge" makes it requested, "refuse" negated,
// "consider" nothing at all.
#pragma once
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/fact.h"
#include "tools/import/lexicon.h"

namespace entente {

// Where an end of an edge stands, seen from the trigger.
struct Place {
  enum class Kind : std::uint8_t {
    Subject,      // of the verb, active or passive; of "be" with a noun or adjective
    Object,       // of the verb, or the subject of its passive
    ObjectOwner,  // whose object: "condemned Russia's invasion"
    Complement,   // who shall do it: "wants China to prosecute"
    ComplementObject,  // whom that is done to: "threatened to sue Britain"
    Owner,        // of a noun: "China's ban", "the Chinese ban", "U.S.-China talks"
    Main,         // the subject of the verb above: "at the request of X, China acted"
    Taker,        // subject of any verb that has the noun as its object: "ignored a demand by X"
    Governor,     // subject of the light verb that has the noun as its object: "took action"
    Preposition   // after one of the words
  } kind = Kind::Subject;
  std::vector<std::string> words;
};

struct Frame {
  std::vector<std::vector<std::string>>
      more;  // further words of the trigger, each with alternatives
  EdgeTypeId type;
  std::vector<Place> heads, tails;   // in order of preference
  std::vector<LabelId> tail_labels;  // empty: whatever the ontology allows
  std::optional<Mode> mode;          // if not the clause's own
  bool negated = false;              // "failed to", "broke off"
  bool pair = false;                 // several heads are each other's tails
  bool swap = false;                 // written the other way round: "was sold to"
  bool fallback = false;             // "else": only if no row before it told of an edge
  bool criminal = false;             // the head must be a criminal group
  double confidence = 0.8;

  bool takes(LabelId tail) const {
    return tail_labels.empty() ||
           std::find(tail_labels.begin(), tail_labels.end(), tail) != tail_labels.end();
  }
};

enum class Mood : std::uint8_t { Plain, Planned, Requested, Alleged, Negated, Dropped };

class Frames {
 public:
  static Result<Frames> load(const std::filesystem::path& folder);

  // Rows for a word in its dictionary form, those with more words first.
  const std::vector<Frame>* verb(std::string_view lemma) const { return look(verbs_, lemma); }
  const std::vector<Frame>* noun(std::string_view lemma) const { return look(nouns_, lemma); }
  const std::vector<Frame>* adjective(std::string_view lemma) const {
    return look(adjectives_, lemma);
  }
  // What a governing word does; nothing if it is in no row.
  std::optional<Mood> mood(std::string_view lemma) const;
  bool light(std::string_view lemma) const { return light_.contains(std::string(lemma)); }
  // Does the object of this verb do what its complement says ("urge X to", "force X to")?
  bool controls_object(std::string_view lemma) const {
    return object_control_.contains(std::string(lemma));
  }
  // Nouns to look through: "the production and sale of fentanyl", "a number of companies".
  bool transparent(std::string_view lemma) const {
    return transparent_.contains(std::string(lemma));
  }

 private:
  using Rows = std::unordered_map<std::string, std::vector<Frame>>;
  static const std::vector<Frame>* look(const Rows& rows, std::string_view lemma) {
    const auto found = rows.find(std::string(lemma));
    return found == rows.end() ? nullptr : &found->second;
  }

  Rows verbs_, nouns_, adjectives_;
  std::unordered_map<std::string, Mood> moods_;
  std::unordered_map<std::string, bool> light_, object_control_, transparent_;
};

}  // namespace entente
