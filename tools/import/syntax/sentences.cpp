#include "tools/import/syntax/sentences.h"

#include <algorithm>
#include <string>
#include <utility>

#include "tools/import/syntax/abbreviations.h"

namespace entente {
namespace {

using syntax::abbreviation;
using syntax::Abbreviation;

constexpr std::string_view kClosers[] = {"\"", "'", "”", "’", "»", ")", "]", "''"};
constexpr std::string_view kOpeners[] = {"\"", "'", "“", "‘", "«", "„", "(", "[", "``", "—", "-"};
// Words that open sentences much more often than they follow a name that ends in a stop.
constexpr std::string_view kStarters =
    " The A An It Its He His She Her They Their We Our I You This That These Those There Here In On"
    " At By For From With After Before During Since Until While When Where If As But And Or So Yet"
    " However Meanwhile Moreover Still Also Although Though Because Despite Some Many Most Several"
    " Both Each Another Other Such No Not What Who Why How Last Earlier Later Today Officials"
    " According Under Over To ";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<ByteSpan> run() {
    std::size_t begin = skip_spaces(0);
    for (std::size_t i = begin; i < text_.size();) {
      if (const std::size_t end = ends_here(i)) {
        add(begin, end);
        begin = i = skip_spaces(end);
      } else {
        ++i;
      }
    }
    add(begin, text_.size());
    return std::move(spans_);
  }

 private:
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  std::size_t skip_spaces(std::size_t i) const {
    while (i < text_.size()) {
      if (is_space(text_[i])) ++i;
      else if (text_.substr(i).starts_with("\u00A0")) i += 2;
      else break;
    }
    return i;
  }
  template <std::size_t N>
  std::size_t skip_any(std::size_t i, const std::string_view (&marks)[N]) const {
    for (bool moved = true; moved;) {
      moved = false;
      for (const auto mark : marks) {
        if (!text_.substr(i).starts_with(mark)) continue;
        i += mark.size();
        moved = true;
      }
    }
    return i;
  }

  // Footnote marks and a lost closing quote belong to what they follow: "agreed. [12] The".
  std::size_t skip_notes(std::size_t end) const {
    for (std::size_t i = skip_spaces(end); i < text_.size(); i = skip_spaces(end)) {
      std::size_t to = i + 1;
      if (text_[i] == '[') {
        while (is_digit(at(to))) ++to;
        if (at(to) != ']' || to == i + 1) break;
        ++to;
      } else if (text_[i] != '"' && text_[i] != '\'') {
        break;
      }
      if (to < text_.size() && !is_space(text_[to])) break;
      end = to;
    }
    return end;
  }

  void add(std::size_t begin, std::size_t end) {
    while (end > begin && is_space(text_[end - 1])) --end;
    if (begin < end) spans_.push_back({begin, end});
  }

  // The end of the sentence if the mark at `i` ends one, else 0.
  std::size_t ends_here(std::size_t i) const {
    if (text_[i] == '\n') return blank_line(i) ? i : 0;
    const bool ellipsis = text_.substr(i).starts_with("…");
    if (!ellipsis && text_[i] != '.' && text_[i] != '!' && text_[i] != '?') return 0;
    std::size_t end = i + (ellipsis ? 3 : 1);
    while (at(end) == '.' || at(end) == '!' || at(end) == '?') ++end;
    const std::size_t marks_end = end;
    end = skip_notes(skip_any(end, kClosers));
    const std::size_t next = skip_spaces(end);
    if (next >= text_.size()) return end;
    const bool plain_stop = marks_end == i + 1 && text_[i] == '.';
    // `he left. "Why?"`: with a space before the quote, the quote opens what comes next.
    if (next == end) return glued(i, end, plain_stop) ? end : 0;
    if (!may_open(next)) return 0;
    if (plain_stop && end == marks_end && binds(i, next)) return 0;
    return end;
  }

