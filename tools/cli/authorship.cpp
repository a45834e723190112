#include "tools/cli/authorship.h"

#include <cstdlib>

namespace entente {

void Authorship::declare(Command& command) {
  command.option("--author", &author, "who does this; else ENTENTE_AUTHOR or the user's name", "NAME")
      .option("--note", &note, "a note for the log", "TEXT");
}

std::string Authorship::name() const {
  if (!author.empty()) return author;
  for (const char* variable : {"ENTENTE_AUTHOR", "USER", "LOGNAME"})
    if (const char* value = std::getenv(variable); value && *value) return value;
  return "unknown";
}

Instant wall_clock() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace entente
