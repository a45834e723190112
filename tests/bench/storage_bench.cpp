// What the store costs beside its peer, in one run: bare RocksDB that keeps only adjacency.
//   storage_bench [--scale N] [--dir DIR] [--keep]
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>

#include "schema/digest.h"
#include "storage/bulk.h"
#include "storage/check.h"
#include "storage/store.h"
#include "tests/bench/generate.h"
#include "tests/bench/raw_rocks.h"

namespace entente::bench {
namespace {
namespace fs = std::filesystem;

double wall() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double cpu() {
  timespec now;
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

struct Cost {
  double wall = 0, cpu = 0;
};
template <typename Work>
Cost cost_of(Work work) {
  const double w = wall(), c = cpu();
  work();
  return {wall() - w, cpu() - c};
}

double at(std::vector<double> sorted, double part) {
  std::sort(sorted.begin(), sorted.end());
  return sorted.empty() ? 0 : sorted[std::size_t(part * double(sorted.size() - 1))];
}

template <typename T>
T must(Result<T> result) {
  if (!result) std::fprintf(stderr, "storage_bench: %s\n", result.error().message.c_str()), std::exit(1);
  return std::move(*result);
}

void line(const char* what, const char* unit, double ours, double peer, const char* bar) {
  std::printf("%-44s %12.3f %12.3f %8.2f  %-8s %s\n", what, ours, peer, peer ? ours / peer : 0, unit, bar);
  std::fflush(stdout);
}

Instant moment() { return Instant{std::chrono::microseconds(1'700'000'000'000'000)}; }

void load(Store& store, const MadeGraph& graph) {
  const Ontology& ontology = store.ontology();
  std::vector<EdgeTypeId> types;
  for (const std::string& name : made_types()) types.push_back(*ontology.find_type(name));
  std::vector<std::string> names;
  for (std::uint32_t node = 0; node < graph.nodes; ++node) names.push_back(made_name(node));
  Document table;
  table.name = "made";
  BulkLoad load = must(BulkLoad::begin(store, table));
  BulkRow row;
  row.head_label = row.tail_label = *ontology.find_label("Government");
  for (const MadeEdge& edge : graph.edges) {
    ++row.row;
    row.head = names[edge.head], row.tail = names[edge.tail];
    row.type = types[edge.type];
    const auto bound = [](std::int32_t day) { return Bound::known(Day{std::chrono::days(day)}); };
    row.valid = must(Interval::make(bound(edge.from), edge.to == kOpenEnd ? Bound::open() : bound(edge.to)));
    row.confidence = edge.confidence / 1000.0;
    must(load.add(row));
  }
  must(load.commit({sha256("made"), row.row, 1}, "bench", "load", moment()));
}

std::size_t count_on(const ReadTransaction& read, NodeId node, std::int32_t day) {
  const DayRange window{Day{std::chrono::days(day)}, Day{std::chrono::days(day + 1)}};
  std::size_t count = 0;
  NeighbourFilter filter;
  filter.outgoing = true;
  filter.valid = window;
  must(read.scan_neighbours(node, filter, [&](const Neighbour&) {
    ++count;
    return true;
  }));
  return count;
}

int run(unsigned scale, const fs::path& directory, bool keep) {
  std::printf("storage, scale %u (%u nodes, %u edges); ours beside bare RocksDB with adjacency alone\n", scale,
              1u << scale, 16u << scale);
  std::printf("%-44s %12s %12s %8s  %-8s %s\n", "measure", "ours", "peer", "ratio", "unit", "bar");
  const MadeGraph graph = generate(scale, 16);
  const double edges = double(graph.edges.size());
  const auto ours_at = directory / "ours", peer_at = directory / "peer";

  const Cost peer = cost_of([&] { RawRocks::load(graph, peer_at); });
  const Cost ours = cost_of([&] {
    auto store = must(Store::open(ours_at, Access::Create));
    load(*store, graph);
  });
  line("load from memory, edges/s", "wall", edges / ours.wall, edges / peer.wall, ">= 0.5");
  line("load from memory, edges/s", "CPU", edges / ours.cpu, edges / peer.cpu, ">= 0.5");
  line("on disk", "B/edge", double(bytes_in(ours_at)) / edges, double(bytes_in(peer_at)) / edges, "<= 80 B");

  // Open to the first answer, everything in the page cache.
  std::vector<double> open_ours, open_peer;
  for (int i = 0; i < 7; ++i) {
    open_peer.push_back(cost_of([&] { RawRocks(peer_at).count_on(graph.edges[0].head, 15000); }).wall);
    open_ours.push_back(cost_of([&] {
      const auto store = must(Store::open(ours_at, Access::Write));
      const auto read = store->begin_read();
      const auto found = must(read.find_name(made_name(graph.edges[0].head)));
      count_on(read, found.front().node, 15000);
    }).wall);
  }
  line("open to the first answer", "ms", 1e3 * at(open_ours, 0.5), 1e3 * at(open_peer, 0.5), "<= 60 ms");

  {
    const auto store = must(Store::open(ours_at, Access::Write));
    const auto read = store->begin_read();
    RawRocks raw(peer_at);
    std::vector<double> time_ours, time_peer;
    std::size_t total_ours = 0, total_peer = 0;
    for (int round = 0; round < 3; ++round) {  // the first warms the caches
      time_ours.clear(), time_peer.clear();
      for (std::uint32_t i = 0; i < 2000; ++i) {
        const std::uint32_t node = graph.edges[i * 7919u % graph.edges.size()].head;
        const std::int32_t day = 13000 + std::int32_t(i % 7000);
        const NodeId id = must(read.find_name(made_name(node))).front().node;
        time_ours.push_back(cost_of([&] { total_ours += count_on(read, id, day); }).wall);
        time_peer.push_back(cost_of([&] { total_peer += raw.count_on(node, day); }).wall);
      }
    }
    if (total_ours != total_peer) {
      std::fprintf(stderr, "storage_bench: the answers differ: %zu, %zu\n", total_ours, total_peer);
      return 1;
    }
    line("out-neighbours on a day, p50", "us", 1e6 * at(time_ours, 0.5), 1e6 * at(time_peer, 0.5), "<= 2");
    line("out-neighbours on a day, p99", "us", 1e6 * at(time_ours, 0.99), 1e6 * at(time_peer, 0.99), "<= 2");
  }
  if (!keep) fs::remove_all(directory);
  return 0;
}
}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  unsigned scale = 16;
  std::filesystem::path directory;
  bool keep = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--scale" && i + 1 < argc) {
      scale = unsigned(std::atoi(argv[++i]));
    } else if (word == "--dir" && i + 1 < argc) {
      directory = argv[++i];
    } else if (word == "--keep") {
      keep = true;
    } else {
      std::fprintf(stderr, "usage: storage_bench [--scale N] [--dir DIR] [--keep]\n");
      return 2;
    }
  }
  if (directory.empty()) {
    std::string pattern = (std::filesystem::temp_directory_path() / "entente-bench-XXXXXX").string();
    directory = ::mkdtemp(pattern.data());
  }
  std::filesystem::create_directories(directory);
  return entente::bench::run(scale, directory, keep);
}
