// What the crash tests write, and the oracle that says what must be there afterwards.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schema/claim.h"
#include "storage/store.h"
#include "tests/crash/child.h"

namespace rocksdb {
class FileSystem;
}

namespace entente {

// What a commit does.
enum class Deed { Import, Load, Retract, Merge, Purge };
std::string_view name_of(Deed deed);

// Commit k of a workload, and all that must be there after it, follow from (seed, k). Plain: commit k
// is document k. With verbs, of each eight commits five bring a document (the fourth of them as a
// bulk load of a table), then the third is retracted, two actors are merged, and the first is purged.
struct Workload {
  unsigned seed = 0;
  std::size_t largest = 64 << 10;  // text of a document, log-uniform from a byte, beside its few lines
  bool verbs = false;
  int rows = 60;  // of a table

  Deed deed(int k) const;
  bool brings_document(int k) const { return deed(k) == Deed::Import || deed(k) == Deed::Load; }
  DocumentId document_id(int k) const;  // of a commit that brings one
  std::string text(int k) const;
  Extract document(int k) const;
};

// Does commit k. `committing` tells whether it came to that, for an error before changes nothing.
Result<Commit> make_commit(Store& store, const Workload& workload, int k, bool* committing = nullptr);

// Commits k = first, first + 1, ... `count` of them (0: for ever), telling each when it is
// acknowledged. 0, or an exit code of what went wrong, with the reason on standard error.
int import_all(Store& store, const Workload& workload, int first, int count, const Tell& tell);

// What is wrong in a store that should hold commits 1 to `last` of the workload and no other; none.
std::optional<std::string> fault_of(const Store& store, const Workload& workload, int last);

// Opens the directory and looks at everything. Returns 0 if `check` is clean, commits 1 to `promised`
// are there byte for byte, and at most one more is. Tells the number of the last one.
int verify(const std::filesystem::path& directory, const Workload& workload, int promised, const Tell& tell);

// Prints the message and gives the code: how a child says what went wrong.
int fail(int code, const std::string& message);

}  // namespace entente
