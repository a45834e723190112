#include "tools/import/dateline.h"

#include <algorithm>

namespace entente {
namespace {
using std::string_view;

constexpr std::size_t kLongest = 90;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

struct Dash {
  std::size_t at = string_view::npos, end = 0;  // with the blanks after it
};

// The first dash that stands between blanks, or an em dash.
Dash first_dash(string_view text) {
  Dash first;
  for (const string_view mark : {" - ", " -- ", "\u2014", " \u2013 "}) {
    const auto at = text.find(mark);
    if (at < first.at) first = {at, at + mark.size()};
  }
  return first;
}
}  // namespace

std::size_t dateline_length(string_view paragraph) {
  const string_view text = paragraph.substr(0, kLongest);
  Dash dash = first_dash(text);
  if (dash.at == string_view::npos || dash.at < 3) return 0;
  const string_view head = text.substr(0, dash.at);
  if (!is_upper(head[0])) return 0;

  // The place goes to a comma, a bracket or the dash.
  const string_view place = head.substr(0, std::min(head.find_first_of(",("), head.size()));
  const bool capitals = std::none_of(place.begin(), place.end(), is_lower) &&
                        std::count_if(place.begin(), place.end(), is_upper) >= 3;
  bool names = true;  // every word begins with a capital
  bool after_blank = true;
  for (const char c : place) {
    if (after_blank && is_lower(c)) names = false;
    after_blank = c == ' ';
  }
  const auto open = head.find('(');
  const bool agency = open != string_view::npos && head.find(')', open) != string_view::npos;
  // What follows a place is a region, a month, a day, an agency: nothing that a sentence is made of.
  const string_view rest = head.substr(place.size());
  std::size_t small_words = 0;
  after_blank = true;
  for (const char c : rest) {
    if (after_blank && is_lower(c)) ++small_words;
    after_blank = c == ' ';
  }
  if (!(capitals || (names && agency)) || small_words > 0) return 0;
  while (dash.end < paragraph.size() && (paragraph[dash.end] == ' ' || paragraph[dash.end] == '\t'))
    ++dash.end;
  return dash.end < paragraph.size() ? dash.end : 0;
}

}  // namespace entente
