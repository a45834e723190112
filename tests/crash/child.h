// Processes to be killed. The tests of this folder never open a database in their own process: a
// RocksDB does not survive fork(), so whatever touches one runs in a child.
#pragma once
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>

namespace entente {

inline bool long_run() { return std::getenv("ENTENTE_LONG") != nullptr; }

// How often to do it in all tests of a harness together: short, long with ENTENTE_LONG=1, or as often
// as ENTENTE_CYCLES says.
inline int how_often(int usually, int at_length) {
  if (const char* cycles = std::getenv("ENTENTE_CYCLES")) return std::atoi(cycles);
  return long_run() ? at_length : usually;
}

// Has the time of this run passed, if ENTENTE_SECONDS sets one? What was done by then is counted. To be
// asked before each round: once a minute it says how many were begun, for whoever cuts a run short.
inline bool time_is_up() {
  static const std::time_t start = std::time(nullptr);
  static std::time_t told = start;
  static long rounds = 0;
  ++rounds;
  if (const std::time_t now = std::time(nullptr); now - told >= 60) {
    told = now;
    std::fprintf(stderr, "%ld rounds begun in %ld s\n", rounds, long(now - start));
  }
  const char* seconds = std::getenv("ENTENTE_SECONDS");
  return seconds && std::time(nullptr) - start >= std::atoi(seconds);
}

// For the line that a harness prints: how often it was done, and of how many if the time ended it.
inline std::string done_of(int done, int wanted) {
  if (done >= wanted) return std::to_string(done);
  return std::to_string(done) + " of " + std::to_string(wanted) + " (ENTENTE_SECONDS ended it)";
}

// What a child tells its parent: numbers, one at a time, kept by the pipe when it is killed.
class Tell {
 public:
  explicit Tell(int pipe) : pipe_(pipe) {}
  void operator()(int number) const {
    if (::write(pipe_, &number, sizeof number) != sizeof number) ::_exit(99);
  }

 private:
  int pipe_;
};

// A child that runs `work` and ends with what it returns.
class Child {
 public:
  explicit Child(const std::function<int(const Tell&)>& work) {
    int pipe[2];
    if (::pipe(pipe) != 0) std::abort();
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(pipe[0]);
      ::_exit(work(Tell(pipe[1])));
    }
    ::close(pipe[1]);
    pipe_ = pipe[0];
  }
  ~Child() {
    if (pid_ > 0) ::kill(pid_, SIGKILL), wait();
    ::close(pipe_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Waits for the next number; false if the child has ended and said no more.
  bool next(int& number) { return ::read(pipe_, &number, sizeof number) == sizeof number; }
  void kill() { ::kill(pid_, SIGKILL); }

  // What it returned; 1000 + n if signal n ended it.
  int wait() {
    int status = 0;
    if (pid_ > 0) ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
  }

 private:
  pid_t pid_ = 0;
  int pipe_ = -1;
};

}  // namespace entente
