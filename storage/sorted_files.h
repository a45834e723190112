// Inside storage: sorted files of one column family, to be ingested.
#pragma once
#include <rocksdb/sst_file_writer.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"
#include "storage/column_family.h"
#include "storage/rows.h"

namespace entente {

struct SortedFile {
  ColumnFamily family;
  std::string path;
  std::string checksum, checksum_function;  // as RocksDB's manifest keeps them
};

// Takes rows in ascending order of their keys and writes them to files of about 64 MiB, named
// after `name`, which must be of this writer alone. One thread at a time.
class SortedFiles {
 public:
  SortedFiles(const StoreState& store, std::filesystem::path folder, ColumnFamily family, std::string name);
  Status put(std::string_view key, std::string_view value);
  Result<std::vector<SortedFile>> finish();  // none if nothing was put

 private:
  Status close();
  const StoreState& store_;
  std::filesystem::path folder_;
  ColumnFamily family_;
  std::string name_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
  std::string path_;
  std::uint64_t since_look_ = 0;
  std::vector<SortedFile> files_;
};

// Has RocksDB take all of them in as one atomic change: after a crash all are there or none.
// Nobody may write meanwhile. The files vanish from where they were.
Status ingest(const StoreState& store, const std::vector<SortedFile>& files);

}  // namespace entente
