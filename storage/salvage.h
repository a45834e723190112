// Salvage: what can still be read of a damaged database, as a new one.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "schema/ids.h"
#include "schema/result.h"
#include "storage/read.h"

namespace entente {

struct SalvageReport {
  bool whole = true;                 // nothing is missing
  std::vector<std::string> missing;  // one sentence each, at most kMostMissing
  CommitId commit;                   // of the source: the last one that is in the new database
  std::uint64_t lost_commits = 0;    // of which no record could be read
  Totals totals;                     // of the new database
};
inline constexpr std::size_t kMostMissing = 100;

// Reads `damaged` without changing anything in it, and makes a new database `target`, which must not
// exist, with an id of its own; nobody should write `damaged` meanwhile.
//
// Commits come back one after the other from the log, with every version and all that is recorded
// of them, and indexes and counters are made anew. So damage to anything but log and texts costs
// nothing. A commit whose record is lost is made again from the versions that can be read, with that
// as its note, and the commits after it get other hashes. An edge whose ends or evidence are lost is
// left out. A document whose text is lost is purged, in a commit that says so. Of a table loaded in bulk that
// is no longer whole the rows that are there come back.
//
// If the store cannot be opened at all, RocksDB's files are linked or copied beside the target and
// its tables and write-ahead logs read one by one; what no table can give is in the report.
//
// The result has passed `check`. InvalidArgument if `target` exists; NotFound if there is nothing
// that looks like a database; Corruption if not one commit can be read. O(size) time, and for lost
// commits memory for their versions.
Result<SalvageReport> salvage(const std::filesystem::path& damaged, const std::filesystem::path& target);

}  // namespace entente