  bool blank_line(std::size_t i) const {
    ++i;
    while (at(i) == ' ' || at(i) == '\t' || at(i) == '\r') ++i;
    return at(i) == '\n';
  }

  // May a sentence open at `i`? Not with a small letter, and not with a closing mark.
  bool may_open(std::size_t i) const {
    for (const std::string_view dash : {"—", "–", "--", "- "})
      if (text_.substr(i).starts_with(dash)) return false;
    const std::size_t word = skip_any(i, kOpeners);
    const char c = at(word);
    if (is_lower(c)) return text_.substr(word, 2) == "al" && at(word + 2) == '-';
    return is_upper(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80 || word > i ||
           c == '$' || c == '#';
  }

  std::string_view word_before(std::size_t stop) const {
    std::size_t from = stop;
    while (from > 0 && !is_space(text_[from - 1]) && text_[from - 1] != '(' &&
           text_[from - 1] != '"' && text_[from - 1] != '-' &&
           static_cast<unsigned char>(text_[from - 1]) < 0x80)
      --from;
    return text_.substr(from, stop + 1 - from);
  }

  bool opens_sentences(std::size_t i) const {
    const std::size_t from = skip_any(i, kOpeners);
    std::size_t to = from;
    while (is_upper(at(to)) || is_lower(at(to))) ++to;
    if (to == from) return false;
    std::string word(1, ' ');
    word += text_.substr(from, to - from);
    word += ' ';
    return kStarters.find(word) != kStarters.npos;
  }

  // Does the stop at `stop` belong to its word, so that the sentence goes on at `next`?
  bool binds(std::size_t stop, std::size_t next) const {
    const auto word = word_before(stop);
    switch (abbreviation(word)) {
      case Abbreviation::None: return enumerates(stop, word);
      case Abbreviation::Title: return true;
      case Abbreviation::Counted: return is_digit(at(next)) || !opens_sentences(next);
      case Abbreviation::Other: return !opens_sentences(next);
      case Abbreviation::Letters:
        // "J. Smith", "George W. Bush"; but "Plan B. The" and "the U.S. The".
        return !opens_sentences(next);
    }
    return false;
  }

  // "1. China": a number at the very start counts what follows.
  bool enumerates(std::size_t stop, std::string_view word) const {
    if (word.size() > 3 || !std::all_of(word.begin(), word.end() - 1, is_digit)) return false;
    const std::size_t start = stop + 1 - word.size();
    const std::size_t begin = spans_.empty() ? 0 : spans_.back().end;
    return word.size() > 1 && skip_spaces(begin) == start;
  }

  // A stop without a space behind it: "agreed.Beijing", "agreed.”Beijing".
  bool glued(std::size_t stop, std::size_t end, bool plain_stop) const {
    std::size_t before = stop;
    while (before > 0 && is_lower(text_[before - 1])) --before;
    if (stop - before < 2 && !(stop > 0 && is_digit(text_[stop - 1]) && end > stop + 1))
      return false;
    const std::size_t next = skip_any(end, kOpeners);
    if (!is_upper(at(next))) return false;
    if (!is_lower(at(next + 1)) && at(next + 1) != ' ' && at(next + 1) != '.') return false;
    if (!plain_stop || end > stop + 1 || next > end) return true;
    // Addresses have further stops, slashes and at signs; sentences have spaces.
    std::size_t from = stop, to = next;
    while (from > 0 && !is_space(text_[from - 1])) --from;
    while (to < text_.size() && !is_space(text_[to])) ++to;
    const auto chunk = text_.substr(from, to - from);
    if (chunk.find('@') != chunk.npos || chunk.find("://") != chunk.npos ||
        chunk.starts_with("www."))
      return false;
    const auto word = text_.substr(next, to - next);
    return word != "Com" && word != "Net" && word != "Org";
  }

  std::string_view text_;
  std::vector<ByteSpan> spans_;
};

}  // namespace

std::vector<ByteSpan> split_sentences(std::string_view paragraph) {
  return Splitter(paragraph).run();
}

}  // namespace entente
