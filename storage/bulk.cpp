#include "storage/bulk.h"

#include <rocksdb/db.h>

#include <deque>
#include <future>
#include <map>
#include <thread>

#include "schema/codec.h"
#include "storage/bulk_digest.h"
#include "storage/bulk_index.h"
#include "storage/bulk_names.h"
#include "storage/bulk_rows.h"
#include "storage/document_node.h"
#include "storage/key.h"
#include "storage/sorted_files.h"
#include "storage/store.h"
#include "storage/transaction_state.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

constexpr std::uint64_t kMostRows = 0xFFFFFFFF;  // of one load: sorting counts them in 32 bits

Error refused(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

// The right to write, until the load is over.
class WritingClaim {
 public:
  static Result<std::unique_ptr<WritingClaim>> take(StoreState& store) {
    const std::string where = store.directory.string();
    if (store.access == Access::Read) return Error{Code::Unavailable, where + " is open for reading only"};
    {
      const std::lock_guard lock(store.mutex);
      if (store.failed)
        return Error{Code::Unavailable, where + " stopped writing after an I/O error; open it again"};
    }
    const std::lock_guard lock(store.queue.mutex);
    if (store.queue.loading || !store.queue.open.empty())
      return Error{Code::Conflict, "another write transaction is open in this process"};
    store.queue.loading = true;
    return std::unique_ptr<WritingClaim>(new WritingClaim(store));
  }
  ~WritingClaim() {
    const std::lock_guard lock(store_.queue.mutex);
    store_.queue.loading = false;
  }
  WritingClaim(const WritingClaim&) = delete;
  WritingClaim& operator=(const WritingClaim&) = delete;

 private:
  explicit WritingClaim(StoreState& store) : store_(store) {}
  StoreState& store_;
};

// Removes the folder when the load is over, however it ends.
class LoadingFolder {
 public:
  explicit LoadingFolder(fs::path path) : path_(std::move(path)) {}
  ~LoadingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  LoadingFolder(const LoadingFolder&) = delete;
  LoadingFolder& operator=(const LoadingFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

template <typename T>
void append(std::vector<T>& to, std::vector<T>&& from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

// Which edge types may join which labels, asked once of each.
class AllowedEnds {
 public:
  explicit AllowedEnds(const Ontology& ontology) : ontology_(ontology) {}

  Status check(EdgeTypeId type, LabelId head, LabelId tail) {
    const Ends ends(type, head, tail);
    if (last_ && *last_ == ends) return kOk;
    auto [known, fresh] = fault_.try_emplace(ends);
    if (fresh) known->second = fault_of(type, head, tail);
    if (known->second) return refused(*known->second);
    last_ = ends;
    return kOk;
  }

 private:
  using Ends = std::tuple<EdgeTypeId, LabelId, LabelId>;
  std::optional<std::string> fault_of(EdgeTypeId type, LabelId head, LabelId tail) const {
    if (!ontology_.has(type) || !ontology_.has(head) || !ontology_.has(tail))
      return "an edge type or label that the ontology lacks";
    const auto checked = ontology_.check(type, head, tail);
    if (checked) return std::nullopt;
    return checked.error().message;
  }
  const Ontology& ontology_;
  std::map<Ends, std::optional<std::string>> fault_;
  std::optional<Ends> last_;  // that is allowed
};

BulkOptions completed(BulkOptions options) {
  if (options.threads == 0) options.threads = std::max(1u, std::thread::hardware_concurrency());
  options.memory_bytes = std::max(options.memory_bytes, std::size_t{64} << 20);
  return options;
}

// A chunk under way costs its rows and about as much for records and sorting.
std::size_t rows_of_a_chunk(const BulkOptions& options) {
  const std::size_t fits = options.memory_bytes / (4 * (options.threads + 1)) / sizeof(PendingRow);
  return std::clamp(fits / kDigestBlock, std::size_t{1}, std::size_t{4}) * kDigestBlock;
}
}  // namespace

struct BulkLoad::State {
  State(StoreState& open_store, std::unique_ptr<WritingClaim> claimed,
        std::unique_ptr<ReadState> found, const Head& head, const BulkOptions& chosen)
      : transaction(std::move(found)),
        claim(std::move(claimed)),
        store(open_store),
        options(completed(chosen)),
        before(head),
        commit{head.commit.value + 1},
        folder(open_store.directory / kLoadingFolder),
        names(transaction->rows, head, commit, folder.path()),
        allowed(open_store.ontology),
        most_chunk_rows(rows_of_a_chunk(options)) {}
  ~State() {
    for (auto& task : running)
      if (task.valid()) task.wait();
  }

  Status hand_over();  // the full chunk to a thread
  Status await_oldest();
  Status write_indexes();
  Status write_rows(ColumnFamily family, const std::map<std::string, std::string>& rows);
  Result<Commit> write_commit(const Source& source, std::string_view author, std::string_view note,
                              Instant now, Head& head);

  std::unique_ptr<ReadState> transaction;  // what was there when the load began
  std::unique_ptr<WritingClaim> claim;
  StoreState& store;
  BulkOptions options;
  Head before;
  CommitId commit;
  Document table;
  LoadingFolder folder;
  BulkNames names;
  AllowedEnds allowed;

  BulkOrigin origin;
  std::uint64_t edges = 0;
  std::uint64_t last_row = 0;
  std::size_t most_chunk_rows, chunk_rows = kDigestBlock;
  Chunk filling;
  std::deque<std::future<Result<SortedChunk>>> running;
  std::size_t held_bytes = 0;  // of runs in memory
  std::vector<SortedRun<AdjacencyRow>> adjacency;
  std::vector<SortedRun<TimelineRow>> timeline;
  std::vector<SortedFile> files;
  std::vector<std::string> edge_digests;
  bool broken = false;  // an error ended the load
};

// ---- rows to sorted runs

Status BulkLoad::State::await_oldest() {
  auto sorted = running.front().get();
  running.pop_front();
  if (!sorted) return sorted.error();
  held_bytes += sorted->memory_bytes;
  append(adjacency, std::move(sorted->adjacency));
  append(timeline, std::move(sorted->timeline));
  append(files, std::move(sorted->files));
  append(edge_digests, std::move(sorted->digests));
  return kOk;
}

Status BulkLoad::State::hand_over() {
  while (running.size() >= options.threads)
    if (auto done = await_oldest(); !done) return done;
  const bool spill = held_bytes + chunk_rows * 80 * (running.size() + 1) > options.memory_bytes / 2;
  auto chunk = std::make_shared<Chunk>(std::move(filling));
  filling = {};
  filling.first = edges;
  // Small ones first, so that a table of a few hundred thousand rows keeps all threads busy too.
  chunk_rows = std::clamp<std::size_t>(edges / 4 / kDigestBlock * kDigestBlock, kDigestBlock, most_chunk_rows);
  running.push_back(std::async(std::launch::async, [this, chunk, spill] {
    return sort_chunk(store, folder.path(), origin, *chunk, spill);
  }));
  return kOk;
}

// ---- sorted runs to files

Status BulkLoad::State::write_indexes() {
  std::vector<std::span<const AdjacencyRow>> runs;
  for (const auto& run : adjacency) runs.push_back(run.records());
  std::vector<std::future<Result<std::vector<SortedFile>>>> tasks;
  const auto parts = cut(runs, options.threads);
  for (std::size_t part = 0; part < parts.size(); ++part)
    tasks.push_back(std::async(std::launch::async, [&, part] {
      return write_adjacency(store, folder.path(), origin.first_edge, parts[part], part);
    }));
  tasks.push_back(std::async(std::launch::async, [&] {
    return write_timeline(store, folder.path(), origin.first_edge, timeline);
  }));
  tasks.push_back(std::async(std::launch::async, [&] { return names.write_index(); }));
  tasks.push_back(std::async(std::launch::async, [&] { return names.write_search(); }));
  Status all = kOk;
  for (auto& task : tasks) {
    auto written = task.get();
    if (!written) {
      all = written.error();
    } else {
      append(files, std::move(*written));
    }
  }
  return all;
}

Status BulkLoad::State::write_rows(ColumnFamily family, const std::map<std::string, std::string>& rows) {
  SortedFiles out(store, folder.path(), family, "all");
  for (const auto& [key, value] : rows)
    if (auto put = out.put(key, value); !put) return put;
  auto written = out.finish();
  if (!written) return written.error();
  append(files, std::move(*written));
  return kOk;
}

// ---- the door

BulkLoad::BulkLoad(std::unique_ptr<State> state) : state_(std::move(state)) {}
BulkLoad::~BulkLoad() = default;
BulkLoad::BulkLoad(BulkLoad&&) noexcept = default;
BulkLoad& BulkLoad::operator=(BulkLoad&&) noexcept = default;

Result<BulkLoad> BulkLoad::begin(Store& store, const Document& table, const BulkOptions& options) {
  StoreState& open = *store.state_;
  auto claim = WritingClaim::take(open);
  if (!claim) return claim.error();
  auto found = std::make_unique<ReadState>(open);
  const auto head = found->rows.head();
  if (!head) return head.error();
  auto state = std::make_unique<State>(open, std::move(*claim), std::move(found), *head, options);
  std::error_code error;
  fs::remove_all(state->folder.path(), error);
  fs::create_directories(state->folder.path(), error);
  if (error)
    return Error{Code::Unavailable, "cannot make the folder " + state->folder.path().string() + ": " + error.message()};

  // Edge and statement of a row get the same number, so both counters go on from the higher one.
  const std::uint64_t first = std::max(head->next_edge, head->next_statement);
  state->table = table;
  state->table.id = DocumentId{head->next_document};
  state->table.node = state->names.first_node();
  state->table.text.clear();
  state->origin = {state->table.id, EdgeId{first}, state->commit, state->options.extractor};
  const auto own = state->names.add_own(node_of(state->table, store.ontology()));
  if (!own) return own.error();
  return BulkLoad(std::move(state));
}
Status BulkLoad::add(const BulkRow& row) {
  State& state = *state_;
  if (state.broken) return Error{Code::Unavailable, "the load has ended with an error"};
  if (row.row <= state.last_row) return refused("rows must come in the order of their numbers");
  if (state.edges >= kMostRows) return Error{Code::LimitReached, "a table of more than 4,294,967,295 rows: load it in parts"};
  if (!(row.confidence > 0 && row.confidence <= 1))
    return refused("a confidence lies in (0, 1], not " + std::to_string(row.confidence));
  if (auto allowed = state.allowed.check(row.type, row.head_label, row.tail_label); !allowed) return allowed;
  const auto failed = [&](const Error& error) {
    state.broken = error.code != Code::InvalidArgument;
    return error;
  };
  const auto head = state.names.resolve(row.head, row.head_label);
  if (!head) return failed(head.error());
  const auto tail = state.names.resolve(row.tail, row.tail_label);
  if (!tail) return failed(tail.error());

  Chunk& chunk = state.filling;
  if (chunk.rows.capacity() == 0) chunk.rows.reserve(std::min<std::size_t>(state.chunk_rows, 4096 + state.edges));
  PendingRow pending{.row = row.row, .head = *head, .tail = *tail, .valid = row.valid,
                     .confidence = row.confidence, .type = row.type, .mode = row.mode, .negated = row.negated};
  if (row.properties && !row.properties->empty()) pending.properties = chunk.place_of(*row.properties);
  chunk.rows.push_back(pending);
  state.last_row = row.row;
  ++state.edges;
  if (chunk.rows.size() < state.chunk_rows) return kOk;
  if (auto handed = state.hand_over(); !handed) return failed(handed.error());
  return kOk;
}

// Everything of the load that is one row: the table, its digest, the commit, the new head.
Result<Commit> BulkLoad::State::write_commit(const Source& source, std::string_view author,
                                             std::string_view note, Instant now, Head& head) {
  table.digest = source.digest;
  table.rows = source.rows;
  table.first_edge = origin.first_edge;
  table.edges = edges;
  table.since = commit;
  head.commit = commit;
  head.at = std::max(now, head.at);
  head.next_node += names.new_nodes();
  head.next_edge = head.next_statement = origin.first_edge.value + edges;
  head.next_document = table.id.value + 1;
  head.nodes += names.new_nodes();
  head.edges += edges;
  head.statements += edges;
  head.documents += 1;

  LogEntry entry;
  entry.commit.id = commit;
  entry.commit.at = head.at;
  entry.commit.author = author;
  entry.commit.note = note;
  entry.commit.previous = head.hash;
  entry.commit.statements = std::uint32_t(edges);
  entry.documents.push_back({table, source.bytes});
  entry.bulk = {names.first_node(), names.new_nodes(), origin.first_edge, edges,
                digest_of_blocks(names.finish_digests(), edge_digests), {}, {}};
  const std::string record = encode(entry);
  head.hash = hash_of_record(record);

  const std::pair<ColumnFamily, std::map<std::string, std::string>> single[] = {
      {ColumnFamily::Documents, {{key::document(table.id, key::kHeaderChunk), encode(table, source.bytes)}}},
      {ColumnFamily::Digests, {{table.digest, key::of(table.id)}}},
      {ColumnFamily::Log, {{key::of(commit), record}}},
      {ColumnFamily::Meta, {{std::string(meta::kHead), encode(head)}}}};
  for (const auto& [family, rows] : single)
    if (auto written = write_rows(family, rows); !written) return written.error();
  entry.commit.hash = head.hash;
  entry.commit.nodes = std::uint32_t(names.new_nodes());
  entry.commit.edges = std::uint32_t(edges);
  entry.commit.documents = 1;
  return std::move(entry.commit);
}

Result<BulkOutcome> BulkLoad::commit(const Source& source, std::string_view author, std::string_view note,
                                     Instant now) {
  auto outcome = write(source, author, note, now);
  if (outcome || outcome.error().message.starts_with("outcome unknown")) return outcome;
  return outcome.error().within("not committed");
}

Result<BulkOutcome> BulkLoad::write(const Source& source, std::string_view author, std::string_view note,
                                    Instant now) {
  State& state = *state_;
  if (state.broken) return Error{Code::Unavailable, "the load has ended with an error; nothing was kept"};
  const auto same = state.transaction->rows.get(ColumnFamily::Digests, source.digest);
  if (!same) return same.error();
  BulkOutcome outcome;
  if (*same) {
    key::Parts parts(**same);
    outcome.document = DocumentId{parts.u64()};
    if (!parts.done()) return Error{Code::Corruption, "the index of digests is damaged"};
    outcome.already_there = true;
    outcome.commit.id = state.before.commit;
    outcome.commit.at = state.before.at;
    outcome.commit.hash = state.before.hash;
    state.broken = true;
    return outcome;
  }
  if (state.edges == 0) return refused("the table has no row that can be loaded");

  state.broken = true;  // until all is well
  if (!state.filling.rows.empty())
    if (auto handed = state.hand_over(); !handed) return handed.error();
  while (!state.running.empty())
    if (auto done = state.await_oldest(); !done) return done.error();
  if (auto written = state.write_indexes(); !written) return written.error();
  auto node_files = state.names.finish_nodes();
  if (!node_files) return node_files.error();
  append(state.files, std::move(*node_files));
  Head head = state.before;
  auto made = state.write_commit(source, author, note, now, head);
  if (!made) return made.error();

  if (auto taken = ingest(state.store, state.files); !taken) {
    const std::lock_guard lock(state.store.mutex);
    state.store.failed = true;
    return Error{Code::Unavailable, "outcome unknown: commit " + std::to_string(state.commit.value) +
                                        " met an I/O error (" + taken.error().message +
                                        "); open the database again and look"};
  }
  state.store.acknowledge(head);
  state.store.queue.raise_to(head);
  outcome.document = state.table.id;
  outcome.edges = state.edges;
  outcome.new_nodes = state.names.new_nodes() - 1;  // without the table's own
  outcome.matched_nodes = state.names.matched_nodes();
  outcome.commit = std::move(*made);
  return outcome;
}

}  // namespace entente
