#include "tools/exchange/relation_map.h"

#include <algorithm>
#include <fstream>

namespace entente::exchange {
namespace {
std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return lower;
}
}  // namespace

Result<RelationMap> RelationMap::read(const std::filesystem::path& file, const Ontology& ontology) {
  std::ifstream in(file);
  if (!in) return Error{Code::NotFound, "cannot read the relations of " + file.string()};
  RelationMap map;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    const std::string where = file.string() + ", line " + std::to_string(number);
    const std::size_t tab = line.rfind('\t');
    if (tab == std::string::npos) return Error{Code::InvalidArgument, where + ": write RELATION, a tab, and an edge type"};
    Meaning meaning;
    if (const std::string type = line.substr(tab + 1); type != "-") {
      const auto known = ontology.type_named(type);
      if (!known) return known.error().within(where);
      meaning.type = *known;
    }
    for (std::size_t from = 0; from < tab;) {
      const std::size_t to = std::min(line.find('\t', from), tab);
      if (to > from) map.meanings_.insert_or_assign(lowered(line.substr(from, to - from)), meaning);
      from = to + 1;
    }
  }
  return map;
}

std::optional<RelationMap::Meaning> RelationMap::find(std::string_view relation) const {
  std::string name = lowered(relation);
  const bool code = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  for (;;) {
    if (const auto found = meanings_.find(name); found != meanings_.end()) return found->second;
    if (!code || name.size() <= 2) return std::nullopt;
    name.pop_back();
  }
}

}  // namespace entente::exchange
