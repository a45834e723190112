#include "storage/bulk.h"

#include <rocksdb/db.h>

#include <deque>
#include <future>
#include <map>
#include <thread>

#include "schema/codec.h"
#include "schema/name.h"
#include "schema/text.h"
#include "storage/bulk_digest.h"
#include "storage/document_node.h"
#include "storage/index.h"
#include "storage/key.h"
#include "storage/name_table.h"
#include "storage/sorted_files.h"
#include "storage/sorted_run.h"
#include "storage/store.h"
#include "storage/transaction_state.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 1024;            // bytes, as in WriteTransaction
constexpr std::uint64_t kMostRows = 0xFFFFFFFF;       // of one load: sorting counts them in 32 bits
constexpr std::uint64_t kMostNodes = std::uint64_t{1} << 46;

Error refused(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

Status claim_writing(StoreState& store) {
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
  return kOk;
}

// ---- what is sorted

// An entry of adjacency; edges by their place in the load.
struct AdjacencyRow {
  std::uint64_t place = 0;  // node << 17 | direction << 16 | type
  std::uint64_t when = 0;   // earliest start, shifted as in keys << 32 | edge
  char value[15] = {};
  std::uint8_t size = 0;
  friend bool operator<(const AdjacencyRow& a, const AdjacencyRow& b) {
    return a.place != b.place ? a.place < b.place : a.when < b.when;
  }
};
static_assert(sizeof(AdjacencyRow) == 32);

struct TimelineRow {
  std::uint64_t when = 0;  // as above
  std::uint32_t latest_end = 0;
  std::uint32_t unused = 0;
  friend bool operator<(const TimelineRow& a, const TimelineRow& b) { return a.when < b.when; }
};
static_assert(sizeof(TimelineRow) == 16);

std::uint32_t shifted(Day day) { return std::uint32_t(std::int32_t(day.time_since_epoch().count())) ^ 0x80000000u; }

AdjacencyRow adjacency_row(NodeId node, key::Direction direction, const Edge& edge, NodeId other,
                           std::uint64_t when) {
  AdjacencyRow row;
  row.place = node.value << 17 | std::uint64_t(direction) << 16 | edge.type.value;
  row.when = when;
  const std::string value = encode(AdjacencyValue{other, edge.valid, edge.mode, edge.negated});
  assert(value.size() <= sizeof row.value);
  row.size = std::uint8_t(std::min(value.size(), sizeof row.value));
  std::copy_n(value.data(), row.size, row.value);
  return row;
}

// A row of the table whose names are nodes.
struct PendingRow {
  std::uint64_t row = 0;
  NodeId head, tail;
  Interval valid;
  double confidence = 1;
  EdgeTypeId type;
  Mode mode = Mode::Actual;
  bool negated = false;
  std::uint32_t properties = 0;  // place in Chunk::properties plus one; 0: none
};

struct Chunk {
  std::uint64_t first = 0;  // how many rows came before
  std::vector<PendingRow> rows;
  std::vector<Properties> properties;
};

// What became of a chunk.
struct Sorted {
  std::vector<SortedRun<AdjacencyRow>> adjacency;
  std::vector<SortedRun<TimelineRow>> timeline;
  std::vector<SortedFile> files;
  std::vector<std::string> digests;
  std::size_t memory_bytes = 0;
};

template <typename Record>
Result<SortedRun<Record>> make_run(std::vector<Record> records, bool spill, const fs::path& folder) {
  std::sort(records.begin(), records.end());
  if (!spill) return SortedRun<Record>(std::move(records));
  auto mapped = MappedBytes::spill(folder, std::as_bytes(std::span(records)));
  if (!mapped) return mapped.error();
  return SortedRun<Record>(std::move(*mapped));
}

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
}  // namespace

struct BulkLoad::State {
  State(StoreState& open_store, const BulkOptions& chosen)
      : transaction(open_store),
        store(open_store),
        options(chosen),
        folder(open_store.directory / kLoadingFolder),
        nodes(open_store, folder.path(), ColumnFamily::Nodes, "all") {
    if (options.threads == 0) options.threads = std::max(1u, std::thread::hardware_concurrency());
    options.memory_bytes = std::max(options.memory_bytes, std::size_t{64} << 20);
    // A chunk under way costs its rows and about as much for records and sorting.
    const std::size_t fits = options.memory_bytes / (4 * (options.threads + 1)) / sizeof(PendingRow);
    chunk_rows = std::clamp(fits / kDigestBlock, std::size_t{1}, std::size_t{16}) * kDigestBlock;
  }
  ~State() {
    for (auto& task : running)
      if (task.valid()) task.wait();
    const std::lock_guard lock(store.queue.mutex);
    store.queue.loading = false;
  }

