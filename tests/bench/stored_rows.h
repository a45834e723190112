// The peer of a load: bare RocksDB that is given every row of a loaded store, in order of arrival,
// sorts them, writes sorted files on two threads and takes them in. It reads no table, resolves no
// name, encodes no record and hashes nothing: what it costs nobody can save.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/column_family.h"
#include "storage/store.h"
#include "tests/bench/measure.h"

namespace entente::bench {

class StoredRows {
 public:
  // Copies all rows to memory: about 200 bytes an edge.
  explicit StoredRows(const Store& store);

  struct Costs {
    Cost sorting, files, ingestion;
    double wall() const { return sorting.wall + files.wall + ingestion.wall; }
    double cpu() const { return sorting.cpu + files.cpu + ingestion.cpu; }
  };
  Costs load_raw(const std::filesystem::path& directory);

 private:
  struct Row {
    std::uint64_t first = 0, second = 0;  // of the key, big-endian, padded with zeros
    std::uint64_t at = 0;                 // in bytes
    std::uint32_t key_size = 0, value_size = 0;
  };
  struct Family {
    std::string bytes;  // keys and values, one after the other
    std::vector<Row> rows;
    std::string_view key(const Row& row) const { return {bytes.data() + row.at, row.key_size}; }
    std::string_view value(const Row& row) const {
      return {bytes.data() + row.at + row.key_size, row.value_size};
    }
  };
  void sort(Family& family, std::size_t from, std::size_t to);
  std::array<Family, kColumnFamilies> families_;
};

}  // namespace entente::bench
