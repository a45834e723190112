#include "storage/postings.h"

#include <algorithm>

#include "schema/name.h"
#include "storage/key.h"

namespace entente {
namespace {
constexpr char kNode = 'n', kBlock = 'b', kSketch = 's', kWord = 't';

Trigram trigram(char a, char b, char c) {
  return Trigram(std::uint8_t(a)) << 16 | Trigram(std::uint8_t(b)) << 8 | std::uint8_t(c);
}

void add_trigrams(std::vector<Trigram>& all, std::string_view folded) {
  while (!folded.empty()) {
    const std::string_view word = folded.substr(0, folded.find(' '));
    folded.remove_prefix(std::min(word.size() + 1, folded.size()));
    if (word.empty()) continue;
    char before = ' ';
    for (std::size_t i = 0; i < word.size(); ++i) {
      all.push_back(trigram(before, word[i], i + 1 < word.size() ? word[i + 1] : ' '));
      before = word[i];
    }
  }
}

void sort_out(std::vector<Trigram>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

std::string prefix(char layout, Trigram trigram) {
  return {layout, char(trigram >> 16), char(trigram >> 8), char(trigram)};
}
}  // namespace

std::vector<Trigram> trigrams_of(std::string_view folded) {
  std::vector<Trigram> all;
  add_trigrams(all, folded);
  sort_out(all);
  return all;
}

std::vector<Trigram> trigrams_of(const Node& node) {
  std::vector<Trigram> all;
  if (node.merged_into) return all;
  add_trigrams(all, fold_name(node.name));
  for (const std::string& alias : node.aliases) add_trigrams(all, fold_name(alias));
  sort_out(all);
  return all;
}

namespace key {
std::string posting_prefix(Trigram trigram) { return prefix(kNode, trigram); }
std::string posting_block_prefix(Trigram trigram) { return prefix(kBlock, trigram); }

std::string posting(Trigram trigram, NodeId node) {
  std::string key = posting_prefix(trigram);
  put_u64(key, node.value);
  return key;
}

std::string posting_block(Trigram trigram, NodeId first) {
  std::string key = posting_block_prefix(trigram);
  put_u64(key, first.value);
  return key;
}

std::optional<Posting> posting(std::string_view key) {
  Parts parts(key);
  const char layout = char(parts.u8());
  if (layout != kNode && layout != kBlock) return std::nullopt;
  Posting result;
  result.block = layout == kBlock;
  result.trigram = Trigram(parts.u8()) << 16;
  result.trigram |= parts.u16();
  result.node = NodeId{parts.u64()};
  if (!parts.done()) return std::nullopt;
  return result;
}

std::string sketch_prefix(std::uint8_t band, std::uint32_t hash) {
  std::string key = {kSketch, char(band)};
  put_u32(key, hash);
  return key;
}

std::string sketch(std::uint8_t band, std::uint32_t hash, DocumentId document) {
  std::string key = sketch_prefix(band, hash);
  put_u64(key, document.value);
  return key;
}

std::optional<Sketch> sketch(std::string_view key) {
  Parts parts(key);
  if (char(parts.u8()) != kSketch) return std::nullopt;
  Sketch result;
  result.band = parts.u8();
  result.hash = parts.u32();
  result.document = DocumentId{parts.u64()};
  if (!parts.done()) return std::nullopt;
  return result;
}

std::string word_prefix(std::string_view folded) { return kWord + std::string(folded); }

std::string word(std::string_view folded, DocumentId document) {
  std::string key = word_prefix(folded);
  key += '\0';
  put_u64(key, document.value);
  return key;
}

std::optional<Word> word(std::string_view key) {
  if (key.size() < 10 || key.front() != kWord || key[key.size() - 9] != '\0') return std::nullopt;
  Parts parts(key.substr(key.size() - 8));
  return Word{key.substr(1, key.size() - 10), DocumentId{parts.u64()}};
}
}  // namespace key

std::string encode_block(std::span<const NodeId> nodes) {
  std::string bytes;
  for (std::size_t i = 1; i < nodes.size(); ++i) key::put_varint(bytes, nodes[i].value - nodes[i - 1].value);
  return bytes;
}

std::optional<std::vector<NodeId>> decode_block(NodeId first, std::string_view bytes) {
  std::vector<NodeId> nodes = {first};
  key::Parts parts(bytes);
  while (!parts.done()) {
    const std::uint64_t above = parts.varint();
    const NodeId next{nodes.back().value + above};
    if (!parts.ok() || next <= nodes.back()) return std::nullopt;  // 0, or round past the last number
    nodes.push_back(next);
  }
  return nodes;
}

std::string encode_count(std::uint64_t count) {
  std::string bytes;
  key::put_varint(bytes, count);
  return bytes;
}

std::optional<std::uint64_t> decode_count(std::string_view bytes) {
  key::Parts parts(bytes);
  const std::uint64_t count = parts.varint();
  if (!parts.done() || count == 0) return std::nullopt;
  return count;
}

}  // namespace entente