  Result<NodeId> resolve(std::string_view name, LabelId label);
  Result<std::optional<NodeId>> find_stored(const std::string& folded, LabelId label) const;
  Status add_node(Node node);
  Status check_ends(EdgeTypeId type, LabelId head, LabelId tail);
  Status hand_over();      // the full chunk to a thread
  Status await_oldest();
  Result<Sorted> sort(const Chunk& chunk, bool spill) const;
  Edge edge_of(const Chunk& chunk, std::size_t place) const;
  Result<std::vector<SortedFile>> write_adjacency(const std::vector<std::span<const AdjacencyRow>>& part,
                                                  std::size_t number) const;
  Result<std::vector<SortedFile>> write_timeline() const;
  Result<std::vector<SortedFile>> write_names() const;
  Status write_indexes();
  Status write_rows(ColumnFamily family, const std::map<std::string, std::string>& rows);

  ReadState transaction;  // what was there when the load began
  StoreState& store;
  BulkOptions options;
  Head before, head;       // as the load found it, and as the commit will leave it
  CommitId commit;
  Document table;
  LoadingFolder folder;
  std::size_t chunk_rows = kDigestBlock;

  NameTable raw, folded;                  // names as written, and as looked up
  std::vector<IndexEntry> table_names;    // of the table's own node
  SortedFiles nodes;
  NodeId first_node;
  std::uint64_t new_nodes = 0, matched_nodes = 0;
  DigestBlocks node_blocks;
  std::map<std::tuple<EdgeTypeId, LabelId, LabelId>, std::optional<std::string>> allowed;  // why not
  std::tuple<EdgeTypeId, LabelId, LabelId> last_allowed;
  bool any_allowed = false;

  EdgeId first_edge;
  std::uint64_t edges = 0;
  std::uint64_t last_row = 0;
  Chunk filling;
  std::deque<std::future<Result<Sorted>>> running;
  std::size_t held_bytes = 0;  // of runs in memory
  std::vector<SortedRun<AdjacencyRow>> adjacency;
  std::vector<SortedRun<TimelineRow>> timeline;
  std::vector<SortedFile> files;
  std::vector<std::string> edge_digests;
  bool broken = false;  // an error ended the load
};

// ---- names to nodes

Status BulkLoad::State::add_node(Node node) {
  node.id = NodeId{head.next_node++};
  if (node.id.value >= kMostNodes) return Error{Code::LimitReached, "a bulk load cannot number so many nodes"};
  node.since = commit;
  const std::string record = encode(node);
  node_blocks.add(record);
  ++new_nodes;
  return nodes.put(key::of(node.id), record);
}

// As WriteTransaction resolves: by the name, else by an alias that only one node of the label has.
Result<std::optional<NodeId>> BulkLoad::State::find_stored(const std::string& name, LabelId label) const {
  std::optional<NodeId> by_name;
  std::vector<NodeId> by_alias;
  std::optional<Error> fault;
  auto scanned = transaction.rows.scan(
      ColumnFamily::Names, name + '\0', [&](std::string_view key, std::string_view value) {
        const auto parts = key::name(key);
        const auto kind = decode_name_value(value);
        if (!parts || !kind) {
          fault = Error{Code::Corruption, "the index of names is damaged"};
          return false;
        }
        if (kind->label != label) return true;
        if (!kind->is_alias && !by_name) by_name = parts->node;
        if (kind->is_alias) by_alias.push_back(parts->node);
        return true;
      });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  if (by_name) return by_name;
  if (by_alias.size() == 1) return std::optional(by_alias.front());
  return std::optional<NodeId>();
}

Result<NodeId> BulkLoad::State::resolve(std::string_view name, LabelId label) {
  if (const auto known = raw.find(name, label)) return *known;
  if (name.size() > kLongestName) return refused("a name of more than 1,024 bytes");
  if (find_utf8_fault(name)) return refused("a name that is not UTF-8");
  const std::string form = fold_name(name);
  if (form.empty()) return refused("'" + std::string(name) + "' is no name: it has no letters");
  if (!store.ontology.has(label)) return refused("'" + std::string(name) + "' has a label that the ontology lacks");
  auto known = folded.find(form, label);
  if (!known) {
    if (before.nodes != 0) {
      const auto stored = find_stored(form, label);
      if (!stored) return stored.error();
      known = *stored;
    }
    if (known) {
      ++matched_nodes;
    } else {
      known = NodeId{head.next_node};
      Node node;
      node.label = label;
      node.name = std::string(name);
      if (auto added = add_node(std::move(node)); !added) return added.error();
    }
    folded.add(form, label, *known);
  }
  raw.add(name, label, *known);
  return *known;
}

