#include <rocksdb/db.h>

#include <algorithm>

#include "storage/options.h"
#include "storage/rows.h"
#include "storage/table_tail.h"

namespace entente {
namespace {
// What a reader finds in a directory of that format: format 2 added the last family, `search`.
std::size_t families_of(int format) { return format == 1 ? kColumnFamilies - 1 : kColumnFamilies; }

std::vector<rocksdb::ColumnFamilyDescriptor> descriptors(std::size_t families = kColumnFamilies) {
  std::vector<rocksdb::ColumnFamilyDescriptor> all = {
      {rocksdb::kDefaultColumnFamilyName, options_of(ColumnFamily::Meta)}};
  for (std::size_t i = 0; i < families; ++i)
    all.emplace_back(std::string(kColumnFamilyNames[i]), options_of(ColumnFamily(i)));
  return all;
}

std::string path_of(const StoreState& state) { return (state.directory / kDataFolder).string(); }

void make_env(StoreState& state, bool for_writing) {
  const bool watched = for_writing && state.highwater;
  state.env = rocksdb::NewCompositeEnv(with_verified_tables(watched ? state.highwater->watched() : state.files));
}

std::size_t count_tables(const StoreState& state) {
  std::vector<std::string> names;
  if (!state.files->GetChildren(path_of(state), {}, &names, nullptr).ok()) return 0;  // then opening says why
  return std::size_t(std::count_if(names.begin(), names.end(), [](const auto& name) { return name.ends_with(".sst"); }));
}
}  // namespace

Error error_of(const rocksdb::Status& status, std::string_view doing) {
  const bool damaged = status.IsCorruption() || status.IsNotFound() || status.IsPathNotFound();
  return {damaged ? Code::Corruption : Code::Unavailable,
          "cannot " + std::string(doing) + ": " + status.ToString()};
}

Status open_rocksdb(StoreState& state, bool for_writing) {
  const std::string path = path_of(state);
  make_env(state, for_writing);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const std::size_t tables = count_tables(state);
  const rocksdb::Status status =
      for_writing ? rocksdb::DB::Open(db_options_for_writing(state.env.get(), tables), path, descriptors(), &handles, &db)
                  : rocksdb::DB::OpenForReadOnly(db_options_for_reading(state.env.get(), tables), path,
                                                 descriptors(families_of(state.mark.format)), &handles, &db);
  if (!status.ok()) return error_of(status, "open " + state.directory.string());
  state.db.reset(db);
  // The first is RocksDB's own "default", which we leave empty.
  db->DestroyColumnFamilyHandle(handles.front());
  state.handles.assign(handles.begin() + 1, handles.end());
  return kOk;
}

Status repair_rocksdb(StoreState& state) {
  make_env(state, false);
  const rocksdb::Status status = rocksdb::RepairDB(path_of(state), db_options_for_writing(state.env.get()), descriptors());
  if (!status.ok()) return error_of(status, "repair " + state.directory.string());
  return kOk;
}

}  // namespace entente
