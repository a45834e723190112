// The commit log as a chain: each record carries the hash of the one before.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "schema/codec.h"
#include "storage/rows.h"

namespace entente {

// The record of one commit; nothing if there is none of that number.
Result<std::optional<LogEntry>> log_entry(const Rows& rows, CommitId id);

// The commit of an idempotency key; nothing if none had it.
Result<std::optional<CommitId>> commit_with_key(const Rows& rows, std::string_view key);

// Walks the whole chain from the first commit to `head`, checking number, order of times, and each
// hash against the next record. Corruption names the first commit that is wrong.
Status walk_log(const Rows& rows, const Head& head, const std::function<void(const LogEntry&)>& visit);

}  // namespace entente
