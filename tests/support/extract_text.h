// Extracts drawn in text, for tests: one line a claim.
//
//   extract_of("memo", "Ana: Government CONTROLS salt: Chemical 2024-09-01/..\n"
//                      "Ana: Government ACCUSE Bo: Person 2024-08 alleged not 0.5 by Cy: Person")
//
// A line is HEAD: LABEL TYPE TAIL: LABEL [EDTF] [mode] [not] [confidence] [by SPEAKER: LABEL].
// A name is one word, `_` stands for a space. The text of the document is the lines themselves, so
// each claim cites its own line.
#pragma once
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>

#include "schema/claim.h"
#include "schema/ontology.h"
#include "schema/text.h"

namespace entente {

inline std::string spaced(std::string name) {
  for (char& c : name)
    if (c == '_') c = ' ';
  return name;
}

class ExtractText {
 public:
  ExtractText(std::string name, std::string_view lines) {
    extract_.document.name = std::move(name);
    extract_.document.title = extract_.document.name + " title";
    extract_.document.publisher = "The Reader";
    extract_.document.text = std::string(lines);
    std::istringstream in{std::string(lines)};
    std::uint64_t start = 0;
    for (std::string line; std::getline(in, line);) {
      const std::uint64_t end = start + count_characters(line);
      if (!line.empty()) add(line, start, end);
      start = end + 1;
    }
  }
  Extract take() { return std::move(extract_); }

 private:
  std::size_t node(const std::string& name, const std::string& label) {
    const LabelId id = *Ontology::builtin().find_label(label);
    for (std::size_t i = 0; i < extract_.nodes.size(); ++i)
      if (extract_.nodes[i].name == name && extract_.nodes[i].label == id) return i;
    NamedNode made;
    made.name = name;
    made.label = id;
    extract_.nodes.push_back(made);
    return extract_.nodes.size() - 1;
  }

  std::size_t next_node(std::istringstream& words) {
    std::string name, label;
    words >> name >> label;
    if (name.empty() || name.back() != ':') ADD_FAILURE() << "expected NAME: LABEL, got " << name;
    name.pop_back();
    return node(spaced(name), label);
  }

  void add(const std::string& line, std::uint64_t start, std::uint64_t end) {
    std::istringstream words(line);
    Claim claim;
    claim.head = next_node(words);
    std::string word;
    words >> word;
    claim.type = *Ontology::builtin().find_type(word);
    claim.tail = next_node(words);
    claim.confidence = 0.8;
    claim.extractor = "test/1";
    claim.start = start, claim.end = end, claim.quote = line;
    while (words >> word) {
      if (word == "not") {
        claim.negated = true;
      } else if (word == "by") {
        claim.speaker = next_node(words);
      } else if (const auto mode = parse_mode(word)) {
        claim.mode = *mode;
      } else if (word.starts_with("0.")) {
        claim.confidence = std::stod(word);
      } else {
        const auto valid = Interval::parse(word);
        if (!valid) ADD_FAILURE() << line << ": " << valid.error().message;
        if (valid) claim.valid = *valid;
      }
    }
    extract_.claims.push_back(claim);
  }

  Extract extract_;
};

inline Extract extract_of(std::string name, std::string_view lines) {
  return ExtractText(std::move(name), lines).take();
}

}  // namespace entente
