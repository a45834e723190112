// A person's look at every claim of an article before it is stored: on a terminal or over a pipe.
//
// Of each claim the program writes what it is and the sentence, and reads one line. The line is
//
//   a            accept            A   accept this one and the rest of the article
//   r            reject            R   reject this one and the rest
//   e FIELD=VALUE; FIELD=VALUE     accept with other values: head, tail, type, when, mode, negated,
//                confidence. A name may be one of the article's, or NAME: LABEL
//   q            quit: nothing of this article is stored, nor of those after it
//
// With `json` a claim is one JSON object on a line, {claim, of, document, head, head_label, type, tail,
// tail_label, when, mode, negated, confidence, speaker, start, end, sentence}, and an answer may be an
// object too: {"answer": "accept" | "reject" | "accept_rest" | "reject_rest" | "edit" | "quit"}, an edit
// with the fields as above. An answer that cannot be read or used is told of (with `json` as
// {"error": TEXT}) and asked for again. The end of the input is `q`.
#pragma once
#include <iosfwd>

#include "schema/claim.h"
#include "schema/ontology.h"

namespace entente {

struct ReviewOutcome {
  std::size_t accepted = 0, edited = 0, rejected = 0;
  bool quit = false;
};

// Takes what is rejected out of the extract and changes what is edited, whose extractor then ends
// with " edited". The streams must outlive it. Not thread-safe.
class ClaimReview {
 public:
  ClaimReview(std::istream& in, std::ostream& out, bool json) : in_(in), out_(out), json_(json) {}
  ReviewOutcome review(Extract& extract, const Ontology& ontology);

 private:
  void show(const Extract& extract, const Claim& claim, std::size_t number, const Ontology& ontology);
  void complain(const std::string& message);
  std::istream& in_;
  std::ostream& out_;
  const bool json_;
};

}  // namespace entente
