// Strangers' files before they are articles: charsets, HTML, the boxes of a PDF, JSON, and the
// message by which a worker tells what it read.
#include "schema/text.h"
#include "tests/fuzz/target.h"
#include "tools/import/input/charset.h"
#include "tools/import/input/html.h"
#include "tools/import/input/json_articles.h"
#include "tools/import/input/pdf.h"

namespace entente::fuzz {
namespace {
constexpr const char* kPage =
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>A step | Reader</title>"
    "<meta property='article:published_time' content='2024-05-03T10:00:00Z'>"
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"A\"}]}</script>"
    "</head><body><nav>Home</nav><article><h1>A step</h1><p class=byline>By A</p><figure>"
    "<figcaption>Oslo.</figcaption></figure><p>Norway&rsquo;s <b>minister <i>met</b></i> China &amp; "
    "others in Oslo<br><br>on <a href=x>Tuesday</a>.</p><table><tr><td>1<div>2</table><aside>More"
    "</aside></article><div class=comments><p>No, never.</div></body></html>";

// What every page promises, whoever made it.
void look_at(const Page& page) {
  must(!find_utf8_fault(page.text), "a page's text is UTF-8");
  for (const char c : page.text)
    must(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F), "it has no control characters");
  std::uint64_t before = 0;
  for (const ZoneSpan& span : page.zones) {
    must(span.begin >= before && span.begin < span.end && span.end <= page.text.size(), "zones are in order");
    before = span.end;
  }
  const std::uint64_t characters = count_characters(page.text);
  for (std::size_t i = 0; i < page.origins.size(); ++i)
    must(page.origins[i].at < characters && (i == 0 || page.origins[i - 1].at < page.origins[i].at),
         "places are in order and in the text");
  const auto back = decode_page(encode_page(page));
  must(back && *back == page, "what a worker tells is what it read");
}
}  // namespace

void run_charset(std::string_view bytes) {
  if (bytes.empty()) return;
  constexpr std::string_view kDeclared[] = {"", "utf-8", "latin1", "shift_jis", "utf-16", "gb18030", "nonsense"};
  const auto decoded = decode("it", std::string(bytes.substr(1)), kDeclared[std::size_t(bytes[0] & 0x7F) % 7]);
  if (!decoded) return must(!decoded.error().message.empty(), "what is refused is told why");
  must(!find_utf8_fault(decoded->text), "what is decoded is UTF-8");
  must(decoded->text.find('\0') == std::string::npos, "and has no zero");
}

void run_html(std::string_view bytes) {
  const auto page = read_html(std::string(bytes));
  if (page) look_at(*page);
}

void run_pdf_boxes(std::string_view bytes) {
  const auto page = read_boxes(bytes);
  if (page) look_at(*page);
}

void run_json_articles(std::string_view bytes) {
  const auto inputs = json_articles("it", "it", bytes);
  must(!inputs.empty(), "there is an article, or why there is none");
  for (const Input& input : inputs) must(input.fault || !input.name.empty(), "an article has a name");
}

void run_page_message(std::string_view bytes) {
  const auto page = decode_page(bytes);
  if (!page) return;
  must(!find_utf8_fault(page->text), "a page's text is UTF-8");
  for (const ZoneSpan& span : page->zones) must(span.end <= page->text.size(), "zones lie in the text");
}

std::vector<std::string> charset_seeds() {
  return {std::string("\0Caf\xC3\xA9", 6), "\1Caf\xC3\xA9", "\2Caf\xE9 \x93quoted\x94", "\3\x93\xFA\x96\x7B",
          std::string("\4\xFF\xFE" "a\0b\0", 7), "\5\xB0\xA1"};
}
std::vector<std::string> html_seeds() { return {kPage, "<p>Norway met China in Oslo, and more of that.</p>"}; }
std::vector<std::string> pdf_boxes_seeds() {
  return {"<page width=\"600\" height=\"800\"><block ><line xMin=\"5\" yMin=\"9\" xMax=\"90\" yMax=\"19\">"
          "<word yMin=\"9\" yMax=\"19\">sup-</word></line><line yMin=\"20\"><word yMin=\"20\" yMax=\"30\">"
          "pliers&amp;</word></line></block></page><page height=\"800\"><block ><line ><word >2</word></line>"
          "</block></page>"};
}
std::vector<std::string> json_articles_seeds() {
  return {R"({"id": "a", "text": "Rain fell.", "date": "2024-05-06", "tags": [1, null, {"x": 1e9}]})",
          R"({"articles": [{"html": "<p>Rain"}, {"body": "\u00e9\ud83d\ude00"}, 3]})"};
}
std::vector<std::string> page_message_seeds() {
  const auto page = read_html(kPage);
  must(bool(page), "the sample is a page");
  return {encode_page(*page)};
}

}  // namespace entente::fuzz
