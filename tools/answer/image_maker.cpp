#include "tools/answer/image_maker.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "graph/mapped_file.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

fs::path lock_of(const fs::path& directory) { return directory / "image.lock"; }

FileHandle opened(const fs::path& path, int flags) {
  return FileHandle(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
}

bool lock(const FileHandle& file, int how) {
  int result = 0;
  do {
    result = ::flock(file.number(), how);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}
}  // namespace

bool start_image_maker(const fs::path& program, const fs::path& directory) {
  const FileHandle file = opened(lock_of(directory), O_RDWR | O_CREAT);
  if (!file || !lock(file, LOCK_EX | LOCK_NB)) return false;
  // The lock belongs to the open file, which the maker inherits, so there is no moment without it.
  static constexpr int kInherited = 3;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, file.number(), kInherited);
  posix_spawn_file_actions_addclosefrom_np(&actions, kInherited + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);  // a closed terminal is none of its business
  std::string words[] = {program.string(), "image", "--beside", "--db", directory.string()};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), words[4].data(), nullptr};
  pid_t maker = -1;
  const int failed = ::posix_spawn(&maker, words[0].c_str(), &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0;
}

void await_image_maker(const fs::path& directory) {
  const FileHandle file = opened(lock_of(directory), O_RDONLY);
  if (file) (void)lock(file, LOCK_SH);
}

}  // namespace entente
