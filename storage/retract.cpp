// Taking back: a statement, an edge, a document, what a commit recorded.
#include <algorithm>

#include "storage/documents.h"
#include "storage/log.h"
#include "storage/support.h"
#include "storage/verbs.h"
#include "storage/write.h"

namespace entente {
namespace {
Result<LogEntry> entry_of(const WriteState& state, CommitId commit) {
  auto entry = log_entry(state.rows, commit);
  if (!entry) return entry.error();
  if (!*entry) return Error{Code::NotFound, "there is no commit " + std::to_string(commit.value)};
  return std::move(**entry);
}
}  // namespace

Status may_act(const WriteState& state) {
  if (state.finished) return Error{Code::InvalidArgument, "this transaction is over; begin another"};
  if (!state.exclusive) return kOk;
  return Error{Code::InvalidArgument, "merge, unmerge, undo and purge are a commit of their own: commit first"};
}

Status act_alone(WriteState& state) {
  if (state.finished) return Error{Code::InvalidArgument, "this transaction is over; begin another"};
  if (state.exclusive || !state.acts.empty())
    return Error{Code::InvalidArgument,
                 "merge, unmerge, undo and purge are a commit of their own: commit what was done before"};
  state.exclusive = true;
  return kOk;
}

Status WriteTransaction::retract_statement(EdgeId edge, StatementId statement) {
  if (auto free = may_act(*state_); !free) return free;
  if (const auto living = living_edge(*state_, edge); !living) return living.error();
  const auto gone = withdraw(*state_, edge, [&](const Statement& each) { return each.id == statement; });
  if (!gone) return gone.error();
  if (*gone == 0)
    return Error{Code::NotFound, "edge " + std::to_string(edge.value) + " has no statement " +
                                     std::to_string(statement.value)};
  state_->acts.push_back({Verb::Retract, Subject::Statement, statement.value, edge.value});
  return end_unsupported(*state_);
}

Status WriteTransaction::retract_edge(EdgeId edge) {
  if (auto free = may_act(*state_); !free) return free;
  if (const auto living = living_edge(*state_, edge); !living) return living.error();
  const auto gone = withdraw(*state_, edge, [](const Statement&) { return true; });
  if (!gone) return gone.error();
  state_->acts.push_back({Verb::Retract, Subject::Edge, edge.value, 0});
  return end_unsupported(*state_);
}

Status WriteTransaction::retract_document(DocumentId document) {
  if (auto free = may_act(*state_); !free) return free;
  if (auto retracted = entente::retract_document(*state_, document); !retracted) return retracted;
  state_->acts.push_back({Verb::Retract, Subject::Document, document.value, 0});
  return end_unsupported(*state_);
}

Status WriteTransaction::retract_commit(CommitId commit) {
  if (auto free = may_act(*state_); !free) return free;
  const auto entry = entry_of(*state_, commit);
  if (!entry) return entry.error();
  for (const DocumentHeader& header : entry->documents) {
    const auto change = touch_document(*state_, header.document.id);
    if (!change) return change.error();
    if (header.document.retracted || !*change || (*change)->after->document.retracted) continue;
    if (auto done = entente::retract_document(*state_, header.document.id); !done) return done;
  }
  for (const Edge& edge : entry->edges) {
    const auto gone = withdraw(*state_, edge.id, [&](const Statement& each) { return each.since == commit; });
    if (!gone) return gone.error();
  }
  state_->acts.push_back({Verb::Retract, Subject::Commit, commit.value, 0});
  return end_unsupported(*state_);
}

}  // namespace entente
