#include "storage/backup.h"

#include <rocksdb/db.h>
#include <rocksdb/file_system.h>

#include "storage/check.h"
#include "storage/copy.h"
#include "storage/new_place.h"
#include "storage/options.h"
#include "storage/rows.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

Status look_through(const fs::path& directory, const std::shared_ptr<rocksdb::FileSystem>& files) {
  const auto store = Store::open(directory, Access::Read, files);
  if (!store) return store.error();
  const auto report = check(**store);
  if (!report) return report.error();
  if (!report->clean())
    return Error{Code::Corruption, "the source is damaged, so no copy was made: " + report->faults.front()};
  return kOk;
}

// What the source holds, or held after commit `at`, under the name `target`.
Result<CopyReport> copy(const Store& source, const fs::path& target, CommitId at) {
  const std::shared_ptr<StoreState> state = StoreFiles::state_of(source);
  const fs::path partial = partial_of(target);
  if (auto begun = begin_copy(target); !begun) return begun.error();
  const rocksdb::Status files = state->db->VerifyFileChecksums(read_options(nullptr));
  if (!files.ok()) return error_of(files, "copy " + state->directory.string());

  CopyReport report;
  const std::string id = at == kLatest ? state->mark.id : make_database_id();
  if (auto marked = write_mark(partial, {.format = kFormatVersion, .id = id, .ready = false}); !marked)
    return marked.error();
  {
    const auto copy = Store::open(partial, Access::Write, state->files);
    if (!copy) return copy.error();
    const Rows rows(*state);
    StoreState& into = *StoreFiles::state_of(**copy);
    const Status copied = at == kLatest ? copy_rows(rows, into, report) : copy_rows_as_of(rows, at, into, report);
    if (!copied) return copied.error();
  }
  if (auto looked = look_through(partial, state->files); !looked) return looked.error();
  if (auto named = give_name(*state->files, target); !named) return named.error();
  return report;
}
}  // namespace

Result<CopyReport> backup(const Store& source, const fs::path& target) { return copy(source, target, kLatest); }

Result<CopyReport> restore(const fs::path& from, const fs::path& target, CommitId at) {
  const auto source = Store::open(from, Access::Read);
  if (!source) return source.error();
  return copy(**source, target, at);
}

}  // namespace entente
