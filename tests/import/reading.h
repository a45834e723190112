// What the tests of the importer share: a sentence in, its edges out as lines to compare.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ontology.h"
#include "tools/import/reader.h"

namespace entente {

// One reader for all tests: it is immutable.
inline const Reader& reader() {
  static const Result<Reader> kReader =
      Reader::open(ENTENTE_DATA_DIR "/lexicon", ENTENTE_DATA_DIR "/model/english.model");
  if (!kReader) throw std::runtime_error(kReader.error().message);
  return *kReader;
}

// A text of 10 September 2024 under a headline.
inline Extract read_text_of(std::string_view body, std::string_view published = "2024-09-10") {
  const auto article = make_article("test", "A headline\n\n" + std::string(body) + "\n",
                                    {"", "", std::string(published), ""});
  if (!article) throw std::runtime_error(article.error().message);
  return reader().read(*article);
}

// "China not CONTROLS xylazine 2024-09-01/.. planned": what is not the plain case is written out.
inline std::string line_of(const Extract& extract, const Claim& claim) {
  std::string line = extract.nodes[claim.head].name + (claim.negated ? " not " : " ") +
                     Ontology::builtin().type(claim.type).name + " " +
                     extract.nodes[claim.tail].name;
  const bool dated = claim.valid.from().is_known() || claim.valid.to().is_known();
  if (dated) line += " " + claim.valid.edtf();
  if (claim.mode != Mode::Actual) line += " " + std::string(name_of(claim.mode));
  return line;
}

inline std::vector<std::string> edges(std::string_view body) {
  const Extract extract = read_text_of(body);
  std::vector<std::string> lines;
  for (const Claim& claim : extract.claims) lines.push_back(line_of(extract, claim));
  return lines;
}

inline bool has(const std::vector<std::string>& lines, std::string_view wanted) {
  return std::find(lines.begin(), lines.end(), wanted) != lines.end();
}

// All lines, for the message of a failed test.
inline std::string all(const std::vector<std::string>& lines) {
  std::string text = "edges:\n";
  for (const auto& line : lines) text += "  " + line + "\n";
  return text;
}

inline bool has_node(const Extract& extract, std::string_view name, std::string_view label) {
  return std::any_of(extract.nodes.begin(), extract.nodes.end(), [&](const NamedNode& node) {
    return node.name == name && Ontology::builtin().label(node.label).name == label;
  });
}

}  // namespace entente
