#include "tools/import/syntax/word.h"

#include <array>
#include <string>

#include "tools/import/syntax/hash.h"

namespace entente::syntax {
namespace {

struct Cousin {
  std::string_view fancy, plain;
};
constexpr Cousin kPlain[] = {{"‘", "'"}, {"’", "'"}, {"‚", "'"},  {"“", "\""},
                             {"”", "\""}, {"„", "\""}, {"–", "-"}, {"—", "--"},
                             {"−", "-"}, {"…", "..."}, {"«", "\""}, {"»", "\""}};

// Bytes of the word with typographic marks made plain; words are short, so a linear pass will do.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t step = 0;
    if (static_cast<unsigned char>(text[i]) >= 0xC2) {
      for (const auto& [fancy, simple] : kPlain) {
        if (!text.substr(i).starts_with(fancy)) continue;
        out += simple;
        step = fancy.size();
        break;
      }
    }
    if (step == 0) {
      out += text[i];
      step = 1;
    }
    i += step;
  }
  return out == "``" || out == "''" ? "\"" : out;
}

char kind(char c) {
  if (c >= 'a' && c <= 'z') return 'x';
  if (c >= 'A' && c <= 'Z') return 'X';
  if (c >= '0' && c <= '9') return 'd';
  return static_cast<unsigned char>(c) >= 0x80 ? 'x' : c;
}

std::uint64_t shape_of(std::string_view text) {
  std::uint64_t hash = 7;
  char last = 0;
  int run = 0;
  for (const char c : text) {
    const char k = kind(c);
    run = k == last ? run + 1 : 1;
    last = k;
    if (run <= 2) hash = mix(hash, static_cast<unsigned char>(k));  // "Xxx" and "Xxxx" are one
  }
  return hash;
}

}  // namespace

Word describe(std::string_view text) {
  Word word;
  std::string form = plain(text);
  word.shape = shape_of(form);
  for (char& c : form)
    if (c >= '0' && c <= '9') c = '0';
  word.form = hash_text(form);
  for (char& c : form)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  word.lower = hash_text(form);
  const std::string_view lower = form;
  for (std::size_t n = 1; n <= 3; ++n) word.prefix[n - 1] = hash_text(lower.substr(0, n));
  for (std::size_t n = 1; n <= 4; ++n)
    word.suffix[n - 1] = hash_text(lower.size() < n ? lower : lower.substr(lower.size() - n));
  return word;
}

std::vector<Word> describe(const Model& model, std::span<const Token> tokens) {
  std::vector<Word> words;
  words.reserve(tokens.size());
  for (const Token& token : tokens) {
    Word& word = words.emplace_back(describe(token.text));
    const Cluster cluster = model.clusters().find(word.lower);
    word.fine = cluster.fine;
    word.coarse = cluster.coarse;
  }
  return words;
}

}  // namespace entente::syntax
