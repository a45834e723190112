#include "tools/import/zones.h"

#include <algorithm>
#include <cctype>

#include "tools/import/table.h"

namespace entente {
namespace {
using std::string_view;

std::string lower(string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return low;
}

// A title: short, no full stop at the end, and either the first line or mostly capitals.
bool looks_like_heading(string_view line, bool first) {
  const auto last = line.find_last_not_of(" \t\r\"'\xE2\x80\x9D\x99)");
  if (last == string_view::npos || line.size() > 160) return false;
  const char mark = line[last];
  if (mark == '.' || mark == '?' || mark == '!' || mark == ':' || mark == ',') return false;
  if (first) return true;
  int words = 0, capitals = 0;
  bool in_word = false;
  for (const char c : line) {
    const bool letter = (std::isalpha(static_cast<unsigned char>(c)) != 0) || (c & 0x80) != 0;
    if (letter && !in_word) {
      ++words;
      if (c >= 'A' && c <= 'Z') ++capitals;
    }
    in_word = letter || c == '\'' || c == '-';
  }
  return words <= 3 || capitals * 2 > words;
}
}  // namespace

Result<ZoneRules> ZoneRules::load(const std::filesystem::path& folder) {
  const auto table = Table::read(folder / "zones.tsv", {"phrase", "zone", "place"});
  if (!table) return table.error();
  ZoneRules rules;
  for (const auto& row : table->rows()) {
    Rule rule{lower(row[0]), Zone::Boilerplate, row[2] == "start", row[2] == "whole"};
    if (row[1] == "byline")
      rule.zone = Zone::Byline;
    else if (row[1] == "headline")
      rule.zone = Zone::Headline;
    else if (row[1] == "caption")
      rule.zone = Zone::Caption;
    else if (row[1] == "author note")
      rule.zone = Zone::AuthorNote;
    else if (row[1] != "boilerplate")
      return table->fault(row, "unknown zone");
    rules.rules_.push_back(std::move(rule));
  }
  return rules;
}

Zone ZoneRules::zone_of(string_view line, bool first) const {
  const std::string low = lower(line);
  for (const auto& rule : rules_) {
    const auto at = low.find(rule.phrase);
    if (at == std::string::npos) continue;
    if (rule.whole && low.size() > rule.phrase.size() + 2) continue;
    if (rule.at_start && at != 0) continue;
    return rule.zone;
  }
  return looks_like_heading(line, first) ? Zone::Headline : Zone::Body;
}

}  // namespace entente