Status BulkLoad::State::check_ends(EdgeTypeId type, LabelId head_label, LabelId tail_label) {
  const std::tuple ends(type, head_label, tail_label);
  if (any_allowed && ends == last_allowed) return kOk;
  auto [known, fresh] = allowed.try_emplace(ends);
  if (fresh) {
    const Ontology& ontology = store.ontology;
    if (!ontology.has(type) || !ontology.has(head_label) || !ontology.has(tail_label)) {
      known->second = "an edge type or label that the ontology lacks";
    } else if (auto checked = ontology.check(type, head_label, tail_label); !checked) {
      known->second = checked.error().message;
    }
  }
  if (known->second) return refused(*known->second);
  last_allowed = ends, any_allowed = true;
  return kOk;
}

// ---- rows to records

Edge BulkLoad::State::edge_of(const Chunk& chunk, std::size_t place) const {
  const PendingRow& row = chunk.rows[place];
  Edge edge;
  edge.id = EdgeId{first_edge.value + chunk.first + place};
  edge.head = row.head;
  edge.type = row.type;
  edge.tail = row.tail;
  edge.valid = row.valid;
  edge.mode = row.mode;
  edge.negated = row.negated;
  edge.confidence = row.confidence;
  if (row.properties) edge.properties = chunk.properties[row.properties - 1];
  edge.since = commit;
  Statement statement;
  statement.id = StatementId{edge.id.value};
  statement.evidence = {table.id, row.row, row.row + 1, true};
  statement.valid = row.valid;
  statement.confidence = row.confidence;
  statement.extractor = options.extractor;
  statement.since = commit;
  edge.statements.push_back(std::move(statement));
  return edge;
}

Result<Sorted> BulkLoad::State::sort(const Chunk& chunk, bool spill) const {
  Sorted sorted;
  SortedFiles records(store, folder.path(), ColumnFamily::Edges, std::to_string(chunk.first));
  DigestBlocks blocks;
  std::vector<AdjacencyRow> adjacent;
  std::vector<TimelineRow> times;
  adjacent.reserve(2 * chunk.rows.size());
  times.reserve(chunk.rows.size());
  for (std::size_t place = 0; place < chunk.rows.size(); ++place) {
    const Edge edge = edge_of(chunk, place);
    const std::string record = encode(edge);
    blocks.add(record);
    if (auto put = records.put(key::of(edge.id), record); !put) return put.error();
    const std::uint64_t when = std::uint64_t(shifted(edge.valid.earliest_start())) << 32 | (chunk.first + place);
    adjacent.push_back(adjacency_row(edge.head, key::Direction::Out, edge, edge.tail, when));
    adjacent.push_back(adjacency_row(edge.tail, key::Direction::In, edge, edge.head, when));
    times.push_back({when, shifted(edge.valid.latest_end()), 0});
  }
  sorted.digests = blocks.finish();
  auto files_written = records.finish();
  if (!files_written) return files_written.error();
  sorted.files = std::move(*files_written);
  if (!spill) sorted.memory_bytes = adjacent.size() * sizeof(AdjacencyRow) + times.size() * sizeof(TimelineRow);
  auto adjacent_run = make_run(std::move(adjacent), spill, folder.path());
  if (!adjacent_run) return adjacent_run.error();
  auto times_run = make_run(std::move(times), spill, folder.path());
  if (!times_run) return times_run.error();
  sorted.adjacency.push_back(std::move(*adjacent_run));
  sorted.timeline.push_back(std::move(*times_run));
  return sorted;
}

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
  running.push_back(std::async(std::launch::async, [this, chunk, spill] { return sort(*chunk, spill); }));
  return kOk;
}

// ---- sorted rows to files

namespace {
// Big-endian numbers in a buffer on the stack: this runs for every row.
template <typename Number>
char* put_number(char* out, Number number) {
  for (int shift = int(sizeof number) * 8 - 8; shift >= 0; shift -= 8) *out++ = char(number >> shift);
  return out;
}
}  // namespace

