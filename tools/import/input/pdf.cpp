#include "tools/import/input/pdf.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "schema/text.h"
#include "tools/import/input/child.h"

namespace entente {
namespace {
using std::string_view;

constexpr std::size_t kLargestBoxes = std::size_t{128} << 20;  // of pdftotext's XML

// ---- What pdftotext printed, as lines with their places.

struct Line {
  std::vector<std::string> words;
  double top = 0, bottom = 0, left = 0, right = 0;
  double height = 0;  // of its words: the size of the type

  std::string text() const {
    std::string joined;
    for (const std::string& word : words) joined += (joined.empty() ? "" : " ") + word;
    return joined;
  }
};

struct Block {
  int page = 0;  // from 1
  double page_height = 0;
  std::vector<Line> lines;
  bool running = false;  // a head, a foot or a page number
};

string_view attribute(string_view tag, string_view name) {
  const std::string key = " " + std::string(name) + "=\"";
  const auto at = tag.find(key);
  if (at == string_view::npos) return {};
  const string_view rest = tag.substr(at + key.size());
  return rest.substr(0, rest.find('"'));
}

double number(string_view tag, string_view name) {
  return std::strtod(std::string(attribute(tag, name)).c_str(), nullptr);
}

std::string without_entities(string_view text) {
  constexpr std::pair<string_view, char> kKnown[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string out;
  while (!text.empty()) {
    const auto* known = std::find_if(std::begin(kKnown), std::end(kKnown),
                                     [&](const auto& entity) { return text.starts_with(entity.first); });
    const bool entity = known != std::end(kKnown);
    out += entity ? known->second : text.front();
    text.remove_prefix(entity ? known->first.size() : 1);
  }
  return out;
}

// Ligatures as letters, and no soft hyphens: names are looked up by their letters.
std::string plain_letters(std::string text) {
  constexpr std::pair<string_view, string_view> kPlain[] = {
      {"\uFB00", "ff"}, {"\uFB01", "fi"}, {"\uFB02", "fl"}, {"\uFB03", "ffi"}, {"\uFB04", "ffl"}};
  for (const auto& [from, to] : kPlain)
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at))
      text.replace(at, from.size(), to);
  return text;
}

std::vector<Block> parse_boxes(string_view xml) {
  std::vector<Block> blocks;
  int page = 0;
  double page_height = 0;
  for (auto at = xml.find('<'); at != string_view::npos; at = xml.find('<', at)) {
    const auto end = xml.find('>', at);
    if (end == string_view::npos) break;
    const string_view tag = xml.substr(at + 1, end - at - 1);
    at = end + 1;
    if (tag.starts_with("page ")) {
      ++page, page_height = number(tag, "height");
    } else if (tag.starts_with("block ")) {
      blocks.push_back({page, page_height, {}, false});
    } else if (tag.starts_with("line ") && !blocks.empty()) {
      Line line;
      line.left = number(tag, "xMin"), line.right = number(tag, "xMax");
      line.top = number(tag, "yMin"), line.bottom = number(tag, "yMax");
      blocks.back().lines.push_back(std::move(line));
    } else if (tag.starts_with("word ") && !blocks.empty() && !blocks.back().lines.empty()) {
      Line& line = blocks.back().lines.back();
      const auto stop = std::min(xml.find('<', at), xml.size());
      std::string word = plain_letters(without_entities(xml.substr(at, stop - at)));
      line.height = std::max(line.height, number(tag, "yMax") - number(tag, "yMin"));
      if (!word.empty()) line.words.push_back(std::move(word));
      at = stop;
    }
  }
  for (Block& block : blocks)
    std::erase_if(block.lines, [](const Line& line) { return line.words.empty(); });
  std::erase_if(blocks, [](const Block& block) { return block.lines.empty(); });
  return blocks;
}

// ---- What is a paragraph, and what only stands on every page.

// With digits as one sign: "Page 3 of 9" and "Page 4 of 9" are one head.
std::string without_numbers(string_view text) {
  std::string out;
  for (const char c : text) {
    if (c < '0' || c > '9')
      out += c;
    else if (!out.ends_with('#'))
      out += '#';
  }
  return out;
}

void mark_running(std::vector<Block>& blocks) {
  std::unordered_map<std::string, std::unordered_set<int>> pages;
  const auto at_edge = [](const Block& block) {
    const double margin = block.page_height * 0.09;
    return block.lines.size() <= 2 && (block.lines.back().bottom < margin ||
                                       block.lines.front().top > block.page_height - margin);
  };
  for (const Block& block : blocks)
    if (at_edge(block)) pages[without_numbers(block.lines.front().text())].insert(block.page);
  for (Block& block : blocks) {
    if (!at_edge(block)) continue;
    const std::string text = without_numbers(block.lines.front().text());
    block.running = text == "#" || pages[text].size() >= 2;
  }
}

double usual_height(const std::vector<Block>& blocks) {
  std::unordered_map<int, std::size_t> letters;  // by tenths of a point
  for (const Block& block : blocks)
    for (const Line& line : block.lines)
      for (const std::string& word : line.words) letters[int(line.height * 10)] += word.size();
  int usual = 0;
  std::size_t most = 0;
  for (const auto& [height, count] : letters)
    if (count > most || (count == most && height < usual)) usual = height, most = count;
  return usual / 10.0;
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }

bool ends_sentence(string_view text) {
  while (text.ends_with('"') || text.ends_with(')')) text.remove_suffix(1);
  if (text.ends_with("\u201D")) text.remove_suffix(3);
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':');
}

