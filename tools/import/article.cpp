#include "tools/import/article.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstring>
#include <fstream>
#include <sstream>

#include "schema/digest.h"
#include "schema/text.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using std::string_view;

string_view trim(string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

string_view line_at(string_view text, std::size_t at) {
  return text.substr(at, text.find('\n', at) - at);
}

// `a`, and what it leaves out from `b`.
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
  if (key == "publisher" || key == "source") return &meta.publisher;
  if (key == "published" || key == "date") return &meta.published;
  if (key == "url") return &meta.url;
  return nullptr;
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

Result<Metadata> read_sidecar(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return Metadata{};
  std::stringstream bytes;
  bytes << stream.rdbuf();
  boost::system::error_code fault;
  const auto json = boost::json::parse(bytes.str(), fault);
  if (fault || !json.is_object())
    return Error{Code::InvalidArgument, file.string() + " is no JSON object of metadata"};
  Metadata meta;
  for (const auto& [key, value] : json.as_object()) {
    std::string* field = field_of(meta, string_view(key.data(), key.size()));
    if (field == nullptr || value.is_null()) continue;
    if (!value.is_string())
      return Error{Code::InvalidArgument,
                   file.string() + ": '" + std::string(key) + "' is no text"};
    *field = std::string(value.as_string());
  }
  return meta;
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
}  // namespace

Result<Article> make_article(std::string name, std::string text, const Metadata& given) {
  if (const auto status = check_text(name, text); !status) return status.error();
  const Header header = read_header(text);
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

Result<Article> read_article(const fs::path& file, const Metadata& given) {
  std::error_code fault;
  if (fs::is_directory(file, fault))
    return Error{Code::InvalidArgument, file.string() + " is a folder, not an article"};
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    return Error{Code::NotFound, "cannot open " + file.string() + ": " + std::strerror(errno)};
  std::stringstream bytes;
  bytes << stream.rdbuf();

  fs::path sidecar = file;
  sidecar.replace_extension(".meta.json");
  const auto meta = read_sidecar(sidecar);
  if (!meta) return meta.error();
  auto article = make_article(file.string(), bytes.str(), join(given, *meta));
  if (article) article->document.name = file.stem().string();
  return article;
}

}  // namespace entente
