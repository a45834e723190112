// Where the sentences of a paragraph begin and end.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace entente {

struct ByteSpan {
  std::size_t begin, end;  // [begin, end) in the paragraph
  bool operator==(const ByteSpan&) const = default;
};

// In order, without the white space between them; together they hold every other byte. A stop ends
// a sentence unless it belongs to a title, an initial or an abbreviation, or the text goes on in
// small letters; "U.S." ends one only before a word that opens sentences. Closing quotes and
// brackets stay with their sentence. "agreed.Beijing" is cut where a space went missing; a blank
// line always cuts. O(length).
std::vector<ByteSpan> split_sentences(std::string_view paragraph);

}  // namespace entente
