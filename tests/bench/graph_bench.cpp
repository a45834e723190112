// What asking costs beside the smallest program that does the work, in one run: see tools/bench --help.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <map>
#include <optional>
#include <random>
#include <string>

#include "graph/algorithms/betweenness.h"
#include "graph/algorithms/components.h"
#include "graph/algorithms/cores.h"
#include "graph/algorithms/pagerank.h"
#include "graph/algorithms/rows.h"
#include "graph/algorithms/shortest_path.h"
#include "graph/catalog.h"
#include "graph/image.h"
#include "graph/load.h"
#include "graph/rolling.h"
#include "graph/slice.h"
#include "graph/snapshot.h"
#include "storage/read.h"
#include "storage/store.h"
#include "tests/bench/generate.h"
#include "tests/bench/measure.h"
#include "tests/bench/plain_rows.h"
#include "tests/bench/table_load.h"

extern char** environ;

namespace entente::bench {
namespace {
namespace fs = std::filesystem;

struct Options {
  unsigned scale = 16;
  unsigned rounds = 5;
  fs::path directory;
  bool keep = false, store = true;
  fs::path table;
};

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

[[noreturn]] void differ(const char* what, double ours, double peer) {
  std::fprintf(stderr, "graph_bench: %s: the answers differ: %.12g, %.12g\n", what, ours, peer);
  std::exit(1);
}
void must_agree(const char* what, double ours, double peer, double part = 0) {
  if (std::abs(ours - peer) > part * std::max(std::abs(ours), std::abs(peer))) differ(what, ours, peer);
}

// The made graph without a detour over a store: node i has the place i.
std::shared_ptr<const Snapshot> snapshot_of(const MadeGraph& graph) {
  const Ontology& ontology = Ontology::builtin();
  std::vector<EdgeTypeId> types;
  for (const std::string& name : made_types()) types.push_back(*ontology.find_type(name));
  SnapshotBuilder builder(ontology, {.valid = std::nullopt, .recorded = CommitId{1}});
  Node node;
  node.label = *ontology.find_label("Government");
  for (std::uint32_t i = 0; i < graph.nodes; ++i) {
    node.id = NodeId{i + 1u};
    node.name = made_name(i);
    builder.add(node);
  }
  Edge edge;
  const auto day = [](std::int32_t number) { return Day{std::chrono::days{number}}; };
  for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
    const MadeEdge& made = graph.edges[i];
    edge.id = EdgeId{i + 1u};
    edge.head = NodeId{made.head + 1u}, edge.tail = NodeId{made.tail + 1u};
    edge.type = types[made.type];
    edge.valid = *Interval::make(Bound::known(day(made.from)),
                                 made.to == kOpenEnd ? Bound::open() : Bound::known(day(made.to)));
    edge.confidence = made.confidence / 1000.0;
    builder.add(edge);
  }
  return must(builder.finish());
}

// One search after the other, each timed; ours and the peer's in turn, so that both meet the same noise.
struct Latencies {
  std::vector<double> ours, peer;
};
void print_latencies(const std::string& what, Latencies& all, const Cost& ours, const Cost& peer, const char* bar) {
  const double count = double(all.ours.size());
  line((what + ", p50 us").c_str(), 1e6 * quantile(all.ours, 0.5), 1e6 * quantile(all.peer, 0.5), bar);
  line("  p99 us", 1e6 * quantile(all.ours, 0.99), 1e6 * quantile(all.peer, 0.99), bar);
  line("  mean CPU us", 1e6 * ours.cpu / count, 1e6 * peer.cpu / count);
}

template <typename Ours, typename Peer>
void compare_searches(const std::string& what, std::size_t count, unsigned rounds, const char* bar, Ours ours, Peer peer) {
  Latencies all;
  Cost cost_ours, cost_peer;
  for (unsigned round = 0; round <= rounds; ++round) {
    const auto run = [&](auto& search, std::vector<double>& times, Cost& cost) {
      double sum = 0;
      const Cost whole = cost_of([&] {
        for (std::size_t i = 0; i < count; ++i) {
          const auto begin = std::chrono::steady_clock::now();
          sum += double(search(i));
          const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
          if (round > 0) times.push_back(took.count());  // the first warms the caches
        }
      });
      if (round > 0) cost.wall += whole.wall, cost.cpu += whole.cpu;
      return sum;
    };
    const double sum_peer = run(peer, all.peer, cost_peer), sum_ours = run(ours, all.ours, cost_ours);
    must_agree(what.c_str(), sum_ours, sum_peer);
  }
  print_latencies(what, all, cost_ours, cost_peer, bar);
}

template <typename Ours, typename Peer>
void compare_work(const char* what, unsigned rounds, const char* bar, Ours ours, Peer peer) {
  std::vector<double> wall_ours, wall_peer, cpu_ours, cpu_peer;
  for (unsigned round = 0; round < rounds; ++round) {
    const Cost one = cost_of(ours), other = cost_of(peer);
    wall_ours.push_back(one.wall), wall_peer.push_back(other.wall);
    cpu_ours.push_back(one.cpu), cpu_peer.push_back(other.cpu);
  }
  line((std::string(what) + ", CPU ms").c_str(), 1e3 * median(cpu_ours), 1e3 * median(cpu_peer), bar);
  line("  wall ms", 1e3 * median(wall_ours), 1e3 * median(wall_peer));
}

// A process from its start to its end.
Cost process(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.data()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
  rusage before, after;
  ::getrusage(RUSAGE_CHILDREN, &before);
  const double begin = now().wall;
  pid_t child = -1;
  int status = -1;
  if (::posix_spawn(&child, argv[0], &quiet, nullptr, argv.data(), environ) == 0) ::waitpid(child, &status, 0);
  const double wall = now().wall - begin;
  ::getrusage(RUSAGE_CHILDREN, &after);
  posix_spawn_file_actions_destroy(&quiet);
  if (status != 0) std::fprintf(stderr, "graph_bench: %s ended with %d\n", argv[0], status), std::exit(1);
  const auto seconds = [](const rusage& r) {
    return double(r.ru_utime.tv_sec + r.ru_stime.tv_sec) + double(r.ru_utime.tv_usec + r.ru_stime.tv_usec) * 1e-6;
  };
  return {wall, seconds(after) - seconds(before)};
}

void bench_cold(const Options& options, const fs::path& self, const MadeGraph& graph, std::pair<std::uint32_t, std::uint32_t> pair) {
  const std::string from = std::to_string(pair.first), to = std::to_string(pair.second);
  std::vector<double> plain, image, command;
  const fs::path base = options.directory / "base";
  const std::vector<std::string> ask = {ENTENTE_PROGRAM, "path", made_name(pair.first), made_name(pair.second), "-k", "1", "--forward",
                                        "--max-hops", "30", "--db", base.string()};
  if (options.store && !fs::exists(base / "ENTENTE")) {
    const fs::path csv = options.directory / "edges.csv";
    write_csv(graph, csv);
    const auto store = must(Store::open(base, Access::Create));
    load_table(*store, {csv, "head=head,tail=tail,type=type,from=from,to=to,confidence=confidence", std::nullopt});
    fs::remove(csv);
  }
  if (options.store) {
    const Cost first = process(ask);
    line("first question of a database, from its rows, ms", 1e3 * first.wall, "(writes the image)");
  }
  for (int i = 0; i < 9; ++i) {
    plain.push_back(process({self.string(), "--cold-plain", (options.directory / "plain").string(), from, to}).wall);
    image.push_back(process({self.string(), "--cold-image", (options.directory / "image").string(), from, to}).wall);
    if (options.store) command.push_back(process(ask).wall);
  }
  line("cold: map the image, one shortest path, ms", 1e3 * median(image), 1e3 * median(plain), "<= 25 ms at scale 20");
  if (options.store)
    line("  `entente path`: names, path and evidence, ms", 1e3 * median(command), 1e3 * median(plain), "<= 25 ms at scale 20");
}

void bench_paths(const std::shared_ptr<const Snapshot>& snapshot, const PlainRows& plain, const Pairs& pairs, unsigned rounds) {
  PlainSearch peer(plain);
  PathScratch scratch;
  const PathOptions asked{.direction = Direction::Forward, .max_work = ~std::uint64_t{0}, .scratch = &scratch};
  const auto hops = [&](const auto& view, std::size_t i) {
    const auto path = must(shortest_path(view, NodeIndex{pairs[i].first}, NodeIndex{pairs[i].second}, asked));
    return path ? double(path->steps.size()) : 1000.0;
  };
  const auto their_hops = [](std::uint32_t hops) { return hops == kNoWayThere ? 1000.0 : double(hops); };
  compare_searches("shortest path", pairs.size(), rounds, "<= 1.5",
                   [&](std::size_t i) { return hops(*snapshot, i); },
                   [&](std::size_t i) { return their_hops(peer.hops(pairs[i].first, pairs[i].second)); });
  const PlainFilter one{.type = 0, .from = 16436, .to = 16436 + 364};  // CONSULT, the year 2015
  const Slice slice(snapshot, {.valid = DayRange{Day{std::chrono::days{one.from}}, Day{std::chrono::days{one.to + 1}}},
                               .types = {*snapshot->ontology().find_type(made_types()[0])}});
  compare_searches("  with a type and a year", pairs.size(), rounds, "<= 3 of the unfiltered",
                   [&](std::size_t i) { return hops(slice, i); },
                   [&](std::size_t i) { return their_hops(peer.hops(pairs[i].first, pairs[i].second, one)); });
  const std::size_t few = std::min<std::size_t>(pairs.size(), 200);
  compare_searches("ten shortest paths", few, std::min(rounds, 2u), "<= 2",
                   [&](std::size_t i) {
                     const auto paths = must(k_shortest_paths(*snapshot, NodeIndex{pairs[i].first}, NodeIndex{pairs[i].second}, 10, asked));
                     double sum = 0;
                     for (const Path& path : paths) sum += double(path.steps.size());
                     return sum;
                   },
                   [&](std::size_t i) {
                     double sum = 0;
                     for (const std::uint32_t length : peer.k_lengths(pairs[i].first, pairs[i].second, 10)) sum += length;
                     return sum;
                   });

  const Slice sure(snapshot, {.min_confidence = 0.5});
  std::vector<std::uint32_t> seen(snapshot->node_limit(), 0);
  std::uint32_t stamp = 0;
  compare_searches("two hops with a confidence, distinct", pairs.size(), rounds, "<= 1.5",
                   [&](std::size_t i) {
                     ++stamp;
                     std::uint32_t count = 0;
                     for (const Step one : sure.out_edges(NodeIndex{pairs[i].first}))
                       for (const Step two : sure.out_edges(one.node))
                         if (seen[two.node.value] != stamp) seen[two.node.value] = stamp, ++count;
                     return count;
                   },
                   [&](std::size_t i) { return peer.two_hops(pairs[i].first, 0.5f); });
}

void bench_days(const std::shared_ptr<const Snapshot>& snapshot, const PlainRows& plain, unsigned rounds) {
  const auto slice_of = [&](std::int32_t from, std::int32_t to) {
    return Slice(snapshot, {.valid = DayRange{Day{std::chrono::days{from}}, Day{std::chrono::days{to + 1}}}});
  };
  compare_searches("edges valid on a day, count", 200, rounds, "<= 10 us",
                   [&](std::size_t i) {
                     const auto day = std::int32_t(12784 + i * 257 % 7305);
                     return slice_of(day, day).edge_count();
                   },
                   [&](std::size_t i) {
                     const auto day = std::int32_t(12784 + i * 257 % 7305);
                     return plain_count(plain, day, day);
                   });
  std::size_t ours = 0, peer = 0;
  std::int32_t year = 12784;
  compare_work("a year's edges as rows of their own", rounds, "memory bandwidth",
               [&] { ours += gather_rows(slice_of(year, year + 364), Side::Out, Weight::Edge, Loops::Keep).to.size(); },
               [&] {
                 const PlainSlice rows = plain_extract(plain, year, year + 364);
                 peer += rows.first.back();
                 year += 365;
               });
  if (ours > peer) differ("a year's edges", double(ours), double(peer));  // ours has parallel edges as one
}

void bench_kernels(const std::shared_ptr<const Snapshot>& snapshot, const PlainRows& plain, unsigned rounds) {
  const Slice slice(snapshot);
  double ours = 0, peer = 0;
  compare_work("PageRank, 20 rounds", rounds, "<= 1.3",
               [&] {
                 const auto rank = pagerank(slice, {.tolerance = 0, .max_iterations = 20});
                 ours = *std::max_element(rank.begin(), rank.end());
               },
               [&] {
                 const auto rank = plain_pagerank(plain, 20);
                 peer = double(*std::max_element(rank.begin(), rank.end()));
               });
  must_agree("PageRank", ours, peer, 1e-3);
  compare_work("weak components", rounds, "<= 1.3",
               [&] { ours = double(group_sizes(components(slice)).size()); },
               [&] { peer = double(plain_components(plain)); });
  must_agree("components", ours, peer);
  compare_work("core numbers, simple graph", rounds, "<= 1.3",
               [&] {
                 const auto cores = core_numbers(slice);
                 ours = double(*std::max_element(cores.begin(), cores.end()));
               },
               [&] {
                 const auto cores = plain_cores(plain);
                 peer = double(*std::max_element(cores.begin(), cores.end()));
               });
  must_agree("core numbers", ours, peer);

  // The same 64 sources as the sample draws.
  std::vector<std::uint32_t> nodes;
  for (std::uint32_t node = 0; node < plain.nodes; ++node)
    if (plain.out_first[node] != plain.out_first[node + 1]) nodes.push_back(node);
  std::mt19937_64 dice(1);
  const std::size_t drawn = std::min<std::size_t>(64, nodes.size());
  for (std::size_t i = 0; i < drawn; ++i) std::swap(nodes[i], nodes[i + dice() % (nodes.size() - i)]);
  compare_work("betweenness, 64 sources", std::min(rounds, 3u), "<= 1.3",
               [&] {
                 const auto found = sampled_betweenness(slice, {.sources = 64}, {.direction = Direction::Forward});
                 ours = *std::max_element(found.scores.begin(), found.scores.end()) * double(drawn) / double(nodes.size());
               },
               [&] {
                 const auto score = plain_betweenness(plain, std::span(nodes).first(drawn));
                 peer = *std::max_element(score.begin(), score.end());
               });
  must_agree("betweenness", ours, peer, 1e-4);
}

// 120 windows of a month each, a year long, on a graph of a million edges.
void bench_rolling(const std::shared_ptr<const Snapshot>& snapshot) {
  const Slice slice(snapshot);
  const RankAlgorithm& algorithm = *must(rank_algorithm_named("pagerank"));
  const Arguments arguments(algorithm.parameters);
  const Slice decade(slice, {.valid = DayRange{Day{std::chrono::days{14610}}, Day{std::chrono::days{14610 + 3652}}}, .include_evidence = true, .include_negated = true});
  std::size_t windows = 0;
  const Cost one = cost_of([&] { must(algorithm.scores(slice, arguments)); });
  const Cost all = cost_of([&] { windows = must(rolling(decade, algorithm, arguments)).size(); });
  std::printf("  %zu monthly windows of a year, beside PageRank of all %u edges\n", windows, snapshot->edge_count());
  line("monthly windows of PageRank, CPU ms", 1e3 * all.cpu, 1e3 * one.cpu, "<= 10");
  line("  wall ms", 1e3 * all.wall, 1e3 * one.wall);
}

// A real table: every node's betweenness, from every source.
void bench_table(const Options& options) {
  const auto store = must(Store::open(options.directory / "table", Access::Create));
  load_table(*store, {options.table, "head=source,tail=target,type=relation,from=date", ENTENTE_LEXICON "/cameo.tsv"});
  const auto snapshot = must(load_snapshot(store->begin_read(), {}));
  MadeGraph graph{.nodes = snapshot->node_limit(), .edges = {}};
  each_edge(*snapshot, [&](EdgeIndex edge) {
    graph.edges.push_back({.head = snapshot->head(edge).value, .tail = snapshot->tail(edge).value});
  });
  PlainRows::write(graph, options.directory / "plain");
  const PlainRows plain(options.directory / "plain");
  std::printf("%s: %u nodes, %u edges\n", options.table.c_str(), plain.nodes, plain.edges);
  heading();
  std::vector<std::uint32_t> sources;
  for (std::uint32_t node = 0; node < plain.nodes; ++node)
    if (plain.out_first[node] != plain.out_first[node + 1]) sources.push_back(node);
  double ours = 0, peer = 0;
  compare_work("betweenness, exact", std::min(options.rounds, 3u), "<= 1.3",
               [&] {
                 const auto score = betweenness(*snapshot, {.direction = Direction::Forward});
                 ours = *std::max_element(score.begin(), score.end());
               },
               [&] {
                 const auto score = plain_betweenness(plain, sources);
                 peer = *std::max_element(score.begin(), score.end());
               });
  must_agree("betweenness", ours, peer, 1e-4);
}

int run(const Options& options, const fs::path& self) {
  if (!options.table.empty()) {
    bench_table(options);
    if (!options.keep) fs::remove_all(options.directory);
    return 0;
  }
  std::printf("made graph: 2^%u nodes, 16 edges each; the peer is the plain program of tests/bench/plain_rows.cpp\n", options.scale);
  const fs::path image = options.directory / "image", rows = options.directory / "plain";
  MadeGraph graph = generate(options.scale, 16);
  const double edges = double(graph.edges.size());
  heading();
  std::shared_ptr<const Snapshot> snapshot;
  const Cost built = cost_of([&] { snapshot = snapshot_of(graph); });
  line("snapshot from facts, edges/CPU-s", edges / built.cpu);
  ImageInfo info;
  const Cost written = cost_of([&] { info = must(write_image(*snapshot, {.database = std::string(32, '0'), .commit_hash = ""}, image)); });
  line("image, write and sync, ms", 1e3 * written.wall);
  const Cost read = cost_of([&] { must(open_image(image, true)); });
  line("  read to the end and checked, ms", 1e3 * read.wall);
  PlainRows::write(graph, rows);
  line("image, bytes an edge", double(info.bytes) / edges, double(fs::file_size(rows)) / edges, "<= 45 B");
  snapshot = must(open_image(image)).snapshot;
  const PlainRows plain(rows);

  Pairs pairs;
  std::mt19937_64 dice(7);
  while (pairs.size() < 1000) {
    const auto from = std::uint32_t(dice() % graph.nodes), to = std::uint32_t(dice() % graph.nodes);
    if (from != to && plain.out_first[from] != plain.out_first[from + 1] && plain.in_first[to] != plain.in_first[to + 1])
      pairs.push_back({from, to});
  }
  bench_cold(options, self, graph, pairs[0]);
  graph.edges = {};
  bench_paths(snapshot, plain, pairs, options.rounds);
  bench_days(snapshot, plain, options.rounds);
  bench_kernels(snapshot, plain, options.rounds);
  bench_rolling(options.scale == 16 ? snapshot : snapshot_of(generate(16, 16)));
  if (!options.keep) fs::remove_all(options.directory);
  return 0;
}

// What a process of its own does: maps the file, answers one question, ends.
int cold(const char* which, const char* file, const char* from, const char* to) {
  const auto source = std::uint32_t(std::strtoul(from, nullptr, 10)), target = std::uint32_t(std::strtoul(to, nullptr, 10));
  if (std::strcmp(which, "--cold-plain") == 0) {
    const PlainRows rows{fs::path(file)};
    std::printf("%u\n", PlainSearch(rows).hops(source, target));
    return 0;
  }
  const auto opened = must(open_image(file));
  const auto path = must(shortest_path(*opened.snapshot, NodeIndex{source}, NodeIndex{target}, {.direction = Direction::Forward}));
  std::printf("%zu\n", path ? path->steps.size() : 0);
  return 0;
}

std::optional<Options> parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool more = i + 1 < argc;
    if (word == "--keep") {
      options.keep = true;
    } else if (word == "--no-store") {
      options.store = false;
    } else if (word == "--scale" && more) {
      options.scale = unsigned(std::atoi(argv[++i]));
    } else if (word == "--rounds" && more) {
      options.rounds = unsigned(std::max(1, std::atoi(argv[++i])));
    } else if (word == "--table" && more) {
      options.table = argv[++i];
    } else if (word == "--dir" && more) {
      options.directory = argv[++i];
    } else {
      return std::nullopt;
    }
  }
  if (options.scale < 8 || options.scale > 24) return std::nullopt;
  return options;
}
}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  if (argc == 5 && std::strncmp(argv[1], "--cold-", 7) == 0) return entente::bench::cold(argv[1], argv[2], argv[3], argv[4]);
  auto options = entente::bench::parse(argc, argv);
  if (!options) {
    std::fprintf(stderr, "graph_bench: see tools/bench --help\n");
    return 2;
  }
  if (options->directory.empty()) {
    std::string pattern = (std::filesystem::temp_directory_path() / "entente-bench-XXXXXX").string();
    options->directory = ::mkdtemp(pattern.data());
  }
  std::filesystem::create_directories(options->directory);
  return entente::bench::run(*options, std::filesystem::canonical("/proc/self/exe"));
}
