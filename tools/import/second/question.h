// What a language model is asked about an article, and what it proposed: JSON on both sides.
//
// The article is data in the question: numbered sentences, the names found so far, the times that our
// own reading found in each sentence. The answer may choose among these and the ontology's words.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/claim.h"
#include "schema/result.h"
#include "tools/import/dates.h"
#include "tools/import/text.h"

namespace entente {

// A sentence as it is asked about.
struct AskedSentence {
  std::uint64_t start = 0, end = 0;  // characters of the document
  std::string text;
  std::vector<TimeMention> times;
  std::vector<std::string> phrases;  // of the times, as the sentence has them
};

// The sentences of the body and the headline, in order.
std::vector<AskedSentence> sentences_of(const Document& document, const Text& text);

// What never changes: instructions, the edge types with what they may join, labels, modes.
const std::string& instructions();
// The first eight digits of its SHA-256: which instructions a statement was found with.
std::string instructions_digest();

// The body of a request to a chat interface, for sentences [first, last).
std::string question_of(std::string_view model, const Extract& found, const std::vector<AskedSentence>& sentences,
                        std::size_t first, std::size_t last);

// One edge as the answer has it; nothing of it is believed yet.
struct Proposal {
  std::int64_t sentence = -1;  // its number, from 1
  std::string head, tail, speaker;  // "e7", a name found so far; else words of the sentence
  std::string head_label, tail_label, type, mode, quote, time;  // time: "t2"
  bool negated = false;
};

// From a reply of that interface. Corruption: no such reply, no JSON in it, or one that was cut off.
// An edge that lacks a field, or has one of another kind, is left out and counted in `malformed`.
Result<std::vector<Proposal>> proposals_in(std::string_view reply, std::size_t& malformed);

}  // namespace entente
