// An article with its gold: NAME.txt beside NAME.gold.
//
// NAME.gold has tab-separated lines: first the nodes (name, label, aliases joined by |), then a
// line with `=`, then the edges (head, type, tail, date, mode, words of the sentence).
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "schema/claim.h"
#include "schema/result.h"
#include "tools/import/article.h"

namespace entente {

struct GoldEdge {
  std::string head, type, tail, date, mode;
};

struct Annotated {
  Article article;
  std::map<std::string, std::string> names;   // folded name or alias -> folded name
  std::map<std::string, std::string> labels;  // folded name -> label
  std::vector<GoldEdge> edges;                // names folded
};

Result<Annotated> read_annotated(const std::filesystem::path& text);
// All of a folder, in the order of their names.
Result<std::vector<Annotated>> read_annotated_folder(const std::filesystem::path& folder);

// Which claims are in the gold: right ends by name or alias, right type, each gold edge once.
std::vector<bool> right_claims(const Annotated& annotated, const Extract& extract);

}  // namespace entente
