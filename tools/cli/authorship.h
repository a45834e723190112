// Authorship: who makes a commit, and the note that the log keeps of it.
#pragma once
#include <chrono>
#include <string>

#include "schema/fact.h"
#include "tools/cli/command.h"

namespace entente {

struct Authorship {
  std::string author;  // --author
  std::string note;    // --note

  void declare(Command& command);
  // --author, else ENTENTE_AUTHOR, else the user's name, else `unknown`.
  std::string name() const;
};

// The wall clock, as commits record it.
Instant wall_clock();

}  // namespace entente