// The words of all lines, for a word that a line's end cut: was it "sup-pliers" or "long-term"?
class Words {
 public:
  explicit Words(const std::vector<Block>& blocks) {
    for (const Block& block : blocks)
      for (const Line& line : block.lines)
        for (const std::string& word : line.words) words_.insert(bare(word));
  }
  // Whether `first` (with its hyphen) and `second` are one word without it.
  bool joins(string_view first, string_view second) const {
    const std::string start = bare(first.substr(0, first.size() - 1)), end = bare(second);
    if (words_.contains(start + end)) return true;
    return !words_.contains(start + "-" + end) && is_lower(second.front());
  }

 private:
  static std::string bare(string_view word) {
    std::string low;
    for (const char c : word)
      if (is_letter(c) || c == '-' || (c & 0x80) != 0) low += c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    while (low.ends_with('-')) low.pop_back();
    return low;
  }
  std::unordered_set<std::string> words_;
};

class Composer {
 public:
  Composer(Page& page, const std::vector<Block>& blocks)
      : text_(page, PageText::Counts::Pages), words_(blocks), usual_(usual_height(blocks)) {}

  void add(const Block& block) {
    if (block.running) return waiting_.push_back(&block);
    const bool large = block.lines.size() <= 3 && block.lines.front().height > usual_ * 1.2;
    const bool goes_on = !large && !last_large_ && !last_.empty() && !ends_sentence(last_) &&
                         is_lower(block.lines.front().words.front().front());
    if (!goes_on) begin(large ? Zone::Headline : Zone::Body);
    last_large_ = large;
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
      if (i > 0 && !large && begins_paragraph(block, i)) begin(Zone::Body);
      add(block.lines[i], block.page);
    }
  }
  void finish() {
    begin(Zone::Body);
    text_.finish();
  }

 private:
  // Heads that stood in the middle of a paragraph follow it.
  void begin(Zone zone) {
    for (const Block* head : waiting_) {
      text_.begin_line(Zone::Boilerplate);
      last_.clear();
      for (const Line& line : head->lines) add(line, head->page);
    }
    waiting_.clear();
    text_.begin_line(zone);
    last_.clear();
  }

  // Indented, or after a line that ends a sentence well before the edge.
  bool begins_paragraph(const Block& block, std::size_t at) const {
    const Line &before = block.lines[at - 1], &line = block.lines[at];
    double left = line.left, right = line.right;
    for (const Line& other : block.lines)
      left = std::min(left, other.left), right = std::max(right, other.right);
    if (!ends_sentence(before.words.back()) || is_lower(line.words.front().front())) return false;
    return line.left > left + usual_ * 0.8 || before.right < right - usual_ * 3 ||
           line.top - before.bottom > usual_ * 0.8;
  }

  void add(const Line& line, int page) {
    text_.from(std::uint64_t(page));
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      string_view word = line.words[i];
      if (held_) {  // the word before ended its line with a hyphen
        if (!words_.joins(*held_, word)) text_.add("-");
        held_.reset();
      } else {
        text_.blank();
      }
      const bool cut = i + 1 == line.words.size() && word.size() > 2 && word.ends_with('-') &&
                       is_letter(word[word.size() - 2]);
      if (cut) {
        held_ = std::string(word);
        word.remove_suffix(1);
      }
      text_.add(word);
      last_ = word;
    }
  }

  PageText text_;
  Words words_;
  double usual_;
  std::optional<std::string> held_;
  std::string last_;  // word of the paragraph
  bool last_large_ = false;
  std::vector<const Block*> waiting_;
};

