// System calls that fail. Linked into a test, this file's write, pwrite, fsync, fdatasync, ftruncate,
// rename, link, mkdir and open stand before those of the C library, for RocksDB too: nothing is
// preloaded, so it works beside a sanitizer. They pass on to the kernel unless a fault is armed.
#pragma once
#include <filesystem>

namespace entente {

struct Fault {
  int at = 0;     // the n-th call fails, or the first after it to which such an error can happen
  int error = 0;  // ENOSPC: what needs space (a write first comes out short); EMFILE: open; EIO: all
  bool sticky = false;  // from then on all such calls do
};

// Counts from now on, in this process, the calls on regular files and folders (for open, rename, link
// and mkdir: below that folder), and fails as said. `at` 0: only counts.
void arm(const std::filesystem::path& below, const Fault& fault);
void disarm();

struct Calls {
  int made = 0, failed = 0;
  const char* first_failed = "";  // the name of the call
};
Calls calls();

}  // namespace entente
