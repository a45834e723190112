#include "storage/commit_queue.h"

#include <rocksdb/db.h>

#include <map>

#include "schema/digest.h"
#include "schema/name.h"
#include "storage/batch.h"
#include "storage/log.h"
#include "storage/options.h"
#include "storage/purge.h"

namespace entente {
namespace {

constexpr std::size_t kLargestGroup = 256;

std::string numbered(const char* word, std::uint64_t id) { return word + std::to_string(id); }

bool gone_or_other(const Change<Node>& change) {
  return change.before && (!change.after || change.after->merged_into != change.before->merged_into ||
                           change.after->label != change.before->label);
}

void add(Footprint& all, const Edge& edge, const std::optional<Edge>& before) {
  for (const NodeId node : {edge.head, edge.tail}) all.uses.insert(numbered("node ", node.value));
  for (const Statement& statement : edge.statements) {
    const bool old = before && std::any_of(before->statements.begin(), before->statements.end(),
                                           [&](const Statement& other) { return other.id == statement.id; });
    if (!old) all.uses.insert(numbered("document ", statement.evidence.document.value));
    if (statement.speaker) all.uses.insert(numbered("node ", statement.speaker.value));
  }
}

Footprint footprint_of(const WriteState& state) {
  Footprint all;
  for (const auto& [id, change] : state.nodes) {
    if (!change.altered()) continue;
    if (change.before) all.changes.insert(numbered("node ", id.value));
    if (gone_or_other(change)) all.used_by_none.insert(numbered("node ", id.value));
  }
  for (const auto& [folded, id] : state.names) {
    const auto& change = state.nodes.at(id);
    if (change.altered() && change.after)
      all.changes.insert("the name '" + folded + "' of label " + std::to_string(change.after->label.value));
  }
  for (const auto& [id, change] : state.edges) {
    if (!change.altered()) continue;
    if (change.before) all.changes.insert(numbered("edge ", id.value));
    if (change.after) add(all, *change.after, change.before);
    const bool moved = change.after && (!change.before || change.before->head != change.after->head ||
                                        change.before->tail != change.after->tail);
    if (moved)
      all.changes.insert("what joins nodes " + std::to_string(std::min(change.after->head, change.after->tail).value) +
                         " and " + std::to_string(std::max(change.after->head, change.after->tail).value) +
                         " by type " + std::to_string(change.after->type.value));
  }
  for (const auto& [id, change] : state.documents) {
    if (!change.altered()) continue;
    if (change.before) all.changes.insert(numbered("document ", id.value));
    if (change.before && change.after->document.retracted)
      all.used_by_none.insert(numbered("document ", id.value));
    if (!change.after->document.retracted)
      all.changes.insert("the document with digest " + hex(change.after->document.digest));
  }
  return all;
}

// The first thing that somebody else stamped since the transaction began.
std::optional<Error> conflict_of(const WriteState& state, const Footprint& all) {
  const auto clash = [&](const std::string& stamped, const std::string& thing, const char* what) -> std::optional<Error> {
    const auto found = state.store.queue.stamps.find(stamped);
    if (found == state.store.queue.stamps.end() || found->second <= state.head.commit) return std::nullopt;
    return Error{Code::Conflict, "conflict: " + thing + what + " by commit " + std::to_string(found->second.value) +
                                     ", after this transaction began at commit " +
                                     std::to_string(state.head.commit.value) + "; not committed, begin again"};
  };
  for (const std::string& thing : all.changes)
    if (auto error = clash(thing, thing, " was changed")) return error;
  for (const std::string& thing : all.uses)
    if (auto error = clash("the end of " + thing, thing, " was ended or merged")) return error;
  for (const std::string& thing : all.used_by_none)
    if (auto error = clash("the use of " + thing, thing, " came to be used")) return error;
  return std::nullopt;
}

void stamp(CommitQueue& queue, const Footprint& all, CommitId commit) {
  for (const std::string& thing : all.changes) queue.stamps[thing] = commit;
  for (const std::string& thing : all.uses) queue.stamps["the use of " + thing] = commit;
  for (const std::string& thing : all.used_by_none) queue.stamps["the end of " + thing] = commit;
}

bool changes_nothing(const WriteState& state) {
  const auto unaltered = [](const auto& change) { return !change.second.altered(); };
  return !state.purge && std::all_of(state.nodes.begin(), state.nodes.end(), unaltered) &&
         std::all_of(state.edges.begin(), state.edges.end(), unaltered) &&
         std::all_of(state.documents.begin(), state.documents.end(), unaltered);
}

// One batch in the making: commits one after the other, each on the one before.
class Group {
 public:
  // On top of `coming`, or of what the store has.
  Group(StoreState& store, const std::shared_ptr<const Head>& coming)
      : store_(store), rows_(store), sees_all_(!coming), batch_(store) {
    if (auto stopped = stopped_writing()) {
      refusal_ = std::move(stopped);
    } else if (coming) {
      head_ = *coming;
    } else if (auto head = rows_->head()) {
      head_ = std::move(*head);
    } else {
      refusal_ = head.error().within("not committed");
    }
  }

