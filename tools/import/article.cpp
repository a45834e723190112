#include "tools/import/article.h"

#include <algorithm>

#include "schema/digest.h"
#include "schema/text.h"
#include "tools/import/input/file.h"
#include "tools/import/language.h"

namespace entente {
namespace {
using std::string_view;

string_view trim(string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

string_view line_at(string_view text, std::size_t at) {
  return text.substr(at, text.find('\n', at) - at);
}

struct Header {
  Metadata meta;
  std::size_t end = 0;  // byte after it
};

// Lines `key: value` between two lines `---`. Without the second it is no header.
Header front_matter(string_view text, std::size_t start) {
  Header header;
  std::size_t at = start + line_at(text, start).size() + 1;
  while (at < text.size()) {
    const string_view line = line_at(text, at);
    at = std::min(text.size(), at + line.size() + 1);
    if (trim(line) == "---") {
      header.end = at;
      return header;
    }
    const auto colon = line.find(':');
    if (colon == string_view::npos) continue;
    if (auto* field = field_of(header.meta, trim(line.substr(0, colon)))) {
      string_view value = trim(line.substr(colon + 1));
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
      *field = value;
    }
  }
  return {};
}

// `# title | publisher | date`
Header headline(string_view text, std::size_t start) {
  const string_view line = line_at(text, start);
  Header header;
  header.end = std::min(text.size(), start + line.size() + 1);
  string_view rest = line.substr(1);
  std::string* fields[] = {&header.meta.title, &header.meta.publisher, &header.meta.published};
  for (std::string* field : fields) {
    const auto bar = rest.find('|');
    *field = trim(rest.substr(0, bar));
    rest = bar == string_view::npos ? string_view{} : rest.substr(bar + 1);
  }
  return header;
}

Header read_header(string_view text) {
  const std::size_t start = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;  // byte order mark
  const string_view first = line_at(text, start);
  Header header;
  if (trim(first) == "---") header = front_matter(text, start);
  if (first.starts_with("# ")) header = headline(text, start);
  header.end = std::max(header.end, start);
  return header;
}

Result<Bound> publication_date(const std::string& name, string_view text) {
  if (text.size() > 10 && text[10] == 'T') text = text.substr(0, 10);  // 2024-08-06T09:00:00Z
  auto date = Bound::parse(text);
  if (!date)
    return Error{Code::InvalidArgument, name + ": publication date: " + date.error().message};
  return date;
}

Status check_text(const std::string& name, string_view text) {
  if (trim(text).empty()) return Error{Code::InvalidArgument, name + " is empty"};
  if (text.size() > kLargestText)
    return Error{Code::LimitReached, name + " has " + size_text(text.size()) +
                                         " of text; an article has at most " +
                                         size_text(kLargestText) + "; split it"};
  const auto head = text.substr(0, 4096);
  if (head.starts_with("%PDF-") || head.find('\0') != string_view::npos)
    return Error{Code::InvalidArgument, name + " is a binary file, not a text"};
  if (const auto fault = find_utf8_fault(text))
    return Error{Code::InvalidArgument,
                 name + " is no UTF-8 text: byte " + std::to_string(*fault) + " is wrong"};
  if (const auto nul = text.find('\0'); nul != string_view::npos)
    return Error{Code::InvalidArgument,
                 name + " is a binary file, not a text: byte " + std::to_string(nul) + " is zero"};
  return kOk;
}
Result<Article> make(std::string name, std::string text, const Header& header,
                     const Metadata& given) {
  const string_view read = string_view(text).substr(header.end);
  if (trim(read).empty())
    return Error{Code::InvalidArgument, name + " is empty: it has a header and no text"};
  if (const auto why = why_not_english(read); !why.empty())
    return Error{Code::InvalidArgument, name + " " + why};
  const Metadata meta = join(given, header.meta);
  const auto published = publication_date(name, meta.published);
  if (!published) return published.error();

  Article article;
  article.body = header.end;
  Document& document = article.document;
  document.name = std::move(name);
  document.title = meta.title, document.publisher = meta.publisher, document.url = meta.url;
  document.published = *published;
  document.digest = sha256(text);
  document.text = std::move(text);
  return article;
}
}  // namespace

Metadata join(Metadata a, const Metadata& b) {
  const auto fill = [](std::string& mine, const std::string& other) {
    if (mine.empty()) mine = other;
  };
  fill(a.title, b.title), fill(a.publisher, b.publisher);
  fill(a.published, b.published), fill(a.url, b.url);
  return a;
}

std::string* field_of(Metadata& meta, string_view key) {
  if (key == "title") return &meta.title;
  if (key == "publisher" || key == "source" || key == "site") return &meta.publisher;
  if (key == "published" || key == "date") return &meta.published;
  if (key == "url") return &meta.url;
  return nullptr;
}

Result<Article> make_article(std::string name, std::string text, const Metadata& given) {
  if (const auto status = check_text(name, text); !status) return status.error();
  const Header header = read_header(text);
  return make(std::move(name), std::move(text), header, given);
}

Result<Article> make_article_of_page(std::string name, std::string text, const Metadata& given) {
  if (const auto status = check_text(name, text); !status) return status.error();
  return make(std::move(name), std::move(text), {}, given);
}

}  // namespace entente
