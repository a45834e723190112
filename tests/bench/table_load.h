// The way of a file of edges into a store: the reader of tables, then the bulk load.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "storage/bulk.h"
#include "storage/store.h"

namespace entente::bench {

struct TableSource {
  std::filesystem::path file;
  std::string columns;                             // head=...,tail=...,type=...
  std::optional<std::filesystem::path> relations;  // what its relations are called here
};

struct TableOutcome {
  BulkOutcome load;
  std::uint64_t rows = 0, left_out = 0, refused = 0;
};

TableOutcome load_table(Store& store, const TableSource& source);

}  // namespace entente::bench