  // Where the store will stand; null if this changes nothing of that.
  std::shared_ptr<const Head> coming() const {
    return refusal_ ? nullptr : std::make_shared<const Head>(head_);
  }
  bool sees_all() const { return sees_all_; }
  std::size_t size() const { return all_.size(); }
  bool is_full() const { return size() >= kLargestGroup || (size() > 0 && all_.back()->state->purge); }
  const std::vector<PendingCommit*>& all() const { return all_; }

  void add(PendingCommit& pending) {
    all_.push_back(&pending);
    if (refusal_) return set(pending, *refusal_);
    WriteState& state = *pending.state;
    if (!pending.key.empty()) {
      auto first = made_with(pending.key);
      if (!first) return set(pending, first.error());
      if (*first) return set(pending, std::move(**first));
    }
    if (changes_nothing(state)) {
      Commit none;
      none.id = head_.commit, none.at = head_.at, none.hash = head_.hash;
      return set(pending, none);
    }
    {
      const std::lock_guard lock(store_.queue.mutex);
      if (auto error = conflict_of(state, pending.footprint)) return set(pending, *error);
      stamp(store_.queue, pending.footprint, CommitId{head_.commit.value + 1});
    }
    LogEntry entry;
    entry.commit.id = CommitId{head_.commit.value + 1};
    entry.commit.at = std::max(pending.now, head_.at);  // never backwards, even if the clock goes
    entry.commit.author = pending.author;
    entry.commit.note = pending.note;
    entry.commit.previous = head_.hash;
    entry.key = pending.key;
    entry.acts = state.acts;
    entry.commit.verb = verb_of(entry.acts);
    Head head = head_;
    put_changes(batch_, state, entry, head);
    if (state.purge)
      if (auto erased = erase_rows(batch_, *rows_, *state.purge, entry, head); !erased)
        return fail_ = true, set(pending, erased.error());
    const std::string record = encode(entry);
    head.commit = entry.commit.id;
    head.at = entry.commit.at;
    head.hash = hash_of_record(record);
    batch_.put(ColumnFamily::Log, key::of(head.commit), record);
    for (const IndexEntry& row : entries_of(entry)) batch_.put(row.family, row.key, row.value);
    entry.commit.hash = head.hash;
    entry.commit.nodes = std::uint32_t(entry.nodes.size());
    entry.commit.edges = std::uint32_t(entry.edges.size());
    entry.commit.documents = std::uint32_t(entry.documents.size());
    head_ = head;
    if (!pending.key.empty()) keys_.emplace(pending.key, entry.commit);
    made_.push_back(&pending);
    set(pending, std::move(entry.commit));
  }

  // No more is added. What a purge erased is let go only when no snapshot holds it.
  void finish() {
    rows_.reset();
    if (made_.empty() || fail_) return;
    const CommitQueue& ids = store_.queue;
    head_.next_node = ids.next_node, head_.next_edge = ids.next_edge;
    head_.next_statement = ids.next_statement, head_.next_document = ids.next_document;
    batch_.put(ColumnFamily::Meta, meta::kHead, encode(head_));
  }

  void write() {
    // The batch that this one stands on may have failed since; then nothing of it is true.
    if (const auto stopped = stopped_writing())
      for (PendingCommit* pending : all_)
        if (pending->result) set(*pending, *stopped);
    if (made_.empty() || fail_ || !made_.front()->result) return;
    const rocksdb::Status status = store_.db->Write(synced_write_options(), &batch_.get());
    if (status.ok()) {
      store_.acknowledge(head_);
      return flush_ended();
    }
    {
      const std::lock_guard lock(store_.mutex);
      store_.failed = true;
    }
    // RocksDB may have the records on disk or not; only opening again tells.
    for (PendingCommit* pending : made_)
      pending->result = Error{Code::Unavailable,
                              "outcome unknown: commit " + std::to_string(pending->result->id.value) +
                                  " met an I/O error (" + status.ToString() +
                                  "); nothing more is written: open the database again and look"};
  }

 private:
  // What has ended lies between what lives in RocksDB's memtables, and every scan steps over it: a
  // hundred versions of each edge made reading the present seven times as slow. A flush leaves it out.
  void flush_ended() {
    CommitQueue& queue = store_.queue;
    const std::uint64_t bearable = std::clamp<std::uint64_t>(head_.edges / 4, 256, 4096);
    if (head_.versions < queue.versions_flushed + bearable) return;
    queue.versions_flushed = head_.versions;
    rocksdb::FlushOptions beside;
    beside.wait = false;
    // Only speed hangs on it; if the disk failed, the next commit says so.
    (void)store_.db->Flush(beside, store_.handles);
  }

