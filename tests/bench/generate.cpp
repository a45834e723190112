#include "tests/bench/generate.h"

#include <cstdio>
#include <numeric>

#include "schema/bound.h"

namespace entente::bench {
namespace {
// Sebastiano Vigna's splitmix64: small, fast, and the same on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
  }
  std::uint32_t below(std::uint32_t limit) { return std::uint32_t(((next() >> 32) * limit) >> 32); }
  double unit() { return double(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

constexpr std::int32_t kFirstDay = 12784;  // 2005-01-01
constexpr std::uint32_t kDays = 7305;      // twenty years
}  // namespace

const std::vector<std::string>& made_types() {
  static const std::vector<std::string> kTypes = {
      "CONSULT", "SUPPORT", "COOPERATE", "ACCUSE",  "REQUEST", "AID",     "AGREE",    "REJECT", "THREATEN",
      "PROTEST", "CONCEDE", "SANCTION",  "COERCE",  "ASSAULT", "RETREAT", "MOBILIZE", "LOBBIES", "SUPPLIES"};
  return kTypes;
}

MadeGraph generate(unsigned scale, unsigned edges_a_node, std::uint64_t seed) {
  Random random(seed);
  MadeGraph graph;
  graph.nodes = 1u << scale;
  std::vector<std::uint32_t> renumbered(graph.nodes);
  std::iota(renumbered.begin(), renumbered.end(), 0u);
  for (std::uint32_t i = graph.nodes - 1; i > 0; --i) std::swap(renumbered[i], renumbered[random.below(i + 1)]);
  graph.edges.resize(std::size_t(graph.nodes) * edges_a_node);
  const double types = double(made_types().size());
  for (MadeEdge& edge : graph.edges) {
    std::uint32_t head = 0, tail = 0;
    do {
      head = tail = 0;
      for (unsigned bit = 0; bit < scale; ++bit) {
        const std::uint32_t quarter = random.below(100);
        head = head << 1 | (quarter >= 76);
        tail = tail << 1 | ((quarter >= 57 && quarter < 76) || quarter >= 95);
      }
    } while (head == tail);
    edge.head = renumbered[head], edge.tail = renumbered[tail];
    edge.type = std::uint16_t(types * random.unit() * random.unit());
    edge.from = kFirstDay + std::int32_t(random.below(kDays));
    const std::uint32_t kind = random.below(10);
    edge.to = kind < 3 ? edge.from : kind < 8 ? edge.from + 1 + std::int32_t(random.below(730)) : kOpenEnd;
    edge.confidence = std::uint16_t(1 + random.below(1000));
  }
  return graph;
}

std::string made_name(std::uint32_t node) { return "Actor " + std::to_string(node); }

void write_csv(const MadeGraph& graph, const std::filesystem::path& file) {
  std::vector<std::string> days(kDays + 732);
  for (std::size_t i = 0; i < days.size(); ++i)
    days[i] = edtf_of(Day{std::chrono::days(kFirstDay + std::int32_t(i))});
  std::FILE* out = std::fopen(file.c_str(), "w");
  if (!out) std::perror(file.c_str()), std::abort();
  std::fputs("head,tail,type,from,to,confidence\n", out);
  for (const MadeEdge& edge : graph.edges)
    std::fprintf(out, "Actor %u,Actor %u,%s,%s,%s,%u.%03u\n", edge.head, edge.tail,
                 made_types()[edge.type].c_str(), days[std::size_t(edge.from - kFirstDay)].c_str(),
                 edge.to == kOpenEnd ? ".." : days[std::size_t(edge.to - kFirstDay)].c_str(),
                 edge.confidence / 1000u, edge.confidence % 1000u);
  std::fclose(out);
}

void write_names_csv(const MadeGraph& graph, const std::filesystem::path& file) {
  std::FILE* out = std::fopen(file.c_str(), "w");
  if (!out) std::perror(file.c_str()), std::abort();
  std::fputs("name\n", out);
  for (std::uint32_t node = 0; node < graph.nodes; ++node) std::fprintf(out, "Actor %u\n", node);
  std::fclose(out);
}

}  // namespace entente::bench
