#include "tools/import/lexicon.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <unordered_set>

#include "tools/import/table.h"
#include "tools/import/text.h"

namespace entente {
namespace {
using std::string_view;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool all_capitals(string_view word) {
  return word.size() > 1 &&
         std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Kinds of things that news writes small after a name: "the Sinaloa cartel", "the Paris agreement".
bool often_small(string_view lower) {
  static const std::unordered_set<string_view> kWords = {
      "administration", "government", "regime",   "cartel",     "gang",        "group",
      "embassy",        "consulate",  "ministry", "department", "commission",  "committee",
      "council",        "agency",     "bureau",   "treaty",     "agreement",   "accord",
      "accords",        "pact",       "protocol", "convention", "act",         "law",
      "order",          "list",       "summit",   "conference", "meeting",     "election",
      "elections",      "talks",      "dialogue", "initiative", "university",  "institute",
      "party",          "movement",   "network",  "company",    "corporation", "bank",
      "fund",           "region",     "province", "state",      "army",        "navy",
      "police",         "parliament", "senate",   "court",      "office",      "deal",
      "plan",           "program",    "mission",  "alliance",   "front",       "brigade",
      "mafia",          "clan",       "ring"};
  return kWords.contains(lower);
}

bool fits(const std::string& form, const WordForm& word, bool first) {
  if (form == word.text) return true;
  if (form.size() != word.text.size()) return false;
  if (!is_upper(form[0])) return lower_of(form) == word.lower && (!all_capitals(form));
  if (lower_of(form) != word.lower) return false;
  if (is_upper(word.text[0])) return all_capitals(word.text) || !all_capitals(form);
  return !first && !all_capitals(form) && often_small(word.lower);
}

LabelId kind_label(string_view file) {
  static constexpr std::array<std::pair<string_view, string_view>, 9> kLabels = {
      {{"countries", "Government"},
       {"agencies", "Agency"},
       {"organizations", "Organization"},
       {"companies", "Company"},
       {"groups", "CriminalGroup"},
       {"chemicals", "Chemical"},
       {"agreements", "Agreement"},
       {"measures", "Measure"},
       {"events", "Event"}}};
  for (const auto& [name, label] : kLabels)
    if (name == file) return label_id(label);
  return {};
}

bool exists(const std::filesystem::path& folder, string_view table) {
  return std::filesystem::exists(folder / (std::string(table) + ".tsv"));
}

Result<Table> open(const std::filesystem::path& folder, string_view table,
                   std::initializer_list<string_view> columns) {
  return Table::read(folder / (std::string(table) + ".tsv"), columns);
}

template <typename Texts>
std::vector<std::string> strings(const Texts& texts) {
  return {texts.begin(), texts.end()};
}
}  // namespace

LabelId label_id(string_view name) {
  const auto id = Ontology::builtin().find_label(name);
  assert(id);
  return *id;
}

EdgeTypeId type_id(string_view name) {
  const auto id = Ontology::builtin().find_type(name);
  assert(id);
  return *id;
}

std::uint32_t Lexicon::add_entry(Entry entry) {
  const auto index = std::uint32_t(entries_.size());
  by_name_.emplace(entry.name, index);
  add_name(entry.name, {index, NameKind::Name});
  for (const auto& alias : entry.aliases) add_name(alias, {index, NameKind::Name});
  entries_.push_back(std::move(entry));
  return index;
}

void Lexicon::add_name(string_view name, NameHit hit) {
  if (name.starts_with("the ") || name.starts_with("The ")) name.remove_prefix(4);
  auto words = name_words(name);
  if (words.empty()) return;
  std::string joined;
  for (const auto& word : words) (joined += word) += ' ';
  const auto [known, fresh] = place_of_.emplace(std::move(joined), std::uint32_t(forms_.size()));
  if (!fresh) {
    forms_[known->second].hits.push_back(hit);
    return;
  }
  by_first_[lower_of(words[0])].push_back(known->second);
  forms_.push_back({std::move(words), {hit}});
}

Status Lexicon::load_countries(const std::filesystem::path& folder) {
  if (!exists(folder, "countries")) return kOk;
  const auto table =
      open(folder, "countries", {"name", "aliases", "demonyms", "capital", "metonyms", "part_of"});
  if (!table) return table.error();
  const LabelId government = label_id("Government");
  for (const auto& row : table->rows()) {
    Entry entry;
    entry.name = row[0], entry.label = government, entry.parent = row[5];
    entry.aliases = strings(parts_of(row[1]));
    const auto demonyms = parts_of(row[2]);
    if (!demonyms.empty()) entry.demonym = demonyms[0];
    entry.kind = row[5].empty() ? "state" : "region";
    for (const auto metonym : parts_of(row[4])) entry.aliases.emplace_back(metonym);
    const auto index = add_entry(std::move(entry));
    for (const auto demonym : demonyms) add_name(demonym, {index, NameKind::Demonym});
    for (const auto capital : parts_of(row[3])) add_name(capital, {index, NameKind::Capital});
  }
  return kOk;
}

Status Lexicon::load_actors(const std::filesystem::path& folder) {
  // The third and fourth columns differ from table to table.
  struct Source {
    string_view table, third, fourth;
  };
  static constexpr Source kSources[] = {{"agencies", "country", "part_of"},
                                        {"organizations", "country", "kind"},
                                        {"companies", "country", "sector"},
                                        {"groups", "country", "kind"}};
  for (const auto& source : kSources) {
    if (!exists(folder, source.table)) continue;
    const auto table = open(folder, source.table, {"name", "aliases", source.third, source.fourth});
    if (!table) return table.error();
    const LabelId label = kind_label(source.table);
    for (const auto& row : table->rows()) {
      Entry entry;
      entry.name = row[0], entry.label = label;
      entry.aliases = strings(parts_of(row[1]));
      entry.country = row[2];
      (source.fourth == "part_of" ? entry.parent : entry.kind) = row[3];
      add_entry(std::move(entry));
    }
  }
  return kOk;
}

Status Lexicon::load_persons(const std::filesystem::path& folder) {
  if (!exists(folder, "persons")) return kOk;
  const auto table =
      open(folder, "persons", {"name", "aliases", "labels", "role", "of", "from", "to"});
  if (!table) return table.error();
  const LabelId person = label_id("Person");
  for (const auto& row : table->rows()) {
    const auto from = Bound::parse(row[5]), to = Bound::parse(row[6]);
    if (!from) return table->fault(row, from.error().message);
    if (!to) return table->fault(row, to.error().message);
    auto index = find(row[0]);
    if (!index || entries_[*index].label != person) {
      Entry entry;
      entry.name = row[0], entry.label = person;
      entry.aliases = strings(parts_of(row[1]));
      for (const auto label : parts_of(row[2])) {
        const auto id = Ontology::builtin().find_label(label);
        if (!id) return table->fault(row, "unknown label '" + std::string(label) + "'");
        entry.more_labels.push_back(*id);
      }
      std::sort(entry.more_labels.begin(), entry.more_labels.end());
      index = add_entry(std::move(entry));
    }
    if (!row[3].empty())
      entries_[*index].offices.push_back({std::string(row[3]), std::string(row[4]), *from, *to});
  }
  return kOk;
}

Status Lexicon::load_things(const std::filesystem::path& folder) {
  if (exists(folder, "chemicals")) {
    const auto table =
        open(folder, "chemicals", {"name", "aliases", "kind", "is_a", "precursor_of"});
    if (!table) return table.error();
    const LabelId chemical = label_id("Chemical");
    for (const auto& row : table->rows()) {
      Entry entry;
      entry.name = row[0], entry.label = chemical;
      entry.aliases = strings(parts_of(row[1]));
      entry.kind = row[2], entry.is_a = row[3], entry.precursor_of = row[4];
      add_entry(std::move(entry));
    }
  }
  static constexpr std::pair<string_view, string_view> kSources[] = {
      {"agreements", "parties"}, {"measures", "by"}, {"events", "participants"}};
  for (const auto& [name, parties] : kSources) {
    if (!exists(folder, name)) continue;
    const auto table = open(folder, name, {"name", "aliases", parties, "date"});
    if (!table) return table.error();
    const LabelId label = kind_label(name);
    for (const auto& row : table->rows()) {
      Entry entry;
      entry.name = row[0], entry.label = label;
      entry.aliases = strings(parts_of(row[1]));
      entry.parties = strings(parts_of(row[2]));
      const auto date = Bound::parse(row[3].substr(0, row[3].find('/')));
      if (!date) return table->fault(row, date.error().message);
      entry.date = *date;
      add_entry(std::move(entry));
    }
  }
  return kOk;
}

Result<Lexicon> Lexicon::load(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder))
    return Error{Code::NotFound, "there is no folder of tables at " + folder.string()};
  Lexicon lexicon;
  constexpr std::size_t kNames = 32768;  // about as many as there are: no rehashing, no moving
  lexicon.by_first_.reserve(kNames / 2), lexicon.place_of_.reserve(kNames);
  lexicon.by_name_.reserve(kNames / 2);
  lexicon.entries_.reserve(kNames / 2), lexicon.forms_.reserve(kNames);
  if (const auto status = lexicon.load_countries(folder); !status) return status.error();
  if (const auto status = lexicon.load_actors(folder); !status) return status.error();
  if (const auto status = lexicon.load_persons(folder); !status) return status.error();
  if (const auto status = lexicon.load_things(folder); !status) return status.error();
  lexicon.place_of_ = {};
  for (auto& [first, places] : lexicon.by_first_)
    std::stable_sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
      return lexicon.forms_[a].words.size() > lexicon.forms_[b].words.size();
    });
  return lexicon;
}

Lexicon::Match Lexicon::longest(const std::vector<WordForm>& words, std::size_t at) const {
  const auto found = by_first_.find(std::string(words[at].lower));
  if (found == by_first_.end()) return {};
  for (const auto place : found->second) {
    const Form& form = forms_[place];
    if (at + form.words.size() > words.size()) continue;
    bool same = true;
    for (std::size_t i = 0; same && i < form.words.size(); ++i)
      same = fits(form.words[i], words[at + i], i == 0);
    if (same) return {form.words.size(), &form.hits};
  }
  return {};
}

std::optional<std::uint32_t> Lexicon::find(string_view canonical) const {
  const auto found = by_name_.find(std::string(canonical));
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

}  // namespace entente
