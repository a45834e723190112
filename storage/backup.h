// Copies of a database: whole, of one commit, and looked through before they count.
#pragma once
#include <cstdint>
#include <filesystem>

#include "schema/ids.h"
#include "schema/result.h"
#include "storage/store.h"

namespace entente {

struct CopyReport {
  CommitId commit;          // the copy has exactly what this commit left
  std::uint64_t rows = 0;   // of all column families
  std::uint64_t bytes = 0;  // of their keys and values
};

// Writes what the store has now to `target`, which must not exist. Others may read and write the
// source meanwhile, in this process or another: the copy is of one commit.
//
// Corruption, and no target, if anything in the source is damaged: every file is compared with the
// checksum that it was written with, every row is read through its block's, and the copy is checked
// in full (`check`) before it gets its name. Until then it stands beside, as TARGET.partial.
// The copy is a database like any other, of the same id. Cost: reads and writes everything.
Result<CopyReport> backup(const Store& source, const std::filesystem::path& target);

// The way back: opens the backup, and does the same. It never overwrites. With `at`: the copy is what
// the backup knew after that commit, and a database of its own with a new id, for it may be written on
// otherwise. InvalidArgument if there is no such commit, or a later purge erased some of that time.
Result<CopyReport> restore(const std::filesystem::path& backup, const std::filesystem::path& target,
                           CommitId at = kLatest);

}  // namespace entente
