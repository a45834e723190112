#include "tools/import/train/conllu.h"

#include <array>
#include <charconv>
#include <fstream>
#include <optional>
#include <string_view>

namespace entente::train {
namespace {

std::array<std::string_view, 10> fields_of(std::string_view line) {
  std::array<std::string_view, 10> fields;
  for (auto& field : fields) {
    const auto tab = line.find('\t');
    field = line.substr(0, tab);
    line = tab == line.npos ? std::string_view() : line.substr(tab + 1);
  }
  return fields;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// False when the line names a tag, a class or a relation we do not know.
bool add_word(std::string_view line, GoldSentence& sentence) {
  const auto fields = fields_of(line);
  if (!number(fields[0])) return true;  // "3-4" or "8.1"
  const auto tag = tag_from(fields[4]);
  const auto word_class = upos_from(fields[3]);
  const auto head = number(fields[6]);
  const auto relation = relation_from(fields[7]);
  if (!tag || !word_class || !head || !relation) return false;
  sentence.words.emplace_back(fields[1]);
  sentence.lemmas.emplace_back(fields[2]);
  sentence.tags.push_back(*tag);
  sentence.classes.push_back(*word_class);
  sentence.arcs.push_back({*head - 1, *relation});
  return true;
}

}  // namespace

std::vector<Token> GoldSentence::tokens() const {
  std::vector<Token> out;
  out.reserve(words.size());
  for (const auto& word : words) out.push_back({word, 0});
  return out;
}

Result<Treebank> read_conllu(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in) return Error{Code::NotFound, "cannot read the treebank " + path.string()};
  Treebank bank;
  GoldSentence sentence;
  bool known = true;
  const auto finish = [&] {
    if (!known) ++bank.skipped;
    if (known && !sentence.words.empty()) bank.sentences.push_back(std::move(sentence));
    sentence = {};
    known = true;
  };
  constexpr std::string_view kText = "# text = ";
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) finish();
    else if (line.starts_with(kText)) sentence.text = line.substr(kText.size());
    else if (line[0] != '#') known = add_word(line, sentence) && known;
  }
  finish();
  if (bank.sentences.empty())
    return Error{Code::InvalidArgument, path.string() + " holds no sentence in CoNLL-U"};
  return bank;
}

}  // namespace entente::train
