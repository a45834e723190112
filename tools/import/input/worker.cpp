#include "tools/import/input/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <vector>

#include "tools/import/input/html.h"
#include "tools/import/input/pdf.h"
#include "tools/import/input/sandbox.h"

namespace entente {
namespace {
using std::string_view;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{30};
constexpr std::size_t kLargestAnswer = std::size_t{64} << 20;  // text, places and zones

Error out_of_patience(string_view what) {
  return {Code::LimitReached, "it takes more " + std::string(what) + " than one document may"};
}

// Whether this program's `main` calls run_page_worker: else starting it again would do who knows what.
std::atomic<bool>& may_start_again() {
  static std::atomic<bool> may = false;
  return may;
}

// A worker and its own children: ended and collected, whatever happens.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { wait(true); }

  void kill() const { ::kill(-pid_, SIGKILL); }
  // How it ended, as waitpid has it.
  int wait(bool kill_first) {
    if (pid_ < 0) return status_;
    if (kill_first) kill();
    while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status_;
  }

 private:
  pid_t pid_;
  int status_ = 0;
};

std::vector<std::string> small_environment() {
  std::vector<std::string> environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"})
    if (const char* value = std::getenv(name))
      environment.push_back(std::string(name) + "=" + value);
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

Result<pid_t> start(const std::filesystem::path& program, std::vector<std::string> arguments,
                    int input, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                            POSIX_SPAWN_SETSIGDEF);
  sigset_t none, usual;
  sigemptyset(&none), sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE), sigaddset(&usual, SIGINT), sigaddset(&usual, SIGTERM);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  std::vector<std::string> environment = small_environment();
  pid_t pid = -1;
  const int fault = ::posix_spawn(&pid, program.c_str(), &actions, &attributes,
                                  pointers(arguments).data(), pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (fault != 0)
    return Error{Code::Unavailable, std::string("cannot start the worker: ") + std::strerror(fault)};
  return pid;
}

// All that comes down the pipe until it is closed, in time and within size.
Result<std::string> listen(int pipe, std::size_t limit) {
  const auto deadline = Clock::now() + kPatience;
  std::string bytes;
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return out_of_patience("time");
    pollfd waiting = {pipe, POLLIN, 0};
    if (::poll(&waiting, 1, int(left)) <= 0) continue;  // interrupted, or late: asked above
    std::array<char, 64 * 1024> piece;
    const ssize_t got = ::read(pipe, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return bytes;
    bytes.append(piece.data(), std::size_t(got));
    if (bytes.size() > limit) return out_of_patience("text");
  }
}

Error died_of(int status) {
  if (!WIFSIGNALED(status))
    return {Code::Corruption, "it made its reader give up (exit code " +
                                  std::to_string(WEXITSTATUS(status)) + ")"};
  const int signal = WTERMSIG(status);
  if (signal == SIGXCPU || signal == SIGKILL) return out_of_patience("time");
  return {Code::Corruption, "it made its reader crash (signal " + std::to_string(signal) +
                                "); nothing else was harmed"};
}

std::string name_of_code(const Error& error) {
  return error.code == Code::LimitReached ? "L" : error.code == Code::Unavailable ? "U" : "I";
}

// The answer of a worker: 'P' and a page, or a letter of the code and the line of an error.
Result<Page> understand(const std::string& answer) {
  const string_view rest = string_view(answer).substr(1);
  switch (answer[0]) {
    case 'P':
      return decode_page(rest);
    case 'L':
      return Error{Code::LimitReached, std::string(rest.substr(0, 500))};
    case 'U':
      return Error{Code::Unavailable, std::string(rest.substr(0, 500))};
    case 'I':
      return Error{Code::InvalidArgument, std::string(rest.substr(0, 500))};
    default:
      return Error{Code::Corruption, "the answer of the worker is broken"};
  }
}

void answer(string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::write(STDOUT_FILENO, text.data(), text.size());
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) ::_exit(3);
    text.remove_prefix(std::size_t(sent));
  }
}

Result<Page> work(string_view format, string_view charset) {
  if (format == "pdf") {
    confine(Confinement::RunTool);
    return read_pdf(STDIN_FILENO);
  }
  auto bytes = read_to_end(STDIN_FILENO, kLargestPage, "the page");
  if (!bytes) return bytes.error();
  confine(Confinement::ReadNothing);
  return read_html(std::move(*bytes), charset);
}
}  // namespace

Result<Page> read_in_worker(int descriptor, Format format, string_view charset,
                            const std::filesystem::path& program) {
  if (program.empty() && !may_start_again())
    return Error{Code::Unavailable, "this program does not read " + std::string(name_of(format)) +
                                        "; it has no worker for it"};
  int ends[2];
  if (::lseek(descriptor, 0, SEEK_SET) < 0 || ::pipe2(ends, O_CLOEXEC) != 0)
    return Error{Code::Unavailable, std::string("cannot start the worker: ") + std::strerror(errno)};
  const std::filesystem::path self = program.empty() ? "/proc/self/exe" : program;
  const auto pid = start(self,
                         {"entente", std::string(kWorkerArgument), std::string(name_of(format)),
                          std::string(charset)},
                         descriptor, ends[1]);
  ::close(ends[1]);
  if (!pid) return ::close(ends[0]), pid.error();
  Child child(*pid);
  const auto answer = listen(ends[0], kLargestAnswer);
  ::close(ends[0]);
  const int status = child.wait(!answer);
  if (!answer) return answer.error();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || answer->empty()) return died_of(status);
  return understand(*answer);
}

std::optional<int> run_page_worker(int argc, char** argv) {
  may_start_again() = true;
  if (argc < 4 || argv[1] != kWorkerArgument) return std::nullopt;
  try {
    const auto page = work(argv[2], argv[3]);
    answer(page ? "P" + encode_page(*page) : name_of_code(page.error()) + page.error().message);
  } catch (const std::bad_alloc&) {
    answer("Lit takes more memory than one document may");
  } catch (const std::exception&) {
    ::_exit(4);
  }
  ::_exit(0);  // nothing here needs an orderly end, and the tree may be deep
}

}  // namespace entente
