#include "storage/backup.h"

#include <rocksdb/db.h>
#include <rocksdb/file_system.h>
#include <rocksdb/write_batch.h>

#include "storage/check.h"
#include "storage/options.h"
#include "storage/quick_check.h"
#include "storage/rows.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
constexpr std::size_t kBatch = 4 << 20;  // bytes written at a time

Error unavailable(const std::string& what, const fs::path& path, const std::string& why) {
  return {Code::Unavailable, what + " " + path.string() + ": " + why};
}

// A leftover of a copy that was cut short may go: it never had the name of a database.
Status clear_partial(const fs::path& partial, const fs::path& target) {
  std::error_code error;
  if (fs::exists(target, error))
    return Error{Code::InvalidArgument, target.string() + " exists already; a copy never overwrites"};
  if (fs::exists(partial, error) && !fs::exists(partial / kMarkFile, error) && !fs::is_empty(partial, error))
    return Error{Code::InvalidArgument, partial.string() + " is in the way and is no copy of ours"};
  fs::remove_all(partial, error);
  if (error) return unavailable("cannot remove", partial, error.message());
  fs::create_directories(partial, error);
  if (error) return unavailable("cannot make", partial, error.message());
  return kOk;
}

// From now on it counts, and stays.
Status give_name(rocksdb::FileSystem& files, const fs::path& partial, const fs::path& target) {
  rocksdb::IOStatus status = files.RenameFile(partial.string(), target.string(), {}, nullptr);
  const fs::path parent = target.parent_path();
  std::unique_ptr<rocksdb::FSDirectory> folder;
  if (status.ok()) status = files.NewDirectory(parent.empty() ? "." : parent.string(), {}, &folder, nullptr);
  if (status.ok()) status = folder->Fsync({}, nullptr);
  if (!status.ok()) return unavailable("cannot name the copy", target, status.ToString());
  return kOk;
}

Status copy_family(const Rows& rows, ColumnFamily family, StoreState& copy, CopyReport& report) {
  rocksdb::WriteBatch batch;
  rocksdb::Status status;
  const auto write = [&] {
    status = copy.db->Write(unlogged_write_options(), &batch);
    batch.Clear();
    return status.ok();
  };
  auto scanned = rows.scan(family, "", [&](std::string_view key, std::string_view value) {
    batch.Put(copy.handle(family), rocksdb::Slice(key.data(), key.size()), rocksdb::Slice(value.data(), value.size()));
    ++report.rows;
    report.bytes += key.size() + value.size();
    return batch.GetDataSize() < kBatch || write();
  });
  if (!scanned) return scanned;
  if (status.ok()) write();
  if (!status.ok()) return error_of(status, "write " + copy.directory.string());
  return kOk;
}

Status copy_rows(const Rows& rows, StoreState& copy, CopyReport& report) {
  for (std::size_t family = 0; family < kColumnFamilies; ++family)
    if (auto copied = copy_family(rows, ColumnFamily(family), copy, report); !copied) return copied;
  rocksdb::FlushOptions flush;
  const rocksdb::Status status = copy.db->Flush(flush, copy.handles);
  if (!status.ok()) return error_of(status, "write " + copy.directory.string());
  const auto head = Rows(copy).head();
  if (!head) return head.error();
  report.commit = head->commit;
  copy.acknowledge(*head);
  return kOk;
}

Status look_through(const fs::path& directory, const std::shared_ptr<rocksdb::FileSystem>& files) {
  const auto store = Store::open(directory, Access::Read, files);
  if (!store) return store.error();
  const auto report = check(**store);
  if (!report) return report.error();
  if (!report->clean())
    return Error{Code::Corruption, "the source is damaged, so no copy was made: " + report->faults.front()};
  return kOk;
}
}  // namespace

Result<CopyReport> backup(const Store& source, const fs::path& target) {
  const std::shared_ptr<StoreState> state = StoreFiles::state_of(source);
  const fs::path partial = target.string() + ".partial";
  if (auto cleared = clear_partial(partial, target); !cleared) return cleared.error();
  const rocksdb::Status files = state->db->VerifyFileChecksums(read_options(nullptr));
  if (!files.ok()) return error_of(files, "copy " + state->directory.string());

  CopyReport report;
  if (auto marked = write_mark(partial, {.format = kFormatVersion, .id = state->mark.id, .ready = false}); !marked)
    return marked.error();
  {
    const auto copy = Store::open(partial, Access::Write, state->files);
    if (!copy) return copy.error();
    const Rows rows(*state);
    if (auto copied = copy_rows(rows, *StoreFiles::state_of(**copy), report); !copied) return copied.error();
  }
  if (auto looked = look_through(partial, state->files); !looked) return looked.error();
  if (auto named = give_name(*state->files, partial, target); !named) return named.error();
  return report;
}

Result<CopyReport> restore(const fs::path& from, const fs::path& target) {
  const auto source = Store::open(from, Access::Read);
  if (!source) return source.error();
  return backup(**source, target);
}

}  // namespace entente
