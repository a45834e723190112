// check: every fact has its index entries, every index entry its fact, and the log tells the same.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "schema/result.h"
#include "storage/store.h"

namespace entente {

struct CheckReport {
  std::vector<std::string> faults;  // one sentence each, at most kMostFaults; empty is clean
  std::uint64_t nodes = 0, edges = 0, statements = 0, documents = 0, commits = 0, versions = 0;
  std::uint64_t index_entries = 0;  // that were compared, both ways
  bool clean() const { return faults.empty(); }
};
inline constexpr std::size_t kMostFaults = 100;

// Reads everything: every record decodes and is stored under its own key; ends, labels, types and
// documents exist; edges are what their statements make of them; texts have their digests and
// quotes lie inside them; every index is recounted from the facts and back; ended versions follow
// one another; the log is an unbroken chain whose last versions are the live facts; counters agree.
// An error is only what keeps it from looking; damage is in the report. O(size of the store) time;
// memory: about 40 bytes for each fact and 60 for each node, nothing for index entries.
Result<CheckReport> check(const Store& store);

}  // namespace entente
