#include "tools/serve/database.h"

#include <spdlog/spdlog.h>

#include <chrono>

#include "graph/image_cache.h"
#include "tools/answer/image_maker.h"

namespace entente::serve {
namespace {
constexpr std::size_t kSnapshotsKept = 4;
constexpr std::size_t kAnswerBytesKept = 64 * 1024 * 1024;

Instant now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}
}  // namespace

Database::Database(std::unique_ptr<Store> store, std::string name, ReadText read_text, std::chrono::milliseconds question_time)
    : store_(std::move(store)), name_(std::move(name)), read_text_(std::move(read_text)), question_time_(question_time),
      last_(store_->begin_read().last_commit().value) {}

CommitId Database::last_commit() const { return CommitId{last_.load()}; }

Result<Session> Database::ask(const When& when) const {
  // The session holds the token for as long as it reads.
  auto session = Session::on(store_, when, [this, token = readers_.enter()](const ReadTransaction& read, CommitId commit) {
    return snapshot(read, commit);
  });
  if (session) saw(session->read().last_commit());
  return session;
}

void Database::saw(CommitId commit) const {
  std::uint64_t last = last_;
  while (last < commit.value && !last_.compare_exchange_weak(last, commit.value)) {
  }
}

std::shared_ptr<const Snapshot> Database::kept_snapshot(CommitId commit) const {
  const std::lock_guard lock(snapshots_mutex_);
  for (auto it = snapshots_.begin(); it != snapshots_.end(); ++it)
    if (it->first == commit) {
      snapshots_.splice(snapshots_.begin(), snapshots_, it);
      return it->second;
    }
  return nullptr;
}

Result<std::shared_ptr<const Snapshot>> Database::snapshot(const ReadTransaction& read, CommitId commit) const {
  if (auto kept = kept_snapshot(commit)) return kept;
  const std::lock_guard turn(loading_);
  if (auto kept = kept_snapshot(commit)) return kept;  // another has loaded it since
  await_image_maker(store_->directory());
  // Of all times: a slice narrows it to the days of a question, so every question shares it.
  auto loaded = load_cached(read, store_->directory(), store_->database_id(), commit,
                            {.keep_while_above = 1024, .write = false});
  if (!loaded) return loaded.error();
  if (loaded->image_is_due) image_.write(*loaded, store_->directory(), store_->database_id());
  if (!loaded->warning.empty()) spdlog::warn("{}", loaded->warning);
  const std::lock_guard lock(snapshots_mutex_);
  snapshots_.emplace_front(commit, loaded->snapshot);
  if (snapshots_.size() > kSnapshotsKept) snapshots_.pop_back();
  return loaded->snapshot;
}

Result<Recorded> Database::import(const Upload& upload, const std::function<void()>& storing) {
  const auto extract = read_text_(upload);
  if (!extract) return extract.error();
  if (storing) storing();
  return record(*extract, upload.author.empty() ? "server" : upload.author,
                upload.note.empty() ? "import " + upload.name : upload.note, upload.idempotency_key);
}

Result<Recorded> Database::record(const Extract& extract, std::string_view author, const std::string& note, std::string_view key) {
  const std::lock_guard turn(writing_);
  auto recorded = entente::record(*store_, extract, author, note, now(), key);
  if (recorded) tell(recorded->commit);
  return recorded;
}

Result<VerbOutcome> Database::perform(VerbRequest request) {
  if (request.author.empty()) request.author = "server";
  const std::lock_guard turn(writing_);
  const auto outcome = request.verb == "purge" && !request.dry_run ? purge(request) : entente::perform(store_, request, now());
  if (outcome && outcome->commit) tell(outcome->commit);
  return outcome;
}

// What a reader sees would keep the purge from erasing it.
Result<VerbOutcome> Database::purge(const VerbRequest& request) {
  const Readers::Alone alone(readers_, 2 * question_time_);
  if (!alone)
    return Error{Code::Unavailable, "others read what a purge erases, and go on doing so; nothing was done: try again, or stop the server first"};
  forget_kept();
  image_.wait();
  auto outcome = entente::perform(store_, request, now());
  if (outcome && outcome->commit && when_erased_) when_erased_();
  return outcome;
}

void Database::forget_kept() {
  {
    const std::lock_guard lock(snapshots_mutex_);
    snapshots_.clear();
  }
  const std::lock_guard lock(keeping_);
  kept_.clear(), places_.clear(), kept_bytes_ = 0;
}

LoadOutcome Database::load(const LoadRequest& request, const TellProgress& tell_progress) {
  const std::lock_guard turn(writing_);
  auto outcome = load_table(*store_, request, now(), tell_progress);
  if (outcome.status && outcome.commit) tell(outcome.commit);
  return outcome;
}

void Database::tell(CommitId commit) {
  {
    const std::lock_guard lock(mutex_);  // of those who wait: none may miss it between a look and the wait
    saw(commit);
  }
  changed_.notify_all();
}

CommitId Database::wait_after(CommitId seen, std::chrono::milliseconds most) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, most, [&] { return stopped_ || last_commit() > seen; });
  return last_commit();
}

void Database::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
}

bool Database::stopped() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

std::shared_ptr<const KeptAnswer> Database::kept(const std::string& key) const {
  const std::lock_guard lock(keeping_);
  const auto found = places_.find(key);
  if (found == places_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found->second);
  return found->second->second;
}

void Database::keep(const std::string& key, std::shared_ptr<const KeptAnswer> answer) {
  if (answer->body->size() > kAnswerBytesKept / 8) return;
  const std::lock_guard lock(keeping_);
  if (places_.count(key) != 0) return;
  kept_bytes_ += answer->body->size() + key.size();
  kept_.emplace_front(key, std::move(answer));
  places_[key] = kept_.begin();
  while (kept_bytes_ > kAnswerBytesKept) {
    kept_bytes_ -= kept_.back().second->body->size() + kept_.back().first.size();
    places_.erase(kept_.back().first);
    kept_.pop_back();
  }
}

}  // namespace entente::serve
