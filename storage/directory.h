// The directory of a database before RocksDB looks at it: what it is, and who writes in it.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "schema/result.h"

namespace entente {

// The file ENTENTE, plain text of four lines: `entente database`, `format N`, `id HEX`,
// `state creating|ready`.
struct DirectoryMark {
  int format = 0;
  std::string id;
  bool ready = false;  // false: its creation was cut short, nothing was ever acknowledged
};

inline constexpr std::string_view kMarkFile = "ENTENTE";
inline constexpr std::string_view kDataFolder = "rocks";
inline constexpr std::string_view kLockFile = "writer.lock";
inline constexpr std::string_view kImageFile = "image";  // of graph: a cache, written by whoever asks
inline constexpr std::string_view kLoadingFolder = "loading";  // of a bulk load, while it goes on

// NotFound: missing, or no database there. Incompatible: a newer format. Corruption: unreadable.
Result<DirectoryMark> read_mark(const std::filesystem::path& directory);

// Atomically and durably: a crash leaves the old file or the new one.
Status write_mark(const std::filesystem::path& directory, const DirectoryMark& mark);

// The names in it are on the disk when this returns.
Status sync_folder(const std::filesystem::path& folder);

// 32 random hexadecimal digits.
std::string make_database_id();

// Holds the directory for one writing process until destroyed. A resource.
class WriterLock {
 public:
  // Unavailable, naming the process, if another one has it.
  static Result<WriterLock> take(const std::filesystem::path& directory);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  ~WriterLock();

 private:
  explicit WriterLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace entente
