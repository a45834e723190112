#include "schema/likeness.h"

#include <algorithm>
#include <string>
#include <vector>

#include "schema/name.h"

namespace entente {
namespace {
constexpr std::size_t kMostCompared = 256;
constexpr double kNearlyEqual = 0.99, kInitial = 0.7, kLeastWord = 0.6;

double evenness(std::string_view a, std::string_view b) {
  const std::size_t longer = std::max(a.size(), b.size());
  return longer == 0 ? 1 : 1 - double(edit_distance(a, b)) / double(longer);
}

double begun(std::string_view asked, std::string_view name) {
  return 0.8 + 0.2 * double(asked.size()) / double(name.size());
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    if (space > 0) words.push_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return words;
}

std::string joined(std::string_view text) {
  std::string word(text);
  std::erase(word, ' ');
  return word;
}

double word_likeness(std::string_view asked, std::string_view word, bool may_go_on) {
  double best = evenness(asked, word);
  if (best < kLeastWord) best = 0;
  if (asked.front() == word.front() && (asked.size() == 1) != (word.size() == 1)) best = std::max(best, kInitial);
  if (may_go_on && word.starts_with(asked)) best = std::max(best, begun(asked, word));
  return best;
}

double by_words(std::string_view asked, std::string_view name) {
  const auto wanted = split(asked), there = split(name);
  std::vector<bool> taken(there.size());
  double found = 0;
  std::size_t letters = 0, all = 0, covered = 0;
  for (const auto word : there) all += word.size();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    letters += wanted[i].size();
    double best = 0;
    std::size_t which = there.size();
    for (std::size_t j = 0; j < there.size(); ++j) {
      if (taken[j]) continue;
      const double like = word_likeness(wanted[i], there[j], i + 1 == wanted.size());
      if (like > best) best = like, which = j;
    }
    if (which == there.size()) continue;
    taken[which] = true;
    covered += there[which].size();
    found += best * double(wanted[i].size());
  }
  if (letters == 0 || all == 0) return 0;
  return kNearlyEqual * (found / double(letters)) * (0.7 + 0.3 * double(covered) / double(all));
}
}  // namespace

double likeness(std::string_view asked, std::string_view name) {
  if (asked == name) return 1;
  asked = asked.substr(0, kMostCompared);
  name = name.substr(0, kMostCompared);
  if (asked.empty() || name.empty()) return 0;
  double best = std::max(evenness(asked, name), by_words(asked, name));
  if (asked.find(' ') != std::string_view::npos || name.find(' ') != std::string_view::npos)
    best = std::max(best, kNearlyEqual * evenness(joined(asked), joined(name)));
  if (name.starts_with(asked)) best = std::max(best, begun(asked, name));
  return std::min(best, kNearlyEqual);  // equal ones alone have more
}

}  // namespace entente
