// Rules, meetings, writings and joint bodies that a text tells of without a proper name: "new
// restrictions on chemicals", "a summit in California", "a report". They become nodes when an actor
// makes them, holds them, writes them or founds them: data/lexicon/occasions.tsv.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tools/import/cast.h"
#include "tools/import/clause.h"
#include "tools/import/lexicon.h"
#include "tools/import/text.h"

namespace entente {

// Immutable once loaded, safe for many readers.
class OccasionWords {
 public:
  static Result<OccasionWords> load(const std::filesystem::path& folder);

  struct Noun {
    LabelId label;
    std::string group;  // nouns of one group may be one node
  };
  // Of the noun at a word: "executive order" before "order".
  const Noun* noun_at(const Sentence& sentence, std::int32_t word) const;
  bool makes(std::string_view verb, LabelId label) const;

 private:
  std::unordered_map<std::string, Noun> nouns_;
  std::unordered_map<std::string, std::vector<LabelId>> verbs_;
};

// The occasions of one document.
class Occasions {
 public:
  Occasions(const OccasionWords& words, const Lexicon& lexicon, const Article& article,
            const Text& text, Cast& cast)
      : words_(words), lexicon_(lexicon), article_(article), text_(text), cast_(cast) {}

  const OccasionWords& words() const { return words_; }

  // The node of the noun at a word, made or held by those actors; the same again for the same
  // actors and group of nouns.
  std::size_t node(std::uint32_t sentence, std::int32_t noun,
                   const std::vector<std::size_t>& actors);

  // One that only a clause tells of; [first, last) are its words.
  std::size_t named(std::uint32_t sentence, std::int32_t first, std::int32_t last, LabelId label,
                    const std::vector<std::size_t>& actors, std::string_view noun);

  // "the resolution", "this accord": the latest one that the text told of becomes a mention. To be
  // called before anything holds the sentence's mentions.
  void recall(std::uint32_t sentence);

  // A named event of the lexicon in which these took part then.
  std::optional<std::size_t> known_event(const std::vector<std::size_t>& actors, Bound when);

 private:
  std::string described(std::uint32_t sentence, std::int32_t noun, std::int32_t& first,
                        std::int32_t& last) const;

  const OccasionWords& words_;
  const Lexicon& lexicon_;
  const Article& article_;
  const Text& text_;
  Cast& cast_;
  std::map<std::string, std::size_t> nodes_;
  struct Told {
    LabelId label;
    std::string group;
    std::size_t node;
    std::uint32_t sentence;
  };
  std::vector<Told> told_;  // in the order of the text
};

}  // namespace entente
