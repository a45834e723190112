// Statements and the edges that they support: joining one, and taking one back.
#pragma once
#include <functional>

#include "storage/assemble.h"
#include "storage/transaction_state.h"

namespace entente {

struct Support {
  EdgeId edge;                 // that the statements went to
  bool made = false;           // no edge would take them, so this one is new
  std::size_t statements = 0;  // that are new there; 0: the edge has them all already
};

// Gives the statements of `claimed` to the edge that they support: of the same triple, mode and
// negation, with properties that agree and compatible bounds; the one with the same bounds if there
// is one, else the oldest; else a new edge. Statements without an id get one. If `claimed` has the
// id of an edge of this transaction that was emptied, that edge goes on instead of a new one.
Result<Support> support(WriteState& state, Edge claimed);

// Takes the statements back for which `which` is true, and tells how many. The edge is assembled
// from the rest; with its last supporting statement it ends, and its nodes become loose.
Result<std::size_t> withdraw(WriteState& state, EdgeId id,
                             const std::function<bool(const Statement&)>& which);

// Which edges have those statements now, of committed ones; those that no edge has are absent. Scans
// the citations of their documents, each once.
Result<std::map<StatementId, EdgeId>> edges_with(const WriteState& state, const std::vector<Statement>& statements);

// After its statements were changed: assembles the edge, or ends it if nothing supports it.
void settle(WriteState& state, Change<Edge>& change);

void sort_statements(Edge& edge);  // by id

}  // namespace entente
