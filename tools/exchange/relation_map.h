// What the relations of somebody else's table are called here.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "schema/ontology.h"
#include "schema/result.h"

namespace entente::exchange {

// One line a relation: any number of names or codes, tabs between, and last the edge type, or `-` for
// rows that are left out. `#` starts a comment line. A code that is not listed counts as the longest
// listed one that it begins with (CAMEO's 0311 as 031 as 03), if it is made of digits.
class RelationMap {
 public:
  // InvalidArgument names the line.
  static Result<RelationMap> read(const std::filesystem::path& file, const Ontology& ontology);

  struct Meaning {
    std::optional<EdgeTypeId> type;  // nothing: rows of it are left out
  };
  std::optional<Meaning> find(std::string_view relation) const;  // upper and lower case alike

 private:
  std::map<std::string, Meaning, std::less<>> meanings_;
};

}  // namespace entente::exchange
