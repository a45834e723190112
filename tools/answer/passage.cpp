#include "tools/answer/passage.h"

#include <unicode/brkiter.h>
#include <unicode/filteredbrk.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "schema/text.h"

namespace entente {
namespace {
// Breaks after sentences, not after "Mr."; made for each use, for one is not safe to share.
std::unique_ptr<icu::BreakIterator> sentences() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> plain(icu::BreakIterator::createSentenceInstance(icu::Locale::getUS(), status));
  if (U_FAILURE(status)) return nullptr;
  const std::unique_ptr<icu::FilteredBreakIteratorBuilder> builder(
      icu::FilteredBreakIteratorBuilder::createInstance(icu::Locale::getUS(), status));
  if (U_FAILURE(status)) return plain;
  auto* const filtered = builder->build(plain.release(), status);
  return std::unique_ptr<icu::BreakIterator>(filtered);
}

// The bytes [from, to) of the paragraph that holds the byte.
std::pair<std::size_t, std::size_t> paragraph_of(std::string_view text, std::size_t from, std::size_t to) {
  const std::size_t before = from == 0 ? std::string_view::npos : text.rfind("\n\n", from - 1);
  const std::size_t after = text.find("\n\n", to);
  return {before == std::string_view::npos || before + 2 > from ? 0 : before + 2, std::min(after, text.size())};
}

bool continues(char c) { return (c & 0xC0) == 0x80; }
}  // namespace

Passage passage_around(std::string_view utf8, std::uint64_t start, std::uint64_t end) {
  const CharacterMap map(utf8);
  const std::size_t from = map.byte_of(start), to = map.byte_of(end);
  auto [low, high] = paragraph_of(utf8, from, to);
  low = std::max(low, from < kMostPassage ? 0 : from - kMostPassage);
  high = std::min(high, to + kMostPassage);
  while (low > 0 && continues(utf8[low])) --low;
  while (high < utf8.size() && continues(utf8[high])) ++high;
  std::string paragraph(utf8.substr(low, high - low));
  std::replace(paragraph.begin(), paragraph.end(), '\n', ' ');

  const auto text = icu::UnicodeString::fromUTF8(paragraph);
  const auto unit_of = [&](std::size_t byte) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(paragraph.data(), int(byte))).length();
  };
  int first = 0, last = text.length();
  if (const auto breaks = sentences()) {
    breaks->setText(text);
    const int at = unit_of(from - low), until = unit_of(to - low);
    if (const int before = breaks->isBoundary(at) ? at : breaks->preceding(at); before != icu::BreakIterator::DONE) first = before;
    if (const int after = breaks->isBoundary(until) ? until : breaks->following(until); after != icu::BreakIterator::DONE) last = after;
  }
  const auto bytes_to = [&](int unit) {
    std::string bytes;
    text.tempSubString(0, unit).toUTF8String(bytes);
    return bytes.size();
  };
  std::size_t begin = bytes_to(first), finish = bytes_to(last);
  while (begin < finish && paragraph[begin] == ' ') ++begin;
  while (finish > begin && paragraph[finish - 1] == ' ') --finish;
  return {map.character_of(low + begin), map.character_of(low + finish), paragraph.substr(begin, finish - begin)};
}

}  // namespace entente