  std::optional<Error> stopped_writing() const {
    const std::lock_guard lock(store_.mutex);
    if (!store_.failed) return std::nullopt;
    return Error{Code::Unavailable, "not committed: " + store_.directory.string() +
                                        " stopped writing after an I/O error; open it again"};
  }

  static void set(PendingCommit& pending, Result<Commit> result) { pending.result = std::move(result); }

  Result<std::optional<Commit>> made_with(std::string_view key) {
    if (const auto found = keys_.find(std::string(key)); found != keys_.end()) return std::optional(found->second);
    const auto known = commit_with_key(*rows_, key);
    if (!known) return known.error();
    if (!*known) return std::optional<Commit>();
    const auto entry = log_entry(*rows_, **known);
    if (!entry) return entry.error();
    if (!*entry) return Error{Code::Corruption, "an idempotency key leads to no commit"};
    return std::optional((*entry)->commit);
  }

  StoreState& store_;
  std::optional<Rows> rows_;
  const bool sees_all_;  // that was made before: nothing is being written
  std::optional<Error> refusal_;  // of all
  Head head_;
  RowBatch batch_;
  std::map<std::string, Commit> keys_;
  std::vector<PendingCommit*> all_, made_;
  bool fail_ = false;
};

// Those that may go into that batch now. A purge goes alone, for it rewrites what is on disk; and like one
// with an idempotency key it looks at what is stored, so that must be all there is.
std::vector<PendingCommit*> take_for(const Group* batch, CommitQueue& queue) {
  std::vector<PendingCommit*> taken;
  const std::size_t before = batch ? batch->size() : 0;
  while (!queue.waiting.empty() && before + taken.size() < kLargestGroup) {
    PendingCommit& next = *queue.waiting.front();
    const bool looks = next.state->purge || !next.key.empty();
    if (looks && (batch ? !batch->sees_all() : queue.writing)) break;
    if (next.state->purge && before + taken.size() > 0) break;
    next.taken = true;
    taken.push_back(&next);
    queue.waiting.pop_front();
    if (next.state->purge) break;
  }
  return taken;
}

// Makes a batch of what waits, until the disk is free, and writes it.
void lead(StoreState& store, std::unique_lock<std::mutex>& lock) {
  CommitQueue& queue = store.queue;
  queue.making = true;
  std::optional<Group> batch;
  for (;;) {
    const auto more = batch && batch->is_full() ? std::vector<PendingCommit*>() : take_for(batch ? &*batch : nullptr, queue);
    if (more.empty()) {
      if (!queue.writing) break;
      queue.progress.wait(lock);
      continue;
    }
    const auto coming = queue.coming;
    lock.unlock();
    if (!batch) batch.emplace(store, coming);
    for (PendingCommit* pending : more) batch->add(*pending);
    lock.lock();
    if (!queue.writing) break;
  }
  batch->finish();
  queue.making = false, queue.writing = true;
  queue.coming = batch->coming();
  if (!queue.waiting.empty()) queue.waiting.front()->turn.notify_one();  // makes the next
  lock.unlock();
  batch->write();
  lock.lock();
  queue.writing = false, queue.coming = nullptr;
  queue.progress.notify_one();
  for (PendingCommit* each : batch->all()) {
    each->done = true;
    each->turn.notify_one();
  }
  lock.unlock();
  batch.reset();
  lock.lock();
}
}  // namespace

void CommitQueue::raise_to(const Head& head) {
  const auto raise = [](std::atomic<std::uint64_t>& counter, std::uint64_t to) {
    if (counter < to) counter = to;
  };
  raise(next_node, head.next_node), raise(next_edge, head.next_edge);
  raise(next_statement, head.next_statement), raise(next_document, head.next_document);
}

Result<Commit> commit_in_turn(WriteState& state, std::string_view author, std::string_view note,
                              Instant now, std::string_view key) {
  CommitQueue& queue = state.store.queue;
  PendingCommit pending;
  pending.state = &state, pending.author = author, pending.note = note, pending.key = key, pending.now = now;
  pending.footprint = footprint_of(state);  // here, beside the one that leads
  std::unique_lock lock(queue.mutex);
  queue.waiting.push_back(&pending);
  queue.progress.notify_one();
  while (!pending.done) {
    if (queue.making || pending.taken) {
      pending.turn.wait(lock);
    } else {
      lead(state.store, lock);
    }
  }
  return std::move(pending.result);
}

}  // namespace entente
