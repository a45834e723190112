// HIGHWATER: what the store has promised, kept outside the data so that lost data is noticed.
//
// RocksDB opens what a cut log, an old file or a missing one leaves, and answers from that. So every
// acknowledged commit is noted here after its sync, with the files that must then be there; opening
// compares. After a clean close the list in FILES says more: size and checksum of every file.
#pragma once
#include <rocksdb/file_system.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"
#include "schema/result.h"

namespace entente {

inline constexpr std::string_view kHighwaterFile = "HIGHWATER";
inline constexpr std::string_view kListFile = "FILES";

// One of the two slots of the file: 512 bytes, a sector. The one with the greater sequence counts.
struct HighwaterMark {
  std::uint64_t sequence = 0;  // of writes to this file
  std::string database;        // its id, 32 digits
  CommitId commit;             // the last one that was acknowledged
  std::string hash;            // of its record
  bool closed = false;         // by the last writer, who left FILES
  std::uint32_t list_checksum = 0;              // of FILES, if closed
  std::uint64_t manifest = 0;                   // number of RocksDB's MANIFEST
  std::uint64_t manifest_bytes = 0;             // of it that were synced
  std::set<std::uint64_t> logs;                 // numbers of the WAL files that hold commits
  friend bool operator==(const HighwaterMark&, const HighwaterMark&) = default;
};
inline constexpr std::size_t kHighwaterSlot = 512;
std::string encode(const HighwaterMark& mark);
std::optional<HighwaterMark> decode_highwater(std::string_view slot);

// Corruption if the file is missing or neither slot is whole.
Result<HighwaterMark> read_highwater(rocksdb::FileSystem& files, const std::filesystem::path& directory);

// Are the files there that must be? Corruption names the first that is missing, cut, changed or old.
// Data files (.sst) are compared by size only: RocksDB checks each block as it reads it.
Status inspect_files(rocksdb::FileSystem& files, const std::filesystem::path& directory,
                     const HighwaterMark& mark);

// What the writing process holds of the file. Safe for many threads. Must outlive the RocksDB that
// was opened on watched().
class Highwater {
 public:
  // Goes on from `last`, saying at once that the store is open. A missing file is made.
  static Result<std::unique_ptr<Highwater>> start(std::shared_ptr<rocksdb::FileSystem> files,
                                                  const std::filesystem::path& directory,
                                                  HighwaterMark last);

  // The same files, but what must be known of is noted first: no WAL file is deleted before the
  // mark does without it.
  std::shared_ptr<rocksdb::FileSystem> watched();

  // After the commit's sync. Costs a write of 512 bytes without sync: a process that is killed keeps
  // it, a power cut may lose it, never the commit. Fails silently: it is a witness, not the deed.
  void acknowledge(CommitId commit, std::string_view hash);

  // After RocksDB has closed: writes FILES and says closed. `checksums` by file name, of those that
  // need not be read again.
  Status close(const std::vector<std::pair<std::string, std::string>>& checksums);

 private:
  friend class WatchedFiles;
  Highwater(std::shared_ptr<rocksdb::FileSystem> files, std::filesystem::path directory,
            std::unique_ptr<rocksdb::FSRandomRWFile> file, HighwaterMark mark)
      : files_(std::move(files)), directory_(std::move(directory)), file_(std::move(file)), mark_(std::move(mark)) {}
  rocksdb::IOStatus write(bool sync);  // with mutex_ held
  void log_synced(std::uint64_t number);
  void manifest_synced(std::uint64_t number, std::uint64_t bytes);
  void current_switched();
  rocksdb::IOStatus before_log_deleted(std::uint64_t number);
  void before_deleted();
  void note();  // with mutex_ held

  std::shared_ptr<rocksdb::FileSystem> files_;
  std::filesystem::path directory_;
  std::mutex mutex_;  // of all below
  std::unique_ptr<rocksdb::FSRandomRWFile> file_;
  HighwaterMark mark_;
  std::set<std::uint64_t> new_logs_;  // synced; their names are on disk when the next commit is
  std::uint64_t next_manifest_ = 0, next_manifest_bytes_ = 0;  // synced, not yet in CURRENT
};

// The files of `folder` with their sizes and checksums, as FILES lists them; also used by `check`.
struct ListedFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::uint32_t checksum = 0;  // crc32c
};
Result<std::vector<ListedFile>> read_list(rocksdb::FileSystem& files, const std::filesystem::path& directory,
                                          std::uint32_t checksum);
Result<std::uint32_t> checksum_of(rocksdb::FileSystem& files, const std::string& path);

}  // namespace entente
