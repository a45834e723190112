// Kinds of words that name nobody by themselves: titles and roles, class nouns, months, numbers.
//
// Rows of data/lexicon/roles.tsv, classes.tsv and given_names.tsv. Immutable once loaded, safe for many readers.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tools/import/lexicon.h"
#include "tools/import/text.h"

namespace entente {

// "president", "assistant secretary of state", "senior fellow"
struct Role {
  std::string name;
  bool official = false, expert = false;
  bool title = false;   // may stand before a name: "President Xi"
  bool speaks = false;  // speaks for others: "spokesman"
  std::string of;       // whose it is, if the words alone say so: "House of Representatives"
  std::size_t words = 0;
};

// "company", "cartel", "ministry": what a noun makes of the words around it.
struct ClassNoun {
  LabelId label;
  bool state = false;       // with a country it is the government: "Chinese officials"
  bool collective = false;  // with a country it is a node of its own: "Chinese companies"
  bool proper = false;      // makes a name of capitals: "Rocky Mountain Institute"
  bool leading = false;     // and may stand first: "Ministry of Truth"
  bool anaphor = false;     // "the agency": the latest node of its kind
};

class Vocabulary {
 public:
  static Result<Vocabulary> load(const std::filesystem::path& folder);

  // The longest role that starts at a word; nullptr if none does. Case is no matter.
  const Role* role_at(const Sentence& sentence, std::int32_t at) const;
  // "Amina", "Dmitry": what people are called by their parents; with its capital.
  bool given_name(std::string_view word) const { return given_names_.contains(std::string(word)); }
  // Of a noun in its dictionary form; nullptr if it is of no class.
  const ClassNoun* class_of(std::string_view lemma) const;

 private:
  std::vector<Role> roles_;
  std::vector<std::vector<std::string>> role_words_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_first_;  // longest first
  std::unordered_map<std::string, ClassNoun> classes_;
  std::unordered_set<std::string> given_names_;
};

}  // namespace entente
