// Session: a question's database, clocks and filter, resolved from what was typed.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/slice.h"
#include "graph/snapshot.h"
#include "schema/result.h"
#include "storage/store.h"
#include "tools/answer/question.h"

namespace entente {

// --db, else ENTENTE_DB, else the nearest `.entente` in this folder or one above; if there is none,
// `.entente` here.
std::filesystem::path database_directory(const Common& common);

// One question against one commit. Not thread-safe.
class Session {
 public:
  // Opens the database for reading. InvalidArgument for dates, types, labels or modes that cannot
  // be read; what Store::open refuses.
  static Result<Session> open(const Common& common, const When& when = {});

  // The same on a store that is open already. `load` gives the snapshot of a commit at all times, so
  // that a server can keep it for others; without it the session loads its own.
  using LoadSnapshot = std::function<Result<std::shared_ptr<const Snapshot>>(const ReadTransaction&, CommitId)>;
  static Result<Session> on(std::shared_ptr<const Store> store, const When& when, LoadSnapshot load = {});

  const ReadTransaction& read() const { return *read_; }
  const Ontology& ontology() const { return store_->ontology(); }
  const AsOf& as_of() const { return as_of_; }  // `recorded` is a commit that exists
  CommitId commit() const { return as_of_.recorded; }
  const std::string& database_id() const { return store_->database_id(); }

  // The node that a person means: exact name, else alias, else a document's name. NotFound with
  // the nearest names, InvalidArgument with the candidates if there are several.
  Result<NodeId> node_named(std::string_view name) const;

  // Loaded when first asked for: everything that may hold at the valid time asked for, and maybe more.
  Result<std::shared_ptr<const Snapshot>> snapshot();
  Result<Slice> slice(const Where& where, const std::vector<NodeId>& keep = {});

  // The command that asks this again, with both clocks filled in.
  std::string reproduce(const Question& question, const std::vector<std::string>& more = {}) const;

 private:
  Session() = default;
  Result<Filter> filter_of(const Where& where) const;

  std::shared_ptr<const Store> store_;
  LoadSnapshot load_;                    // after read_: it may count who reads
  std::optional<ReadTransaction> read_;  // before store_ goes
  AsOf as_of_;
  std::shared_ptr<const Snapshot> snapshot_;
};

// What a question was narrowed by beside the clocks, as typed: `type=AID, certain=true`.
std::string filter_text(const Where& where);

// A word as a shell takes it: in quotes if it needs them.
std::string shell_word(const std::string& word);

// `2024-09-02` for one day, else `FROM..TO` with the last day included; `..` is any time.
std::string window_text(const DayRange& window);

}  // namespace entente
