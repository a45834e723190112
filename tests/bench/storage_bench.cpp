// What the store costs beside its peers, in one run: see tools/bench --help.
#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include "storage/check.h"
#include "storage/store.h"
#include "tests/bench/commit_bench.h"
#include "tests/bench/generate.h"
#include "tests/bench/kuzu_peer.h"
#include "tests/bench/measure.h"
#include "tests/bench/raw_rocks.h"
#include "tests/bench/stored_rows.h"
#include "tests/bench/table_load.h"

namespace entente::bench {
namespace {
namespace fs = std::filesystem;

struct Options {
  unsigned scale = 16;
  unsigned commits = 1000, versions = 100;
  fs::path table, directory, kuzu;
  std::string part;  // empty: all
  bool keep = false, check = true;
};

std::size_t count_on(const ReadTransaction& read, NodeId node, std::int32_t day) {
  NeighbourFilter filter;
  filter.outgoing = true;
  filter.valid = DayRange{Day{std::chrono::days(day)}, Day{std::chrono::days(day + 1)}};
  std::size_t count = 0;
  must(read.scan_neighbours(node, filter, [&](const Neighbour&) {
    ++count;
    return true;
  }));
  return count;
}

NodeId node_of(const ReadTransaction& read, std::uint32_t made) {
  return must(read.find_name(made_name(made))).front().node;
}

// The load itself, and bare RocksDB with the same rows after it.
void bench_load(const TableSource& source, const fs::path& directory, const Options& options,
                const Figures& kuzu) {  // empty: it was not asked
  const auto ours_at = directory / "ours";
  TableOutcome outcome;
  const Cost ours = cost_of([&] {
    const auto store = must(Store::open(ours_at, Access::Create));
    outcome = load_table(*store, source);
  });
  const double edges = double(outcome.load.edges);
  std::printf("  %llu rows of %s: %llu edges, %llu left out, %llu refused, %llu nodes\n",
              static_cast<unsigned long long>(outcome.rows), source.file.filename().c_str(),
              static_cast<unsigned long long>(outcome.load.edges), static_cast<unsigned long long>(outcome.left_out),
              static_cast<unsigned long long>(outcome.refused), static_cast<unsigned long long>(outcome.load.new_nodes));
  StoredRows::Costs raw;
  {
    auto rows = std::make_unique<StoredRows>(*must(Store::open(ours_at, Access::Write)));
    raw = rows->load_raw(directory / "raw");
  }
  line("load, table to closed store, edges/s", edges / ours.wall, edges / raw.wall(), ">= 0.5 of raw RocksDB, same rows");
  line("  the same, edges/CPU-s", edges / ours.cpu, edges / raw.cpu(), "(sort, files, ingest)");
  line("  beside raw without its sorting, edges/s", edges / ours.wall, edges / (raw.files.wall + raw.ingestion.wall));
  if (!kuzu.empty()) {
    line("  beside Kuzu's COPY of the same table, edges/s", edges / ours.wall, kuzu.at("edges") / kuzu.at("load_wall"), ">= 1");
    line("  the same, edges/CPU-s", edges / ours.cpu, kuzu.at("edges") / kuzu.at("load_cpu"));
  }
  line("on disk, B/edge", double(bytes_in(ours_at)) / edges, double(bytes_in(directory / "raw" / "db")) / edges, "<= 80 B");
  if (!kuzu.empty())
    line("  beside Kuzu, B/edge", double(bytes_in(ours_at)) / edges, kuzu.at("bytes") / kuzu.at("edges"));
  fs::remove_all(directory / "raw");
  if (options.check) {
    const auto store = must(Store::open(ours_at, Access::Write));
    CheckReport report;
    const Cost cost = cost_of([&] { report = must(check(*store)); });
    for (const std::string& fault : report.faults) std::fprintf(stderr, "storage_bench: check: %s\n", fault.c_str());
    if (!report.clean()) std::exit(1);
    line("full check, clean, edges/s", edges / cost.wall);
  }
}

// The reading peer has the adjacency of the made graph, in keys of its own.
void bench_reading(const MadeGraph& graph, const fs::path& directory) {
  const auto ours_at = directory / "ours", peer_at = directory / "adjacency";
  if (!fs::exists(peer_at)) {
    const Cost peer = cost_of([&] { RawRocks::load(graph, peer_at); });
    line("  raw RocksDB, adjacency alone, edges/s", 0, double(graph.edges.size()) / peer.wall, "for reference");
  }

  const std::uint32_t first = graph.edges[0].head;
  for (const Access access : {Access::Read, Access::Write}) {
    std::vector<double> ours, raw;  // everything in the page cache
    for (int i = 0; i < 9; ++i) {
      raw.push_back(cost_of([&] { RawRocks(peer_at).count_on(first, 15000); }).wall);
      ours.push_back(cost_of([&] {
        const auto store = must(Store::open(ours_at, access));
        const auto read = store->begin_read();
        count_on(read, node_of(read, first), 15000);
      }).wall);
    }
    line(access == Access::Read ? "open to the first answer, for reading, ms" : "  the same, for writing, and closed, ms",
         1e3 * median(ours), 1e3 * median(raw), "<= 60 ms at scale 20");
  }

  const auto store = must(Store::open(ours_at, Access::Write));
  const auto read = store->begin_read();
  RawRocks raw(peer_at);
  std::vector<double> ours_50, ours_99, raw_50, raw_99;
  for (int round = 0; round < 6; ++round) {
    std::vector<double> time_ours, time_raw;
    std::size_t total_ours = 0, total_raw = 0;
    for (std::uint32_t i = 0; i < 2000; ++i) {
      const std::uint32_t node = graph.edges[i * 7919u % graph.edges.size()].head;
      const std::int32_t day = 13000 + std::int32_t(i % 7000);
      const NodeId id = node_of(read, node);
      time_ours.push_back(cost_of([&] { total_ours += count_on(read, id, day); }).cpu);
      time_raw.push_back(cost_of([&] { total_raw += raw.count_on(node, day); }).cpu);
    }
    if (total_ours != total_raw) {
      std::fprintf(stderr, "storage_bench: the answers differ: %zu, %zu\n", total_ours, total_raw);
      std::exit(1);
    }
    if (round == 0) continue;  // warms the caches
    ours_50.push_back(quantile(time_ours, 0.5)), ours_99.push_back(quantile(time_ours, 0.99));
    raw_50.push_back(quantile(time_raw, 0.5)), raw_99.push_back(quantile(time_raw, 0.99));
  }
  line("neighbours on a day, p50, CPU-us", 1e6 * median(ours_50), 1e6 * median(raw_50), "<= 2");
  line("neighbours on a day, p99, CPU-us", 1e6 * median(ours_99), 1e6 * median(raw_99), "<= 2");
}

void bench_commits(const fs::path& directory, const Options& options) {
  for (const unsigned threads : {1u, 32u}) {
    const auto place = directory / ("commits" + std::to_string(threads));
    fs::remove_all(place);  // of a run that was told to keep it
    const auto rates = commit_rates(place, threads, options.commits * (threads > 1 ? 4 : 1));
    const std::string what = "durable commits/s, threads: " + std::to_string(threads);
    line(what.c_str(), rates.ours, rates.raw, ">= 0.7 of raw, same batches");
    if (threads == 1) line("  bytes of one batch", rates.bytes);
    if (threads == 1 && fs::exists(directory / "kuzu")) {
      const Figures kuzu = kuzu_commits(options.kuzu, directory / "kuzu", options.commits);
      line("  beside Kuzu", rates.ours, kuzu.at("commits_a_second"), ">= 2.5");
    }
  }
}

void bench_depth(const fs::path& directory, const Options& options) {
  fs::remove_all(directory / "depth");
  const Depth depth = depth_costs(directory / "depth", options.versions);
  const std::string what = "present with " + std::to_string(options.versions) + " versions an edge, us/edge";
  line(what.c_str(), depth.reopened.deep, depth.reopened.flat, "<= 1.25 of no history");
  line("  the same, not yet reopened", depth.fresh.deep, depth.fresh.flat);
}

int run(const Options& options) {
  const fs::path& directory = options.directory;
  const auto wanted = [&](const char* part) { return options.part.empty() || options.part == part; };
  heading();
  Figures kuzu;
  if (!wanted("load") && !wanted("reading")) {
    // Nothing of a table.
  } else if (!options.table.empty()) {
    bench_load({options.table, "head=source,tail=target,type=relation,from=date", ENTENTE_LEXICON "/cameo.tsv"}, directory, options, kuzu);
  } else {
    const MadeGraph graph = generate(options.scale, 16);
    const TableSource source{directory / "edges.csv", "head=head,tail=tail,type=type,from=from,to=to,confidence=confidence", {}};
    const bool made = fs::exists(directory / "ours");
    if (wanted("load") || !made) {
      write_csv(graph, source.file);
      if (!options.kuzu.empty()) {
        const auto names = directory / "names.csv";
        write_names_csv(graph, names);
        kuzu = kuzu_load(options.kuzu, directory / "kuzu", names, source.file);
      }
      bench_load(source, directory, options, kuzu);
    }
    if (wanted("reading")) bench_reading(graph, directory);
  }
  if (wanted("commits")) bench_commits(directory, options);
  if (wanted("depth")) bench_depth(directory, options);
  if (!options.keep) fs::remove_all(directory);
  return 0;
}

std::optional<Options> parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool more = i + 1 < argc;
    if (word == "--keep") {
      options.keep = true;
    } else if (word == "--no-check") {
      options.check = false;
    } else if (word == "--scale" && more) {
      options.scale = unsigned(std::clamp(std::atoi(argv[++i]), 4, 24));
    } else if (word == "--commits" && more) {
      options.commits = unsigned(std::max(5, std::atoi(argv[++i])));
    } else if (word == "--versions" && more) {
      options.versions = unsigned(std::max(1, std::atoi(argv[++i])));
    } else if (word == "--part" && more) {
      options.part = argv[++i];
    } else if (word == "--table" && more) {
      options.table = argv[++i];
    } else if (word == "--dir" && more) {
      options.directory = argv[++i];
    } else if (word == "--kuzu" && more) {
      options.kuzu = argv[++i];
    } else {
      return std::nullopt;
    }
  }
  const std::string& part = options.part;
  if (!part.empty() && part != "load" && part != "reading" && part != "commits" && part != "depth") return std::nullopt;
  return options;
}
}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  auto options = entente::bench::parse(argc, argv);
  if (!options) {
    std::fprintf(stderr, "storage_bench: see tools/bench --help\n");
    return 2;
  }
  if (options->directory.empty()) {
    std::string pattern = (std::filesystem::temp_directory_path() / "entente-bench-XXXXXX").string();
    options->directory = ::mkdtemp(pattern.data());
  }
  std::filesystem::create_directories(options->directory);
  return entente::bench::run(*options);
}
