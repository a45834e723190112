// Database: the one store that a server has open, what it keeps ready, and the line of writers.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "schema/claim.h"
#include "storage/store.h"
#include "tools/answer/load.h"
#include "tools/answer/record.h"
#include "tools/answer/session.h"
#include "tools/answer/verbs.h"
#include "tools/serve/image_writer.h"
#include "tools/serve/readers.h"
#include "tools/serve/watch.h"

namespace entente::serve {

// What a client says about a text that it uploads.
struct Upload {
  std::string name;
  std::string text;  // or a page or a PDF, as `type` says
  std::string type = "text/plain";
  std::string title, publisher, published, url;
  std::string author, note, idempotency_key;
};
// Reads a text into claims: the importer, given from outside, for serving knows no language.
using ReadText = std::function<Result<Extract>(const Upload& upload)>;

// A finished answer, as it goes over the wire.
struct KeptAnswer {
  std::shared_ptr<const std::string> body;
  std::string etag;
  bool compressed = false;
};

// All from any thread. Snapshots and answers are kept by commit, so nothing kept is ever stale.
class Database {
 public:
  // `question_time`: a question that takes longer is stopped.
  Database(std::unique_ptr<Store> store, std::string name, ReadText read_text,
           std::chrono::milliseconds question_time = std::chrono::seconds(30));

  const std::string& name() const { return name_; }
  const Store& store() const { return *store_; }
  std::chrono::milliseconds question_time() const { return question_time_; }
  Watch& watch() { return watch_; }
  CommitId last_commit() const;

  // A session of one commit. Its snapshot is shared with others of that commit.
  Result<Session> ask(const When& when) const;

  // One document, one commit. Waits for its turn; says when it begins to store what was read.
  Result<Recorded> import(const Upload& upload, const std::function<void()>& storing = {});
  // The same of claims that somebody else has read.
  Result<Recorded> record(const Extract& extract, std::string_view author, const std::string& note, std::string_view key);

  // A verb, as its words and options were typed. Waits for its turn. A purge also waits until nobody reads,
  // for at most twice the time of a question (else Unavailable), keeps others from beginning, and forgets
  // every answer and snapshot that is kept.
  Result<VerbOutcome> perform(VerbRequest request);

  // A table of edges, as one commit. Waits for its turn; the others that write wait until it is done.
  LoadOutcome load(const LoadRequest& request, const TellProgress& tell);

  // Called after a purge: for those who keep answers elsewhere. Set before anything is asked.
  void when_erased(std::function<void()> forget) { when_erased_ = std::move(forget); }

  // Waits until there is a commit after `seen`, the time is over, or the server stops. Gives the last.
  CommitId wait_after(CommitId seen, std::chrono::milliseconds most) const;
  void stop();
  bool stopped() const;

  std::shared_ptr<const KeptAnswer> kept(const std::string& key) const;
  void keep(const std::string& key, std::shared_ptr<const KeptAnswer> answer);

 private:
  Result<VerbOutcome> purge(const VerbRequest& request);
  void forget_kept();
  void saw(CommitId commit) const;  // it is there; so no answer from now on is older
  void tell(CommitId commit);  // those that wait for one
  Result<std::shared_ptr<const Snapshot>> snapshot(const ReadTransaction& read, CommitId commit) const;
  std::shared_ptr<const Snapshot> kept_snapshot(CommitId commit) const;

  const std::shared_ptr<Store> store_;
  const std::string name_;
  const ReadText read_text_;
  const std::chrono::milliseconds question_time_;
  std::function<void()> when_erased_;
  std::mutex writing_;
  mutable Readers readers_;
  Watch watch_;

  mutable std::mutex mutex_;  // of stopped_, and of waiting for last_ to change
  mutable std::condition_variable changed_;
  mutable std::atomic<std::uint64_t> last_;
  bool stopped_ = false;

  mutable std::mutex loading_;    // one snapshot is loaded at a time; taken before snapshots_mutex_
  mutable std::mutex snapshots_mutex_;  // of snapshots_: held for moments, so who needs one that is there gets it
  mutable std::list<std::pair<CommitId, std::shared_ptr<const Snapshot>>> snapshots_;  // newest use first
  mutable ImageWriter image_;

  using Kept = std::list<std::pair<std::string, std::shared_ptr<const KeptAnswer>>>;
  mutable std::mutex keeping_;  // of kept_, places_, kept_bytes_
  mutable Kept kept_;           // newest use first
  mutable std::unordered_map<std::string, Kept::iterator> places_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace entente::serve
