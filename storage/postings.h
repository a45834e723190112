// Inside storage: the rows of the index `search`, in four layouts that their first byte tells.
//
//   n  trigram, node                -> empty      a name of the node has those three letters
//   b  trigram, first of the nodes  -> the rest   the same of many nodes, that a load or upgrade made
//   s  band, its hash, document     -> empty      the sketch of the text has that band
//   t  word, 0, document            -> how often  the text of the document has that word
//
// A posting stays when what wanted it ends: questions about the past are answered from the same
// rows, and each answer is checked against the version that was believed. Only a purge erases.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/fact.h"

namespace entente {

// Three bytes of a folded name, the first the highest.
using Trigram = std::uint32_t;

// Of each word with a space before and one after it: " jo", "joe", "oe ". Distinct, ascending.
std::vector<Trigram> trigrams_of(std::string_view folded);
// Of all names of a node; none of one that was merged into another.
std::vector<Trigram> trigrams_of(const Node& node);

namespace key {
std::string posting(Trigram trigram, NodeId node);
std::string posting_prefix(Trigram trigram);
std::string posting_block(Trigram trigram, NodeId first);
std::string posting_block_prefix(Trigram trigram);
struct Posting {
  bool block = false;
  Trigram trigram = 0;
  NodeId node;  // of a block the first
};
std::optional<Posting> posting(std::string_view key);

std::string sketch(std::uint8_t band, std::uint32_t hash, DocumentId document);
std::string sketch_prefix(std::uint8_t band, std::uint32_t hash);
struct Sketch {
  std::uint8_t band = 0;
  std::uint32_t hash = 0;
  DocumentId document;
};
std::optional<Sketch> sketch(std::string_view key);

std::string word(std::string_view folded, DocumentId document);
std::string word_prefix(std::string_view folded);  // of all words that begin so
struct Word {
  std::string_view folded;
  DocumentId document;
};
std::optional<Word> word(std::string_view key);
}  // namespace key

// The nodes of a block after the first, ascending: each as what it lies above the one before, a varint.
std::string encode_block(std::span<const NodeId> nodes);  // with the first, which is not written
// With the first. Nothing if the bytes are not what encode_block writes.
std::optional<std::vector<NodeId>> decode_block(NodeId first, std::string_view bytes);

std::string encode_count(std::uint64_t count);
std::optional<std::uint64_t> decode_count(std::string_view bytes);

}  // namespace entente
