// Every option that RocksDB is given, in one place: nothing else may make ReadOptions,
// WriteOptions or DBOptions (tests/layering.cmake looks). Why each is what it is: FORMAT.md.
#pragma once
#include <rocksdb/options.h>

#include "storage/column_family.h"

namespace rocksdb {
class Snapshot;
}

namespace entente {

// `env` may be null: the machine's own files. `tables`: about how many the directory has.
rocksdb::DBOptions db_options_for_writing(rocksdb::Env* env = nullptr, std::size_t tables = 0);
// Creates and changes no file. Holds every data file open, so that a writer beside it may delete them.
rocksdb::DBOptions db_options_for_reading(rocksdb::Env* env = nullptr, std::size_t tables = 0);
rocksdb::ColumnFamilyOptions options_of(ColumnFamily family);

// Of the one cache of unpacked blocks that all families and stores of the process share: a thirty-second
// of the memory that it may use, at least 64 MiB and at most 512. Taken up as it is needed.
std::size_t block_cache_bytes();
// Of a block before it is packed.
std::size_t block_bytes_of(ColumnFamily family);

// For every read. `snapshot` may be null: the latest.
rocksdb::ReadOptions read_options(const rocksdb::Snapshot* snapshot);
rocksdb::WriteOptions synced_write_options();
// Only for a database that nobody has yet: flush before it gets its name.
rocksdb::WriteOptions unlogged_write_options();

}  // namespace entente
