// What the server costs, beside a bare responder and nginx with the same bytes: see tools/bench --help.
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cctype>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "storage/store.h"
#include "tests/bench/child.h"
#include "tests/bench/generate.h"
#include "tests/bench/http_peer.h"
#include "tests/bench/measure.h"
#include "tests/bench/table_load.h"

namespace entente::bench {
namespace {
namespace fs = std::filesystem;

struct Options {
  unsigned scale = 15, seconds = 5;
  fs::path table, directory, program, nginx;
  bool keep = false;
};

std::string encoded(const std::string& text) {
  std::string out;
  char digits[4];
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte)) out += c;
    else std::snprintf(digits, sizeof digits, "%%%02X", byte), out += digits;
  }
  return out;
}

// Loads the graph, and gives questions for paths: each between the head of one edge and the tail of
// another, so that who has many edges is asked for often. None is asked twice.
std::vector<std::string> prepare(const Options& options, const fs::path& database) {
  TableSource source{options.table, "head=source,tail=target,type=relation,from=date", ENTENTE_LEXICON "/cameo.tsv"};
  if (options.table.empty()) {
    source = {options.directory / "edges.csv", "head=head,tail=tail,type=type,from=from,to=to,confidence=confidence", {}};
    write_csv(generate(options.scale, 16), source.file);
  }
  const auto store = must(Store::open(database, Access::Create));
  const TableOutcome outcome = load_table(*store, source);
  std::printf("  %llu edges, %llu nodes of %s\n", static_cast<unsigned long long>(outcome.load.edges),
              static_cast<unsigned long long>(outcome.load.new_nodes), source.file.filename().c_str());
  const auto read = store->begin_read();
  std::vector<std::pair<NodeId, NodeId>> ends;
  must(read.scan_edges(kLatest, [&](const Edge& edge) {
    ends.emplace_back(edge.head, edge.tail);
    return true;
  }));
  std::vector<std::string> names;
  must(read.scan_nodes(kLatest, [&](const Node& node) {
    if (names.size() <= node.id.value) names.resize(node.id.value + 1);
    return names[node.id.value] = node.name, true;
  }));
  std::vector<std::string> targets;
  for (std::size_t i = 0; i < 40'000; ++i) {
    const NodeId from = ends[i * 7919 % ends.size()].first, to = ends[i * 104729 % ends.size()].second;
    if (from == to) continue;
    targets.push_back("/v1/paths?from=" + encoded(names[from.value]) + "&to=" + encoded(names[to.value]));
  }
  return targets;
}

class Served {
 public:
  Served(const fs::path& program, const fs::path& database)
      : child({program, "--db", database, "serve", "--port", "0", "--max-connections", "4000"}) {
    const std::string said = child.read_until("page");
    const std::size_t at = said.find("localhost:") + std::strlen("localhost:");
    port = std::uint16_t(std::atoi(said.c_str() + at));
    address = "http://localhost:" + std::to_string(port);
  }
  std::string get(const std::string& target, const std::string& fields = "") const {
    const int descriptor = connected(port);
    std::string answer = exchange_of(descriptor, request_of(port, target, fields));
    ::close(descriptor);
    if (!answer.starts_with("HTTP/1.1 200")) std::fprintf(stderr, "bench: %s: %s\n", target.c_str(), answer.substr(0, 2000).c_str()), std::exit(1);
    return answer;
  }
  Child child;
  std::uint16_t port = 0;
  std::string address;
};

// nginx with one worker a core and a file of the same bytes, or 0.
double asked_of_nginx(const Options& options, const std::string& body, const Asking& asking) {
  if (options.nginx.empty()) return 0;
  const fs::path at = options.directory / "nginx";
  fs::create_directories(at / "files");
  std::ofstream(at / "files" / "answer", std::ios::binary) << body;
  std::uint16_t port = 0;
  ::close(listening_socket(port));
  // As root its workers would be of a user that may not enter the folder.
  std::ofstream(at / "nginx.conf") << (::geteuid() == 0 ? "user root; " : "") << "daemon off; worker_processes 2; pid " << (at / "pid").string() << "; error_log stderr crit;\n"
                                   << "events {}\nhttp { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; "
                                   << "open_file_cache max=10; server { listen 127.0.0.1:" << port << "; root "
                                   << (at / "files").string() << "; } }\n";
  Child nginx({options.nginx, "-c", at / "nginx.conf", "-p", at});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  return asked_by_wrk("http://localhost:" + std::to_string(port) + "/answer", asking).requests_a_second;
}

// The same answer again and again: ours, then peers that send the same bytes without a question.
void bench_kept(const Options& options, const Served& served) {
  for (const bool compressed : {true, false}) {
    const std::string answer = served.get("/v1/slice?limit=300", compressed ? "Accept-Encoding: gzip\r\n" : "");
    const std::string body = answer.substr(answer.find("\r\n\r\n") + 4);
    const Asking asking{.connections = 16, .seconds = options.seconds, .compressed = compressed};
    const double ours = asked_by_wrk(served.address + "/v1/slice?limit=300", asking).requests_a_second;
    std::uint16_t port = 0;
    const int listening = listening_socket(port);
    const Child bare([&] { respond_barely(listening, answer); });
    ::close(listening);
    const double peer = asked_by_wrk("http://localhost:" + std::to_string(port) + "/", asking).requests_a_second;
    const std::string what = std::string("slice of 300 edges, ") + (compressed ? "gzip, " : "plain, ") + std::to_string(body.size()) + " B, requests/s";
    line(what.c_str(), ours, peer, compressed ? ">= 20000; peer: bare responder" : "peer: bare responder");
    if (const double nginx = asked_of_nginx(options, body, asking); nginx > 0) line("  the same, beside nginx", ours, nginx);
  }
  const Asking asking{.connections = 16, .seconds = options.seconds};
  line("health, requests/s", asked_by_wrk(served.address + "/healthz", asking).requests_a_second);
}

