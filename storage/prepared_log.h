// Inside storage: a write-ahead log whose room is on the disk before it is used.
//
// A file that grows has a new size at each sync, which the file system notes in its own journal: on
// ext4 a third of the time of a synced commit. So zeros are written ahead of the records, and most
// syncs find a file whose size and blocks stay. RocksDB reads zeros after the last record as the end.
#pragma once
#include <rocksdb/file_system.h>

#include <memory>
#include <string>

namespace entente {

// Makes the file at `path` empty. Zeros are written 64 KiB ahead at first, later up to 1 MiB; a disk
// too full for them gets the records alone. They stay when it is closed.
rocksdb::IOStatus make_prepared_log(rocksdb::FileSystem& files, const std::string& path,
                                    const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug);

}  // namespace entente
