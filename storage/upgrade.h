// Bringing a database of an older format up to the one of this program.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "schema/result.h"

namespace rocksdb {
class FileSystem;
}

namespace entente {

struct UpgradeReport {
  int from = 0, to = 0;  // formats; equal: there was nothing to do
  std::uint64_t nodes = 0, documents = 0, versions = 0;  // that live, and that have ended: what is read
  std::uint64_t rows = 0;                                // of indexes that were made; 0 in a dry run
};

// Makes the indexes that the newer format has, from the facts, and then says in the file ENTENTE
// that it is that format. Facts, the log and its hashes stay what they are. A crash leaves the old
// format, and the upgrade can be run again. With `dry_run` it only reads. Errors as Store::open.
//
// Memory: 2 bytes for each posting of a name, and the ended versions of nodes. Time: of `check`, about.
Result<UpgradeReport> upgrade(const std::filesystem::path& directory, bool dry_run);
Result<UpgradeReport> upgrade(const std::filesystem::path& directory, bool dry_run,
                              std::shared_ptr<rocksdb::FileSystem> files);

}  // namespace entente
