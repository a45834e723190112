#include "storage/salvage_source.h"

#include <rocksdb/sst_file_writer.h>

#include <algorithm>

#include "storage/options.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

// After so many numbers in a row of which none can be read there is nothing more.
constexpr std::uint64_t kMostUnreadable = 1 << 20;

Error cannot(const std::string& what, const fs::path& path, const std::error_code& error) {
  return {Code::Unavailable, "cannot " + what + " " + path.string() + ": " + error.message()};
}

// Tables are never changed, so a second name will do; logs are taken apart.
Result<std::uint64_t> gather(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to, error);
  if (error) return cannot("make", to, error);
  std::uint64_t last = 0;
  for (const auto& entry : fs::directory_iterator(from, error)) {
    const fs::path& path = entry.path();
    const bool table = path.extension() == ".sst", log = path.extension() == ".log";
    if (!entry.is_regular_file() || (!table && !log)) continue;
    last = std::max<std::uint64_t>(last, std::strtoull(path.stem().c_str(), nullptr, 10));
    std::error_code failed;
    if (table) fs::create_hard_link(path, to / path.filename(), failed);
    if (log || failed) {
      failed.clear();
      fs::copy_file(path, to / path.filename(), failed);
    }
    if (failed) return cannot("copy", path, failed);
  }
  if (error) return cannot("read", from, error);
  return last;
}

// A table of one row for each family, older than all others: it tells RocksDB which families there
// are, for the MANIFEST that knew is not believed. The numbers of families are by their place in all
// databases.
Status put_seeds(const fs::path& work, std::uint64_t number) {
  auto seed = std::make_shared<StoreState>();
  seed->directory = work / "families";
  seed->files = rocksdb::FileSystem::Default();
  std::error_code error;
  fs::create_directories(seed->directory / kDataFolder, error);
  if (error) return cannot("make", seed->directory, error);
  if (auto opened = open_rocksdb(*seed, true); !opened) return opened;
  for (std::size_t family = 0; family < kColumnFamilies; ++family) {
    rocksdb::SstFileWriter writer(
        rocksdb::EnvOptions(), rocksdb::Options(db_options_for_writing(seed->env.get()), options_of(ColumnFamily(family))),
        seed->handle(ColumnFamily(family)), false);
    std::string name = std::to_string(number + 1 + family);
    name.insert(0, name.size() < 6 ? 6 - name.size() : 0, '0');
    rocksdb::Status status = writer.Open((work / kDataFolder / (name + ".sst")).string());
    if (status.ok()) status = writer.Put(rocksdb::Slice("\0", 1), "");
    if (status.ok()) status = writer.Finish();
    if (!status.ok()) return error_of(status, "write " + work.string());
  }
  return kOk;
}

// A new list of all tables there are, and of what the logs hold.
Result<std::shared_ptr<StoreState>> open_piece_by_piece(const fs::path& damaged, const fs::path& work) {
  const auto last = gather(damaged / kDataFolder, work / kDataFolder);
  if (!last) return last.error();
  if (auto put = put_seeds(work, *last); !put) return put.error();
  auto state = std::make_shared<StoreState>();
  state->directory = work;
  state->files = rocksdb::FileSystem::Default();
  if (auto repaired = repair_rocksdb(*state); !repaired) return repaired.error();
  if (auto opened = open_rocksdb(*state, false); !opened) return opened.error();
  return state;
}
}  // namespace

Result<SalvageSource> SalvageSource::open(const fs::path& damaged, const fs::path& work) {
  const auto mark = read_mark(damaged);
  std::error_code ignored;
  if (!mark && (mark.error().code == Code::Incompatible || !fs::is_directory(damaged / kDataFolder, ignored)))
    return mark.error();
  SalvageSource source;
  const auto files = rocksdb::FileSystem::Default();
  if (const auto promised = read_highwater(*files, damaged)) source.promised_ = promised->commit;
  const auto store = Store::open(damaged, Access::Read);
  if (store) {
    source.state_ = StoreFiles::state_of(**store);
  } else {
    if (store.error().code == Code::Unavailable) return store.error();
    source.refusal_ = store.error();
    auto state = open_piece_by_piece(damaged, work);
    if (!state) return state.error().within("salvage " + damaged.string());
    source.state_ = std::move(*state);
  }
  source.rows_ = std::make_unique<Rows>(*source.state_);
  return source;
}

void SalvageSource::scan(ColumnFamily family, std::string_view prefix, std::uint64_t first,
                         const Rows::Visitor& visit) const {
  std::uint64_t next = first, unreadable = 0;
  for (;;) {
    std::string from(prefix);
    key::put_u64(from, next);
    bool ended = false;
    const Status scanned = rows_->scan_from(family, from, [&](std::string_view key, std::string_view value) {
      if (!key.starts_with(prefix)) return ended = true, false;
      key::Parts parts(key.substr(prefix.size()));
      const std::uint64_t number = parts.u64();
      if (!parts.ok()) return true;  // not one of ours
      next = std::max(next, number), unreadable = 0;
      return ended = !visit(key, value), !ended;
    });
    if (scanned || ended || ++unreadable > kMostUnreadable) return;
    ++next;
  }
}

}  // namespace entente
