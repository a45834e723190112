#include "tests/bench/commit_bench.h"

#include <rocksdb/db.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "storage/options.h"
#include "storage/rows.h"
#include "storage/store.h"
#include "tests/bench/measure.h"

namespace entente::bench {
namespace {
namespace fs = std::filesystem;

constexpr unsigned kActors = 1000;
constexpr unsigned kRounds = 5;

void must_be(const rocksdb::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "storage_bench: raw RocksDB: %s\n", status.ToString().c_str());
  std::exit(1);
}

Instant moment() { return Instant{std::chrono::microseconds(1'700'000'000'000'000)}; }

// A note of one sentence that says one thing.
Extract note_of(const Ontology& ontology, unsigned number) {
  Extract extract;
  extract.document.name = "note " + std::to_string(number);
  const std::string a = "Actor " + std::to_string(number * 7 % kActors), b = "Actor " + std::to_string(number * 31 % (kActors - 1));
  extract.document.text = a + " consulted " + b + (a == b ? " again" : "") + ", says note " + std::to_string(number) + ".";
  const LabelId government = *ontology.find_label("Government");
  const auto add = [&](std::string name) {
    NamedNode node;
    node.name = std::move(name), node.label = government;
    extract.nodes.push_back(std::move(node));
  };
  add(a), add(a == b ? "Actor x" : b);
  Claim claim;
  claim.head = 0, claim.tail = 1;
  claim.type = *ontology.find_type("CONSULT");
  const Bound day = Bound::known(Day{std::chrono::days(13000 + int(number % 7000))});
  claim.valid = must(Interval::make(day, day));
  claim.confidence = 0.8, claim.extractor = "bench/1";
  claim.start = 0, claim.end = extract.document.text.size();
  claim.quote = extract.document.text;
  extract.claims.push_back(std::move(claim));
  return extract;
}

void commit_note(Store& store, unsigned number) {
  for (;;) {
    auto write = must(store.begin_write());
    must(write.assert_extract(note_of(store.ontology(), number)));
    const auto commit = write.commit("bench", "", moment());
    if (commit) return;
    if (commit.error().code != Code::Conflict) must(commit);
  }
}

// The batches of all commits after `sequence`.
std::vector<std::string> batches_since(rocksdb::DB& db, std::uint64_t sequence) {
  std::vector<std::string> batches;
  std::unique_ptr<rocksdb::TransactionLogIterator> log;
  must_be(db.GetUpdatesSince(sequence + 1, &log));
  for (; log->Valid(); log->Next()) batches.push_back(log->GetBatch().writeBatchPtr->Data());
  must_be(log->status());
  return batches;
}

class RawWriter {
 public:
  explicit RawWriter(const fs::path& directory) {
    std::vector<rocksdb::ColumnFamilyDescriptor> families = {{"default", {}}};
    for (std::size_t i = 0; i < kColumnFamilies; ++i)
      families.emplace_back(std::string(kColumnFamilyNames[i]), options_of(ColumnFamily(i)));
    rocksdb::DB* db = nullptr;
    must_be(rocksdb::DB::Open(db_options_for_writing(nullptr), directory.string(), families, &handles_, &db));
    db_.reset(db);
  }
  ~RawWriter() {
    for (auto* handle : handles_) must_be(db_->DestroyColumnFamilyHandle(handle));
  }
  RawWriter(const RawWriter&) = delete;
  RawWriter& operator=(const RawWriter&) = delete;
  void write(const std::string& bytes) {
    rocksdb::WriteBatch batch(bytes);
    must_be(db_->Write(synced_write_options(), &batch));
  }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

// Calls work(i) for i in [0, count) on that many threads; calls a second.
template <typename Work>
double rate(unsigned threads, unsigned count, Work work) {
  std::atomic<unsigned> next = 0;
  const auto run = [&] {
    for (unsigned i; (i = next++) < count;) work(i);
  };
  const Cost cost = cost_of([&] {
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(run);
    run();
    for (std::thread& other : others) other.join();
  });
  return count / cost.wall;
}
}  // namespace

CommitRates commit_rates(const fs::path& directory, unsigned threads, unsigned commits) {
  const auto store = must(Store::open(directory / "ours", Access::Create));
  rocksdb::DB& db = *StoreFiles::state_of(*store)->db;
  unsigned number = 0;
  for (; number < kActors; ++number) commit_note(*store, number);  // so that the actors are there
  // What one commit of one edge writes: asked of the log.
  const unsigned each = std::max(1u, commits / kRounds);
  const std::uint64_t sequence = db.GetLatestSequenceNumber();
  for (unsigned i = 0; i < each; ++i) commit_note(*store, number++);
  const auto batches = batches_since(db, sequence);
  if (batches.size() != each) std::fprintf(stderr, "storage_bench: a commit is not one batch\n"), std::exit(1);
  CommitRates rates;
  for (const std::string& batch : batches) rates.bytes += double(batch.size()) / double(batches.size());

  RawWriter raw(directory / "raw");
  std::vector<double> ours, theirs;
  for (unsigned round = 0; round < kRounds; ++round) {
    ours.push_back(rate(threads, each, [&](unsigned i) { commit_note(*store, number + i); }));
    number += each;
    theirs.push_back(rate(threads, each, [&](unsigned i) { raw.write(batches[i]); }));
  }
  rates.ours = median(ours), rates.raw = median(theirs);
  return rates;
}

// ---- history

namespace {
constexpr unsigned kEdges = 400;

void fill(Store& store, unsigned versions) {
  for (unsigned number = 0; number < kEdges; ++number) commit_note(store, number);
  std::vector<EdgeId> edges;
  must(store.begin_read().scan_edges(kLatest, [&](const Edge& edge) {
    if (store.ontology().type(edge.type).name == "CONSULT") edges.push_back(edge.id);
    return true;
  }));
  for (unsigned version = 0; version < versions; ++version) {
    auto write = must(store.begin_write());
    for (const EdgeId edge : edges) {
      EdgeValues values;
      // A whole round leaves each edge as it was: both stores have the same present.
      const int day = 13000 + int((edge.value + version + 1) % 7000);
      const Bound bound = Bound::known(Day{std::chrono::days(day)});
      values.valid = must(Interval::make(bound, bound));
      values.confidence = version + 1 == versions ? 0.8 : 0.3 + 0.005 * (version % 100);
      must(write.correct(edge, {}, values));
    }
    must(write.commit("bench", "", moment()));
  }
}

double read_present(const Store& store) {
  const auto read = store.begin_read();
  std::vector<double> times;
  std::size_t seen = 0;
  for (unsigned actor = 0; actor < kEdges; ++actor) {
    const auto found = must(read.find_name("Actor " + std::to_string(actor * 7 % kActors)));
    if (found.empty()) continue;
    std::size_t here = 0;
    const Cost cost = cost_of([&] {
      std::vector<EdgeId> edges;
      must(read.scan_neighbours(found.front().node, {}, [&](const Neighbour& neighbour) {
        edges.push_back(neighbour.edge);
        return true;
      }));
      for (const EdgeId edge : edges) here += must(read.edge(edge)).has_value();
    });
    if (here) times.push_back(1e6 * cost.wall / double(here));
    seen += here;
  }
  return seen ? median(times) : 0;
}

DepthCosts in_turns(const Store& flat, const Store& deep) {
  std::vector<double> flats, deeps;
  for (int round = 0; round < 7; ++round) {
    flats.push_back(read_present(flat));
    deeps.push_back(read_present(deep));
  }
  return {median(flats), median(deeps)};
}
}  // namespace

Depth depth_costs(const fs::path& directory, unsigned versions) {
  Depth depth;
  const auto flat_at = directory / "flat", deep_at = directory / "deep";
  {
    const auto flat = must(Store::open(flat_at, Access::Create)), deep = must(Store::open(deep_at, Access::Create));
    fill(*flat, 1), fill(*deep, versions);
    depth.fresh = in_turns(*flat, *deep);
  }
  const auto flat = must(Store::open(flat_at, Access::Write)), deep = must(Store::open(deep_at, Access::Write));
  depth.reopened = in_turns(*flat, *deep);
  return depth;
}

}  // namespace entente::bench
