#include "tools/import/input/html.h"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <vector>

#include "schema/text.h"
#include "tools/import/input/charset.h"
#include "tools/import/input/html_metadata.h"
#include "tools/import/input/html_tree.h"

namespace entente {
namespace {
using std::string_view;

constexpr int kDeepest = 1000;

std::string lower(string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return low;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Elements that HTML ends by itself, or that have no inside: they make no depth.
bool makes_depth(string_view tag) {
  constexpr string_view kFlat[] = {"area", "base",  "br",    "col", "embed",    "hr",     "img",
                                   "input", "link", "meta",  "p",   "param",    "source", "track",
                                   "wbr",  "li",    "td",    "th",  "tr",       "dt",     "dd",
                                   "tbody", "thead", "tfoot", "option", "optgroup", "colgroup"};
  return std::find(std::begin(kFlat), std::end(kFlat), tag) == std::end(kFlat);
}

// About how deep the tags of a page nest, without building a tree: an upper bound for honest pages.
int nesting(string_view html) {
  int depth = 0, deepest = 0;
  for (std::size_t at = html.find('<'); at != string_view::npos; at = html.find('<', at)) {
    ++at;
    if (html.substr(at, 3) == "!--") {
      at = std::min(html.find("-->", at), html.size());
      continue;
    }
    const bool end = at < html.size() && html[at] == '/';
    std::size_t stop = at += end;
    while (stop < html.size() && stop - at < 12 && is_letter(html[stop])) ++stop;
    if (stop == at) continue;
    const std::string tag = lower(html.substr(at, stop - at));
    at = stop;
    if (!makes_depth(tag)) continue;
    if (end) {
      depth = std::max(0, depth - 1);
      continue;
    }
    if (tag == "script" || tag == "style") {
      at = std::min(html.find("</", at), html.size());
      continue;
    }
    deepest = std::max(deepest, ++depth);
  }
  return deepest;
}

// ---- What an element is to a reader, by its tag and by what its makers call it.

// Never text of the page. Menus and forms are furniture: what they say is no part of any article.
bool is_left_out(const GumboNode* node) {
  switch (tag_of(node)) {
    case GUMBO_TAG_SCRIPT: case GUMBO_TAG_STYLE: case GUMBO_TAG_NOSCRIPT: case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_SVG: case GUMBO_TAG_MATH: case GUMBO_TAG_IFRAME: case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_CANVAS: case GUMBO_TAG_AUDIO: case GUMBO_TAG_VIDEO: case GUMBO_TAG_HEAD:
    case GUMBO_TAG_NAV: case GUMBO_TAG_FORM: case GUMBO_TAG_BUTTON: case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA: case GUMBO_TAG_INPUT:
      return true;
    default:
      break;
  }
  if (has_attribute(node, "hidden") || attribute(node, "aria-hidden") == "true") return true;
  std::string style = lower(attribute(node, "style"));
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos ||
         style.find("font-size:0;") != std::string::npos || style.ends_with("font-size:0") ||
         style.find("font-size:0px") != std::string::npos;
}

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P: case GUMBO_TAG_DIV: case GUMBO_TAG_SECTION: case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN: case GUMBO_TAG_HEADER: case GUMBO_TAG_FOOTER: case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_H1: case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: case GUMBO_TAG_UL: case GUMBO_TAG_OL: case GUMBO_TAG_LI: case GUMBO_TAG_DL:
    case GUMBO_TAG_DT: case GUMBO_TAG_DD: case GUMBO_TAG_TABLE: case GUMBO_TAG_TR:
    case GUMBO_TAG_TD: case GUMBO_TAG_TH: case GUMBO_TAG_CAPTION: case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_PRE: case GUMBO_TAG_HR:
    case GUMBO_TAG_ADDRESS: case GUMBO_TAG_BODY: case GUMBO_TAG_CENTER: case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
      return true;
    default:
      return false;
  }
}

bool is_heading(GumboTag tag) {
  return tag == GUMBO_TAG_H1 || tag == GUMBO_TAG_H2 || tag == GUMBO_TAG_H3 ||
         tag == GUMBO_TAG_H4 || tag == GUMBO_TAG_H5 || tag == GUMBO_TAG_H6;
}

bool has_word(string_view text, std::initializer_list<string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](string_view word) { return text.find(word) != string_view::npos; });
}

