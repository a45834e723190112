#include "storage/store.h"

#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "schema/digest.h"
#include "storage/highwater.h"
#include "storage/key.h"
#include "storage/log.h"
#include "storage/options.h"
#include "storage/rows.h"
#include "storage/transaction_state.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
const std::string kWayOut = "restore a backup, or 'entente salvage' what can be read";

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

// What was acknowledged must be there, and be what it was.
Status verify_promised(const StoreState& state, const Rows& rows) {
  const HighwaterMark& promised = state.opened_at;
  const std::string where = state.directory.string();
  const auto head = rows.head();
  if (!head) return head.error();
  if (head->commit < promised.commit)
    return Error{Code::Corruption,
                 where + ": commit " + std::to_string(promised.commit.value) + " was acknowledged, the data ends with " +
                     std::to_string(head->commit.value) +
                     ": the end of its log is cut, or older files were put over newer ones; " +
                     kWayOut};
  for (const auto& [commit, hash] : {std::pair(head->commit, head->hash), std::pair(promised.commit, promised.hash)}) {
    if (!commit) continue;
    const auto entry = log_entry(rows, commit);
    if (!entry) return entry.error().within(where);
    if (!*entry || (*entry)->commit.hash != hash)
      return Error{Code::Corruption, where + ": commit " + std::to_string(commit.value) +
                                         " is missing or is not the one that was acknowledged; " + kWayOut};
  }
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
  return verify_promised(state, rows);
}

// Is there nothing yet, so that a database may be made here?
// The mark under its first name alone is a creation that was killed before it was renamed.
bool is_vacant(const fs::path& directory) {
  std::error_code error;
  if (!fs::exists(directory, error)) return true;
  for (const auto& entry : fs::directory_iterator(directory, error))
    if (entry.path().filename() != std::string(kMarkFile) + ".new") return false;
  return !error;
}

Status make_directory(const fs::path& directory) {
  std::error_code error;
  fs::path folder = fs::absolute(directory).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();  // it ended in a slash
  std::vector<fs::path> parents = {folder.parent_path()};  // of what is made
  while (!fs::exists(parents.back(), error) && parents.back().has_relative_path())
    parents.push_back(parents.back().parent_path());
  fs::create_directories(directory, error);
  if (error)
    return Error{Code::Unavailable,
                 "cannot make the directory " + directory.string() + ": " + error.message()};
  // A power cut must not take its name, with all that will be acknowledged in it. What may not be
  // read cannot be synced.
  for (const fs::path& parent : parents)
    if (::access(parent.c_str(), R_OK) == 0)
      if (auto synced = sync_folder(parent); !synced) return synced;
  return write_mark(directory, {.format = kFormatVersion, .id = make_database_id(), .ready = false});
}

// Starts again what a crash cut short: until the mark says ready, nothing was acknowledged.
Status finish_creation(StoreState& state) {
  std::error_code error;
  fs::remove_all(state.directory / kDataFolder, error);
  fs::remove(state.directory / kHighwaterFile, error);
  state.opened_at = {};
  state.opened_at.database = state.mark.id;
  state.opened_at.hash = std::string(kDigestSize, '\0');
  auto highwater = Highwater::start(state.files, state.directory, state.opened_at);
  if (!highwater) return highwater.error();
  state.highwater = std::move(*highwater);
  if (auto opened = open_rocksdb(state, true); !opened) return opened;
  if (auto put = put_first_rows(state); !put) return put;
  state.mark.format = kFormatVersion;
  state.mark.ready = true;
  return write_mark(state.directory, state.mark);
}

Status read_promises(StoreState& state) {
  const auto highwater = read_highwater(*state.files, state.directory);
  if (!highwater) return highwater.error();
  if (highwater->database != state.mark.id)
    return Error{Code::Corruption, state.directory.string() + ": the file " + std::string(kHighwaterFile) +
                                       " belongs to another database than the file " + std::string(kMarkFile)};
  state.opened_at = *highwater;
  return inspect_files(*state.files, state.directory, state.opened_at);
}

using Opened = Result<std::shared_ptr<StoreState>>;

std::shared_ptr<StoreState> blank(const fs::path& directory, Access access, const DirectoryMark& mark,
                                  const std::shared_ptr<rocksdb::FileSystem>& files) {
  auto state = std::make_shared<StoreState>();
  state->directory = directory;
  state->access = access;
  state->mark = mark;
  state->files = files;
  return state;
}

// A writer beside us deletes files while we open. It says so in HIGHWATER first, so whatever we met
// while that file did not change is the truth; else we look again.
Opened open_reading(const fs::path& directory, const DirectoryMark& mark,
                    const std::shared_ptr<rocksdb::FileSystem>& files) {
  constexpr int kMostTries = 200;
  if (!mark.ready)
    return Error{Code::NotFound, directory.string() +
                                     " holds no data: its creation was cut short; import again"};
  std::optional<Error> error;
  for (int attempt = 0; attempt < kMostTries; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(std::min(attempt, 20)));
    const auto before = read_highwater(*files, directory);
    auto state = blank(directory, Access::Read, mark, files);
    Status tried = read_promises(*state);
    if (tried) tried = open_rocksdb(*state, false);
    if (tried) tried = read_meta(*state);
    const auto after = read_highwater(*files, directory);
    if (tried && after) {
      const auto& had = state->opened_at;
      if (after->manifest == had.manifest &&
          std::includes(after->logs.begin(), after->logs.end(), had.logs.begin(), had.logs.end()))
        return state;
      error = Error{Code::Unavailable, directory.string() + " is changing too fast to be read; try again"};
    } else {
      error = tried ? after.error() : tried.error();
      const bool same = before && after ? before->sequence == after->sequence
                                        : !before && !after && attempt > 3;  // else caught half written
      if (same) return *error;
    }
  }
  return *error;
}

