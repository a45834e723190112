// Articles with their gold: NAME.txt beside NAME.gold, or many short ones in one NAME.items.
//
// NAME.gold has tab-separated lines: first the nodes (name, label, aliases joined by |), then a
// line with `=`, then the edges (head, type, tail, date, mode, words of the sentence).
//
// NAME.items holds, for each article, a line `@ title | publisher | date`, the text, a line `-`,
// the nodes by label (`Label: name = alias | alias; name`), a line `-`, and the edges
// (`head > TYPE > tail > date > mode`; what is left out at the end is undated and actual).
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
Result<std::vector<Annotated>> read_items(const std::filesystem::path& file);
// All of a folder, in the order of their names.
Result<std::vector<Annotated>> read_annotated_folder(const std::filesystem::path& folder);

// Which gold edge each claim is: right ends by name or alias, right type, each gold edge once.
std::vector<const GoldEdge*> matches(const Annotated& annotated, const Extract& extract);
std::vector<bool> right_claims(const Annotated& annotated, const Extract& extract);

// The gold's name of a node, or its own, folded.
std::string gold_name(const Annotated& annotated, const NamedNode& node);

}  // namespace entente
