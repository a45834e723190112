// Names to nodes: which node of the graph a document speaks of.
#pragma once
#include "schema/claim.h"
#include "storage/transaction_state.h"

namespace entente {

struct Resolution {
  NodeId node;
  bool made = false;  // there was none of that name
};

// The node of that label and folded name; else the only one of that label with that alias; else a
// new one. What the name brings along (aliases, labels, properties) is added to a node that lacks it.
Result<Resolution> resolve(WriteState& state, const NamedNode& named);

}  // namespace entente
