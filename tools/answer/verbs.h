// Verbs: what a person may do to what is stored, as it was typed. Command line and server ask for it with
// the same request and get the same outcome.
#pragma once
#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/store.h"
#include "tools/answer/session.h"

namespace entente {

struct VerbRequest {
  std::string verb;  // one of verbs(), by name
  std::vector<std::string> words;
  std::map<std::string, std::vector<std::string>> options;  // by name, without dashes; a flag has no value
  std::string author, note;
  std::string key;       // idempotency key: a request with a key that was known before does nothing again
  bool dry_run = false;  // tells what it would do
};

struct VerbOutcome {
  std::vector<std::string> done;  // a sentence each: `document 3 (Where the cartel buys) retracted`
  Effect effect;
  CommitId commit;        // 0: a dry run, or there was nothing to change
  bool repeated = false;  // the key was known: `commit` is the one that it made
  bool undoable = true;   // by `undo` of the commit
  EdgeId edge, next;      // of correct, where the claim stands now; of change, what ended and what follows
};

// The words and options of each verb:
//   retract         KIND WHICH...       KIND: statement, edge, document, commit
//   correct         EDGE                statement; head, tail, type, valid, mode, negated, asserted, confidence,
//                                       set, drop
//   correct-node    NODE                name, alias, label, set, drop
//   change          EDGE                at, document, quote; speaker, confidence; next-head, next-tail,
//                                       next-type, next-mode
//   merge           SURVIVOR GONE
//   unmerge         GONE
//   apart           ONE OTHER           the two are two: the pair is not listed as a possible duplicate again
//   undo            COMMIT
//   purge           KIND WHICH          KIND: document, node; yes
std::vector<std::string_view> verbs();

// Looks up what was named, does it, and commits. All of it or nothing. InvalidArgument and NotFound name what
// was wrong; Conflict and what WriteTransaction::commit says of a failure.
Result<VerbOutcome> perform(const std::shared_ptr<Store>& store, const VerbRequest& request, Instant now);

boost::json::object to_json(const VerbRequest& request);
Result<VerbRequest> verb_request_of(const boost::json::object& object);
boost::json::object to_json(const VerbOutcome& outcome);
Result<VerbOutcome> verb_outcome_of(const boost::json::object& object);

}  // namespace entente
