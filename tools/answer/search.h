// What a search finds, for the command line and the server alike.
#pragma once
#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "tools/answer/passage.h"
#include "tools/answer/session.h"

namespace entente {

// An article with the sentences in which something that was asked for stands.
struct FoundText {
  Document document;
  double score = 0;
  struct Sentence : Passage {
    std::vector<TextMatch::Place> places;  // in it; characters of the text
  };
  std::vector<Sentence> sentences;  // in order, each once
};

// Both as believed at the session's commit, best first. An empty name is that of the oldest nodes.
Result<std::vector<SimilarName>> find_names(const Session& session, std::string_view name, std::size_t limit);
Result<std::vector<FoundText>> find_texts(const Session& session, std::string_view query, std::size_t limit);

// {id, name, label, matched, alias, likeness}
boost::json::object to_json(const SimilarName& found, const Ontology& ontology);
// {document, name, title, publisher, published, url, score, sentences: [{start, end, text, places: [[start, end]]}]}
boost::json::object to_json(const FoundText& found);

}  // namespace entente
