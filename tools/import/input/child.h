// Child: another program that is given a file and heard to its end.
//
// What it starts is ended and collected, whatever happens. Of one thread.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "schema/result.h"

namespace entente {

struct ChildCall {
  std::string program;                 // a path, or a name that is looked up in PATH
  std::vector<std::string> arguments;  // its own name first
  int input = -1;                      // a descriptor: its standard input, from where it stands
  int third = -1;                      // a descriptor that it gets as number 3; -1: none
  // A group of its own, no descriptor but those, signals as they are by default; else as ours.
  bool apart = false;
  bool errors_as_ours = false;  // else they go nowhere; a confined process may not open /dev/null for that
  std::optional<std::vector<std::string>> environment;  // `NAME=value`; else ours
};

class Child {
 public:
  // Unavailable if it cannot be started: it is not there, or no process can be made.
  static Result<Child> start(const ChildCall& call);
  ~Child();  // kills it, and its group if it is apart, unless it has ended
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;

  // All that it prints until it closes its output. LimitReached beyond `limit` bytes ("more text than one
  // document may") or `patience` ("more time"); it lives on then.
  Result<std::string> hear(std::size_t limit, std::optional<std::chrono::milliseconds> patience = std::nullopt);
  // How it ended, as waitpid has it. Waits for that; with `kill_first` not for long.
  int end(bool kill_first);

  pid_t number() const { return pid_; }

 private:
  Child(pid_t pid, int output, bool apart) : pid_(pid), output_(output), apart_(apart) {}
  pid_t pid_;  // -1: has ended
  int output_;
  bool apart_;
  int status_ = 0;
};

}  // namespace entente
