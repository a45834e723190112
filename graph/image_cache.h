// The image beside a database: its newest snapshot, kept in a file so that the next question need
// not read the store. A cache: it may be deleted at any time, and not being able to write it is no
// error. The file is `image` in the database's directory.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "graph/snapshot.h"
#include "schema/as_of.h"
#include "schema/result.h"

namespace entente {

class ReadTransaction;

struct CacheOptions {
  // Smaller graphs are read from the store sooner than a file is found, and leave no file behind.
  std::uint64_t least_edges = 20'000;
  // A graph with so many times more edges than have changed since the image was made is made anew
  // from it, but not written again: for whoever keeps the snapshot. 0: always written.
  std::uint64_t keep_while_above = 0;
};

struct CachedSnapshot {
  std::shared_ptr<const Snapshot> snapshot;
  enum class From : std::uint8_t { Store, Image, Changes } from;
  std::string warning;  // for a person: the image was damaged and is made anew; mostly empty
};

// The snapshot as recorded then, of all valid times: a slice narrows it. The same columns wherever they
// come from, so that no answer depends on whether there is an image. Of the last commit it is the image if that is of this very commit (number and hash);
// else the image of an earlier one with what the log says has changed since; else what the store
// has, and then the image is written. Of earlier commits it comes from the store.
Result<CachedSnapshot> load_cached(const ReadTransaction& read, const std::filesystem::path& directory,
                                   const std::string& database_id, CommitId recorded,
                                   const CacheOptions& options = {});

}  // namespace entente
