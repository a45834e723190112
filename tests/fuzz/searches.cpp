// Rows of the index of searches, and the words and likeness that it is made of.
#include <algorithm>

#include "schema/likeness.h"
#include "schema/name.h"
#include "schema/text.h"
#include "schema/words.h"
#include "storage/key.h"
#include "storage/postings.h"
#include "tests/fuzz/target.h"

namespace entente::fuzz {

// The first byte says which layout the rest is read as.
void run_postings(std::string_view bytes) {
  if (bytes.empty()) return;
  const int layout = bytes[0] & 3;
  bytes.remove_prefix(1);
  if (layout == 0) {
    if (const auto parts = key::posting(bytes))
      must((parts->block ? key::posting_block(parts->trigram, parts->node) : key::posting(parts->trigram, parts->node)) ==
               bytes,
           "the key of a posting is written as it was read");
  } else if (layout == 1) {
    if (const auto parts = key::sketch(bytes))
      must(key::sketch(parts->band, parts->hash, parts->document) == bytes, "the key of a band is written as it was read");
    if (const auto parts = key::word(bytes))
      must(key::word(parts->folded, parts->document) == bytes, "the key of a word is written as it was read");
  } else if (layout == 2) {
    if (const auto count = decode_count(bytes)) must(encode_count(*count) == bytes, "a count is written as it was read");
  } else {
    key::Parts parts(bytes);
    const NodeId first{parts.u64()};
    if (!parts.ok()) return;
    bytes.remove_prefix(8);
    const auto nodes = decode_block(first, bytes);
    if (!nodes) return;
    must(std::is_sorted(nodes->begin(), nodes->end()) && nodes->front() == first, "the nodes of a block ascend");
    must(encode_block(*nodes) == bytes, "a block is written as it was read");
  }
}

void run_words(std::string_view bytes) {
  if (find_utf8_fault(bytes)) return;  // a store has no other texts
  const std::uint64_t size = count_characters(bytes);
  std::uint64_t last = 0;
  for (const TextWord& word : words_of(bytes)) {
    must(word.start >= last && word.start < word.end && word.end <= size, "words lie in the text, in order");
    must(!word.folded.empty() && word.folded.size() <= kLongestWord, "a word has some letters and not too many");
    last = word.start;
  }
  const std::string folded = fold_name(bytes.substr(0, 300));
  const double like = likeness(folded, fold_name(bytes.substr(bytes.size() / 2, 300)));
  must(like >= 0 && like <= 1, "likeness lies between 0 and 1");
  must(likeness(folded, folded) == 1, "a name is like itself");
}

std::vector<std::string> postings_seeds() {
  const std::vector<NodeId> nodes = {NodeId{7}, NodeId{9}, NodeId{300}, NodeId{1u << 20}};
  std::string block;
  key::put_u64(block, 7);
  std::vector<std::string> seeds = {key::posting(0x206665, NodeId{7}), key::word("salt", DocumentId{1}), encode_count(300),
                                    block + encode_block(nodes)};
  for (std::size_t layout = 0; layout < seeds.size(); ++layout) seeds[layout].insert(0, 1, char(layout));
  return seeds;
}

std::vector<std::string> words_seeds() {
  return {"The U.S. envoy met Brazil\u2019s minister.", "习近平 met Путин in Łódź", "4-ANPP, 3.5 percent; o'neill's"};
}

}  // namespace entente::fuzz
