// Inside storage: what the verbs of a write transaction share.
#pragma once
#include "storage/transaction_state.h"

namespace entente {

// InvalidArgument once a verb was used that is a commit of its own.
Status may_act(const WriteState& state);
// InvalidArgument unless nothing was done yet; from now on nothing else may be.
Status act_alone(WriteState& state);

// Takes back what that commit did: see WriteTransaction::undo.
Status take_back(WriteState& state, CommitId commit);

// The edge with `gone` replaced by the survivor, given to an edge that says the same if there is one.
Status repoint(WriteState& state, EdgeId id, NodeId gone, NodeId survivor);
// Every edge and claim of `gone`.
Status repoint_all(WriteState& state, NodeId gone, NodeId survivor);

}  // namespace entente
