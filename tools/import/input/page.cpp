#include "tools/import/input/page.h"

#include <algorithm>
#include <cstring>

#include "schema/text.h"
#include "tools/import/input/file.h"

namespace entente {
namespace {
using std::string_view;

constexpr string_view kMagic = "EntPage1";

void put(std::string& out, std::uint64_t number) {
  for (int i = 0; i < 8; ++i) out += char(number >> (8 * i));
}

void put(std::string& out, string_view text) {
  put(out, text.size());
  out += text;
}

// Takes values off the front of a message; after the first fault it gives nothing but zeros.
class Taker {
 public:
  explicit Taker(string_view message) : rest_(message) {}
  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }

  std::uint64_t number() {
    std::uint64_t value = 0;
    const string_view bytes = take(8);
    for (std::size_t i = 0; i < bytes.size(); ++i)
      value |= std::uint64_t(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return value;
  }
  std::string text() {
    const std::uint64_t size = number();
    return std::string(take(size));
  }
  // How many records of `bytes` follow; never more than there are bytes for.
  std::uint64_t count(std::size_t bytes) {
    const std::uint64_t value = number();
    if (value > rest_.size() / bytes) good_ = false;
    return good_ ? value : 0;
  }

 private:
  string_view take(std::uint64_t size) {
    if (size > rest_.size()) good_ = false;
    if (!good_) return {};
    const string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  string_view rest_;
  bool good_ = true;
};
}  // namespace

void PageText::from(std::uint64_t source) { source_ = source; }

void PageText::add(string_view utf8) {
  if (utf8.empty()) return;
  if (pending_blank_ && page_.text.size() > line_) {
    page_.text += ' ';
    ++characters_;
  }
  pending_blank_ = false;
  const std::uint64_t count = count_characters(utf8);
  const Origin* last = page_.origins.empty() ? nullptr : &page_.origins.back();
  const bool pages = counts_ == Counts::Pages;
  if (last == nullptr || last->source + (pages ? 0 : characters_ - last->at) != source_)
    page_.origins.push_back({characters_, source_});
  for (const char c : utf8)
    page_.text += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  characters_ += count, source_ += pages ? 0 : count;
}

void PageText::blank() { pending_blank_ = true; }

void PageText::end_line() {
  pending_blank_ = false;
  if (page_.text.size() == line_) return;
  if (zone_ != Zone::Body) page_.zones.push_back({line_, page_.text.size(), zone_});
  page_.text += "\n\n";
  characters_ += 2;
  line_ = page_.text.size();
}

void PageText::begin_line(Zone zone) {
  end_line();
  zone_ = zone;
}

void PageText::finish() {
  end_line();
  if (page_.text.ends_with("\n\n")) page_.text.pop_back();
}

std::string encode_page(const Page& page) {
  std::string out(kMagic);
  put(out, page.text), put(out, page.charset), put(out, page.author);
  put(out, page.metadata.title), put(out, page.metadata.publisher);
  put(out, page.metadata.published), put(out, page.metadata.url);
  put(out, page.zones.size());
  for (const ZoneSpan& span : page.zones)
    put(out, span.begin), put(out, span.end), put(out, std::uint64_t(span.zone));
  put(out, page.origins.size());
  for (const Origin& origin : page.origins) put(out, origin.at), put(out, origin.source);
  return out;
}

Result<Page> decode_page(string_view message) {
  const Error broken{Code::Corruption, "the answer of the worker is broken"};
  if (!message.starts_with(kMagic)) return broken;
  Taker taker(message.substr(kMagic.size()));
  Page page;
  page.text = taker.text(), page.charset = taker.text(), page.author = taker.text();
  page.metadata.title = taker.text(), page.metadata.publisher = taker.text();
  page.metadata.published = taker.text(), page.metadata.url = taker.text();
  std::uint64_t before = 0;
  for (std::uint64_t left = taker.count(24); left > 0; --left) {
    ZoneSpan span;
    span.begin = taker.number(), span.end = taker.number();
    const std::uint64_t zone = taker.number();
    if (span.begin < before || span.end <= span.begin || span.end > page.text.size() ||
        zone > std::uint64_t(Zone::Dateline))
      return broken;
    span.zone = Zone(zone);
    before = span.end;
    page.zones.push_back(span);
  }
  for (std::uint64_t left = taker.count(16); left > 0; --left) {
    Origin origin;
    origin.at = taker.number(), origin.source = taker.number();
    if (!page.origins.empty() && origin.at <= page.origins.back().at) return broken;
    if (origin.at >= page.text.size()) return broken;
    page.origins.push_back(origin);
  }
  if (!taker.good() || !taker.at_end() || page.text.size() > kLargestText) return broken;
  for (const std::string* text : {&page.text, &page.charset, &page.author, &page.metadata.title,
                                  &page.metadata.publisher, &page.metadata.published,
                                  &page.metadata.url})
    if (find_utf8_fault(*text) || text->find('\0') != std::string::npos) return broken;
  return page;
}

}  // namespace entente
