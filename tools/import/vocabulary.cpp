#include "tools/import/vocabulary.h"

#include <algorithm>

#include "tools/import/syntax/lemma.h"
#include "tools/import/table.h"

namespace entente {
namespace {
using std::string_view;

Status set_uses(ClassNoun& noun, const Table& table, const Table::Row& row) {
  for (const auto use : parts_of(row[2])) {
    if (use == "state")
      noun.state = true;
    else if (use == "collective")
      noun.collective = true;
    else if (use == "proper")
      noun.proper = true;
    else if (use == "leading")
      noun.proper = noun.leading = true;
    else if (use == "anaphor")
      noun.anaphor = true;
    else
      return table.fault(row, "unknown use '" + std::string(use) + "'");
  }
  return kOk;
}
// "vice-president" is vice | - | president, as the tokenizer has it; "gen." keeps its stop.
std::vector<std::string> role_words(string_view role) {
  std::vector<std::string> words(1);
  for (const char c : role) {
    if (c == ' ')
      words.emplace_back();
    else if (c == '-')
      words.emplace_back("-"), words.emplace_back();
    else
      words.back() += c;
  }
  return words;
}
}  // namespace

Result<Vocabulary> Vocabulary::load(const std::filesystem::path& folder) {
  Vocabulary vocabulary;
  const auto classes = Table::read(folder / "classes.tsv", {"noun", "label", "uses"});
  if (!classes) return classes.error();
  for (const auto& row : classes->rows()) {
    const auto label = Ontology::builtin().find_label(row[1]);
    if (!label) return classes->fault(row, "unknown label '" + std::string(row[1]) + "'");
    ClassNoun noun;
    noun.label = *label;
    if (const auto status = set_uses(noun, *classes, row); !status) return status.error();
    vocabulary.classes_.emplace(row[0], noun);
  }

  const auto roles = Table::read(folder / "roles.tsv", {"role", "uses", "of"});
  if (!roles) return roles.error();
  for (const auto& row : roles->rows()) {
    Role role;
    role.name = row[0], role.of = row[2];
    for (const auto use : parts_of(row[1])) {
      if (use == "official")
        role.official = true;
      else if (use == "expert")
        role.expert = true;
      else if (use == "title")
        role.title = true;
      else if (use == "speaks")
        role.speaks = true;
      else
        return roles->fault(row, "unknown use '" + std::string(use) + "'");
    }
    auto words = role_words(row[0]);
    role.words = words.size();
    vocabulary.by_first_[words[0]].push_back(std::uint32_t(vocabulary.roles_.size()));
    vocabulary.roles_.push_back(std::move(role));
    vocabulary.role_words_.push_back(std::move(words));
  }
  const auto given = Table::read(folder / "given_names.tsv", {"name"});
  if (!given) return given.error();
  vocabulary.given_names_.reserve(given->rows().size());
  for (const auto& row : given->rows()) vocabulary.given_names_.emplace(row[0]);
  for (auto& [first, places] : vocabulary.by_first_)
    std::stable_sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
      return vocabulary.roles_[a].words > vocabulary.roles_[b].words;
    });
  return vocabulary;
}

const Role* Vocabulary::role_at(const Sentence& sentence, std::int32_t at) const {
  const auto look = [&](const std::string& first) -> const Role* {
    const auto found = by_first_.find(first);
    if (found == by_first_.end()) return nullptr;
    for (const auto place : found->second) {
      const auto& words = role_words_[place];
      if (at + std::int32_t(words.size()) > sentence.size()) continue;
      bool same = true;
      for (std::size_t i = 1; same && i < words.size(); ++i) {
        const Word& word = sentence.at(at + std::int32_t(i));
        same = word.lower == words[i] || (i + 1 == words.size() && word.lower == words[i] + "s");
      }
      if (same) return &roles_[place];
    }
    return nullptr;
  };
  const std::string& lower = sentence.at(at).lower;
  if (const Role* role = look(lower)) return role;
  if (lower.starts_with("ex-")) return look(lower.substr(3));
  if (lower.size() > 3 && lower.back() == 's') return look(lower.substr(0, lower.size() - 1));
  return nullptr;
}

const ClassNoun* Vocabulary::class_of(string_view lemma) const {
  const auto found = classes_.find(std::string(lemma));
  return found == classes_.end() ? nullptr : &found->second;
}

}  // namespace entente
