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

string_view trim(string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<string_view> cells_of(string_view line, char between) {
  std::vector<string_view> cells;
  for (const auto cell : parts_of(line, between)) cells.push_back(trim(cell));
  return cells;
}

void add_node(Annotated& annotated, string_view name, string_view label,
              const std::vector<string_view>& aliases) {
  const std::string key = folded(name);
  annotated.labels[key] = std::string(label);
  annotated.names[key] = key;
  for (const auto alias : aliases) annotated.names.try_emplace(folded(alias), key);
}

// `Label: name = alias | alias; name`
bool add_nodes(Annotated& annotated, string_view line) {
  const auto colon = line.find(':');
  if (colon == string_view::npos) return false;
  for (const auto node : cells_of(line.substr(colon + 1), ';')) {
    const auto equals = node.find(" = ");
    const auto aliases = equals == string_view::npos ? std::vector<string_view>{}
                                                     : cells_of(node.substr(equals + 3), '|');
    add_node(annotated, trim(node.substr(0, equals)), trim(line.substr(0, colon)), aliases);
  }
  return true;
}

// `head > TYPE > tail > date > mode`; both ends must have been named.
bool add_edge(Annotated& annotated, string_view line) {
  const auto cells = cells_of(line, '>');
  if (cells.size() < 3 || !Ontology::builtin().find_type(cells[1])) return false;
  GoldEdge edge{folded(cells[0]), std::string(cells[1]), folded(cells[2]), {}, "actual"};
  if (cells.size() > 3) edge.date = std::string(cells[3]);
  if (cells.size() > 4) edge.mode = std::string(cells[4]);
  if (!annotated.labels.contains(edge.head) || !annotated.labels.contains(edge.tail)) return false;
  annotated.edges.push_back(std::move(edge));
  return true;
}
}  // namespace

std::string gold_name(const Annotated& annotated, const NamedNode& node) {
  std::vector<std::string> names{node.name};
  names.insert(names.end(), node.mentions.begin(), node.mentions.end());
  for (const auto& name : names)
    if (const auto found = annotated.names.find(folded(name)); found != annotated.names.end())
      return found->second;
  return folded(node.name);
}

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
      add_node(annotated, cells[0], cells[1],
               cells.size() > 2 ? parts_of(cells[2]) : std::vector<string_view>{});
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

Result<std::vector<Annotated>> read_items(const std::filesystem::path& file) {
  enum class Part { Text, Nodes, Edges };
  std::ifstream lines(file);
  if (!lines) return Error{Code::NotFound, "cannot read " + file.string()};
  std::vector<Annotated> all;
  Metadata meta;
  std::string line, text;
  Part part = Part::Edges;
  for (int number = 1; std::getline(lines, line); ++number) {
    bool good = true;
    if (line.starts_with("@ ")) {
      const auto cells = cells_of(string_view(line).substr(2), '|');
      good = cells.size() == 3 && part == Part::Edges;
      if (good)
        meta = {std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), {}};
      text.clear(), part = Part::Text;
    } else if (part == Part::Text && line == "-") {
      auto article = make_article(
          file.stem().string() + "-" + std::to_string(all.size() + 1), text, meta);
      if (!article) return article.error();
      all.push_back({std::move(*article), {}, {}, {}});
      part = Part::Nodes;
    } else if (part == Part::Text) {
      text += line + '\n';
    } else if (line == "-") {
      part = Part::Edges;
    } else if (!line.empty() && !line.starts_with('#')) {
      good = !all.empty() && (part == Part::Nodes ? add_nodes(all.back(), line)
                                                  : add_edge(all.back(), line));
    }
    if (!good)
      return Error{Code::Corruption, file.string() + ":" + std::to_string(number) +
                                         ": not understood, or an end that is no node: " + line};
  }
  return all;
}

Result<std::vector<Annotated>> read_annotated_folder(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".txt" || entry.path().extension() == ".items")
      files.push_back(entry.path());
  if (error) return Error{Code::NotFound, "cannot list " + folder.string()};
  std::sort(files.begin(), files.end());
  std::vector<Annotated> all;
  for (const auto& file : files) {
    if (file.extension() == ".items") {
      auto items = read_items(file);
      if (!items) return items.error();
      for (auto& item : *items) all.push_back(std::move(item));
      continue;
    }
    auto one = read_annotated(file);
    if (!one) return one.error();
    all.push_back(std::move(*one));
  }
  return all;
}

std::vector<const GoldEdge*> matches(const Annotated& annotated, const Extract& extract) {
  std::vector<const GoldEdge*> right(extract.claims.size(), nullptr);
  std::vector<bool> used(annotated.edges.size(), false);
  for (std::size_t i = 0; i < extract.claims.size(); ++i) {
    const Claim& claim = extract.claims[i];
    const auto& type = Ontology::builtin().type(claim.type);
    const std::string head = gold_name(annotated, extract.nodes[claim.head]),
                      tail = gold_name(annotated, extract.nodes[claim.tail]);
    for (std::size_t k = 0; k < used.size() && right[i] == nullptr; ++k) {
      const GoldEdge& edge = annotated.edges[k];
      if (used[k] || edge.type != type.name) continue;
      const bool same = (edge.head == head && edge.tail == tail) ||
                        (type.symmetric && edge.head == tail && edge.tail == head);
      if (same) used[k] = true, right[i] = &edge;
    }
  }
  return right;
}

std::vector<bool> right_claims(const Annotated& annotated, const Extract& extract) {
  std::vector<bool> right;
  for (const GoldEdge* edge : matches(annotated, extract)) right.push_back(edge != nullptr);
  return right;
}

}  // namespace entente
