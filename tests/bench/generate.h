// A made load for benches: a skewed multigraph of dated, scored edges, the same for the same numbers.
//
// R-MAT (Chakrabarti, Zhan, Faloutsos, "R-MAT: A Recursive Model for Graph Mining", 2004) with
// (0.57, 0.19, 0.19, 0.05), nodes renumbered at random, no loops; types skewed to the first; starts
// uniform over twenty years; 30 % last one day, 50 % up to two years, 20 % are open.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace entente::bench {

inline constexpr std::int32_t kOpenEnd = 0x7FFFFFFF;

struct MadeEdge {
  std::uint32_t head = 0, tail = 0;
  std::int32_t from = 0, to = 0;  // days since 1970-01-01, both included; kOpenEnd
  std::uint16_t type = 0;         // place in made_types()
  std::uint16_t confidence = 0;   // in thousandths, 1 to 1000
};

struct MadeGraph {
  std::uint32_t nodes = 0;
  std::vector<MadeEdge> edges;
};

const std::vector<std::string>& made_types();  // edge types of the built-in ontology, actor to actor
MadeGraph generate(unsigned scale, unsigned edges_a_node, std::uint64_t seed = 20240901);
std::string made_name(std::uint32_t node);  // "Actor 17"
void write_csv(const MadeGraph& graph, const std::filesystem::path& file);  // head,tail,type,from,to,confidence
void write_names_csv(const MadeGraph& graph, const std::filesystem::path& file);  // name

}  // namespace entente::bench