// The zone that an element gives what stands in it; Body is "says nothing".
Zone zone_told(const GumboNode* node) {
  const GumboTag tag = tag_of(node);
  if (is_heading(tag)) return Zone::Headline;
  if (tag == GUMBO_TAG_FIGCAPTION || tag == GUMBO_TAG_CAPTION) return Zone::Caption;
  if (tag == GUMBO_TAG_FOOTER || tag == GUMBO_TAG_ASIDE) return Zone::Boilerplate;
  const std::string name =
      lower(std::string(attribute(node, "class")) + " " + std::string(attribute(node, "id")));
  if (name.size() < 3 || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_HTML ||
      tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN)
    return Zone::Body;
  if (has_word(name, {"author-bio", "author_bio", "about-author", "about-the-author", "authorbio",
                      "author-note", "author-description", "contributor-bio"}))
    return Zone::AuthorNote;
  if (has_word(name, {"byline", "dateline-author", "author-name", "article-author"}) ||
      attribute(node, "rel") == "author" || attribute(node, "itemprop") == "author")
    return Zone::Byline;
  if (has_word(name, {"wp-caption-text", "figcaption", "image-caption", "photo-caption",
                      "img-caption", "media-caption", "credit"}))
    return Zone::Caption;
  if (has_word(name, {"related", "sidebar", "comment", "newsletter", "subscribe", "promo", "share",
                      "social", "cookie", "consent", "recommend", "trending", "most-read",
                      "breadcrumb", "advert", "sponsor", "footer", "paywall", "tags-list",
                      "read-more", "readmore", "masthead", "site-header", "navbar", "menu"}))
    return Zone::Boilerplate;
  return Zone::Body;
}

// ---- The page as blocks of running text.

struct Piece {
  const GumboNode* node = nullptr;  // a text node, or nullptr for a line break
};

struct Block {
  const GumboNode* parent = nullptr;  // the element that holds it
  Zone zone = Zone::Body;
  std::vector<Piece> pieces;
  std::size_t letters = 0, linked = 0;  // bytes of text; of these, within links
  bool sentence = false;                // ends as a sentence does

  // Running text, as articles are made of and menus are not.
  bool prose() const {
    return zone == Zone::Body && sentence && letters >= 40 && linked * 2 < letters;
  }
};

struct Standing {  // of an element, from its ancestors
  Zone zone = Zone::Body;
  bool link = false;
};

std::size_t visible_bytes(const char* text) {
  std::size_t count = 0;
  for (; *text != '\0'; ++text) count += static_cast<unsigned char>(*text) > ' ';
  return count;
}

bool ends_sentence(const char* text, bool before) {
  string_view view(text);
  while (!view.empty() && static_cast<unsigned char>(view.back()) <= ' ') view.remove_suffix(1);
  if (view.empty()) return before;
  for (const string_view quote : {"\"", "'", ")", "\u201D", "\u2019"})
    if (view.ends_with(quote) && view.size() > quote.size()) view.remove_suffix(quote.size());
  return view.ends_with('.') || view.ends_with('!') || view.ends_with('?') ||
         view.ends_with(':') || view.ends_with("\u2026") || view.ends_with(';');
}

class Blocks {
 public:
  explicit Blocks(const GumboNode* root) {
    std::unordered_map<const GumboNode*, Standing> standing;
    const GumboNode* block_of = root;
    visit(root, [&](const GumboNode* node) {
      if (is_element(node)) {
        if (is_left_out(node)) return false;
        Standing here = node == root ? Standing{} : standing[node->parent];
        const Zone told = zone_told(node);
        if (told != Zone::Body && here.zone != Zone::Boilerplate) here.zone = told;
        here.link = here.link || tag_of(node) == GUMBO_TAG_A;
        standing[node] = here;
        if (tag_of(node) == GUMBO_TAG_BR) add({nullptr}, here, node->parent);
        return true;
      }
      if (node->type == GUMBO_NODE_COMMENT) return false;
      const GumboNode* holder = node->parent;
      while (holder != root && !is_block(tag_of(holder))) holder = holder->parent;
      if (holder != block_of || between_blocks(node)) close();
      block_of = holder;
      add({node}, standing[node->parent], holder);
      return true;
    });
    close();
  }
  const std::vector<Block>& all() const { return blocks_; }

