// The cast of a document: its nodes, and where it speaks of them.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/claim.h"
#include "tools/import/lexicon.h"

namespace entente {

// Words [first, last) of a sentence that stand for a node.
struct Mention {
  std::uint32_t sentence = 0;
  std::int32_t first = 0, last = 0;
  std::size_t node = 0;     // in the cast
  bool modifier = false;    // only an adjective or a noun before a noun: "Chinese exports"
  bool place = false;       // where something happens: "in Beijing"
  bool pronoun = false;     // or "the agency": resolved from the context
  bool possessive = false;  // followed by 's
};

struct Player {
  NamedNode node;
  std::string country;                 // to which it belongs, if a name or the text says so
  std::string head_noun;               // of a collective: "cartel"
  std::optional<std::uint32_t> entry;  // in the lexicon
  std::size_t order = 0;               // of first appearance
};

// Grows while names are read; afterwards only looked at.
class Cast {
 public:
  explicit Cast(std::size_t sentences) : by_sentence_(sentences) {}

  // The node of that name and label, made if there is none.
  std::size_t add(std::string_view name, LabelId label);
  // The node of a row of the lexicon.
  std::size_t add(const Lexicon& lexicon, std::uint32_t entry);
  std::optional<std::size_t> find(std::string_view name, LabelId label) const;

  // `words` are the text's own for it; they become a mention of the node.
  Mention& mention(Mention mention, std::string words);

  // Words for a node that no argument is sought in.
  void say(std::size_t node, std::string words);

  Player& player(std::size_t node) { return players_[node]; }
  const Player& player(std::size_t node) const { return players_[node]; }
  LabelId label(std::size_t node) const { return players_[node].node.label; }
  std::size_t size() const { return players_.size(); }
  std::uint32_t sentences() const { return std::uint32_t(by_sentence_.size()); }

  // In the order of their first words; longer ones first.
  const std::vector<Mention>& in(std::uint32_t sentence) const { return by_sentence_[sentence]; }
  std::vector<Mention>& in(std::uint32_t sentence) { return by_sentence_[sentence]; }
  void sort();

 private:
  std::vector<Player> players_;
  std::map<std::pair<std::string, std::uint16_t>, std::size_t, std::less<>> by_name_;
  std::vector<std::vector<Mention>> by_sentence_;
};

}  // namespace entente
