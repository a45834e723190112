// Inside storage: the way from several write transactions to one row of commits.
//
// Transactions run side by side, each on the commit at which it began. The first that wants to
// commit leads: it makes all that wait, one after the other in order of arrival, into one batch,
// and writes that with one sync; the others only wait. While it writes, the next may already make
// its batch, on top of what is being written, and goes on adding to it until the disk is free: so
// commits that wait together share a sync, and never more than one batch is being made, nor written.
// If a batch fails to be written, the one made on top of it is thrown away.
//
// First committer wins: each commit stamps what it changed and what it built on; one that began
// before and changed the same, or built on what has ended, gets Code::Conflict.
#pragma once
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>

#include "schema/fact.h"
#include "schema/result.h"

namespace entente {

// What a transaction changes, and what it builds on, as words that a message can use.
struct Footprint {
  std::set<std::string> changes;      // nobody else may have changed these
  std::set<std::string> uses;         // others may use these too
  std::set<std::string> used_by_none;  // what this one ends: nobody may have come to use these
};

struct PendingCommit {
  struct WriteState* state = nullptr;
  Footprint footprint;
  std::string_view author, note, key;
  Instant now;
  Result<Commit> result = Error{Code::Unavailable, "not committed"};
  bool taken = false;  // by one that leads
  bool done = false;
  std::condition_variable turn;  // it is done, or is to lead
};

struct CommitQueue {
  std::mutex mutex;  // of all below but the counters
  std::deque<PendingCommit*> waiting;
  bool making = false, writing = false;       // somebody makes a batch, somebody writes one
  std::shared_ptr<const struct Head> coming;  // where the store will stand when that is written
  std::condition_variable progress;           // for the one that makes: more wait, or that is written
  bool loading = false;  // a bulk load is under way: no write transaction may begin
  std::multiset<CommitId> open;                      // where open write transactions began
  std::unordered_map<std::string, CommitId> stamps;  // since the oldest of them: thing -> last commit

  std::uint64_t versions_flushed = 0;  // how many had ended at the last flush; of the one that writes

  // The next free ids: given out at once, so that transactions never share one.
  std::atomic<std::uint64_t> next_node = 1, next_edge = 1, next_statement = 1, next_document = 1;
  void raise_to(const struct Head& head);
};

// Queues the commit and returns when it is done, one way or the other.
Result<Commit> commit_in_turn(WriteState& state, std::string_view author, std::string_view note,
                              Instant now, std::string_view key);

}  // namespace entente
