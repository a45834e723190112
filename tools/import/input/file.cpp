#include "tools/import/input/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace entente {
namespace {
Error too_large(const std::string& name, std::size_t limit, std::size_t size) {
  const std::string has =
      size > limit ? " is " + size_text(size) : " is more than " + size_text(limit);
  return {Code::LimitReached, name + has + " long; at most " + size_text(limit) +
                                  " are read of one such input; split it"};
}

// Why this is no regular file; the name of its kind.
const char* kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe; its text can be given on standard input, as '-'";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  if (S_ISSOCK(mode)) return "a socket";
  return "no regular file";
}
}  // namespace

std::string size_text(std::size_t bytes) {
  char text[32];
  if (bytes < 10'000)
    std::snprintf(text, sizeof text, "%zu bytes", bytes);
  else
    std::snprintf(text, sizeof text, "%.1f MiB", double(bytes) / double(1 << 20));
  return text;
}

Result<File> File::open(const std::filesystem::path& path, Links links) {
  const int follow = links == Links::Refuse ? O_NOFOLLOW : 0;
  // O_NONBLOCK: opening a pipe that nobody writes to returns at once.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | follow);
  if (descriptor < 0) {
    if (errno == ELOOP && follow != 0)
      return Error{Code::InvalidArgument, path.string() + " is a symbolic link; not followed"};
    if (errno == ENXIO)  // a socket, or a device that is not there
      return Error{Code::InvalidArgument, path.string() + " is no regular file"};
    return Error{Code::NotFound, "cannot open " + path.string() + ": " + std::strerror(errno)};
  }
  struct stat info = {};
  const bool known = ::fstat(descriptor, &info) == 0;
  File file(descriptor, std::size_t(std::max<off_t>(info.st_size, 0)), path.string());
  if (!known) return Error{Code::Unavailable, "cannot examine " + path.string()};
  if (!S_ISREG(info.st_mode))
    return Error{Code::InvalidArgument, path.string() + " is " + kind_of(info.st_mode)};
  return file;
}

Result<File> File::of_bytes(std::string_view bytes, std::string name) {
  File file(::memfd_create("entente-input", MFD_CLOEXEC), bytes.size(), std::move(name));
  while (file.descriptor_ >= 0 && !bytes.empty()) {
    const ssize_t wrote = ::write(file.descriptor_, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) break;
    bytes.remove_prefix(std::size_t(wrote));
  }
  if (file.descriptor_ < 0 || !bytes.empty())
    return Error{Code::Unavailable, "cannot keep " + file.name_ + ": " + std::strerror(errno)};
  return file;
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      name_(std::move(other.name_)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  size_ = other.size_;
  std::swap(name_, other.name_);
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::string> File::head(std::size_t count) const {
  std::string bytes(count, '\0');
  const ssize_t got = ::pread(descriptor_, bytes.data(), count, 0);
  if (got < 0)
    return Error{Code::Unavailable, "cannot read " + name_ + ": " + std::strerror(errno)};
  bytes.resize(std::size_t(got));
  return bytes;
}

Result<std::string> File::read(std::size_t limit) const {
  if (size_ > limit) return too_large(name_, limit, size_);
  ::lseek(descriptor_, 0, SEEK_SET);
  return read_to_end(descriptor_, limit, name_);
}

Result<std::string> read_to_end(int descriptor, std::size_t limit, const std::string& name) {
  std::string bytes;
  while (true) {
    constexpr std::size_t kPiece = 64 * 1024;
    const std::size_t at = bytes.size();
    bytes.resize(at + kPiece);
    const ssize_t got = ::read(descriptor, bytes.data() + at, kPiece);
    bytes.resize(at + std::size_t(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return Error{Code::Unavailable, "cannot read " + name + ": " + std::strerror(errno)};
    if (got == 0) return bytes;
    if (bytes.size() > limit) return too_large(name, limit, 0);
  }
}

}  // namespace entente
