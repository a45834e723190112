// A second reader of articles, off unless asked for: a language model behind an endpoint.
//
// It proposes; what it proposes goes through checks that trust nothing, and joins what the built-in
// reader found as a second vote. Not deterministic: the same article may give another extract.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "schema/claim.h"
#include "schema/result.h"
#include "tools/import/second/endpoint.h"
#include "tools/import/text.h"

namespace entente {

// What became of the proposals for one article.
struct SecondOpinion {
  std::size_t agreed = 0;  // the built-in reader had found the same
  std::size_t added = 0;   // new claims
  std::map<std::string, std::size_t> refused;  // why -> how many: "the quote is not in the sentence"
};

class SecondReader {
 public:
  // InvalidArgument: see Endpoint::open; or a name of a model that is empty or longer than 64 characters.
  static Result<SecondReader> open(EndpointOptions endpoint, std::string model);

  // Adds to `found`, which is what the built-in reader made of the article, cut into sentences as `text`.
  //
  // A proposal is refused unless its sentence is one that was asked about; its quote stands in it; both
  // ends are names found in the document, or words of that sentence with a label, and are named in it;
  // the ontology lets them be joined so; its time is one that our own reading found there. At most 40
  // edges for each 1,000 characters. It can make nodes and claims of this document, nothing else.
  //
  // A claim that both found has the confidence 1 - (1 - c)(1 - 0.5) and both extractors; one that is
  // only proposed has 0.4, below what is shown by default, and the extractor
  // `llm:MODEL/INSTRUCTIONS`, the latter eight digits of their SHA-256.
  //
  // One request for about 12,000 bytes of text, one after the other; at most 64: LimitReached. Errors of
  // the endpoint are errors of the article, so that none is stored half read. Safe from many threads.
  Result<SecondOpinion> read(const Text& text, Extract& found) const;

  const std::string& model() const { return model_; }

 private:
  SecondReader(Endpoint endpoint, std::string model) : endpoint_(std::move(endpoint)), model_(std::move(model)) {}
  Endpoint endpoint_;
  std::string model_;
};

// The checks alone: what `read` does with proposals, whoever made them.
struct AskedSentence;
struct Proposal;
SecondOpinion take_proposals(const std::vector<Proposal>& proposals, const std::vector<AskedSentence>& sentences,
                             const std::string& extractor, Extract& found);

}  // namespace entente
