// Inside storage: what the transactions hold.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "storage/rows.h"

namespace entente {

struct ReadState {
  explicit ReadState(const StoreState& store) : rows(store) {}
  Rows rows;
};

// A fact before and after the transaction; no `before` if it is new.
template <typename Fact>
struct Change {
  std::optional<Fact> before;
  Fact after;
  bool altered = false;  // `after` is another value than `before`
};

struct WriteState {
  explicit WriteState(StoreState& open_store) : store(open_store), rows(open_store) {}
  ~WriteState() {
    const std::lock_guard lock(store.mutex);
    store.writing = false;
  }

  StoreState& store;
  Rows rows;  // what was committed when the transaction began
  Head head;  // counters run ahead with every new id
  std::map<NodeId, Change<Node>> nodes;
  std::map<EdgeId, Change<Edge>> edges;
  std::vector<Document> documents;
  std::map<std::string, DocumentId> digests;                    // of `documents`
  std::multimap<std::string, NodeId> names;                     // folded, of new and altered nodes
  std::map<std::tuple<NodeId, EdgeTypeId, NodeId>, std::vector<EdgeId>> new_edges;
  std::uint32_t new_statements = 0;
};

}  // namespace entente
