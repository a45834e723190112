#include "tests/crash/faulty_calls.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <string>

namespace entente {
namespace {

std::atomic<bool> armed = false;
std::atomic<int> made = 0, failed = 0;
std::atomic<int> short_write = -1;  // a file whose next write fails, for the last came out short
std::atomic<const char*> first_failed = "";
Fault fault;
char folder[4096];

enum Needs { kNothing = 0, kSpace = 1, kDescriptor = 2 };

bool can_happen(int needs) {
  return fault.error == ENOSPC ? needs & kSpace : fault.error == EMFILE ? needs & kDescriptor : true;
}

// Shall this call fail?
bool fails(const char* call, int needs) {
  const int number = ++made;
  if (fault.at == 0 || number < fault.at || !can_happen(needs)) return false;
  if (failed.fetch_add(1) == 0) {
    first_failed = call;
  } else if (!fault.sticky) {
    return false;
  }
  errno = fault.error;
  return true;
}

bool ours(int file) {
  struct stat about;
  return armed && file > 2 && ::fstat(file, &about) == 0 && (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode));
}
bool ours(const char* path) { return armed && std::strncmp(path, folder, std::strlen(folder)) == 0; }

long write_by(const char* call, int file, const void* bytes, std::size_t size, long (*write)(int, const void*, std::size_t, long),
              long offset) {
  if (!ours(file)) return write(file, bytes, size, offset);
  if (short_write.exchange(-1) == file) return errno = fault.error, -1;
  if (!fails(call, kSpace)) return write(file, bytes, size, offset);
  if (fault.error != ENOSPC || size < 2 || failed > 1) return -1;
  if (!fault.sticky) short_write = file;
  return write(file, bytes, size / 2, offset);
}

int open_by(int folder_file, const char* path, int flags, unsigned mode) {
  if (ours(path) && fails("open", kDescriptor | (flags & O_CREAT ? kSpace : kNothing))) return -1;
  return int(::syscall(SYS_openat, folder_file, path, flags, mode));
}

unsigned mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, unsigned) : 0; }
}  // namespace

void arm(const std::filesystem::path& below, const Fault& what) {
  std::strncpy(folder, below.c_str(), sizeof folder - 1);
  fault = what;
  made = failed = 0;
  short_write = -1;
  first_failed = "";
  armed = true;
}
void disarm() { armed = false; }
Calls calls() { return {made, failed, first_failed}; }

}  // namespace entente

// ---- what the linker finds before the C library's

using namespace entente;
extern "C" {

ssize_t write(int file, const void* bytes, std::size_t size) {
  const auto call = [](int f, const void* b, std::size_t s, long) { return ::syscall(SYS_write, f, b, s); };
  return write_by("write", file, bytes, size, call, 0);
}
ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t offset) {
  const auto call = [](int f, const void* b, std::size_t s, long o) { return ::syscall(SYS_pwrite64, f, b, s, o); };
  return write_by("pwrite", file, bytes, size, call, offset);
}
ssize_t pwrite64(int file, const void* bytes, std::size_t size, off64_t offset) { return pwrite(file, bytes, size, offset); }

int fsync(int file) {
  if (ours(file) && fails("fsync", kSpace)) return -1;
  return int(::syscall(SYS_fsync, file));
}
int fdatasync(int file) {
  if (ours(file) && fails("fdatasync", kSpace)) return -1;
  return int(::syscall(SYS_fdatasync, file));
}
int ftruncate(int file, off_t size) noexcept {
  if (ours(file) && fails("ftruncate", kSpace)) return -1;
  return int(::syscall(SYS_ftruncate, file, size));
}
int ftruncate64(int file, off64_t size) noexcept { return ftruncate(file, size); }

// Room set aside in advance: RocksDB does not mind if there is none, and in memory it takes long.
int fallocate(int, int, off_t, off_t) { return 0; }

int rename(const char* from, const char* to) noexcept {
  if (ours(to) && fails("rename", kSpace)) return -1;
  return int(::syscall(SYS_rename, from, to));
}
int link(const char* from, const char* to) noexcept {
  if (ours(to) && fails("link", kSpace)) return -1;
  return int(::syscall(SYS_link, from, to));
}
int mkdir(const char* path, mode_t mode) noexcept {
  if (ours(path) && fails("mkdir", kSpace)) return -1;
  return int(::syscall(SYS_mkdir, path, mode));
}
int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = mode_of(flags, rest);
  va_end(rest);
  return open_by(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = mode_of(flags, rest);
  va_end(rest);
  return open_by(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}
int openat(int folder_file, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = mode_of(flags, rest);
  va_end(rest);
  return open_by(folder_file, path, flags, mode);
}
}
