#include "tests/bench/child.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace entente::bench {

Child::Child(const std::vector<std::string>& command) {
  int ends[2];
  if (::pipe(ends) != 0) std::perror("bench: pipe"), std::exit(1);
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::dup2(ends[1], 1);
    ::close(ends[0]);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execvp(words[0], words.data());
    std::perror(words[0]);
    ::_exit(127);
  }
  ::close(ends[1]);
  out_ = ends[0];
}

Child::Child(const std::function<void()>& work) {
  process_ = ::fork();
  if (process_ != 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  work();
  ::_exit(0);
}

Child::~Child() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
  if (out_ >= 0) ::close(out_);
}

std::string Child::read_until(const std::string& word) {
  std::string text;
  for (char c; ::read(out_, &c, 1) == 1;) {
    text += c;
    if (c == '\n' && text.find(word) != std::string::npos) return text;
  }
  std::fprintf(stderr, "bench: a program ended before it said '%s': %s\n", word.c_str(), text.c_str());
  std::exit(1);
}

std::string Child::read_all() {
  std::string text;
  char piece[4096];
  for (ssize_t got; (got = ::read(out_, piece, sizeof piece)) > 0;) text.append(piece, std::size_t(got));
  return text;
}

std::size_t Child::resident_kib() const {
  std::ifstream status("/proc/" + std::to_string(process_) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::size_t(std::atoll(line.c_str() + 6));
  return 0;
}

}  // namespace entente::bench
