// Texts by their words: candidates from the index, phrases and places from the texts themselves.
#include <algorithm>
#include <cmath>
#include <map>

#include "schema/text.h"
#include "schema/words.h"
#include "storage/document_text.h"
#include "storage/key.h"
#include "storage/search_index.h"
#include "storage/transaction_state.h"

namespace entente {
namespace {
// One part of what was asked: words that follow one another; the last may be only begun.
struct Part {
  std::vector<std::string> words;
  bool begun = false;
};

std::vector<Part> parts_of(std::string_view query) {
  std::vector<Part> parts;
  const auto add = [&](std::string_view text, bool phrase) {
    while (!text.empty()) {
      const std::size_t end = phrase ? text.size() : std::min(text.find_first_of(" \t\n"), text.size());
      const std::string_view piece = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      Part part;
      for (TextWord& word : words_of(piece)) part.words.push_back(std::move(word.folded));
      part.begun = piece.ends_with('*');
      if (!part.words.empty()) parts.push_back(std::move(part));
    }
  };
  while (!query.empty()) {
    const std::size_t quote = std::min(query.find('"'), query.size());
    add(query.substr(0, quote), false);
    query.remove_prefix(std::min(quote + 1, query.size()));
    if (query.empty()) break;
    const std::size_t closing = std::min(query.find('"'), query.size());
    add(query.substr(0, closing), true);
    query.remove_prefix(std::min(closing + 1, query.size()));
  }
  return parts;
}

using Counts = std::map<DocumentId, std::uint64_t>;

// How often each text has the word, or words that begin so.
Result<Counts> counts_of(const Rows& rows, const std::string& word, bool begun) {
  Counts counts;
  std::optional<Error> fault;
  const std::string prefix = key::word_prefix(begun ? word : word + '\0');
  auto scanned = rows.scan(ColumnFamily::Search, prefix, [&](std::string_view key, std::string_view value) {
    const auto parts = key::word(key);
    const auto count = decode_count(value);
    if (!parts || !count) return fault = Error{Code::Corruption, "the index of searches is damaged"}, false;
    counts[parts->document] += *count;
    return true;
  });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  return counts;
}

// The texts that may have the part: that have each of its words.
Result<Counts> candidates(const Rows& rows, const Part& part) {
  Counts all;
  for (std::size_t i = 0; i < part.words.size(); ++i) {
    auto counts = counts_of(rows, part.words[i], part.begun && i + 1 == part.words.size());
    if (!counts) return counts;
    if (i == 0) {
      all = std::move(*counts);
      continue;
    }
    for (auto text = all.begin(); text != all.end();) {
      const auto here = counts->find(text->first);
      if (here == counts->end()) {
        text = all.erase(text);
      } else {
        text->second = std::min(text->second, here->second), ++text;
      }
    }
  }
  return all;
}

std::vector<TextMatch::Place> places_of(const std::vector<TextWord>& text, const Part& part) {
  std::vector<TextMatch::Place> places;
  const std::size_t length = part.words.size();
  for (std::size_t at = 0; at + length <= text.size(); ++at) {
    std::size_t same = 0;
    for (; same < length; ++same) {
      const std::string& word = text[at + same].folded;
      const bool last = same + 1 == length;
      if (last && part.begun ? !word.starts_with(part.words[same]) : word != part.words[same]) break;
    }
    if (same == length) places.push_back({text[at].start, text[at + length - 1].end});
  }
  return places;
}

bool is_phrase(const Part& part) { return part.words.size() > 1; }
}  // namespace

Result<std::vector<TextMatch>> ReadTransaction::search_text(std::string_view query, std::size_t limit,
                                                            CommitId at) const {
  const Rows& rows = state_->rows;
  if (find_utf8_fault(query)) return Error{Code::InvalidArgument, "what is looked for is not UTF-8"};
  const std::vector<Part> parts = parts_of(query);
  if (parts.empty()) return Error{Code::InvalidArgument, "'" + std::string(query) + "' has no word to look for"};
  const auto head = rows.head();
  if (!head) return head.error();

  std::map<DocumentId, double> scores;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto counts = candidates(rows, parts[i]);
    if (!counts) return counts.error();
    const double d = double(counts->size()), n = std::max(double(head->documents), d);
    const double idf = std::log(1 + (n - d + 0.5) / (d + 0.5));
    std::map<DocumentId, double> both;
    for (const auto& [document, count] : *counts) {
      const auto before = scores.find(document);
      if (i > 0 && before == scores.end()) continue;
      both[document] = (i > 0 ? before->second : 0) + idf * double(count) / (double(count) + 1.2);
    }
    scores = std::move(both);
  }
  std::vector<TextMatch> found;
  for (const auto& [document, score] : scores) found.push_back({document, score, {}});
  std::sort(found.begin(), found.end(), [](const TextMatch& a, const TextMatch& b) {
    return a.score != b.score ? a.score > b.score : a.document < b.document;
  });

  std::vector<TextMatch> matches;
  for (TextMatch& match : found) {
    if (matches.size() == limit) break;
    const auto document = this->document(match.document, at);
    if (!document) return document.error();
    if (!*document || (*document)->retracted) continue;
    const auto text = read_text(rows, match.document);
    if (!text) return text.error();
    const std::vector<TextWord> words = words_of(*text);
    bool all = true;
    for (const Part& part : parts) {
      const auto places = places_of(words, part);
      all &= !places.empty() || !is_phrase(part);
      match.places.insert(match.places.end(), places.begin(), places.end());
    }
    if (!all) continue;
    std::sort(match.places.begin(), match.places.end(),
              [](const auto& a, const auto& b) { return std::pair(a.start, a.end) < std::pair(b.start, b.end); });
    if (match.places.size() > kMostPlaces) match.places.resize(kMostPlaces);
    matches.push_back(std::move(match));
  }
  return matches;
}

}  // namespace entente
