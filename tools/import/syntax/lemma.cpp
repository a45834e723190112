#include "tools/import/syntax/lemma.h"

#include <string>

#include "tools/import/syntax/lemma_words.h"

namespace entente {
namespace {

using namespace syntax;

std::string between_spaces(std::string_view word) {
  std::string out(1, ' ');
  out += word;
  out += ' ';
  return out;
}

bool listed(std::string_view list, std::string_view word) {
  return list.find(between_spaces(word)) != list.npos;
}

// The word after `form` in a list of pairs.
std::string_view paired(std::string_view list, std::string_view form) {
  const std::string wanted = between_spaces(form);
  for (std::size_t at = list.find(wanted); at != list.npos; at = list.find(wanted, at + 1)) {
    // Forms stand at even places; count the spaces before to tell a form from a lemma.
    std::size_t place = 0;
    for (const char c : list.substr(0, at)) place += c == ' ';
    if (place % 2 != 0) continue;
    const auto rest = list.substr(at + wanted.size());
    return rest.substr(0, rest.find(' '));
  }
  return {};
}

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }
bool has_vowel(std::string_view s) { return s.find_first_of("aeiouy") != s.npos; }

// Does the stem left by -ed or -ing want its e back: "announc" + e?
bool wants_e(std::string_view stem) {
  if (listed(kNoE, stem)) return false;
  if (listed(kWithE, stem)) return true;
  const auto ends = [&](std::string_view tail) { return stem.ends_with(tail); };
  const std::size_t n = stem.size();
  const char last = stem[n - 1];
  const char before = n > 1 ? stem[n - 2] : ' ';
  const bool after_qu = n > 3 && stem[n - 3] == 'u' && stem[n - 4] == 'q';  // "requir" + e
  const bool two_vowels = n > 2 && is_vowel(before) && is_vowel(stem[n - 3]) && !after_qu;
  if (last == 'c' || last == 'v' || last == 'u' || last == 'z')
    return before != last && !(last == 'z' && before == 't');
  if (last == 's') return before != 's';
  if (last == 'g') return before != 'n' && before != 'g';
  if (last == 'l') return n > 2 && std::string_view("bcdfgkpstz").find(before) != stem.npos;
  if (last == 'h') return false;
  if (ends("at")) return n >= 3 && !ends("eat") && !ends("oat");
  if (ends("ut") || ends("ot")) return !two_vowels;
  if (ends("id") || ends("ad") || ends("ud") || ends("od")) return !two_vowels;
  if (ends("ir") || ends("ur") || ends("ar") || ends("or")) return !two_vowels;
  if (ends("in")) return !two_vowels;
  if (ends("ak") || ends("ik") || ends("ok") || ends("uk") || ends("um") || ends("am"))
    return !two_vowels;
  if (ends("ap") || ends("yp") || ends("ib")) return !two_vowels;
  return false;
}

// "stopp" -> "stop", "call" -> "call", "announc" -> "announce".
std::string restored(std::string_view stem) {
  const std::size_t n = stem.size();
  std::string out(stem);
  if (n >= 3 && stem[n - 1] == stem[n - 2] && !is_vowel(stem[n - 1])) {
    const char last = stem[n - 1];
    const auto single = stem.substr(0, n - 1);
    const bool keeps = last == 's' || last == 'f' || last == 'z' ||
                       (last == 'l' && !listed(kSingleL, single)) || stem == "add" ||
                       stem == "err" || stem == "purr" || stem == "ebb" || stem == "butt" ||
                       stem == "boycott";
    if (stem == "focuss" || stem == "biass") return std::string(single);
    return keeps ? out : std::string(single);
  }
  if (n >= 2 && wants_e(stem)) out += 'e';
  return out;
}

std::string verb(const std::string& word, Tag tag) {
  // A base form is its own lemma, so "to found" and "to lay" are not "find" and "lie".
  if (tag == Tag::VB || tag == Tag::VBP) {
    const auto present = paired(kPresent, word);
    return present.empty() ? word : std::string(present);
  }
  if (const auto irregular = paired(kVerbs, word); !irregular.empty())
    return std::string(irregular);
  const std::string_view w = word;
  const auto ends = [&](std::string_view tail) { return w.ends_with(tail); };
  if (tag == Tag::VBZ) {
    if (ends("ies") && w.size() > 4) return word.substr(0, w.size() - 3) + "y";
    if (ends("sses") || ends("shes") || ends("ches") || ends("xes") || ends("zzes") || ends("oes"))
      return word.substr(0, w.size() - (w == "aches" || w == "caches" ? 1 : 2));
    if (w == "focuses" || w == "biases") return word.substr(0, w.size() - 2);
    if (ends("s") && !ends("ss")) return word.substr(0, w.size() - 1);
  }
  if (tag == Tag::VBD || tag == Tag::VBN) {
    if (ends("ied") && w.size() > 4) return word.substr(0, w.size() - 3) + "y";
    if (ends("reed") || ends("teed") || w == "freed") return word.substr(0, w.size() - 1);
    if (ends("ed") && w.size() > 3 && has_vowel(w.substr(0, w.size() - 2)))
      return restored(w.substr(0, w.size() - 2));
  }
  if (tag == Tag::VBG && ends("ing") && w.size() > 4 && has_vowel(w.substr(0, w.size() - 3)))
    return restored(w.substr(0, w.size() - 3));
  return word;
}

std::string noun(const std::string& word) {
  if (const auto irregular = paired(kNouns, word); !irregular.empty())
    return std::string(irregular);
  const std::string_view w = word;
  const auto ends = [&](std::string_view tail) { return w.ends_with(tail); };
  if (w.size() < 4 || !ends("s") || ends("ss") || ends("us")) {
    if (ends("men") && w.size() > 5) return word.substr(0, w.size() - 2) + "an";
    return w.size() == 3 && ends("s") && !ends("ss") && !ends("us") && !ends("is")
               ? word.substr(0, 2)
               : word;
  }
  if (ends("ies")) return word.substr(0, w.size() - 3) + "y";
  if (ends("sses") || ends("shes") || ends("ches") || ends("xes") || ends("zzes"))
    return word.substr(0, w.size() - 2);
  return word.substr(0, w.size() - 1);
}

std::string other(const std::string& word) {
  if (const auto irregular = paired(kOthers, word); !irregular.empty())
    return std::string(irregular);
  const std::string_view w = word;
  const std::size_t tail = w.ends_with("est") ? 3 : w.ends_with("er") ? 2 : 0;
  if (tail == 0 || w.size() < tail + 3) return word;
  std::string stem = word.substr(0, w.size() - tail);
  const std::size_t n = stem.size();
  if (stem[n - 1] == 'i') return stem.substr(0, n - 1) + "y";
  if (stem[n - 1] == stem[n - 2] && stem[n - 1] != 'l' && stem[n - 1] != 's')
    return stem.substr(0, n - 1);
  static constexpr std::string_view kAdjectivesInE =
      " larg lat saf wid clos fin nic strang wis rar brav whit blu cut gentl simpl abl humbl nobl"
      " littl fre fierc sever sincer remot dens intens scarc dir har bar pur matur sur ";
  return listed(kAdjectivesInE, stem) ? stem + "e" : stem;
}

bool is_acronym_plural(std::string_view word) {  // "NGOs"
  if (word.size() < 3 || word.back() != 's') return false;
  for (const char c : word.substr(0, word.size() - 1))
    if (c < 'A' || c > 'Z') return false;
  return true;
}

std::string proper(std::string_view word, Tag tag) {
  std::string out(word);
  const bool capitals = out.size() > 1 && out[1] >= 'A' && out[1] <= 'Z';
  if (tag != Tag::NNPS || capitals || out.size() < 4 || !out.ends_with("s") || out.ends_with("ss"))
    return out;
  if (out.ends_with("ies")) return out.substr(0, out.size() - 3) + "y";
  return out.substr(0, out.size() - 1);
}

}  // namespace

std::string lemma(std::string_view word, Tag tag) {
  if (word.empty()) return {};
  if (is_proper(tag)) return proper(word, tag);
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  if (lower.starts_with("’")) lower.replace(0, std::string_view("’").size(), "'");
  switch (tag) {
    case Tag::VB: case Tag::VBD: case Tag::VBG: case Tag::VBN: case Tag::VBP: case Tag::VBZ:
      return verb(lower, tag);
    case Tag::NNS:
      if (word[0] >= '0' && word[0] <= '9') return lower;  // "1970s"
      if (is_acronym_plural(word)) return std::string(word.substr(0, word.size() - 1));
      return noun(lower);
    case Tag::JJR: case Tag::JJS: case Tag::RBR: case Tag::RBS: return other(lower);
    case Tag::PRP: case Tag::DT: case Tag::MD: case Tag::RB: {
      const auto found = paired(kFunctionWords, lower);
      return found.empty() ? lower : std::string(found);
    }
    default: return lower;
  }
}

}  // namespace entente