Result<std::vector<SortedFile>> BulkLoad::State::write_adjacency(
    const std::vector<std::span<const AdjacencyRow>>& part, std::size_t number) const {
  SortedFiles out(store, folder.path(), ColumnFamily::Adjacency, std::to_string(number));
  for (Merge<AdjacencyRow> rows(part); !rows.done(); rows.pop()) {
    const AdjacencyRow& row = rows.front();
    char key[23];
    char* end = put_number(key, row.place >> 17);
    *end++ = char(row.place >> 16 & 1);
    end = put_number(end, std::uint16_t(row.place));
    end = put_number(end, std::uint32_t(row.when >> 32));
    put_number(end, first_edge.value + std::uint32_t(row.when));
    if (auto put = out.put({key, sizeof key}, {row.value, row.size}); !put) return put.error();
  }
  return out.finish();
}

Result<std::vector<SortedFile>> BulkLoad::State::write_timeline() const {
  std::vector<std::span<const TimelineRow>> runs;
  for (const auto& run : timeline) runs.push_back(run.records());
  SortedFiles out(store, folder.path(), ColumnFamily::Timeline, "all");
  for (Merge<TimelineRow> rows(std::move(runs)); !rows.done(); rows.pop()) {
    const TimelineRow& row = rows.front();
    char key[12], value[4];
    put_number(put_number(key, std::uint32_t(row.when >> 32)), first_edge.value + std::uint32_t(row.when));
    put_number(value, row.latest_end);
    if (auto put = out.put({key, sizeof key}, {value, sizeof value}); !put) return put.error();
  }
  return out.finish();
}

Result<std::vector<SortedFile>> BulkLoad::State::write_names() const {
  std::vector<const NameTable::Entry*> fresh;
  for (const NameTable::Entry& entry : folded.entries())
    if (entry.node >= first_node) fresh.push_back(&entry);
  // Names are folded, so no byte of one is as low as the 0 that ends it: text and node sort as keys do.
  std::sort(fresh.begin(), fresh.end(), [](const auto* a, const auto* b) {
    return std::tuple(a->text(), a->node) < std::tuple(b->text(), b->node);
  });
  SortedFiles out(store, folder.path(), ColumnFamily::Names, "all");
  auto own = table_names.begin();
  const auto put_own_before = [&](std::string_view key) -> Status {
    for (; own != table_names.end() && own->key < key; ++own)
      if (auto put = out.put(own->key, own->value); !put) return put;
    return kOk;
  };
  for (const NameTable::Entry* entry : fresh) {
    const std::string key = key::name(entry->text(), entry->node);
    if (auto put = put_own_before(key); !put) return put.error();
    const std::string value = encode(NameValue{.is_alias = false, .label = entry->label});
    if (auto put = out.put(key, value); !put) return put.error();
  }
  for (; own != table_names.end(); ++own)
    if (auto put = out.put(own->key, own->value); !put) return put.error();
  return out.finish();
}

Status BulkLoad::State::write_indexes() {
  std::vector<std::span<const AdjacencyRow>> runs;
  for (const auto& run : adjacency) runs.push_back(run.records());
  std::vector<std::future<Result<std::vector<SortedFile>>>> tasks;
  const auto parts = cut(runs, options.threads);
  for (std::size_t part = 0; part < parts.size(); ++part)
    tasks.push_back(std::async(std::launch::async, [&, part] { return write_adjacency(parts[part], part); }));
  tasks.push_back(std::async(std::launch::async, [&] { return write_timeline(); }));
  tasks.push_back(std::async(std::launch::async, [&] { return write_names(); }));
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
  if (auto claimed = claim_writing(open); !claimed) return claimed.error();
  auto state = std::make_unique<State>(open, options);
  const auto head = state->transaction.rows.head();
  if (!head) return head.error();
  state->before = state->head = *head;
  state->commit = CommitId{head->commit.value + 1};

  std::error_code error;
  fs::remove_all(state->folder.path(), error);
  fs::create_directories(state->folder.path(), error);
  if (error)
    return Error{Code::Unavailable, "cannot make the folder " + state->folder.path().string() + ": " + error.message()};

  // Edge and statement of a row get the same number, so both counters go on from the higher one.
  const std::uint64_t first = std::max(head->next_edge, head->next_statement);
  state->first_edge = EdgeId{first};
  state->first_node = NodeId{head->next_node};
  state->table = table;
  state->table.id = DocumentId{state->head.next_document++};
  state->table.node = state->first_node;
  state->table.text.clear();
  Node node = node_of(state->table, store.ontology());
  node.id = state->first_node;
  state->table_names = entries_of(node);
  if (auto added = state->add_node(std::move(node)); !added) return added.error();
  return BulkLoad(std::move(state));
}

