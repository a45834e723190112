#include "tools/import/frames.h"

#include <algorithm>
#include <charconv>

#include "tools/import/table.h"

namespace entente {
namespace {
using std::string_view;

std::vector<std::string> strings(string_view cell, char separator) {
  std::vector<std::string> texts;
  for (const auto part : parts_of(cell, separator)) texts.emplace_back(part);
  return texts;
}

// "subj", "obj's", "on/against"
Place place_of(string_view text) {
  using Kind = Place::Kind;
  static constexpr std::pair<string_view, Kind> kNames[] = {
      {"subj", Kind::Subject},    {"obj", Kind::Object},  {"obj's", Kind::ObjectOwner},
      {"comp", Kind::Complement}, {"comp-obj", Kind::ComplementObject}, {"owner", Kind::Owner}, {"gov", Kind::Governor},
      {"main", Kind::Main},       {"taker", Kind::Taker}};
  for (const auto& [name, kind] : kNames)
    if (name == text) return {kind, {}};
  return {Kind::Preposition, strings(text, '/')};
}

std::vector<Place> places_of(string_view cell) {
  std::vector<Place> places;
  for (const auto part : parts_of(cell)) places.push_back(place_of(part));
  return places;
}

Status read_labels(Frame& frame, const Table& table, const Table::Row& row, string_view cell) {
  for (const auto part : parts_of(cell)) {
    if (part == "actor") {
      for (const auto& label : Ontology::builtin().labels())
        if (label.actor) frame.tail_labels.push_back(label.id);
      continue;
    }
    const auto id = Ontology::builtin().find_label(part);
    if (!id) return table.fault(row, "unknown label '" + std::string(part) + "'");
    frame.tail_labels.push_back(*id);
  }
  return kOk;
}

Status read_flags(Frame& frame, const Table& table, const Table::Row& row, string_view cell) {
  for (const auto flag : parts_of(cell)) {
    if (flag == "negated")
      frame.negated = true;
    else if (flag == "pair")
      frame.pair = true;
    else if (flag == "swap")
      frame.swap = true;
    else if (flag == "else")
      frame.fallback = true;
    else if (flag == "criminal")
      frame.criminal = true;
    else if (const auto mode = parse_mode(flag))
      frame.mode = *mode;
    else
      return table.fault(row, "unknown flag '" + std::string(flag) + "'");
  }
  return kOk;
}

std::optional<Mood> mood_named(string_view name) {
  static constexpr std::pair<string_view, Mood> kNames[] = {
      {"plain", Mood::Plain},     {"planned", Mood::Planned}, {"requested", Mood::Requested},
      {"alleged", Mood::Alleged}, {"negated", Mood::Negated}, {"dropped", Mood::Dropped}};
  for (const auto& [known, mood] : kNames)
    if (known == name) return mood;
  return std::nullopt;
}
}  // namespace

std::optional<Mood> Frames::mood(string_view lemma) const {
  const auto found = moods_.find(std::string(lemma));
  if (found == moods_.end()) return std::nullopt;
  return found->second;
}

Result<Frames> Frames::load(const std::filesystem::path& folder) {
  Frames frames;
  const auto table = Table::read(folder / "frames.tsv", {"trigger", "kind", "type", "head", "tail",
                                                         "labels", "flags", "confidence"});
  if (!table) return table.error();
  for (const auto& row : table->rows()) {
    Frame frame;
    const auto type = Ontology::builtin().find_type(row[2]);
    if (!type) return table->fault(row, "unknown edge type '" + std::string(row[2]) + "'");
    frame.type = *type, frame.heads = places_of(row[3]), frame.tails = places_of(row[4]);
    if (const auto status = read_labels(frame, *table, row, row[5]); !status) return status.error();
    if (const auto status = read_flags(frame, *table, row, row[6]); !status) return status.error();
    if (!row[7].empty())
      std::from_chars(row[7].data(), row[7].data() + row[7].size(), frame.confidence);
    const auto words = parts_of(row[0], ' ');
    for (std::size_t i = 1; i < words.size(); ++i) frame.more.push_back(strings(words[i], '/'));
    Rows* rows = row[1] == "v"   ? &frames.verbs_
                 : row[1] == "n" ? &frames.nouns_
                 : row[1] == "a" ? &frames.adjectives_
                                 : nullptr;
    if (rows == nullptr) return table->fault(row, "the kind is none of v, n, a");
    for (const auto lemma : parts_of(words[0], '/')) (*rows)[std::string(lemma)].push_back(frame);
  }
  for (Rows* rows : {&frames.verbs_, &frames.nouns_, &frames.adjectives_})
    for (auto& [lemma, list] : *rows)
      std::stable_sort(list.begin(), list.end(), [](const Frame& a, const Frame& b) {
        return a.more.size() > b.more.size();
      });

  const auto moods = Table::read(folder / "moods.tsv", {"word", "mood"});
  if (!moods) return moods.error();
  for (const auto& row : moods->rows()) {
    for (const auto use : parts_of(row[1])) {
      const std::string word(row[0]);
      if (use == "light")
        frames.light_[word] = true;
      else if (use == "object")
        frames.object_control_[word] = true;
      else if (use == "through")
        frames.transparent_[word] = true;
      else if (const auto mood = mood_named(use))
        frames.moods_[word] = *mood;
      else
        return moods->fault(row, "unknown mood '" + std::string(use) + "'");
    }
  }
  return frames;
}

}  // namespace entente
