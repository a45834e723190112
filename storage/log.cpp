#include "storage/log.h"

#include <map>

#include "schema/digest.h"
#include "storage/index.h"
#include "storage/key.h"

namespace entente {

Result<std::optional<LogEntry>> log_entry(const Rows& rows, CommitId id) {
  const auto bytes = rows.get(ColumnFamily::Log, key::of(id));
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<LogEntry>();
  auto entry = decode_log_entry(**bytes);
  if (!entry) return entry.error().within("commit " + std::to_string(id.value));
  if (entry->commit.id != id)
    return Error{Code::Corruption, "commit " + std::to_string(id.value) + " is stored as commit " +
                                       std::to_string(entry->commit.id.value)};
  return std::optional<LogEntry>(std::move(*entry));
}

Result<std::optional<CommitId>> commit_with_key(const Rows& rows, std::string_view key) {
  const auto bytes = rows.get(ColumnFamily::Meta, idempotency_row(key));
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<CommitId>();
  key::Parts parts(**bytes);
  const CommitId commit{parts.u64()};
  if (!parts.done()) return Error{Code::Corruption, "an idempotency key leads to no commit"};
  return std::optional(commit);
}

Status walk_log(const Rows& rows, const Head& head,
                const std::function<void(const LogEntry&)>& visit) {
  std::string previous(kDigestSize, '\0');
  Instant at = Instant::min();
  // Commits that a purge rewrote, until the record of that purge vouches for the body they have now.
  std::map<CommitId, std::pair<CommitId, std::string>> rewritten;
  for (CommitId id{1}; id <= head.commit; ++id.value) {
    const std::string which = "commit " + std::to_string(id.value);
    const auto entry = log_entry(rows, id);
    if (!entry) return entry.error();
    if (!*entry) return Error{Code::Corruption, which + " is missing from the log"};
    const Commit& commit = (*entry)->commit;
    if (commit.previous != previous)
      return Error{Code::Corruption, which + " does not follow the commit before it: the hash differs"};
    if (commit.at < at) return Error{Code::Corruption, which + " is older than the commit before it"};
    previous = commit.hash, at = commit.at;
    if ((*entry)->redacted_by) rewritten[id] = {(*entry)->redacted_by, (*entry)->body_digest};
    for (const Erasure& erasure : (*entry)->erasures) {
      const auto body = rewritten.find(erasure.commit);
      if (body != rewritten.end() && body->second == std::pair(id, erasure.digest)) rewritten.erase(body);
    }
    visit(**entry);
  }
  if (!rewritten.empty())
    return Error{Code::Corruption, "commit " + std::to_string(rewritten.begin()->first.value) +
                                       " was rewritten, and no purge vouches for what it says now"};
  if (previous != head.hash)
    return Error{Code::Corruption, "the last commit, " + std::to_string(head.commit.value) +
                                       ", is not the one that the store was left with"};
  const auto beyond = log_entry(rows, CommitId{head.commit.value + 1});
  if (!beyond) return beyond.error();
  if (*beyond) return Error{Code::Corruption, "the log goes on beyond the last commit"};
  return kOk;
}

}  // namespace entente