 private:
  // A block element ended or began since the last text, though both stand in the same element.
  bool between_blocks(const GumboNode* node) const {
    if (node->index_within_parent == 0 || !is_block(tag_of(node->parent))) return false;
    const auto& children = node->parent->v.element.children;
    const auto* before = static_cast<const GumboNode*>(children.data[node->index_within_parent - 1]);
    return is_block(tag_of(before));
  }
  void add(Piece piece, const Standing& standing, const GumboNode* holder) {
    open_.parent = holder;
    if (open_.pieces.empty()) open_.zone = standing.zone;
    open_.pieces.push_back(piece);
    if (piece.node == nullptr) return;
    const std::size_t bytes = visible_bytes(piece.node->v.text.text);
    if (bytes > 0 && open_.letters == 0) open_.zone = standing.zone;
    open_.letters += bytes;
    if (standing.link) open_.linked += bytes;
    open_.sentence = ends_sentence(piece.node->v.text.text, open_.sentence);
  }
  void close() {
    if (open_.letters > 0) blocks_.push_back(std::move(open_));
    open_ = {};
  }
  std::vector<Block> blocks_;
  Block open_;
};

// The deepest element that holds nearly all prose of the page: its article. An element that calls
// itself the article and has most of the prose wins at once.
const GumboNode* find_article(const GumboNode* root, const std::vector<Block>& blocks) {
  std::unordered_map<const GumboNode*, std::size_t> prose;
  std::size_t all = 0;
  for (const Block& block : blocks) {
    if (!block.prose()) continue;
    const std::size_t weight = block.letters - block.linked;
    all += weight;
    for (const GumboNode* node = block.parent; node != nullptr; node = node->parent) {
      if (node->type == GUMBO_NODE_DOCUMENT) break;
      prose[node] += weight;
    }
  }
  if (all == 0) return root;
  const GumboNode* best = root;
  const GumboNode* named = nullptr;
  visit(root, [&](const GumboNode* node) {
    const auto found = prose.find(node);
    if (found == prose.end()) return false;
    const bool calls = attribute(node, "itemprop") == "articleBody" ||
                       tag_of(node) == GUMBO_TAG_ARTICLE || attribute(node, "role") == "article";
    if (calls && found->second * 2 > all) named = node;
    if (found->second * 10 >= all * 8) best = node;
    return true;
  });
  return named != nullptr ? named : best;
}

bool holds(const GumboNode* outer, const GumboNode* node) {
  for (; node != nullptr; node = node->parent)
    if (node == outer) return true;
  return false;
}

// ---- From blocks to text with its places.

class Writer {
 public:
  Writer(string_view html, Page& page)
      : html_(html), characters_(html), text_(page, PageText::Counts::Characters) {}

  void write(const Block& block) {
    text_.begin_line(zone_of(block));
    int breaks = 0;  // one <br> is a blank, two part paragraphs
    for (const Piece& piece : block.pieces) {
      if (piece.node == nullptr) {
        if (++breaks == 2) text_.begin_line(zone_of(block));
        text_.blank();
      } else {
        if (piece.node->type != GUMBO_NODE_WHITESPACE) breaks = 0;
        write(piece.node);
      }
    }
  }
  void finish() { text_.finish(); }

 private:
  static Zone zone_of(const Block& block) {
    const bool links = block.zone == Zone::Body && block.linked * 3 > block.letters * 2;
    return links ? Zone::Boilerplate : block.zone;
  }

