#include "storage/sorted_run.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace entente {

Result<MappedBytes> MappedBytes::spill(const std::filesystem::path& folder, std::span<const std::byte> bytes) {
  std::string path = (folder / "run-XXXXXX").string();
  const auto failed = [&] {
    return Error{Code::Unavailable, "cannot write " + path + ": " + std::strerror(errno)};
  };
  const int file = ::mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) return failed();
  ::unlink(path.c_str());  // goes with its last user, whatever happens
  Status written = kOk;
  for (std::size_t at = 0; at < bytes.size() && written;) {
    const ssize_t got = ::write(file, bytes.data() + at, std::min<std::size_t>(bytes.size() - at, 8 << 20));
    if (got > 0) at += std::size_t(got);
    if (got < 0 && errno != EINTR) written = failed();
  }
  void* start = MAP_FAILED;
  if (written) start = ::mmap(nullptr, bytes.size(), PROT_READ, MAP_SHARED, file, 0);
  if (written && start == MAP_FAILED) written = failed();
  ::close(file);
  if (!written) return written.error();
  ::madvise(start, bytes.size(), MADV_SEQUENTIAL);
  return MappedBytes(start, bytes.size());
}

}  // namespace entente
