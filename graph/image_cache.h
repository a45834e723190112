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
  // While a graph has so many times more edges than nodes and edges have changed since the image was made,
  // the changes are laid over it for each question, and it is not written again. 0: always written.
  std::uint64_t keep_while_above = 256;
  // If it is due; or the caller does so, with write_cached().
  bool write = true;
};

struct CachedSnapshot {
  std::shared_ptr<const Snapshot> snapshot;
  enum class From : std::uint8_t { Store, Image, Changes } from;
  std::string warning;  // for a person: the image was damaged and is made anew; mostly empty
  std::uint64_t changed = 0;  // nodes and edges since the image was made
  bool image_is_due = false;  // there is none, or too much has changed since, or nodes have gone
  std::string commit_hash;    // of the last commit
};

// The snapshot as recorded then, of all valid times: a slice narrows it. The same graph wherever it comes
// from, so that no answer depends on whether there is an image. Of the last commit it is the image if that
// is of this very commit (number and hash); else the image of an earlier one with what the log says has
// changed since laid over it (graph/overlay.h), in milliseconds however large the graph is; else, after a
// bulk load or a purge, or if more than a quarter has changed, what the store has. Of earlier commits it
// comes from the store.
Result<CachedSnapshot> load_cached(const ReadTransaction& read, const std::filesystem::path& directory,
                                   const std::string& database_id, CommitId recorded,
                                   const CacheOptions& options = {});

// As the image beside the database, which then is of that commit. Any thread; what is laid over an image is
// made flat first. Must not run while a purge does: it would bring back what was erased.
void write_cached(const CachedSnapshot& loaded, const std::filesystem::path& directory, const std::string& database_id);

}  // namespace entente
