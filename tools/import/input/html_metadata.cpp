#include "tools/import/input/html_metadata.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cctype>
#include <vector>

#include "schema/bound.h"
#include "tools/import/input/html_tree.h"

namespace entente {
namespace {
namespace json = boost::json;
using std::string_view;

constexpr std::size_t kLongestField = 500;

std::string lower(string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return low;
}

// One line of a field: blanks collapsed, cut at a sensible length.
std::string line(string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.size() > kLongestField) {
    std::size_t cut = kLongestField;
    while (cut > 0 && (out[cut] & 0xC0) == 0x80) --cut;
    out.resize(cut);
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

bool is_web_address(string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

enum class Field { Title, Publisher, Published, Url, Author };

struct Known {
  string_view name;
  Field field;
  int trust;  // the higher goes before
};

constexpr Known kMeta[] = {
    {"og:title", Field::Title, 9},
    {"twitter:title", Field::Title, 6},
    {"citation_title", Field::Title, 6},
    {"dc.title", Field::Title, 5},
    {"og:site_name", Field::Publisher, 9},
    {"application-name", Field::Publisher, 3},
    {"dc.publisher", Field::Publisher, 5},
    {"citation_journal_title", Field::Publisher, 5},
    {"article:published_time", Field::Published, 9},
    {"og:article:published_time", Field::Published, 9},
    {"og:published_time", Field::Published, 8},
    {"datepublished", Field::Published, 7},
    {"parsely-pub-date", Field::Published, 7},
    {"sailthru.date", Field::Published, 7},
    {"citation_publication_date", Field::Published, 7},
    {"citation_date", Field::Published, 6},
    {"dcterms.created", Field::Published, 6},
    {"dcterms.date", Field::Published, 6},
    {"dc.date.issued", Field::Published, 6},
    {"dc.date", Field::Published, 6},
    {"pubdate", Field::Published, 6},
    {"publishdate", Field::Published, 6},
    {"publish-date", Field::Published, 6},
    {"publication_date", Field::Published, 6},
    {"date", Field::Published, 5},
    {"og:url", Field::Url, 6},
    {"author", Field::Author, 7},
    {"article:author", Field::Author, 6},
    {"dc.creator", Field::Author, 6},
    {"citation_author", Field::Author, 6},
    {"parsely-author", Field::Author, 6},
    {"byl", Field::Author, 5},
};

// The best value of each field so far.
class Findings {
 public:
  void offer(Field field, int trust, string_view raw) {
    std::string value = field == Field::Published ? page_date(raw) : line(raw);
    if (field == Field::Author && is_web_address(value)) return;
    if (field == Field::Url && !is_web_address(value)) return;
    auto& best = best_[std::size_t(field)];
    if (value.empty() || trust <= best.first) return;
    best = {trust, std::move(value)};
  }
  const std::string& of(Field field) const { return best_[std::size_t(field)].second; }
  int trust(Field field) const { return best_[std::size_t(field)].first; }

 private:
  std::array<std::pair<int, std::string>, 5> best_{};
};

string_view text_of(const json::value* value) {
  if (value == nullptr || !value->is_string()) return {};
  const json::string& text = value->as_string();
  return {text.data(), text.size()};
}

// "Jane Doe", {"name": "Jane Doe"}, or a list of such.
std::string names_of(const json::value* value) {
  if (value == nullptr) return {};
  if (value->is_string()) return std::string(text_of(value));
  if (value->is_object()) return std::string(text_of(value->as_object().if_contains("name")));
  std::string names;
  if (value->is_array())
    for (const json::value& one : value->as_array()) {
      const string_view name =
          one.is_object() ? text_of(one.as_object().if_contains("name")) : text_of(&one);
      if (!name.empty()) names += (names.empty() ? "" : ", ") + std::string(name);
    }
  return names;
}

bool is_article_type(const json::value* type) {
  const auto fits = [](string_view name) {
    return name.ends_with("Article") || name.ends_with("Posting") || name == "Report" ||
           name == "PressRelease";
  };
  if (type != nullptr && type->is_array())
    return std::any_of(type->as_array().begin(), type->as_array().end(),
                       [&](const json::value& one) { return fits(text_of(&one)); });
  return fits(text_of(type));
}

void read_article_object(const json::object& object, Findings& findings) {
  const int trust = is_article_type(object.if_contains("@type")) ? 8 : 4;
  const auto offer = [&](Field field, string_view key) {
    findings.offer(field, trust, text_of(object.if_contains(key)));
  };
  offer(Field::Title, "headline");
  offer(Field::Published, "datePublished");
  if (trust < 8) return;
  offer(Field::Url, "url");
  findings.offer(Field::Publisher, trust, names_of(object.if_contains("publisher")));
  findings.offer(Field::Author, trust, names_of(object.if_contains("author")));
}

// A script of JSON-LD: an object, a list of them, or a @graph. What is broken is passed over.
void read_json_ld(string_view script, Findings& findings) {
  boost::system::error_code fault;
  const json::value value =
      json::parse(json::string_view(script.data(), script.size()), fault);
  if (fault) return;
  std::vector<const json::value*> open = {&value};
  while (!open.empty()) {
    const json::value* at = open.back();
    open.pop_back();
    if (at->is_array())
      for (const json::value& one : at->as_array()) open.push_back(&one);
    if (!at->is_object()) continue;
    read_article_object(at->as_object(), findings);
    for (const char* inner : {"@graph", "mainEntity"})
      if (const auto* more = at->as_object().if_contains(inner); more != nullptr)
        open.push_back(more);
  }
}

void read_meta(const GumboNode* node, Findings& findings) {
  const string_view content = attribute(node, "content");
  for (const char* key : {"property", "name", "itemprop"}) {
    const std::string name = lower(attribute(node, key));
    if (name.empty()) continue;
    for (const Known& known : kMeta)
      if (known.name == name) findings.offer(known.field, known.trust, content);
  }
}

void read_microdata(const GumboNode* node, Findings& findings) {
  const string_view property = attribute(node, "itemprop");
  if (property == "datePublished") {
    const string_view machine = attribute(node, "datetime");
    findings.offer(Field::Published, 6, machine.empty() ? text_below(node, 100) : machine);
  } else if (property == "headline") {
    findings.offer(Field::Title, 5, text_below(node, kLongestField));
  } else if (property == "author") {
    findings.offer(Field::Author, 4, text_below(node, 200));
  }
  if (attribute(node, "rel") == "author") findings.offer(Field::Author, 3, text_below(node, 200));
}

// "Three precursors come under control | The Entente Reader" without the site.
std::string without_site(std::string title, const std::string& site) {
  for (const string_view mark : {" | ", " - ", " \u2013 ", " \u2014 ", " :: ", " \u00B7 "}) {
    const auto at = title.rfind(mark);
    if (at == std::string::npos || at < 10) continue;
    const string_view rest = string_view(title).substr(at + mark.size());
    if (mark == " | " || (!site.empty() && lower(rest) == lower(site)))
      return title.substr(0, at);
  }
  return title;
}

int month_number(string_view word) {
  constexpr string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string low = lower(word);
  for (int i = 0; i < 12; ++i)
    if (low.size() >= 3 && low.starts_with(kMonths[i])) return i + 1;
  return 0;
}

// A day that the calendar has, as EDTF.
std::string day(int year, int month, int day_of_month) {
  if (year < 1000 || year > 9999 || month < 1 || month > 12) return {};
  char text[16];
  if (day_of_month == 0)
    std::snprintf(text, sizeof text, "%04d-%02d", year, month);
  else
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day_of_month % 100);
  return Bound::parse(text) ? text : std::string{};
}
}  // namespace

std::string page_date(string_view raw) {
  const std::string text = line(raw.substr(0, 100));
  int numbers[3] = {0, 0, 0};
  std::size_t lengths[3] = {0, 0, 0};
  int count = 0, month = 0;
  for (std::size_t i = 0; i < text.size() && count < 3;) {
    const auto is = [&](int (*kind)(int)) {
      return i < text.size() && kind(static_cast<unsigned char>(text[i])) != 0;
    };
    const std::size_t start = i;
    if (is(std::isdigit)) {
      while (is(std::isdigit)) ++i;
      if (i - start > 8) return {};
      numbers[count] = std::stoi(text.substr(start, i - start));
      lengths[count++] = i - start;
      if (i < text.size() && text[i] == ':') --count;  // a time of day
    } else if (is(std::isalpha)) {
      while (is(std::isalpha)) ++i;
      if (month == 0) month = month_number(string_view(text).substr(start, i - start));
    } else {
      ++i;
    }
  }
  if (lengths[0] == 8 && month == 0)
    return day(numbers[0] / 10000, numbers[0] / 100 % 100, numbers[0] % 100);
  if (lengths[0] == 4 && count >= 3 && month == 0) return day(numbers[0], numbers[1], numbers[2]);
  if (lengths[0] == 4 && count == 2 && month == 0 && text.size() <= 7)
    return day(numbers[0], numbers[1], 0);
  if (month == 0 || count < 2) return {};
  if (lengths[1] == 4 && lengths[0] <= 2) return day(numbers[1], month, numbers[0]);
  return {};
}

PageMetadata read_page_metadata(const GumboNode* root) {
  Findings findings;
  visit(root, [&](const GumboNode* node) {
    switch (tag_of(node)) {
      case GUMBO_TAG_META:
        read_meta(node, findings);
        break;
      case GUMBO_TAG_LINK:
        if (attribute(node, "rel") == "canonical")
          findings.offer(Field::Url, 9, attribute(node, "href"));
        break;
      case GUMBO_TAG_SCRIPT:
        if (attribute(node, "type") == "application/ld+json")
          read_json_ld(text_below(node, 1 << 20), findings);
        return false;
      case GUMBO_TAG_TITLE:
        findings.offer(Field::Title, 3, text_below(node, kLongestField));
        break;
      case GUMBO_TAG_H1:
        findings.offer(Field::Title, 2, text_below(node, kLongestField));
        break;
      case GUMBO_TAG_TIME:
        findings.offer(Field::Published, has_attribute(node, "pubdate") ? 5 : 2,
                       attribute(node, "datetime"));
        break;
      default:
        break;
    }
    if (is_element(node)) read_microdata(node, findings);
    return true;
  });
  PageMetadata found;
  Metadata& meta = found.metadata;
  meta.publisher = findings.of(Field::Publisher);
  meta.title = findings.of(Field::Title);
  if (findings.trust(Field::Title) == 3 || findings.trust(Field::Title) == 9)
    meta.title = without_site(meta.title, meta.publisher);
  meta.published = findings.of(Field::Published);
  meta.url = findings.of(Field::Url);
  found.author = findings.of(Field::Author);
  return found;
}

}  // namespace entente
