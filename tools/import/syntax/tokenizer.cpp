#include "tools/import/syntax/tokenizer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>
#include <utility>

#include "tools/import/syntax/abbreviations.h"

namespace entente {
namespace {

using syntax::abbreviation;
using syntax::Abbreviation;

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

constexpr std::string_view kSpaces[] = {" ", "\t", "\n", "\r", "\u00A0", "\u2009", "\u200A",
                                        "\u202F", "\u2002", "\u2003", "\u200B", "\uFEFF"};
// Marks that stand alone at the front or the back of a word, longest first.
constexpr std::string_view kFront[] = {"...", "…", "``", "''", "\"", "“", "”", "„", "«", "‘",
                                       "'",   "(", "[",  "{",  "<",  "¿", "¡", "—", "–", "--",
                                       "-",   "•", "*",  "$",  "€",  "£", "¥", "#", "~", "/",
                                       ":",   ",", ";",  "’",  "=",  ">", "+", "§"};
constexpr std::string_view kBack[] = {"...", "…", "``", "''", "\"", "“", "”", "»", "’", "'",
                                      ")",   "]", "}",  ">",  "—",  "–", "--", "-", ",", ";",
                                      ":",   "!", "?",  "%",  "*",  "/", "‰", "°", "‘", "="};
constexpr std::string_view kInside[] = {"...", "…", "—", "--", "–", "\"", "“", "”", "(", ")",
                                        "[",   "]", ";", "!",  "?", "="};
constexpr std::string_view kClitics[] = {"'s", "'re", "'ve", "'ll", "'d", "'m"};
// Prefixes that UD English leaves on their words.
constexpr std::string_view kPrefixes[] = {
    "anti", "ante", "arch", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper",
    "inter", "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mis", "multi", "neo", "non",
    "over", "pan", "para", "post", "pre", "pro", "proto", "pseudo", "psycho", "quasi", "re", "semi",
    "socio", "sub", "super", "trans", "tri", "ultra", "un", "under", "uni", "vice"};
constexpr std::string_view kUnits[] = {"am", "pm", "m", "bn", "b", "k", "tn", "km", "kg", "g",
                                       "mg", "ml", "mm", "cm", "mph", "gb", "mb", "tb", "kw", "mw",
                                       "gw", "ft", "lb", "lbs", "kwh", "hz", "ghz", "mhz"};

bool one_of(std::span<const std::string_view> list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::size_t starts_with_any(std::string_view text, std::span<const std::string_view> marks) {
  for (const auto mark : marks)
    if (text.starts_with(mark)) return mark.size();
  return 0;
}
std::size_t ends_with_any(std::string_view text, std::span<const std::string_view> marks) {
  for (const auto mark : marks)
    if (text.ends_with(mark)) return mark.size();
  return 0;
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Of the spaces above, none begins with another byte; most bytes of a text are told so at once.
bool may_be_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\xC2' || c == '\xE2' || c == '\xEF';
}

std::size_t space_at(std::string_view text) {
  return may_be_space(text[0]) ? starts_with_any(text, kSpaces) : 0;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (is_upper(c)) c = static_cast<char>(c + 32);
  return out;
}

bool is_address(std::string_view word) {
  if (word.find("://") != word.npos || lower(word.substr(0, 4)) == "www.") return true;
  const auto at = word.find('@');
  return at != word.npos && (at == 0 || word.find('.', at) != word.npos) && at + 1 < word.size();
}

// A piece of a substance's name that says where something hangs: "4", "2,5", "N", "3a".
bool is_locant(std::string_view part) {
  if (part.empty() || part.size() > 5) return false;
  if (part == "N" || part == "N,N" || part == "O" || part == "alpha" || part == "beta" ||
      part == "α" || part == "β")
    return true;
  if (!is_digit(part[0])) return false;
  std::size_t run = 0;
  for (const char c : part) {
    run = is_digit(c) ? run + 1 : 0;
    if (run > 2 || (!is_digit(c) && c != ',' && c != '\'' && c != 'a' && c != 'b')) return false;
  }
  return true;
}

bool names_substance(std::string_view part) {
  const std::string word = lower(part);
  static constexpr std::string_view kEnds[] = {"ine",  "one",  "ol",   "ate",  "ide",  "yl",
                                               "ane",  "ene",  "acid", "oxy",  "anil", "idine",
                                               "amide", "anyl", "ester", "oic", "azene"};
  return word.size() >= 6 && ends_with_any(word, kEnds) != 0;
}

// "1-boc-4-AP", "4-ANPP", "3-methylfentanyl", "N-phenethyl-4-piperidone": whole. "15-year",
// "3-to-1", "F-16": not.
bool is_substance(std::string_view word) {
  std::size_t locants = 0, parts = 0, capitals = 0, chemical = 0, letters = 0;
  bool first_is_locant = false;
  for (std::size_t from = 0; from <= word.size();) {
    const std::size_t dash = std::min(word.find('-', from), word.size());
    const auto part = word.substr(from, dash - from);
    const bool locant = is_locant(part);
    if (parts == 0) first_is_locant = locant;
    ++parts;
    locants += locant;
    if (!locant) {
      letters += !part.empty() && std::all_of(part.begin(), part.end(), is_letter);
      capitals += part.size() >= 2 && part.size() <= 6 && is_upper(part[0]) && is_upper(part[1]);
      chemical += names_substance(part);
    }
    from = dash + 1;
  }
  if (parts < 2 || locants == 0 || locants == parts) return false;
  if (chemical != 0) return true;
  return first_is_locant && (capitals != 0 || locants >= 2) && letters + locants >= parts;
}

class Cutter {
 public:
  explicit Cutter(std::string_view sentence) : sentence_(sentence) {
    tokens_.reserve(sentence.size() / 6 + 2);
  }

  std::vector<Token> run() && {
    std::size_t at = 0;
    while (at < sentence_.size()) {
      if (const auto space = space_at(sentence_.substr(at))) {
        at += space;
        continue;
      }
      std::size_t end = at;
      while (end < sentence_.size() && is_ascii_letter(sentence_[end])) ++end;
      // Letters alone have no marks, hyphens or clitics to look for: most words of most texts.
      if (end == sentence_.size() || space_at(sentence_.substr(end)) != 0) {
        const std::size_t cut = fused(text(at, end));
        emit(at, cut == std::string_view::npos ? end : at + cut);
        if (cut != std::string_view::npos) emit(at + cut, end);
      } else {
        while (end < sentence_.size() && space_at(sentence_.substr(end)) == 0) ++end;
        chunk(at, end);
      }
      at = end;
    }
    return std::move(tokens_);
  }

 private:
  std::string_view text(std::size_t from, std::size_t to) const {
    return sentence_.substr(from, to - from);
  }
  void emit(std::size_t from, std::size_t to) {
    if (from < to) tokens_.push_back({text(from, to), static_cast<std::uint32_t>(from)});
  }

  // What stands between two spaces: marks in front, marks behind, and a word in the middle.
  void chunk(std::size_t from, std::size_t to) {
    if (from >= to) return;
    if (is_run(text(from, to))) return emit(from, to);
    while (from < to) {
      const auto word = text(from, to);
      if (clitic_at(word, 0) == word.size()) break;
      std::size_t mark = starts_with_any(word, kFront);
      if (mark == 0) break;
      const char first = word[0];
      while (mark < word.size() && (first == '-' || first == '*' || first == '=' || first == '.') &&
             word[mark] == first)
        ++mark;  // a run of dashes or stars is one mark
      emit(from, from + mark);
      from += mark;
    }
    std::vector<std::size_t> back;  // where the marks behind begin, last one first
    std::size_t end = to;
    while (from < end) {
      const auto word = text(from, end);
      if (is_address(word) && (word.back() == '/' || word.back() == '=')) break;
      std::size_t mark = ends_with_any(word, kBack);
      if (mark == 0 && word.back() == '.' && word.size() > 1 && !keeps_stop(word)) mark = 1;
      if (mark == 0 || mark == word.size()) break;
      const char last = word.back();
      if (last == '-' || last == '*' || last == '=' || last == '!' || last == '?' ||
          (last == '.' && mark == 3))
        while (mark < word.size() && word[word.size() - mark - 1] == last) ++mark;
      if (mark == word.size()) break;
      end -= mark;
      back.push_back(end);
    }
    middle(from, end);
    for (std::size_t i = back.size(); i-- > 0;) emit(back[i], i == 0 ? to : back[i - 1]);
  }

  // "-----", "!!", "...": one mark, however long.
  static bool is_run(std::string_view word) {
    return std::string_view("-*=!?._~#+").find(word[0]) != std::string_view::npos &&
           word.find_first_not_of(word[0]) == word.npos;
  }

  bool keeps_stop(std::string_view word) const {
    const auto kind = abbreviation(word);
    if (kind != Abbreviation::None) return true;
    // "non-U.S.": the part after the last dash decides.
    const auto dash = word.rfind('-');
    return dash != word.npos && !is_address(word) &&
           abbreviation(word.substr(dash + 1)) == Abbreviation::Letters;
  }

  void middle(std::size_t from, std::size_t to) {
    if (from >= to) return;
    const auto word = text(from, to);
    if (is_address(word)) return emit(from, to);
    for (std::size_t i = 1; i < word.size(); ++i) {
      if (std::size_t mark = starts_with_any(word.substr(i), kInside)) {
        while (word[i] == '-' && i + mark < word.size() && word[i + mark] == '-') ++mark;
        middle(from, from + i);
        emit(from + i, from + i + mark);
        return chunk(from + i + mark, to);
      }
    }
    if (is_substance(word)) return emit(from, to);
    if (const std::size_t slash = word.find('/'); slash != word.npos && splits_at_slash(word)) {
      middle(from, from + slash);
      emit(from + slash, from + slash + 1);
      return chunk(from + slash + 1, to);
    }
    hyphens(from, to);
  }

  static bool splits_at_slash(std::string_view word) {
    const auto slash = word.find('/');
    if (slash == 0 || slash + 1 == word.size()) return false;
    if (slash == 1 && word.size() == 3) return false;  // "w/o", "l/c"
    return !(is_digit(word[slash - 1]) && is_digit(word[slash + 1]));
  }

  void hyphens(std::size_t from, std::size_t to) {
    const auto word = text(from, to);
    const bool has_letters = std::any_of(word.begin(), word.end(), is_letter);
    const auto dashes = std::count(word.begin(), word.end(), '-');
    if (!has_letters && dashes >= 2) return emit(from, to);  // telephone numbers, dates
    std::size_t start = 0;  // of the part now growing
    std::size_t part = 0;   // of the piece after the last dash
    for (std::size_t dash = word.find('-'); dash != word.npos; dash = word.find('-', dash + 1)) {
      const auto before = word.substr(part, dash - part);
      const bool more = dash + 1 < word.size();
      part = dash + 1;
      if (dash == 0 || !more || word[dash + 1] == '-') continue;
      if (one_of(kPrefixes, lower(before)) && is_letter(word[dash + 1])) continue;
      clitics(from + start, from + dash);
      emit(from + dash, from + dash + 1);
      start = dash + 1;
    }
    clitics(from + start, to);
  }

  // Length of the clitic that begins at `at` and ends the word, 0 if there is none.
  static std::size_t clitic_at(std::string_view word, std::size_t at) {
    std::string tail = lower(word.substr(at));
    if (tail.starts_with("’")) tail.replace(0, std::string_view("’").size(), "'");
    return one_of(kClitics, tail) ? word.size() - at : 0;
  }

  void clitics(std::size_t from, std::size_t to) {
    const auto word = text(from, to);
    std::size_t cut = word.npos;
    const std::size_t nt = word.ends_with("n’t") || word.ends_with("N’T") ? 5
                           : word.ends_with("n't") || word.ends_with("N'T") ? 3
                                                                            : 0;
    if (nt != 0 && nt < word.size()) cut = word.size() - nt;
    for (std::size_t i = 1; cut == word.npos && i < word.size(); ++i)
      if ((word[i] == '\'' || word.substr(i).starts_with("’")) && clitic_at(word, i) != 0) cut = i;
    if (cut == word.npos) cut = fused(word);
    if (cut == word.npos) return emit(from, to);
    clitics(from, from + cut);
    emit(from + cut, to);
  }

  // Two words written as one: "cannot", "gonna", "50m".
  static std::size_t fused(std::string_view word) {
    if (word.size() == 5 || word.size() == 6) {
      const std::string small = lower(word);
      if (small == "cannot" || small == "gonna" || small == "gotta" || small == "wanna") return 3;
    }
    if (!is_digit(word[0])) return word.npos;
    std::size_t digits = 0;
    while (digits < word.size() &&
           (is_digit(word[digits]) || word[digits] == '.' || word[digits] == ','))
      ++digits;
    if (digits == word.size() || !one_of(kUnits, lower(word.substr(digits)))) return word.npos;
    return digits;
  }

  std::string_view sentence_;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view sentence) { return Cutter(sentence).run(); }

}  // namespace entente