  // The text of a node, character by character beside the source it was decoded from: one entity is
  // one character, and everything else stands as it is read.
  void write(const GumboNode* node) {
    const string_view text = node->v.text.text;
    const string_view raw(node->v.text.original_text.data, node->v.text.original_text.length);
    const std::size_t start = std::size_t(raw.data() - html_.data());
    const bool inside = raw.data() >= html_.data() && start + raw.size() <= html_.size();
    std::size_t source = 0;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t length = 1;
      while (at + length < text.size() && (text[at + length] & 0xC0) == 0x80) ++length;
      const string_view character = text.substr(at, length);
      if (static_cast<unsigned char>(character[0]) <= ' ' || character == "\u00A0")
        text_.blank();
      else if (character != "\u200B" && character != "\u00AD" && character != "\uFEFF") {
        if (inside) text_.from(characters_.character_of(start + std::min(source, raw.size())));
        text_.add(character);
      }
      at += length;
      source += source_length(raw.substr(std::min(source, raw.size())), character);
    }
  }

  static std::size_t source_length(string_view raw, string_view character) {
    if (raw.starts_with("\r\n")) return 2;  // HTML reads one line end
    if (!raw.starts_with('&')) return raw.starts_with(character) ? character.size() : 1;
    std::size_t end = 1;
    while (end < raw.size() && end < 34 &&
           (is_letter(raw[end]) || (raw[end] >= '0' && raw[end] <= '9') || raw[end] == '#'))
      ++end;
    const bool closed = end < raw.size() && raw[end] == ';';
    if (character == "&" && raw.substr(0, 4) != "&amp" && raw.substr(0, 5) != "&#38;" && !closed)
      return 1;
    return end + (closed ? 1 : 0);
  }

  string_view html_;
  CharacterMap characters_;
  PageText text_;
};

void write_page(const GumboNode* root, string_view html, Page& page) {
  const Blocks blocks(root);
  const GumboNode* article = find_article(root, blocks.all());
  Writer writer(html, page);
  const auto inside = [&](const Block& block) { return holds(article, block.parent); };
  const auto title = [](const Block& block) { return tag_of(block.parent) == GUMBO_TAG_H1; };
  const bool has_title = std::any_of(blocks.all().begin(), blocks.all().end(), [&](const Block& b) {
    return title(b) && inside(b);
  });
  bool begun = has_title;
  for (const Block& block : blocks.all()) {
    const bool belongs = inside(block);
    // The title often stands above the article; then it is the first line.
    if (!belongs && (begun || !title(block))) continue;
    begun = true;
    writer.write(block);
  }
  writer.finish();
}

struct Destroy {
  void operator()(GumboOutput* output) const {
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  }
};
}  // namespace

std::string declared_charset(string_view html) {
  const std::string head = lower(html.substr(0, 2048));
  for (std::size_t at = head.find("<meta"); at != std::string::npos; at = head.find("<meta", at)) {
    const std::size_t end = std::min(head.find('>', at), head.size());
    const string_view meta = string_view(head).substr(at, end - at);
    at = end;
    auto place = meta.find("charset");
    if (place == string_view::npos) continue;
    place = meta.find_first_not_of(" \t\r\n=\"'", place + 7);
    if (place == string_view::npos) continue;
    return std::string(meta.substr(place, meta.find_first_of(" \t\r\n\"';>/", place) - place));
  }
  return {};
}

Result<Page> read_html(std::string bytes, string_view charset) {
  const std::string declared = charset.empty() ? declared_charset(bytes) : std::string(charset);
  auto decoded = decode("the page", std::move(bytes), declared);
  if (!decoded) return decoded.error();
  const std::string& html = decoded->text;
  if (nesting(html) > kDeepest)
    return Error{Code::LimitReached, "the page nests its tags more than " +
                                         std::to_string(kDeepest) + " deep"};
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const std::unique_ptr<GumboOutput, Destroy> tree(
      gumbo_parse_with_options(&options, html.data(), html.size()));
  if (!tree) return Error{Code::InvalidArgument, "the page cannot be taken apart"};

  Page page;
  page.charset = decoded->charset;
  auto meta = read_page_metadata(tree->root);
  page.metadata = std::move(meta.metadata), page.author = std::move(meta.author);
  write_page(tree->root, html, page);
  if (page.text.empty()) return Error{Code::InvalidArgument, "the page has no text"};
  return page;
}

}  // namespace entente
