#include "tools/import/text.h"

#include <algorithm>

#include "tools/import/dateline.h"
#include "tools/import/syntax/lemma.h"
#include "tools/import/syntax/sentences.h"
#include "tools/import/syntax/tagger.h"
#include "tools/import/syntax/tokenizer.h"

namespace entente {
namespace {
using std::string_view;

// Curly quotes and apostrophes as plain ones; everything else as it is.
std::string plain(string_view text) {
  if (text.find('\xE2') == string_view::npos) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const string_view mark = text.substr(i, 3);
    const bool single = mark == "\u2018" || mark == "\u2019" || mark == "\u201B";
    const bool twofold = mark == "\u201C" || mark == "\u201D" || mark == "\u201E";
    if (single || twofold)
      out += single ? '\'' : '"', i += 2;
    else
      out += text[i];
  }
  return out;
}

std::string in_lower_case(string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return low;
}

// Which words stand between quotation marks. Texts mix curly and plain marks, so a plain one
// opens or closes, whichever is due. `open` goes on to the next sentence of the paragraph.
void mark_quoted(Sentence& sentence, string_view stored, bool& open) {
  for (Word& word : sentence.words) {
    const string_view raw = stored.substr(word.begin, word.end - word.begin);
    if (raw == "\u201C" || raw == "``")
      open = true;
    else if (raw == "\u201D" || raw == "''")
      open = false;
    else if (raw == "\"")
      open = !open;
    else
      word.quoted = open;
  }
}

// "China controls norfentanyl.": headlines and plain statements without an article mislead the
// tagger, which reads one long name. In a sentence without a verb, a word in small letters that
// ends in s and stands between two names or nouns is its verb. A rare noun that ends the sentence
// ("norfentanyl") is easily taken for an adverb.
void find_verb(const Sentence& sentence, std::vector<Tag>& tags) {
  constexpr std::size_t kLong = 25;
  if (tags.size() < 3 || tags.size() > kLong || tags.back() != Tag::Stop) return;
  if (std::any_of(tags.begin(), tags.end(),
                  [](Tag tag) { return is_verb(tag) || tag == Tag::MD; }))
    return;
  for (std::size_t i = 1; i + 2 < tags.size(); ++i) {
    const Word& word = sentence.words[i];
    const bool third_person =
        word.lower.size() > 3 && word.lower.ends_with('s') && !word.lower.ends_with("ss");
    const bool after_name = is_proper(tags[i - 1]) || sentence.words[i - 1].capital();
    const bool ends = i + 3 == tags.size();
    const bool before_object = (ends && tags[i + 1] == Tag::RB) || is_noun(tags[i + 1]) ||
                               tags[i + 1] == Tag::JJ || tags[i + 1] == Tag::DT ||
                               tags[i + 1] == Tag::CD;
    if (word.capital() || !third_person || !after_name || !before_object) continue;
    if (tags[i] == Tag::NNS || tags[i] == Tag::NN || tags[i] == Tag::NNPS) {
      tags[i] = Tag::VBZ;
      if (tags[i + 1] == Tag::RB) tags[i + 1] = Tag::NN;
      return;
    }
  }
}

void parse_into(Sentence& sentence, const std::vector<Token>& tokens, const Model* model) {
  std::vector<Tag> tags;
  std::vector<Arc> arcs;
  if (model != nullptr) {
    tags = tag(*model, tokens);
    find_verb(sentence, tags);
    arcs = parse(*model, tokens, tags);
  }
  sentence.children.resize(sentence.words.size());
  for (std::size_t i = 0; i < sentence.words.size(); ++i) {
    Word& word = sentence.words[i];
    if (model != nullptr) {
      word.tag = tags[i], word.head = arcs[i].head, word.relation = arcs[i].relation;
      if (word.head != kNoHead)
        sentence.children[std::size_t(word.head)].push_back(std::int32_t(i));
    }
    word.lemma = lemma(word.lower, word.tag);
  }
}

Sentence read_sentence(string_view stored, std::size_t begin, std::size_t end, const Model* model) {
  Sentence sentence;
  sentence.begin = std::uint32_t(begin), sentence.end = std::uint32_t(end);
  const auto tokens = tokenize(stored.substr(begin, end - begin));
  for (const Token& token : tokens) {
    Word word;
    word.text = plain(token.text);
    word.lower = in_lower_case(word.text);
    word.begin = std::uint32_t(begin + token.begin), word.end = std::uint32_t(begin + token.end());
    sentence.words.push_back(std::move(word));
  }
  parse_into(sentence, tokens, model);
  return sentence;
}
}  // namespace

std::vector<std::string> name_words(string_view name) {
  const auto tokens = tokenize(name);
  std::vector<std::string> words;
  words.reserve(tokens.size());
  for (const Token& token : tokens) words.push_back(plain(token.text));
  return words;
}

Text read_text(const Article& article, const ZoneRules& rules, const Model* model) {
  const string_view stored = article.document.text;
  Text text;
  std::uint32_t paragraph = 0;
  bool first = true;
  auto marked = article.marked.begin();
  for (std::size_t at = article.body; at < stored.size();) {
    const std::size_t end = std::min(stored.find('\n', at), stored.size());
    const string_view line = stored.substr(at, end - at);
    const std::size_t start = at;
    at = end + 1;
    if (line.find_first_not_of(" \t\r") == string_view::npos) continue;

    while (marked != article.marked.end() && marked->end <= start) ++marked;
    const bool told = marked != article.marked.end() && marked->begin <= start;
    const Zone zone = told ? marked->zone : rules.zone_of(line, first);
    first = false;
    ++paragraph;
    bool open = false;
    const auto add = [&](std::size_t from, std::size_t to, Zone of) {
      Sentence sentence = read_sentence(stored, start + from, start + to, model);
      if (sentence.words.empty()) return;
      sentence.zone = of, sentence.paragraph = paragraph;
      mark_quoted(sentence, stored, open);
      text.sentences.push_back(std::move(sentence));
    };
    const std::size_t told_from = zone == Zone::Body ? dateline_length(line) : 0;
    if (told_from > 0) add(0, line.find_last_not_of(' ', told_from - 1) + 1, Zone::Dateline);
    for (const ByteSpan span : split_sentences(line.substr(told_from)))
      add(told_from + span.begin, told_from + span.end, zone);
  }
  return text;
}

}  // namespace entente
