#include "tools/import/patterns.h"

#include <algorithm>
#include <charconv>

#include "tools/import/table.h"

namespace entente {
namespace {
using std::string_view;

std::optional<std::vector<LabelId>> labels_of(string_view names) {
  std::vector<LabelId> labels;
  for (string_view name : parts_of(names)) {
    if (name == "actor") {
      for (const auto& label : Ontology::builtin().labels())
        if (label.actor) labels.push_back(label.id);
    } else if (name == "body") {
      for (const char* label : {"Government", "Agency", "Organization", "Company"})
        labels.push_back(label_id(label));
    } else if (name == "org") {
      for (const char* label : {"Agency", "Organization", "Company", "CriminalGroup"})
        labels.push_back(label_id(label));
    } else {
      const auto id = Ontology::builtin().find_label(name);
      if (!id) return std::nullopt;
      labels.push_back(*id);
    }
  }
  return labels;
}

std::optional<Patterns::Element> element_of(string_view text) {
  using Kind = Patterns::Element::Kind;
  Patterns::Element element;
  if (text.starts_with('{') && text.ends_with('}') && text.size() > 4 && text[2] == ':') {
    const auto labels = labels_of(text.substr(3, text.size() - 4));
    if (!labels || text[1] < 'A' || text[1] > 'D') return std::nullopt;
    element.kind = Kind::Slot, element.slot = std::uint8_t(text[1] - 'A'), element.labels = *labels;
  } else if (text == "ROLE") {
    element.kind = Kind::Role;
  } else if (text.starts_with("CLASS:")) {
    const auto labels = labels_of(text.substr(6));
    if (!labels) return std::nullopt;
    element.kind = Kind::Class, element.labels = *labels;
  } else if (text.starts_with('*')) {
    element.kind = Kind::Gap, element.gap = std::uint8_t(text[1] - '0');
  } else {
    if (text.size() > 1 && text.ends_with('?')) element.optional = true, text.remove_suffix(1);
    for (const auto word : parts_of(text)) element.words.emplace_back(word);
  }
  return element;
}

// One way through the elements; gaps and optional words try the short way first.
class Matcher {
 public:
  Matcher(const Sentence& sentence, const std::vector<Mention>& mentions, const Cast& cast,
          const Vocabulary& vocabulary)
      : sentence_(sentence), mentions_(mentions), cast_(cast), vocabulary_(vocabulary) {}

  // Depth is the number of elements, a row of the table: never the user's input.
  bool match(const std::vector<Patterns::Element>& elements, std::size_t k, std::int32_t at,
             PatternMatch& found) const {
    using Kind = Patterns::Element::Kind;
    if (k == elements.size()) {
      found.last = at;
      return true;
    }
    const auto& element = elements[k];
    switch (element.kind) {
      case Kind::Words:
        // "Its chairman": the pronoun is its own possessive.
        if (k > 0 && elements[k - 1].kind == Kind::Slot && element.words.front() == "'s" &&
            found.slots[elements[k - 1].slot]->pronoun &&
            found.slots[elements[k - 1].slot]->possessive)
          return match(elements, k + 1, at, found);
        if (at < sentence_.size() &&
            std::find(element.words.begin(), element.words.end(), sentence_.at(at).lower) !=
                element.words.end() &&
            match(elements, k + 1, at + 1, found))
          return true;
        return element.optional && match(elements, k + 1, at, found);
      case Kind::Slot:
        for (const Mention& mention : mentions_) {
          if (mention.first != at || !may_be(element, mention)) continue;
          if (mention.modifier && k > 0 && k + 1 == elements.size())
            continue;  // "fellow for China studies"
          // "owned by China's Wingtech": the firm that it has, not the state
          if (mention.possessive && !mention.pronoun && k > 0 && k + 1 == elements.size()) {
            if (match(elements, k, mention.last + 1, found)) return true;
            continue;
          }
          found.slots[element.slot] = &mention;
          if (match(elements, k + 1, after_brackets(mention.last), found)) return true;
        }
        return false;
      case Kind::Role:
        return match_role(elements, k, at, found);
      case Kind::Class:
        return is_class(element, at) && match(elements, k + 1, at + 1, found);
      case Kind::Gap:
        for (std::int32_t skip = 0; skip <= element.gap; ++skip) {
          if (match(elements, k + 1, at + skip, found)) return true;
          if (at + skip >= sentence_.size() || !may_skip(at + skip)) return false;
        }
        return false;
    }
    return false;
  }

 private:
  bool may_be(const Patterns::Element& element, const Mention& mention) const {
    return std::find(element.labels.begin(), element.labels.end(), cast_.label(mention.node)) !=
           element.labels.end();
  }

