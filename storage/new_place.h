// Inside storage: where a copy is made before it has its name, so that none is ever half there.
#pragma once
#include <rocksdb/file_system.h>

#include <filesystem>

#include "schema/result.h"

namespace entente {

// TARGET.partial, where the copy stands until it counts.
std::filesystem::path partial_of(const std::filesystem::path& target);

// Makes it, empty. InvalidArgument if the target exists, or what stands in the way is no copy of
// ours; the leftover of one that was cut short goes.
Status begin_copy(const std::filesystem::path& target);

// From now on it counts, and stays.
Status give_name(rocksdb::FileSystem& files, const std::filesystem::path& target);

}  // namespace entente