void bench_paths(const Options& options, const Served& served, std::vector<std::string>& targets) {
  const Load load = asked_by_wrk(served.address, {.connections = 8, .seconds = options.seconds, .targets = targets, .directory = options.directory});
  line("paths, each asked once, 8 connections, requests/s", load.requests_a_second);
  line("  p50, ms", load.p50_ms);
  line("  p99, ms", load.p99_ms, "< 20");
  const auto asked = std::min(targets.size() / 2, std::size_t(load.requests_a_second * options.seconds) + 16);
  targets.erase(targets.begin(), targets.begin() + std::ptrdiff_t(asked));
}

void bench_idle(const Served& served) {
  constexpr int kIdle = 1000;
  const std::size_t before = served.child.resident_kib();
  std::vector<int> idle;
  for (int i = 0; i < kIdle; ++i) {
    idle.push_back(connected(served.port));
    exchange_of(idle.back(), request_of(served.port, "/healthz"));
  }
  line("1000 connections that wait, MiB", double(served.child.resident_kib() - before) / 1024, "< 50");
  for (const int descriptor : idle) ::close(descriptor);
}

// Half of them send a header a byte a second, half take a large answer as slowly.
void bench_slow(const Options& options, const Served& served) {
  const Asking asking{.connections = 2, .seconds = options.seconds, .compressed = true};
  const std::string address = served.address + "/v1/slice?limit=300";
  std::vector<double> alone, beside;
  for (int round = 0; round < 3; ++round) {
    alone.push_back(asked_by_wrk(address, asking).p99_ms);
    std::atomic<bool> over{false};
    std::vector<int> slow;
    for (int i = 0; i < 200; ++i) {
      slow.push_back(connected(served.port));
      if (i % 2 == 0) continue;
      const int few = 4096;
      ::setsockopt(slow.back(), SOL_SOCKET, SO_RCVBUF, &few, sizeof few);
      const std::string request = request_of(served.port, "/v1/slice?limit=10000");
      ::send(slow.back(), request.data(), request.size(), MSG_NOSIGNAL);
    }
    std::thread trickle([&] {
      const std::string header = request_of(served.port, "/healthz", "X-Slow: " + std::string(200, 'a') + "\r\n");
      for (std::size_t at = 0; !over; ++at) {
        char piece[512];
        for (std::size_t i = 0; i < slow.size(); ++i) {
          if (i % 2 == 0) ::send(slow[i], &header[at % 100], 1, MSG_NOSIGNAL | MSG_DONTWAIT);
          else [[maybe_unused]] auto got = ::recv(slow[i], piece, sizeof piece, MSG_DONTWAIT);
        }
        for (int tenth = 0; tenth < 10 && !over; ++tenth) std::this_thread::sleep_for(std::chrono::milliseconds(100));
      }
    });
    std::this_thread::sleep_for(std::chrono::seconds(1));
    beside.push_back(asked_by_wrk(address, asking).p99_ms);
    over = true;
    trickle.join();
    for (const int descriptor : slow) ::close(descriptor);
  }
  line("p99 beside 200 slow clients, ms; peer: alone", median(beside), median(alone), "<= 2 times");
}

int run(const Options& options) {
  heading();
  const fs::path database = options.directory / "served.entente";
  auto targets = prepare(options, database);
  {
    const Served served(options.program, database);
    const Cost first = cost_of([&] { served.get(targets.back()); });
    line("first question, which loads the snapshot, s", first.wall);
    bench_kept(options, served);
    bench_paths(options, served, targets);
    bench_idle(served);
    bench_slow(options, served);
    line("resident at the end, MiB", double(served.child.resident_kib()) / 1024);
  }
  if (!options.keep) fs::remove_all(options.directory);
  return 0;
}

std::optional<Options> parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool more = i + 1 < argc;
    if (word == "--keep") options.keep = true;
    else if (word == "--scale" && more) options.scale = unsigned(std::clamp(std::atoi(argv[++i]), 4, 24));
    else if (word == "--seconds" && more) options.seconds = unsigned(std::max(1, std::atoi(argv[++i])));
    else if (word == "--table" && more) options.table = argv[++i];
    else if (word == "--dir" && more) options.directory = argv[++i];
    else if (word == "--program" && more) options.program = argv[++i];
    else if (word == "--nginx" && more) options.nginx = argv[++i];
    else return std::nullopt;
  }
  if (options.program.empty()) return std::nullopt;
  return options;
}
}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  auto options = entente::bench::parse(argc, argv);
  if (!options) return std::fprintf(stderr, "serve_bench: see tools/bench --help\n"), 2;
  ::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  if (options->directory.empty()) {
    std::string pattern = (std::filesystem::temp_directory_path() / "entente-bench-XXXXXX").string();
    options->directory = ::mkdtemp(pattern.data());
  }
  std::filesystem::create_directories(options->directory);
  return entente::bench::run(*options);
}