  bool is_class(const Patterns::Element& element, std::int32_t at) const {
    if (at >= sentence_.size() || sentence_.at(at).capital()) return false;
    const ClassNoun* noun = vocabulary_.class_of(sentence_.at(at).lemma);
    return noun != nullptr && !noun->state &&
           std::find(element.labels.begin(), element.labels.end(), noun->label) !=
               element.labels.end();
  }

  std::int32_t after_brackets(std::int32_t at) const {
    if (at + 2 < sentence_.size() && sentence_.at(at).text == "(" &&
        sentence_.at(at + 2).text == ")")
      return at + 3;
    return at;
  }

  bool may_skip(std::int32_t at) const {
    const Word& word = sentence_.at(at);
    if (one_of(word.text, {",", ".", ";", ":", "(", ")", "\""})) return false;
    return std::none_of(mentions_.begin(), mentions_.end(), [&](const Mention& m) {
      return m.first <= at && at < m.last && !m.modifier;
    });
  }

  // "the former acting director", "a senior fellow", "then-Speaker"
  bool match_role(const std::vector<Patterns::Element>& elements, std::size_t k, std::int32_t at,
                  PatternMatch& found) const {
    bool ended = false;
    std::int32_t start = at;
    for (std::int32_t i = at; i < std::min(sentence_.size(), at + 7); ++i) {
      const Word& word = sentence_.at(i);
      if (word.tag == Tag::CC && i == at) return false;  // "Greenpeace and the lawyer X"
      if (const Role* role = vocabulary_.role_at(sentence_, i)) {
        PatternMatch attempt = found;
        attempt.role = role, attempt.ended = ended || word.lower.starts_with("ex-");
        for (std::int32_t w = start; w < i + std::int32_t(role->words); ++w)
          attempt.role_words +=
              (w > start && sentence_.at(w - 1).end != sentence_.at(w).begin ? " " : "") +
              sentence_.at(w).text;
        std::int32_t after = i + std::int32_t(role->words);
        // "chairman and chief executive"
        if (after + 1 < sentence_.size() && sentence_.at(after).lower == "and")
          if (const Role* second = vocabulary_.role_at(sentence_, after + 1))
            after += 1 + std::int32_t(second->words);
        if (match(elements, k + 1, after, attempt)) {
          found = attempt;
          return true;
        }
      }
      ended = ended || one_of(word.lower, {"former", "then", "ex", "ex-", "late", "onetime",
                                           "outgoing", "previous"});
      if (one_of(word.lower, {"a", "an", "the", "former", "then", "-", "ex", "late"}) && i == start)
        ++start;
      if (!may_skip(i) && !one_of(word.text, {"-", ","})) return false;
      if (word.text == "," || word.is_verb()) return false;
    }
    return false;
  }

  const Sentence& sentence_;
  const std::vector<Mention>& mentions_;
  const Cast& cast_;
  const Vocabulary& vocabulary_;
};
}  // namespace

Result<Patterns> Patterns::load(const std::filesystem::path& folder) {
  const auto table = Table::read(folder / "patterns.tsv", {"pattern", "edges", "confidence"});
  if (!table) return table.error();
  Patterns patterns;
  for (const auto& row : table->rows()) {
    Pattern pattern;
    for (const auto part : parts_of(row[0], ' ')) {
      auto element = element_of(part);
      if (!element) return table->fault(row, "cannot read the element '" + std::string(part) + "'");
      pattern.elements.push_back(std::move(*element));
    }
    for (const auto edge : parts_of(row[1])) {  // "A PART_OF B"
      const auto parts = parts_of(edge, ' ');
      const auto type = parts.size() == 3 ? Ontology::builtin().find_type(parts[1]) : std::nullopt;
      if (!type) return table->fault(row, "cannot read the edge '" + std::string(edge) + "'");
      pattern.edges.push_back(
          {*type, std::uint8_t(parts[0][0] - 'A'), std::uint8_t(parts[2][0] - 'A')});
    }
    const auto read =
        std::from_chars(row[2].data(), row[2].data() + row[2].size(), pattern.confidence);
    if (read.ec != std::errc{}) return table->fault(row, "the confidence is no number");
    patterns.patterns_.push_back(std::move(pattern));
  }
  return patterns;
}

std::optional<PatternMatch> Patterns::match(const Pattern& pattern, const Sentence& sentence,
                                            const std::vector<Mention>& mentions, const Cast& cast,
                                            const Vocabulary& vocabulary, std::int32_t at) const {
  PatternMatch found;
  found.first = at;
  if (!Matcher(sentence, mentions, cast, vocabulary).match(pattern.elements, 0, at, found))
    return std::nullopt;
  return found;
}

}  // namespace entente