Opened open_writing(const fs::path& directory, Access access,
                    const std::shared_ptr<rocksdb::FileSystem>& files) {
  auto lock = WriterLock::take(directory);
  if (!lock) return lock.error();
  const auto again = read_mark(directory);  // another may have finished what was being created
  if (!again) return again.error();
  auto state = blank(directory, access, *again, files);
  state->lock = std::move(*lock);
  std::error_code ignored;
  fs::remove_all(directory / kLoadingFolder, ignored);  // of a load that was cut short
  if (!state->mark.ready) {
    if (auto finished = finish_creation(*state); !finished) return finished.error();
    if (auto read = read_meta(*state); !read) return read.error();
    return state;
  }
  if (auto read = read_promises(*state); !read) return read.error();
  if (!state->opened_at.closed) {
    // Not closed, so RocksDB will mend and tidy; what we would then call damaged must not be touched.
    const auto look = blank(directory, Access::Read, state->mark, files);
    look->opened_at = state->opened_at;
    if (auto opened = open_rocksdb(*look, false); !opened) return opened.error();
    if (auto read = read_meta(*look); !read) return read.error();
  }
  auto highwater = Highwater::start(files, directory, state->opened_at);
  if (!highwater) return highwater.error();
  state->highwater = std::move(*highwater);
  if (auto opened = open_rocksdb(*state, true); !opened) return opened.error();
  if (auto read = read_meta(*state); !read) return read.error();
  const auto head = Rows(*state).head();
  if (!head) return head.error();
  state->acknowledge(*head);  // with what recovery brought to the disk
  state->queue.versions_flushed = head->versions;
  return state;
}
}  // namespace

StoreState::~StoreState() {
  if (!db) return;
  const bool writes = access != Access::Read && highwater;
  std::vector<rocksdb::LiveFileMetaData> live;
  if (writes) {
    rocksdb::CancelAllBackgroundWork(db.get(), true);
    db->GetLiveFilesMetaData(&live);
  }
  for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
  const rocksdb::Status status = db->Close();
  db.reset();
  if (!status.ok()) spdlog::warn("storage: close failed error=\"{}\"", status.ToString());
  if (!writes || failed || !status.ok()) return;
  std::vector<std::pair<std::string, std::string>> checksums;
  for (const auto& file : live)
    checksums.emplace_back(fs::path(file.name).filename().string(), file.file_checksum);
  if (const auto closed = highwater->close(checksums); !closed)
    spdlog::warn("storage: the list of files was not written error=\"{}\"", closed.error().message);
}

Result<std::unique_ptr<Store>> Store::open(const fs::path& directory, Access access) {
  return open(directory, access, rocksdb::FileSystem::Default());
}

Result<std::unique_ptr<Store>> Store::open(const fs::path& directory, Access access,
                                           std::shared_ptr<rocksdb::FileSystem> files) {
  if (access == Access::Create && is_vacant(directory))
    if (auto made = make_directory(directory); !made) return made.error();
  const auto mark = read_mark(directory);
  if (!mark) return mark.error();
  if (mark->ready && mark->format < kFormatVersion)
    return Error{Code::Incompatible, directory.string() + " was made by an older Entente: its format is " +
                                         std::to_string(mark->format) + ", this program uses " +
                                         std::to_string(kFormatVersion) + "; run 'entente upgrade --db " +
                                         directory.string() + "' first (with --dry-run it tells what that does)"};
  auto opened = access == Access::Read ? open_reading(directory, *mark, files)
                                       : open_writing(directory, access, files);
  if (!opened) return opened.error();
  return std::unique_ptr<Store>(new Store(std::move(*opened)));
}

Result<std::shared_ptr<StoreState>> StoreFiles::open_older(const fs::path& directory, const DirectoryMark& mark,
                                                           Access access,
                                                           const std::shared_ptr<rocksdb::FileSystem>& files) {
  return access == Access::Read ? open_reading(directory, mark, files) : open_writing(directory, access, files);
}

Store::Store(std::shared_ptr<StoreState> state)
    : directory_(state->directory), id_(state->mark.id), ontology_(state->ontology), state_(std::move(state)) {}
Store::~Store() = default;

const fs::path& Store::directory() const { return directory_; }
const std::string& Store::database_id() const { return id_; }
const Ontology& Store::ontology() const { return ontology_; }

std::shared_ptr<StoreState> Store::now() const {
  const std::lock_guard lock(mutex_);
  if (state_->access != Access::Read) return state_;
  const auto promised = read_highwater(*state_->files, directory_);
  if (!promised || promised->commit <= state_->opened_at.commit) return state_;
  auto newer = open_reading(directory_, state_->mark, state_->files);
  if (newer) state_ = std::move(*newer);
  return state_;
}

ReadTransaction Store::begin_read() const { return ReadTransaction(std::make_unique<ReadState>(*now())); }

Result<WriteTransaction> Store::begin_write() {
  if (state_->access == Access::Read)
    return Error{Code::Unavailable, directory().string() + " is open for reading only"};
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->failed)
      return Error{Code::Unavailable, directory().string() +
                                          " stopped writing after an I/O error; open it again"};
  }
  std::unique_ptr<WriteState> state;
  {
    const std::lock_guard lock(state_->queue.mutex);
    if (state_->queue.loading)
      return Error{Code::Conflict, "a table is being loaded in this process; try again when that is done"};
    state = std::make_unique<WriteState>(*state_);
    if (auto opened = state->open(); !opened) return opened.error();
  }
  return WriteTransaction(std::move(state));
}

}  // namespace entente
