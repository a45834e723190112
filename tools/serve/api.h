// The interface: every address under /v1, each a route with a sentence of what it answers.
//
// Answers are the objects that the command line prints with --json. `entente help json` has the shapes.
#pragma once
#include "tools/serve/database.h"
#include "tools/serve/jobs.h"
#include "tools/serve/router.h"
#include "tools/serve/server.h"

namespace entente::serve {

void add_questions(Router& router, Database& database);  // search, entities, paths, rank, timeline, slice, diff
void add_facts(Router& router, Database& database);      // about, facts, documents, commits
void add_files(Router& router, Database& database);      // export, snapshots
void add_imports(Router& router, Database& database, Jobs& jobs);  // import, jobs
// What an import is answered with; the work of Jobs.
Response imported(const Upload& upload, Database& database, const std::function<void()>& storing);
void add_verbs(Router& router, Database& database);      // retract, correct, merge, undo, ...
void add_changes(Router& router, Database& database);    // the stream of commits
// Health, metrics, the description of the interface: last, for it describes the routes before it.
void add_service(Router& router, Database& database, const Counts& counts);
void add_page(Router& router);  // the web page, if it was built

}  // namespace entente::serve
