// Ids of stored things: distinct types, so that a node is never taken for an edge.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace entente {

// A positive number that one database gives out once and never again; 0 is "none yet".
// `Tag` only tells the kinds apart. A value.
template <typename Tag>
struct Id {
  std::uint64_t value = 0;
  explicit operator bool() const { return value != 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using NodeId = Id<struct NodeTag>;
using EdgeId = Id<struct EdgeTag>;
using StatementId = Id<struct StatementTag>;
using DocumentId = Id<struct DocumentTag>;
using CommitId = Id<struct CommitTag>;  // commits count 1, 2, 3 ...: recorded time as a number

// Places in the ontology (schema/ontology.h): small numbers, stable for ever.
struct LabelId {
  std::uint16_t value = 0;
  friend auto operator<=>(const LabelId&, const LabelId&) = default;
};
struct EdgeTypeId {
  std::uint16_t value = 0;
  friend auto operator<=>(const EdgeTypeId&, const EdgeTypeId&) = default;
};

}  // namespace entente

template <typename Tag>
struct std::hash<entente::Id<Tag>> {
  std::size_t operator()(entente::Id<Tag> id) const noexcept {
    return std::hash<std::uint64_t>{}(id.value);
  }
};