std::string title_of(const std::vector<Block>& blocks) {
  const double usual = usual_height(blocks);
  const Block* best = nullptr;
  for (const Block& block : blocks) {
    if (block.page > 1) break;
    const double height = block.lines.front().height;
    if (block.running || block.lines.size() > 4 || height <= usual * 1.2) continue;
    if (best == nullptr || height > best->lines.front().height) best = &block;
  }
  if (best == nullptr) return {};
  std::string title;
  for (const Line& line : best->lines) title += (title.empty() ? "" : " ") + line.text();
  return title.substr(0, 300).size() == title.size() ? title : std::string{};
}

// ---- The child.

Result<std::string> run_pdftotext(int descriptor) {
  auto tool = Child::start({.program = "pdftotext",
                            .arguments = {"pdftotext", "-bbox-layout", "-enc", "UTF-8", "-q", "-l",
                                          std::to_string(kMostPages + 1), "-", "-"},
                            .input = descriptor,
                            .errors_as_ours = true});
  if (!tool)
    return Error{Code::Unavailable,
                 "PDF is read by pdftotext, which is not there: install poppler-utils"};
  const rlimit memory = {rlim_t{1} << 30, rlim_t{1} << 30};
  ::prlimit(tool->number(), RLIMIT_AS, &memory, nullptr);  // also where we are not limited ourselves
  auto xml = tool->hear(kLargestBoxes);
  const int status = tool->end(!xml);
  if (!xml) return xml.error();
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGXCPU || signal == SIGKILL)
      return Error{Code::LimitReached, "it takes more time than one document may"};
    return Error{Code::Corruption, "it made pdftotext crash (signal " + std::to_string(signal) + ")"};
  }
  if (WEXITSTATUS(status) == 3) return Error{Code::InvalidArgument, "it is locked by a password"};
  if (WEXITSTATUS(status) != 0 && !xml->empty())  // it had begun: poppler ends so without memory
    return Error{Code::LimitReached, "it takes more memory than one document may"};
  if (WEXITSTATUS(status) != 0)
    return Error{Code::InvalidArgument, "it is no PDF that pdftotext can read"};
  return std::move(*xml);
}
}  // namespace

Result<Page> read_boxes(string_view xml) {
  if (find_utf8_fault(xml)) return Error{Code::InvalidArgument, "its text is no UTF-8"};
  std::vector<Block> blocks = parse_boxes(xml);
  if (blocks.empty())
    return Error{Code::InvalidArgument,
                 "it has no text: a scan, perhaps; make the text with OCR first"};
  if (blocks.back().page > kMostPages)
    return Error{Code::LimitReached,
                 "it has more than " + std::to_string(kMostPages) + " pages; split it"};
  mark_running(blocks);
  Page page;
  page.metadata.title = title_of(blocks);
  Composer composer(page, blocks);
  for (const Block& block : blocks) composer.add(block);
  composer.finish();
  return page;
}

Result<Page> read_pdf(int descriptor) {
  const auto xml = run_pdftotext(descriptor);
  if (!xml) return xml.error();
  return read_boxes(*xml);
}

}  // namespace entente
