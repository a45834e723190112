#include "tools/import/train/annotated.h"

#include <algorithm>
#include <fstream>

#include "schema/ontology.h"
#include "tools/import/table.h"

namespace entente {
namespace {
using std::string_view;

// Small letters, no article, no possessive, only letters and digits between single spaces.
std::string folded(string_view name) {
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool owner = (c == '\'' || c == '\xE2') &&
                       (name.substr(i, 2) == "'s" || name.substr(i, 4) == "\u2019s");
    if (owner) {
      i += c == '\'' ? 1 : 3;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (c >= 'A' && c <= 'Z')
      text += char(c + 32);
    else if (letter)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  while (text.ends_with(' ')) text.pop_back();
  for (const string_view article : {"the ", "a ", "an "})
    if (text.starts_with(article)) return text.substr(article.size());
  return text;
}

std::string gold_name(const Annotated& annotated, const NamedNode& node) {
  std::vector<std::string> names{node.name};
  names.insert(names.end(), node.mentions.begin(), node.mentions.end());
  for (const auto& name : names)
    if (const auto found = annotated.names.find(folded(name)); found != annotated.names.end())
      return found->second;
  return folded(node.name);
}
}  // namespace

Result<Annotated> read_annotated(const std::filesystem::path& text) {
  auto article = read_article(text);
  if (!article) return article.error();
  Annotated annotated{std::move(*article), {}, {}, {}};
  const auto file = std::filesystem::path(text).replace_extension(".gold");
  std::ifstream lines(file);
  if (!lines) return Error{Code::NotFound, "no gold: " + file.string()};
  bool edges = false;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line == "=") {
      edges = true;
      continue;
    }
    const auto cells = parts_of(line, '\t');
    if (!edges && cells.size() >= 2) {
      const std::string name = folded(cells[0]);
      annotated.labels[name] = std::string(cells[1]);
      annotated.names[name] = name;
      if (cells.size() > 2)
        for (const auto alias : parts_of(cells[2])) annotated.names.try_emplace(folded(alias), name);
    } else if (edges && cells.size() >= 6) {
      annotated.edges.push_back({folded(cells[0]), std::string(cells[1]), folded(cells[2]),
                                 std::string(cells[3]), std::string(cells[4])});
    } else if (!line.empty()) {
      return Error{Code::Corruption,
                   file.string() + ":" + std::to_string(number) + ": too few cells"};
    }
  }
  return annotated;
}

Result<std::vector<Annotated>> read_annotated_folder(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  if (error) return Error{Code::NotFound, "cannot list " + folder.string()};
  std::sort(files.begin(), files.end());
  std::vector<Annotated> all;
  for (const auto& file : files) {
    auto one = read_annotated(file);
    if (!one) return one.error();
    all.push_back(std::move(*one));
  }
  return all;
}

std::vector<bool> right_claims(const Annotated& annotated, const Extract& extract) {
  std::vector<bool> right(extract.claims.size(), false), used(annotated.edges.size(), false);
  for (std::size_t i = 0; i < extract.claims.size(); ++i) {
    const Claim& claim = extract.claims[i];
    const auto& type = Ontology::builtin().type(claim.type);
    const std::string head = gold_name(annotated, extract.nodes[claim.head]),
                      tail = gold_name(annotated, extract.nodes[claim.tail]);
    for (std::size_t k = 0; k < used.size() && !right[i]; ++k) {
      const GoldEdge& edge = annotated.edges[k];
      if (used[k] || edge.type != type.name) continue;
      const bool same = (edge.head == head && edge.tail == tail) ||
                        (type.symmetric && edge.head == tail && edge.tail == head);
      if (same) used[k] = right[i] = true;
    }
  }
  return right;
}

}  // namespace entente
