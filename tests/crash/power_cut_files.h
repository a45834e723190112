// Files on a machine whose power goes at the n-th file operation: whatever was not synced by then
// is lost, wholly or in part, each file and each name for itself.
#pragma once
#include <rocksdb/file_system.h>

#include <memory>

namespace entente {

inline constexpr int kPowerGone = 42;  // how the process ends when it does

// A file system over the machine's own. At operation `cut` (0: never) it spoils what POSIX allows to
// be lost and ends the process with kPowerGone:
//   - bytes of a file beyond its last sync: all, none, a part, or torn at 512 bytes
//   - writes in the middle of a file since its last sync, each for itself, or each 512 bytes of them
//   - names made, changed or removed since the last sync of their directory, each for itself
// `operations` counts, for choosing a cut in the next run.
std::shared_ptr<rocksdb::FileSystem> power_cut_files(int cut, unsigned seed, int* operations);

}  // namespace entente
