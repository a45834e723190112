// Store: one database directory, open. The one way in to reading and writing.
//
// The directory holds `ENTENTE` (format number, database id), `rocks/` (the data) and `writer.lock`
// (who writes). storage/FORMAT.md says what is inside, byte by byte.
#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "schema/as_of.h"
#include "schema/ontology.h"
#include "schema/result.h"
#include "storage/read.h"
#include "storage/write.h"

namespace rocksdb {
class FileSystem;
}

namespace entente {

inline constexpr int kFormatVersion = 2;

enum class Access {
  Read,    // beside a writer or alone; changes nothing on disk
  Write,   // one process at a time; the directory must hold a database
  Create,  // like Write, and makes the database if the directory is missing or empty
};

// A resource: one owner, closes itself. begin_read and begin_write are safe from any thread. Transactions must not outlive it.
class Store {
 public:
  // NotFound: no such directory, or it holds no database. Incompatible: made by a newer Entente.
  // Unavailable: another process writes, or the disk says no. Corruption: what is there is damaged.
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, Access access);
  // The same on other files than the machine's: tests cut their power.
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, Access access,
                                             std::shared_ptr<rocksdb::FileSystem> files);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const std::filesystem::path& directory() const;
  const std::string& database_id() const;  // 32 hexadecimal digits, given at creation
  const Ontology& ontology() const;        // the one that this database carries

  // A consistent view of everything committed until now. Cheap: no data is copied. With
  // Access::Read also what another process has committed since: then the files are opened anew,
  // and if that fails the view is the one before.
  ReadTransaction begin_read() const;

  // Any number may be open at once: each sees the commit at which it began, and the first to commit
  // wins. Needs Access::Write or Create; Unavailable after an I/O error.
  Result<WriteTransaction> begin_write();

 private:
  friend class BulkLoad;
  friend class StoreCheck;
  friend class StoreFiles;
  explicit Store(std::shared_ptr<struct StoreState> state);
  std::shared_ptr<struct StoreState> now() const;  // the newest view

  std::filesystem::path directory_;
  std::string id_;
  Ontology ontology_;
  mutable std::mutex mutex_;  // of state_
  mutable std::shared_ptr<struct StoreState> state_;
};

}  // namespace entente
