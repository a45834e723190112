// What the crash tests write, and the oracle that says what must be there afterwards.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "schema/claim.h"
#include "storage/store.h"
#include "tests/crash/child.h"

namespace rocksdb {
class FileSystem;
}

namespace entente {

// Commit k of a workload is document k, whose text, nodes and edges follow from (seed, k). Its size
// is log-uniform between a byte and `largest` beyond the few lines that it always has.
struct Workload {
  unsigned seed = 0;
  std::size_t largest = 64 << 10;

  std::string text(int k) const;
  Extract document(int k) const;
};

// Imports k = first, first + 1, ... `count` of them (0: for ever), telling each when it is
// acknowledged. 0, or an exit code of what went wrong, with the reason on standard error.
int import_all(Store& store, const Workload& workload, int first, int count, const Tell& tell);

// Opens the directory and looks at everything. Returns 0 if `check` is clean, commits 1 to `promised`
// are there byte for byte, and at most one more is. Tells the number of the last one.
int verify(const std::filesystem::path& directory, const Workload& workload, int promised, const Tell& tell);

}  // namespace entente
