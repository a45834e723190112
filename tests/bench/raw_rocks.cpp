#include "tests/bench/raw_rocks.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>

#include "storage/options.h"

namespace entente::bench {
namespace {
namespace fs = std::filesystem;

void must(const rocksdb::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "storage_bench: raw RocksDB: %s\n", status.ToString().c_str());
  std::exit(1);
}

rocksdb::Options options() {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.IncreaseParallelism(2);
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.write_buffer_size = 128 << 20;
  options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(9));
  rocksdb::BlockBasedTableOptions table;
  // What we give ourselves.
  table.block_cache = rocksdb::NewLRUCache(block_cache_bytes());
  table.block_size = block_bytes_of(ColumnFamily::Adjacency);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.whole_key_filtering = false;
  table.format_version = 5;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

char* put(char* out, std::uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) *out++ = char(number >> shift);
  return out;
}

struct Row {
  char key[31];
  char value[6];
};

Row row_of(const MadeEdge& edge, std::uint32_t place, bool in) {
  Row row;
  row.key[0] = char(in);
  char* at = put(row.key + 1, in ? edge.tail : edge.head, 8);
  at = put(at, edge.type, 2);
  at = put(at, in ? edge.head : edge.tail, 8);
  at = put(at, std::uint32_t(edge.from), 4);
  put(at, place, 8);
  std::memcpy(row.value, &edge.to, 4);
  std::memcpy(row.value + 4, &edge.confidence, 2);
  return row;
}

// The rows of one direction, sorted by counting the nodes and sorting within each.
std::vector<std::string> write_direction(const MadeGraph& graph, const fs::path& folder, bool in) {
  const auto& edges = graph.edges;
  std::vector<std::uint32_t> order(edges.size()), start(graph.nodes + 1);
  for (const MadeEdge& edge : edges) ++start[(in ? edge.tail : edge.head) + 1];
  for (std::size_t i = 0; i < graph.nodes; ++i) start[i + 1] += start[i];
  auto next = start;
  for (std::uint32_t i = 0; i < edges.size(); ++i) order[next[in ? edges[i].tail : edges[i].head]++] = i;
  std::vector<std::string> files;
  std::unique_ptr<rocksdb::SstFileWriter> writer;
  auto chosen = options();
  chosen.compression = chosen.bottommost_compression;
  for (std::size_t node = 0; node < graph.nodes; ++node) {
    std::sort(order.begin() + start[node], order.begin() + start[node + 1], [&](std::uint32_t x, std::uint32_t y) {
      const MadeEdge &a = edges[x], &b = edges[y];
      return std::tuple(a.type, in ? a.head : a.tail, a.from, x) < std::tuple(b.type, in ? b.head : b.tail, b.from, y);
    });
    for (std::size_t i = start[node]; i < start[node + 1]; ++i) {
      if (!writer || writer->FileSize() > (64u << 20)) {
        if (writer) must(writer->Finish());
        writer = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), chosen);
        files.push_back((folder / ((in ? "in" : "out") + std::to_string(files.size()) + ".sst")).string());
        must(writer->Open(files.back()));
      }
      const Row row = row_of(edges[order[i]], order[i], in);
      must(writer->Put({row.key, sizeof row.key}, {row.value, sizeof row.value}));
    }
  }
  if (writer) must(writer->Finish());
  return files;
}
}  // namespace

struct RawRocks::State {
  std::unique_ptr<rocksdb::DB> db;
  std::unique_ptr<rocksdb::Iterator> rows;
};

void RawRocks::load(const MadeGraph& graph, const fs::path& directory) {
  fs::create_directories(directory / "files");
  std::vector<std::string> out, in;
  std::thread other([&] { in = write_direction(graph, directory / "files", true); });
  out = write_direction(graph, directory / "files", false);
  other.join();
  rocksdb::DB* db = nullptr;
  must(rocksdb::DB::Open(options(), (directory / "db").string(), &db));
  rocksdb::IngestExternalFileOptions moving;
  moving.move_files = true;
  out.insert(out.end(), in.begin(), in.end());
  must(db->IngestExternalFile(out, moving));
  delete db;
  fs::remove_all(directory / "files");
}

RawRocks::RawRocks(const fs::path& directory) : state_(new State) {
  rocksdb::DB* db = nullptr;
  must(rocksdb::DB::Open(options(), (directory / "db").string(), &db));
  state_->db.reset(db);
  auto reading = read_options(nullptr);
  reading.total_order_seek = false, reading.prefix_same_as_start = true;
  state_->rows.reset(db->NewIterator(reading));
}

RawRocks::~RawRocks() { delete state_; }

std::size_t RawRocks::count_on(std::uint32_t node, std::int32_t day) {
  char prefix[9] = {};
  put(prefix + 1, node, 8);
  const rocksdb::Slice wanted(prefix, sizeof prefix);
  std::size_t count = 0;
  auto& rows = *state_->rows;
  for (rows.Seek(wanted); rows.Valid() && rows.key().starts_with(wanted); rows.Next()) {
    std::uint32_t from = 0;
    for (int i = 19; i < 23; ++i) from = from << 8 | std::uint8_t(rows.key()[std::size_t(i)]);
    std::int32_t to = 0;
    std::memcpy(&to, rows.value().data(), 4);
    count += std::int32_t(from) <= day && day <= to;
  }
  return count;
}

}  // namespace entente::bench
