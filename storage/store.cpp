#include "storage/store.h"

#include <rocksdb/db.h>
#include <spdlog/spdlog.h>

#include "schema/digest.h"
#include "storage/key.h"
#include "storage/options.h"
#include "storage/rows.h"
#include "storage/transaction_state.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

std::vector<rocksdb::ColumnFamilyDescriptor> descriptors() {
  std::vector<rocksdb::ColumnFamilyDescriptor> all = {
      {rocksdb::kDefaultColumnFamilyName, options_of(ColumnFamily::Meta)}};
  for (std::size_t i = 0; i < kColumnFamilies; ++i)
    all.emplace_back(std::string(kColumnFamilyNames[i]), options_of(ColumnFamily(i)));
  return all;
}

Status open_rocksdb(StoreState& state) {
  const std::string path = (state.directory / kDataFolder).string();
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  if (state.access == Access::Read) {
    // A writer beside us may tidy files away while we open; then the next try sees the new ones.
    for (int attempt = 0; attempt < 5; ++attempt) {
      status = rocksdb::DB::OpenForReadOnly(db_options_for_reading(), path, descriptors(), &handles, &db);
      if (status.ok() || !(status.IsIOError() || status.IsPathNotFound())) break;
    }
  } else {
    status = rocksdb::DB::Open(db_options_for_writing(), path, descriptors(), &handles, &db);
  }
  if (!status.ok()) return error_of(status, "open " + state.directory.string());
  state.db.reset(db);
  // The first is RocksDB's own "default", which we leave empty.
  db->DestroyColumnFamilyHandle(handles.front());
  state.handles.assign(handles.begin() + 1, handles.end());
  return kOk;
}

Status put_first_rows(StoreState& state) {
  rocksdb::WriteBatch batch;
  Head head;
  head.hash = std::string(kDigestSize, '\0');
  auto* meta = state.handle(ColumnFamily::Meta);
  batch.Put(meta, rocksdb::Slice(meta::kId), state.mark.id);
  batch.Put(meta, rocksdb::Slice(meta::kOntology), Ontology::builtin().bytes());
  batch.Put(meta, rocksdb::Slice(meta::kHead), encode(head));
  const rocksdb::Status status = state.db->Write(synced_write_options(), &batch);
  if (!status.ok()) return error_of(status, "create " + state.directory.string());
  return kOk;
}

// What meta says must agree with the mark: two halves of different databases are no database.
Status read_meta(StoreState& state) {
  const Rows rows(state);
  const auto id = rows.get(ColumnFamily::Meta, meta::kId);
  if (!id) return id.error();
  if (*id != state.mark.id)
    return Error{Code::Corruption, state.directory.string() +
                                       ": the data belongs to another database than the file " +
                                       std::string(kMarkFile)};
  const auto bytes = rows.get(ColumnFamily::Meta, meta::kOntology);
  if (!bytes) return bytes.error();
  if (!*bytes) return Error{Code::Corruption, state.directory.string() + ": the ontology is missing"};
  auto ontology = Ontology::from_bytes(**bytes);
  if (!ontology) return ontology.error().within(state.directory.string());
  state.ontology = std::move(*ontology);
  const auto head = rows.head();
  if (!head) return head.error();
  return kOk;
}

// Is there nothing yet, so that a database may be made here?
bool is_vacant(const fs::path& directory) {
  std::error_code ignored;
  return !fs::exists(directory, ignored) ||
         (fs::is_directory(directory, ignored) && fs::is_empty(directory, ignored));
}

Status make_directory(StoreState& state) {
  std::error_code error;
  fs::create_directories(state.directory, error);
  if (error)
    return Error{Code::Unavailable,
                 "cannot make the directory " + state.directory.string() + ": " + error.message()};
  state.mark = {.format = kFormatVersion, .id = make_database_id(), .ready = false};
  return write_mark(state.directory, state.mark);
}

// Starts again what a crash cut short: until the mark says ready, nothing was acknowledged.
Status finish_creation(StoreState& state) {
  std::error_code error;
  fs::remove_all(state.directory / kDataFolder, error);
  if (auto opened = open_rocksdb(state); !opened) return opened;
  if (auto put = put_first_rows(state); !put) return put;
  state.mark.ready = true;
  return write_mark(state.directory, state.mark);
}
}  // namespace

Error error_of(const rocksdb::Status& status, std::string_view doing) {
  const bool damaged = status.IsCorruption() || status.IsNotFound() || status.IsPathNotFound();
  return {damaged ? Code::Corruption : Code::Unavailable,
          "cannot " + std::string(doing) + ": " + status.ToString()};
}

StoreState::~StoreState() {
  if (!db) return;
  for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
  const rocksdb::Status status = db->Close();
  if (!status.ok()) spdlog::warn("storage: close failed error=\"{}\"", status.ToString());
}

Result<std::unique_ptr<Store>> Store::open(const fs::path& directory, Access access) {
  auto state = std::make_unique<StoreState>();
  state->directory = directory;
  state->access = access;

  if (access == Access::Create && is_vacant(directory))
    if (auto made = make_directory(*state); !made) return made.error();
  const auto mark = read_mark(directory);
  if (!mark) return mark.error();
  state->mark = *mark;

  if (access != Access::Read) {
    auto lock = WriterLock::take(directory);
    if (!lock) return lock.error();
    state->lock = std::move(*lock);
  }
  if (!state->mark.ready) {
    if (access == Access::Read)
      return Error{Code::NotFound, directory.string() +
                                       " holds no data: its creation was cut short; import again"};
    if (auto finished = finish_creation(*state); !finished) return finished.error();
  } else {
    // RocksDB would make a missing file anew: an empty answer where there should be an error.
    std::error_code ignored;
    if (!fs::exists(directory / kDataFolder / "CURRENT", ignored))
      return Error{Code::Corruption, directory.string() + ": the file " + std::string(kDataFolder) +
                                         "/CURRENT is missing; restore a backup"};
    if (auto opened = open_rocksdb(*state); !opened) return opened.error();
  }
  if (auto read = read_meta(*state); !read) return read.error();
  return std::unique_ptr<Store>(new Store(std::move(state)));
}

Store::Store(std::unique_ptr<StoreState> state) : state_(std::move(state)) {}
Store::~Store() = default;

const fs::path& Store::directory() const { return state_->directory; }
const std::string& Store::database_id() const { return state_->mark.id; }
const Ontology& Store::ontology() const { return state_->ontology; }

ReadTransaction Store::begin_read() const {
  return ReadTransaction(std::make_unique<ReadState>(*state_));
}

Result<WriteTransaction> Store::begin_write() {
  if (state_->access == Access::Read)
    return Error{Code::Unavailable, directory().string() + " is open for reading only"};
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->failed)
      return Error{Code::Unavailable, directory().string() +
                                          " stopped writing after an I/O error; open it again"};
    if (state_->writing)
      return Error{Code::Conflict, "another write transaction is open in this process"};
    state_->writing = true;
  }
  auto state = std::make_unique<WriteState>(*state_);
  const auto head = state->rows.head();
  if (!head) return head.error();
  state->head = *head;
  return WriteTransaction(std::move(state));
}

}  // namespace entente