Status BulkLoad::add(const BulkRow& row) {
  State& state = *state_;
  if (state.broken) return Error{Code::Unavailable, "the load has ended with an error"};
  if (row.row <= state.last_row) return refused("rows must come in the order of their numbers");
  if (state.edges >= kMostRows) return Error{Code::LimitReached, "a table of more than 4,294,967,295 rows: load it in parts"};
  if (!(row.confidence > 0 && row.confidence <= 1))
    return refused("a confidence lies in (0, 1], not " + std::to_string(row.confidence));
  if (auto allowed = state.check_ends(row.type, row.head_label, row.tail_label); !allowed) return allowed;
  const auto failed = [&](const Error& error) {
    state.broken = error.code != Code::InvalidArgument;
    return error;
  };
  const auto head = state.resolve(row.head, row.head_label);
  if (!head) return failed(head.error());
  const auto tail = state.resolve(row.tail, row.tail_label);
  if (!tail) return failed(tail.error());

  Chunk& chunk = state.filling;
  if (chunk.rows.capacity() == 0) chunk.rows.reserve(std::min<std::size_t>(state.chunk_rows, 4096 + state.edges));
  PendingRow pending{.row = row.row, .head = *head, .tail = *tail, .valid = row.valid,
                     .confidence = row.confidence, .type = row.type, .mode = row.mode, .negated = row.negated};
  if (row.properties && !row.properties->empty()) {
    chunk.properties.push_back(*row.properties);
    pending.properties = std::uint32_t(chunk.properties.size());
  }
  chunk.rows.push_back(pending);
  state.last_row = row.row;
  ++state.edges;
  if (chunk.rows.size() < state.chunk_rows) return kOk;
  if (auto handed = state.hand_over(); !handed) return failed(handed.error());
  return kOk;
}

Result<BulkOutcome> BulkLoad::commit(const Source& source, std::string_view author, std::string_view note, Instant now) {
  State& state = *state_;
  if (state.broken) return Error{Code::Unavailable, "the load has ended with an error; nothing was kept"};
  BulkOutcome outcome;
  const auto same = state.transaction.rows.get(ColumnFamily::Digests, source.digest);
  if (!same) return same.error();
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
  auto node_files = state.nodes.finish();
  if (!node_files) return node_files.error();
  append(state.files, std::move(*node_files));

  Head& head = state.head;
  Document& table = state.table;
  table.digest = source.digest;
  table.rows = source.rows;
  table.first_edge = state.first_edge;
  table.edges = state.edges;
  table.since = state.commit;
  head.commit = state.commit;
  head.at = std::max(now, head.at);
  head.next_edge = head.next_statement = state.first_edge.value + state.edges;
  head.nodes += state.new_nodes;
  head.edges += state.edges;
  head.statements += state.edges;
  head.documents += 1;

  LogEntry entry;
  entry.commit.id = state.commit;
  entry.commit.at = head.at;
  entry.commit.author = author;
  entry.commit.note = note;
  entry.commit.previous = head.hash;
  entry.commit.statements = std::uint32_t(state.edges);
  entry.documents.push_back({table, source.bytes});
  entry.bulk = {state.first_node, state.new_nodes, state.first_edge, state.edges,
                digest_of_blocks(state.node_blocks.finish(), state.edge_digests)};
  const std::string record = encode(entry);
  head.hash = hash_of_record(record);

  const std::pair<ColumnFamily, std::map<std::string, std::string>> single[] = {
      {ColumnFamily::Documents, {{key::document(table.id, key::kHeaderChunk), encode(table, source.bytes)}}},
      {ColumnFamily::Digests, {{table.digest, key::of(table.id)}}},
      {ColumnFamily::Log, {{key::of(state.commit), record}}},
      {ColumnFamily::Meta, {{std::string(meta::kHead), encode(head)}}}};
  for (const auto& [family, rows] : single)
    if (auto written = state.write_rows(family, rows); !written) return written.error();

  if (auto taken = ingest(state.store, state.files); !taken) {
    const std::lock_guard lock(state.store.mutex);
    state.store.failed = true;
    return Error{Code::Unavailable, "outcome unknown: commit " + std::to_string(state.commit.value) +
                                        " met an I/O error (" + taken.error().message +
                                        "); open the database again and look"};
  }
  state.store.acknowledge(head);
  state.store.queue.raise_to(head);
  outcome.document = table.id;
  outcome.edges = state.edges;
  outcome.new_nodes = state.new_nodes - 1;  // without the table's own
  outcome.matched_nodes = state.matched_nodes;
  outcome.commit = entry.commit;
  outcome.commit.hash = head.hash;
  outcome.commit.nodes = std::uint32_t(state.new_nodes);
  outcome.commit.edges = std::uint32_t(state.edges);
  outcome.commit.documents = 1;
  return outcome;
}

}  // namespace entente
