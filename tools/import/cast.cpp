#include "tools/import/cast.h"

#include <algorithm>

namespace entente {

std::size_t Cast::add(std::string_view name, LabelId label) {
  const auto [place, fresh] =
      by_name_.try_emplace({std::string(name), label.value}, players_.size());
  if (fresh) {
    Player player;
    player.node.name = name, player.node.label = label;
    player.order = players_.size();
    players_.push_back(std::move(player));
  }
  return place->second;
}

std::size_t Cast::add(const Lexicon& lexicon, std::uint32_t index) {
  const Entry& entry = lexicon.entry(index);
  const std::size_t node = add(entry.name, entry.label);
  Player& player = players_[node];
  if (player.entry) return node;
  player.entry = index, player.country = entry.country;
  for (const Office& office : entry.offices)
    if (player.country.empty())
      if (const auto of = lexicon.find(office.of);
          of && lexicon.entry(*of).label == label_id("Government"))
        player.country = office.of;
  player.node.aliases = entry.aliases, player.node.more_labels = entry.more_labels;
  return node;
}

std::optional<std::size_t> Cast::find(std::string_view name, LabelId label) const {
  const auto found = by_name_.find(std::pair(std::string(name), label.value));
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

Mention& Cast::mention(Mention mention, std::string words) {
  say(mention.node, std::move(words));
  return by_sentence_[mention.sentence].emplace_back(mention);
}

void Cast::say(std::size_t node, std::string words) {
  auto& said = players_[node].node.mentions;
  if (std::find(said.begin(), said.end(), words) == said.end()) said.push_back(std::move(words));
}

void Cast::sort() {
  for (auto& mentions : by_sentence_)
    std::stable_sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) {
      return a.first != b.first ? a.first < b.first : a.last > b.last;
    });
}

}  // namespace entente
