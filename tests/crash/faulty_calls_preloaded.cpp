// Arms the faults of the program that this is loaded into: ENTENTE_FAULT="AT ERROR STICKY FOLDER",
// numbers and a path. At the end the file ENTENTE_FAULT_REPORT has "MADE FAILED".
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/crash/faulty_calls.h"

namespace {
__attribute__((constructor)) void begin() {
  const char* said = std::getenv("ENTENTE_FAULT");
  int at = 0, error = 0, sticky = 0, used = 0;
  if (said && std::sscanf(said, "%d %d %d %n", &at, &error, &sticky, &used) == 3)
    entente::arm(said + used, {at, error, sticky != 0});
}

__attribute__((destructor)) void end() {
  entente::disarm();
  const char* path = std::getenv("ENTENTE_FAULT_REPORT");
  if (!path) return;
  const int file = ::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  char line[64];
  const int length = std::snprintf(line, sizeof line, "%d %d", entente::calls().made, entente::calls().failed);
  if (file >= 0 && ::write(file, line, std::size_t(length)) == length) ::close(file);
}
}  // namespace
