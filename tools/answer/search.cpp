#include "tools/answer/search.h"

#include <boost/json/array.hpp>

namespace entente {

Result<std::vector<SimilarName>> find_names(const Session& session, std::string_view name, std::size_t limit) {
  if (!name.empty()) return session.read().find_similar(name, limit, session.commit());
  std::vector<SimilarName> oldest;
  auto scanned = session.read().scan_nodes(session.commit(), [&](const Node& node) {
    if (oldest.size() < limit) oldest.push_back({node.id, node.label, node.name, node.name, false, 0});
    return oldest.size() < limit;
  });
  if (!scanned) return scanned.error();
  return oldest;
}

Result<std::vector<FoundText>> find_texts(const Session& session, std::string_view query, std::size_t limit) {
  const auto matches = session.read().search_text(query, limit, session.commit());
  if (!matches) return matches.error();
  std::vector<FoundText> found;
  for (const TextMatch& match : *matches) {
    auto document = session.read().document(match.document, session.commit());
    if (!document) return document.error();
    const auto text = session.read().text(match.document);
    if (!text) return text.error();
    FoundText& one = found.emplace_back();
    one.document = std::move(**document);
    one.score = match.score;
    for (const TextMatch::Place& place : match.places) {
      if (one.sentences.empty() || place.end > one.sentences.back().end) {
        FoundText::Sentence sentence;
        static_cast<Passage&>(sentence) = passage_around(*text, place.start, place.end);
        one.sentences.push_back(std::move(sentence));
      }
      one.sentences.back().places.push_back(place);
    }
  }
  return found;
}

boost::json::object to_json(const SimilarName& found, const Ontology& ontology) {
  boost::json::object row;
  row["id"] = found.node.value;
  row["name"] = found.name;
  row["label"] = ontology.label(found.label).name;
  row["matched"] = found.matched;
  row["alias"] = found.is_alias;
  row["likeness"] = found.likeness;
  return row;
}

boost::json::object to_json(const FoundText& found) {
  boost::json::object row;
  row["document"] = found.document.id.value;
  row["name"] = found.document.name;
  row["title"] = found.document.title;
  row["publisher"] = found.document.publisher;
  row["published"] = found.document.published.edtf();
  row["url"] = found.document.url;
  row["score"] = found.score;
  boost::json::array sentences;
  for (const FoundText::Sentence& sentence : found.sentences) {
    boost::json::object each;
    each["start"] = sentence.start;
    each["end"] = sentence.end;
    each["text"] = sentence.text;
    boost::json::array places;
    for (const TextMatch::Place& place : sentence.places) places.push_back(boost::json::array{place.start, place.end});
    each["places"] = std::move(places);
    sentences.push_back(std::move(each));
  }
  row["sentences"] = std::move(sentences);
  return row;
}

}  // namespace entente
