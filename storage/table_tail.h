// Inside storage: the end of a data file, looked at before RocksDB looks at it.
//
// RocksDB 7.8 reads the block of a table's properties before it compares that block's checksum, and
// one damaged byte there ends the process at an assertion. So we compare first.
#pragma once
#include <rocksdb/file_system.h>

#include <cstdint>
#include <memory>

namespace entente {

// Footer, metaindex and properties of a table of `bytes` bytes: are they those that were written?
// IOStatus::Corruption says which part is not. The footer is without checksum, so it must be just as
// RocksDB writes it with the options of options.cpp. One read of a few kilobytes, or three.
// Source: the format of RocksDB's block-based tables, version 5, as table/format.cc of 7.8.3 has it.
rocksdb::IOStatus verify_table_tail(rocksdb::FSRandomAccessFile& file, std::uint64_t bytes);

// The same files, but a table (.sst) can be opened only if its end is whole: at the opening of a
// database, and later when tables are added.
std::shared_ptr<rocksdb::FileSystem> with_verified_tables(std::shared_ptr<rocksdb::FileSystem> files);

}  // namespace entente
