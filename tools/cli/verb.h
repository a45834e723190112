// What the commands that change what is stored share: who does it, under which key, really or not, and how
// it is told afterwards.
#pragma once
#include "tools/answer/verbs.h"
#include "tools/cli/authorship.h"
#include "tools/cli/command.h"

namespace entente {

struct Doing {
  Authorship authorship;
  std::string key;  // --key
  bool dry_run = false;

  void declare(Command& command);
};

// Does it, here or through the server that has the database open, and prints what was done, the commit, and
// how to take it back.
ExitCode carry_out(const Question& question, const Doing& doing, VerbRequest request);

// The options of a request that were typed: not empty, a flag that is on, a list with something in it.
void put_option(VerbRequest& request, const char* name, const std::string& value);
void put_option(VerbRequest& request, const char* name, const std::vector<std::string>& values);
void put_flag(VerbRequest& request, const char* name, bool on);

}  // namespace entente
