#include "tools/import/input/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace entente {
namespace {
using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

Error too_much(const char* what) { return {Code::LimitReached, std::string("it takes more ") + what + " than one document may"}; }
}  // namespace

Result<Child> Child::start(const ChildCall& call) {
  const auto failed = [&](int fault) { return Error{Code::Unavailable, "cannot start " + call.program + ": " + std::strerror(fault)}; };
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return failed(errno);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, call.input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  if (!call.errors_as_ours) posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  if (call.third >= 0) posix_spawn_file_actions_adddup2(&actions, call.third, 3);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  if (call.apart) {
    posix_spawn_file_actions_addclosefrom_np(&actions, call.third >= 0 ? 4 : 3);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    sigset_t none, usual;
    sigemptyset(&none), sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE), sigaddset(&usual, SIGINT), sigaddset(&usual, SIGTERM);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
  }
  std::vector<std::string> arguments = call.arguments, environment = call.environment.value_or(std::vector<std::string>());
  pid_t pid = -1;
  const int fault = ::posix_spawnp(&pid, call.program.c_str(), &actions, &attributes, pointers(arguments).data(),
                                   call.environment ? pointers(environment).data() : environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (fault != 0) {
    ::close(ends[0]);
    return failed(fault);
  }
  return Child(pid, ends[0], call.apart);
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), output_(std::exchange(other.output_, -1)), apart_(other.apart_), status_(other.status_) {}

Child::~Child() {
  end(true);
  if (output_ >= 0) ::close(output_);
}

Result<std::string> Child::hear(std::size_t limit, std::optional<std::chrono::milliseconds> patience) {
  const auto start = Clock::now();
  std::string bytes;
  while (true) {
    int left = -1;
    if (patience) {
      left = int(std::chrono::duration_cast<std::chrono::milliseconds>(start + *patience - Clock::now()).count());
      if (left <= 0) return too_much("time");
    }
    pollfd waiting = {output_, POLLIN, 0};
    if (::poll(&waiting, 1, left) <= 0) continue;  // interrupted, or late: asked above
    std::array<char, 64 * 1024> piece;
    const ssize_t got = ::read(output_, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return bytes;
    bytes.append(piece.data(), std::size_t(got));
    if (bytes.size() > limit) return too_much("text");
  }
}

int Child::end(bool kill_first) {
  if (pid_ < 0) return status_;
  if (kill_first) ::kill(apart_ ? -pid_ : pid_, SIGKILL);
  while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status_;
}

}  // namespace entente
