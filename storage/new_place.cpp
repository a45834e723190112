#include "storage/new_place.h"

#include "storage/directory.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

Error unavailable(const std::string& what, const fs::path& path, const std::string& why) {
  return {Code::Unavailable, what + " " + path.string() + ": " + why};
}

fs::path without_slash(const fs::path& path) {
  const fs::path whole = path.lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}
}  // namespace

fs::path partial_of(const fs::path& target) { return without_slash(target).string() + ".partial"; }

// What is left of one never had the name of a database.
Status begin_copy(const fs::path& target) {
  const fs::path partial = partial_of(target);
  std::error_code error;
  if (fs::exists(target, error))
    return Error{Code::InvalidArgument, target.string() + " exists already; a copy never overwrites"};
  if (fs::exists(partial, error) && !fs::exists(partial / kMarkFile, error) && !fs::is_empty(partial, error))
    return Error{Code::InvalidArgument, partial.string() + " is in the way and is no copy of ours"};
  fs::remove_all(partial, error);
  if (error) return unavailable("cannot remove", partial, error.message());
  fs::create_directories(partial, error);
  if (error) return unavailable("cannot make", partial, error.message());
  return kOk;
}

Status give_name(rocksdb::FileSystem& files, const fs::path& target) {
  rocksdb::IOStatus status = files.RenameFile(partial_of(target).string(), without_slash(target).string(), {}, nullptr);
  const fs::path parent = without_slash(target).parent_path();
  std::unique_ptr<rocksdb::FSDirectory> folder;
  if (status.ok()) status = files.NewDirectory(parent.empty() ? "." : parent.string(), {}, &folder, nullptr);
  if (status.ok()) status = folder->Fsync({}, nullptr);
  if (!status.ok()) return unavailable("cannot name the copy", target, status.ToString());
  return kOk;
}

}  // namespace entente
