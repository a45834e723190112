#include "storage/options.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace entente {
namespace {
class Silence : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// RocksDB starts all of its opening threads anew for each family, however few tables there are to open: for
// 88 tables in the page cache that takes longer than to open them one by one.
constexpr std::size_t kManyTables = 256;

rocksdb::DBOptions db_options(rocksdb::Env* env, std::size_t tables) {
  rocksdb::DBOptions options;
  options.max_file_opening_threads = tables < kManyTables ? 1 : 8;
  if (env) options.env = env;
  options.paranoid_checks = true;
  options.max_background_jobs = 2;  // fewer than 8: outside 7.8's flush-order fault
  options.max_open_files = 512;
  options.skip_stats_update_on_db_open = true;        // opening must be quick
  options.skip_checking_sst_file_sizes_on_db_open = true;  // `check` reads them whole
  options.verify_sst_unique_id_in_manifest = true;
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  // A torn last record after a crash is cut off; our chain of commits tells whether more is gone.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.max_total_wal_size = 64 << 20;
  options.info_log_level = rocksdb::WARN_LEVEL;  // its default depends on our own NDEBUG
  options.keep_log_file_num = 4;
  options.info_log = std::make_shared<Silence>();
  return options;
}
}  // namespace

rocksdb::DBOptions db_options_for_writing(rocksdb::Env* env, std::size_t tables) {
  rocksdb::DBOptions options = db_options(env, tables);
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  return options;
}

rocksdb::DBOptions db_options_for_reading(rocksdb::Env* env, std::size_t tables) {
  rocksdb::DBOptions options = db_options(env, tables);
  options.max_open_files = -1;
  return options;
}

std::size_t block_cache_bytes() {
  std::uint64_t memory = std::uint64_t(::sysconf(_SC_PHYS_PAGES)) * std::uint64_t(::sysconf(_SC_PAGESIZE));
  std::uint64_t granted = 0;  // to the container; the file may be missing, or say `max`
  if (std::ifstream limit("/sys/fs/cgroup/memory.max"); limit >> granted) memory = std::min(memory, granted);
  return std::size_t(std::clamp<std::uint64_t>(memory / 32, 64 << 20, 512 << 20));
}

std::size_t block_bytes_of(ColumnFamily family) { return family == ColumnFamily::Documents ? 32 << 10 : 8 << 10; }

rocksdb::ColumnFamilyOptions options_of(ColumnFamily family) {
  static const std::shared_ptr<rocksdb::Cache> kCache = rocksdb::NewLRUCache(block_cache_bytes());
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = kCache;
  table.format_version = 5;
  // The others are scanned by prefix, or have ids that are all there: a filter would only cost.
  if (family == ColumnFamily::Digests)
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.block_size = block_bytes_of(family);

  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.compaction_style = rocksdb::kCompactionStyleLevel;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  // Beside the default level 7 % less CPU time of a bulk load, and 2 % more bytes.
  options.bottommost_compression_opts.enabled = true;
  options.bottommost_compression_opts.level = 1;
  options.write_buffer_size = 32 << 20;
  options.max_write_buffer_number = 2;
  options.force_consistency_checks = true;
  return options;
}

rocksdb::ReadOptions read_options(const rocksdb::Snapshot* snapshot) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  options.verify_checksums = true;
  options.total_order_seek = true;
  // Without it RocksDB 7.8 ends a scan early and calls it success when the first block of a file
  // is damaged. We never delete ranges, so there is nothing to lose.
  options.ignore_range_deletions = true;
  return options;
}

rocksdb::WriteOptions synced_write_options() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

rocksdb::WriteOptions unlogged_write_options() {
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return options;
}

}  // namespace entente
