#include "tools/import/text.h"

#include <algorithm>
#include <numeric>

#include "tools/import/asides.h"
#include "tools/import/dateline.h"
#include "tools/import/sure_verbs.h"
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

bool has_relative(const Sentence& sentence, const Aside& aside) {
  const string_view first = sentence.at(aside.first).lower;
  return first == "who" || first == "which" || first == "whose" || first == "whom";
}

// Tags and arcs of some of a sentence's words, read as a sentence of their own.
void parse_part(Sentence& sentence, const std::vector<Token>& tokens,
                const std::vector<std::int32_t>& places, const std::vector<Tag>& guess,
                const Model& model) {
  std::vector<Token> part;
  for (const auto place : places) part.push_back(tokens[std::size_t(place)]);
  std::vector<Tag> tags = tag(model, part);
  mend_verbs(sentence, places, tags);
  // Behind an aside stands the verb that the whole sentence showed.
  for (std::size_t i = 1; i < places.size(); ++i) {
    const Tag seen = guess[std::size_t(places[i])];
    if (places[i] == places[i - 1] + 1 || is_verb(tags[i])) continue;
    if (seen == Tag::VBD || seen == Tag::VBZ || seen == Tag::VBP) tags[i] = seen;
  }
  if (part.size() == tokens.size()) find_verb(sentence, tags);
  const auto arcs = parse(model, part, tags);
  for (std::size_t i = 0; i < places.size(); ++i) {
    Word& word = sentence.words[std::size_t(places[i])];
    word.tag = tags[i], word.relation = arcs[i].relation;
    word.head = arcs[i].head == kNoHead ? kNoHead : places[std::size_t(arcs[i].head)];
  }
}

// The noun that an aside speaks of, from the word before it.
std::int32_t anchor_of(const Sentence& sentence, std::int32_t before, bool is_name) {
  std::int32_t at = before;
  for (int steps = 0; steps < 6; ++steps) {
    const Word& word = sentence.at(at);
    if (word.head == kNoHead || word.head > before) break;
    const bool same_name = word.relation == Relation::Flat || word.relation == Relation::Compound;
    const bool role = is_name && word.relation == Relation::Nmod && is_proper(word.tag);
    if (!same_name && !role) break;
    at = word.head;
  }
  return at;
}

// Hangs a part that was read apart on the word it speaks of, and its marks with it.
void hang(Sentence& sentence, const Aside& aside) {
  std::int32_t root = aside.first;
  bool is_name = true;
  for (std::int32_t i = aside.first; i < aside.last; ++i) {
    if (sentence.at(i).head == kNoHead) root = i;
    is_name = is_name && is_proper(sentence.at(i).tag);
  }
  const std::int32_t mark = aside.first - 1;
  const bool front = aside.kind == Aside::Kind::Front;
  std::int32_t anchor = kNoHead;
  if (front) {
    for (std::int32_t i = aside.last; i < sentence.size() && anchor == kNoHead; ++i)
      if (sentence.at(i).head == kNoHead && sentence.at(i).relation == Relation::Root) anchor = i;
  } else if (mark > 0)
    anchor = anchor_of(sentence, mark - 1, is_name);
  Word& top = sentence.words[std::size_t(root)];
  top.head = anchor;
  const bool clause = aside.kind == Aside::Kind::Clause && top.is_verb();
  if (front)
    top.relation = top.is_verb() ? Relation::Advcl : Relation::Obl;
  else
    top.relation = aside.kind == Aside::Kind::Dateline ? Relation::Dep
                 : clause && has_relative(sentence, aside) ? Relation::AclRelcl
                 : clause                                  ? Relation::Acl
                                                           : Relation::Appos;
  for (const auto place : {front ? aside.last : mark, aside.last})
    if (place >= 0 && place < sentence.size() && sentence.at(place).head == kNoHead &&
        sentence.at(place).relation == Relation::Dep) {
      sentence.words[std::size_t(place)].head = anchor == kNoHead ? root : anchor;
      sentence.words[std::size_t(place)].relation = Relation::Punct;
    }
}

void parse_into(Sentence& sentence, const std::vector<Token>& tokens, const Model* model) {
  sentence.children.resize(sentence.words.size());
  if (model != nullptr) {
    std::vector<Tag> guess = tag(*model, tokens);
    std::vector<std::int32_t> every(tokens.size());
    std::iota(every.begin(), every.end(), 0);
    mend_verbs(sentence, every, guess);
    const auto asides = find_asides(sentence, guess);
    std::vector<std::int32_t> rest;
    std::int32_t at = 0;
    for (const Aside& aside : asides) {
      for (; at < aside.first - (aside.kind == Aside::Kind::Front ? 0 : 1); ++at) rest.push_back(at);
      at = aside.comma_stays ? aside.last : aside.last + 1;
      std::vector<std::int32_t> part;
      for (std::int32_t i = aside.first; i < aside.last; ++i) part.push_back(i);
      parse_part(sentence, tokens, part, guess, *model);
    }
    for (; at < sentence.size(); ++at) rest.push_back(at);
    for (const Aside& aside : asides)
      for (const auto mark :
           {aside.kind == Aside::Kind::Front ? aside.last : aside.first - 1, aside.last})
        if (mark >= 0) sentence.words[std::size_t(mark)].tag = Tag::Comma;
    parse_part(sentence, tokens, rest, guess, *model);
    for (const Aside& aside : asides) hang(sentence, aside);
    for (const Aside& aside : asides) {
      if (aside.kind == Aside::Kind::Dateline) sentence.opening = aside.last + 1;
      if (aside.kind == Aside::Kind::Front) sentence.front = aside.last;
    }
    for (std::int32_t i = 0; i < sentence.size(); ++i)
      if (sentence.at(i).head != kNoHead)
        sentence.children[std::size_t(sentence.at(i).head)].push_back(i);
  }
  for (Word& word : sentence.words) word.lemma = lemma(word.lower, word.tag);
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

std::string lower_of(string_view words) {
  std::string lower(words);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return lower;
}

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
