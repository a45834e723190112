// Loading: very many edges from one table into a store, as it was typed. Command line and server do it with
// the same request and get the same outcome.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "storage/bulk.h"
#include "storage/store.h"

namespace entente {

struct LoadRequest {
  std::string path;  // of the table
  std::string file;  // what a person calls it, for messages
  std::string map, label, type;
  std::string relations;  // the path of a file; empty: the relations are names of edge types
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;
  std::uint32_t threads = 0;
  bool only_mapped = false;
  std::uint64_t most_refused = ~std::uint64_t{0};
  std::string title, publisher, published, url;
  std::string author, note;  // empty note: `load NAME`
};

struct LoadProgress {
  std::uint64_t rows = 0, file_bytes = 0, file_size = 0, edges = 0;
  bool writing = false;  // all rows are read
};

struct LoadRefusal {
  std::uint64_t row = 0;
  std::string why;  // with its line
};

struct LoadOutcome {
  std::uint64_t rows = 0, edges = 0, left_out = 0, refused = 0;
  std::vector<LoadRefusal> first;  // of the refused ones
  DocumentId document;
  bool already_there = false;  // a table of these bytes was loaded before: nothing changed
  std::uint64_t new_nodes = 0, matched_nodes = 0;
  CommitId commit;
  Status status = kOk;          // not: nothing was loaded
  bool fault_of_file = false;   // then: it cannot be read, or too many of its rows were refused
};

// Told now and then, more often than a person wants to see; false stops the load, which leaves no trace.
using TellProgress = std::function<bool(const LoadProgress& progress)>;

// Whatever can be wrong with what was typed, without reading the table.
Status check_load(const LoadRequest& request, const Ontology& ontology);
// Reads and checks all rows, changes nothing.
LoadOutcome try_load(const LoadRequest& request, const Ontology& ontology, const TellProgress& tell);
// Loads it, as one commit. Conflict if another write transaction is open; LimitReached if it was stopped.
LoadOutcome load_table(Store& store, const LoadRequest& request, Instant now, const TellProgress& tell);

}  // namespace entente
