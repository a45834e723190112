// What the importer knows of the world: actors, substances, agreements, and what they are called.
//
// Rows of data/lexicon/*.tsv, found by the words of a text. Immutable once loaded, safe for many
// readers.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/claim.h"
#include "schema/ontology.h"

namespace entente {

// Ids of the built-in ontology by name, looked up once; a name it does not have is a bug.
LabelId label_id(std::string_view name);
EdgeTypeId type_id(std::string_view name);

// An office that a person holds or held.
struct Office {
  std::string role, of;  // "president", "China"
  Bound from, to;
};

// One known thing: a row of a table.
struct Entry {
  std::string name;
  LabelId label;
  std::vector<LabelId> more_labels;
  std::vector<std::string> aliases;
  std::string country;               // where it belongs: canonical name of a country
  std::string parent;                // of which it is part
  std::string kind;                  // the table's own: "cartel", "precursor", "media"
  std::string demonym;               // of a country: "Chinese"
  std::string is_a, precursor_of;    // of a chemical
  std::vector<Office> offices;       // of a person
  std::vector<std::string> parties;  // of an agreement or event; who enacted a measure
  Bound date;                        // of an agreement, a measure, an event
};

// How a name names: itself, by an adjective or people ("Chinese"), by the capital ("Beijing").
enum class NameKind : std::uint8_t { Name, Demonym, Capital };

struct NameHit {
  std::uint32_t entry = 0;
  NameKind kind = NameKind::Name;
};

// Words of a sentence as the look-up wants them.
struct WordForm {
  std::string_view text, lower;
};

class Lexicon {
 public:
  // Reads the tables of the folder; a missing table of entities is an empty one.
  static Result<Lexicon> load(const std::filesystem::path& folder);

  struct Match {
    std::size_t length = 0;  // words
    const std::vector<NameHit>* hits = nullptr;
  };
  // The longest name that starts at `at`. Capitals count: "us" is not "US", "may act" no Act; but
  // "Sinaloa cartel" is "Sinaloa Cartel", and in capitals everything may stand.
  Match longest(const std::vector<WordForm>& words, std::size_t at) const;

  const Entry& entry(std::uint32_t index) const { return entries_[index]; }
  const std::vector<Entry>& entries() const { return entries_; }
  std::optional<std::uint32_t> find(std::string_view canonical) const;

 private:
  struct Form {
    std::vector<std::string> words;  // as the table writes them
    std::vector<NameHit> hits;
  };

  std::uint32_t add_entry(Entry entry);
  void add_name(std::string_view name, NameHit hit);
  Status load_countries(const std::filesystem::path& folder);
  Status load_actors(const std::filesystem::path& folder);
  Status load_persons(const std::filesystem::path& folder);
  Status load_things(const std::filesystem::path& folder);

  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::uint32_t> by_name_;
  std::vector<Form> forms_;
  std::unordered_map<std::string, std::uint32_t> place_of_;  // of a form, by its words; while loading
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_first_;  // longest first
};

}  // namespace entente
