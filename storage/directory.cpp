#include "storage/directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "schema/digest.h"
#include "storage/store.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
constexpr std::string_view kFirstLine = "entente database";

Error failed(std::string_view what, const fs::path& path) {
  return {Code::Unavailable,
          std::string(what) + " " + path.string() + ": " + std::strerror(errno)};
}

// A file descriptor that closes itself.
class File {
 public:
  explicit File(int file) : file_(file) {}
  ~File() {
    if (file_ >= 0) ::close(file_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const { return file_ >= 0; }
  int get() const { return file_; }
  int release() { return std::exchange(file_, -1); }

 private:
  int file_;
};

}  // namespace

Status sync_folder(const fs::path& folder) {
  const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file || ::fsync(file.get()) != 0) return failed("cannot sync", folder);
  return kOk;
}

Result<DirectoryMark> read_mark(const fs::path& directory) {
  std::error_code ignored;
  if (!fs::exists(directory, ignored))
    return Error{Code::NotFound, "there is no database at " + directory.string() +
                                     "; name one with --db, or make one with 'entente import'"};
  if (!fs::is_directory(directory, ignored))
    return Error{Code::NotFound, directory.string() + " is a file, not a database directory"};
  const fs::path path = directory / kMarkFile;
  if (!fs::exists(path, ignored))
    return Error{Code::NotFound, directory.string() + " is not an Entente database: it has no file " +
                                     std::string(kMarkFile)};
  std::ifstream file(path);
  std::string first, word, id, state;
  int format = 0;
  std::getline(file, first);
  std::string format_word, id_word, state_word;
  file >> format_word >> format;
  if (!file || first != kFirstLine || format_word != "format" || format < 1)
    return Error{Code::Corruption, path.string() + " is damaged: it does not say what format this is"};
  if (format > kFormatVersion)
    return Error{Code::Incompatible,
                 directory.string() + " was made by a newer Entente: its format is " +
                     std::to_string(format) + ", this program reads up to " +
                     std::to_string(kFormatVersion) + "; use a newer entente"};
  file >> id_word >> id >> state_word >> state;
  if (!file || id_word != "id" || id.size() != 32 || state_word != "state" ||
      (state != "ready" && state != "creating"))
    return Error{Code::Corruption, path.string() + " is damaged: its id or state cannot be read"};
  return DirectoryMark{format, id, state == "ready"};
}

Status write_mark(const fs::path& directory, const DirectoryMark& mark) {
  std::ostringstream text;
  text << kFirstLine << "\nformat " << mark.format << "\nid " << mark.id << "\nstate "
       << (mark.ready ? "ready" : "creating") << "\n";
  const std::string bytes = text.str();
  const fs::path path = directory / kMarkFile, fresh = directory / (std::string(kMarkFile) + ".new");
  {
    const File file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!file) return failed("cannot write", fresh);
    if (::write(file.get(), bytes.data(), bytes.size()) != ssize_t(bytes.size()) ||
        ::fsync(file.get()) != 0)
      return failed("cannot write", fresh);
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) return failed("cannot write", path);
  return sync_folder(directory);
}

std::string make_database_id() {
  std::string bytes(16, '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ::getrandom(bytes.data() + filled, bytes.size() - filled, 0);
    if (got > 0) filled += std::size_t(got);
  }
  return hex(bytes);
}

Result<WriterLock> WriterLock::take(const fs::path& directory) {
  const fs::path path = directory / kLockFile;
  File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!file) return failed("cannot open", path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    const ssize_t got = ::pread(file.get(), holder, sizeof holder - 1, 0);
    std::string who = got > 0 ? std::string(holder, std::size_t(got)) : "unknown";
    while (!who.empty() && who.back() == '\n') who.pop_back();
    return Error{Code::Unavailable, directory.string() + " is being written by process " + who +
                                        "; try again when it has ended"};
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file.get(), 0) != 0 ||
      ::pwrite(file.get(), pid.data(), pid.size(), 0) != ssize_t(pid.size()))
    return failed("cannot write", path);
  return WriterLock(file.release());
}

WriterLock::WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}
WriterLock::~WriterLock() {
  if (file_ >= 0) ::close(file_);  // gives the lock up
}

}  // namespace entente
