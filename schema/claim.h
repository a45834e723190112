// What a reader of articles hands to the store: claims whose ends are names, not ids.
//
// The store decides which node a name is, inside its write transaction; so a reader can be
// tested, replaced or run elsewhere, and what it found can be printed and compared.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/fact.h"

namespace entente {

// A node as a document speaks of it.
struct NamedNode {
  std::string name;  // canonical: "China", whatever the document calls it
  LabelId label;
  std::vector<LabelId> more_labels;
  std::vector<std::string> aliases;   // hold everywhere: "PRC"; the store may resolve by them
  std::vector<std::string> mentions;  // this document's words for it: "the agency"; kept nowhere
  Properties properties;
  std::uint64_t start = 0, end = 0;  // characters of the first sentence that names it; 0, 0: not told
  friend bool operator==(const NamedNode&, const NamedNode&) = default;
};

// One edge as one sentence has it.
struct Claim {
  std::size_t head = 0, tail = 0;      // places in Extract::nodes
  std::optional<std::size_t> speaker;  // likewise
  EdgeTypeId type;
  Interval valid;
  std::string time_phrase;
  Mode mode = Mode::Actual;
  bool negated = false;
  Properties properties;
  double confidence = 0;
  std::string extractor;
  std::uint64_t start = 0, end = 0;  // characters of the document's text
  std::string quote;                 // exactly those characters; refused by the store if not
  friend bool operator==(const Claim&, const Claim&) = default;
};

// From character `at` of a text on, it stands on that page of the file, from 1.
struct PageMark {
  std::uint64_t at = 0, page = 0;
  friend bool operator==(const PageMark&, const PageMark&) = default;
};

// All that was read from one document. `document` carries text and metadata, no ids.
struct Extract {
  Document document;
  std::string author;           // who wrote it; empty: not said
  std::vector<PageMark> pages;  // by `at`; empty: it has none
  std::vector<NamedNode> nodes;
  std::vector<Claim> claims;
  friend bool operator==(const Extract&, const Extract&) = default;
};

}  // namespace entente
