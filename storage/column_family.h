// The column families of a database, by their place. FORMAT.md describes keys and values of each.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

namespace entente {

enum class ColumnFamily : std::size_t {
  Meta,
  Nodes,
  Edges,
  Adjacency,
  History,
  Names,
  Timeline,
  Documents,
  Digests,
  Citations,
  Log,
  Speakers,
  Search,  // since format 2
};
inline constexpr std::size_t kColumnFamilies = 13;
inline constexpr std::array<std::string_view, kColumnFamilies> kColumnFamilyNames = {
    "meta",     "nodes",     "edges",   "adjacency", "history", "names",
    "timeline", "documents", "digests", "citations", "log",
    "speakers", "search"};

constexpr std::string_view name_of(ColumnFamily family) {
  return kColumnFamilyNames[static_cast<std::size_t>(family)];
}

}  // namespace entente
