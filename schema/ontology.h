// The ontology: which labels and edge types there are, what they may join, how to say them.
//
// It is data (schema/ontology.capnp); this is the way to look at it. A database carries the one
// that it was made with, so its ids keep their meaning.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"
#include "schema/result.h"

namespace entente {

enum class Family : std::uint8_t { Structure, Regulation, Cooperative, Conflictual, Evidence };
inline constexpr int kFamilies = 5;
std::string_view name_of(Family family);  // "structure", ...

struct Label {
  LabelId id;
  std::string name;
  bool actor = false;  // may stand where an edge type asks for an actor
  std::string meaning;
};

struct EdgeType {
  EdgeTypeId id;
  std::string name;
  Family family = Family::Structure;
  std::vector<LabelId> heads, tails;  // labels that may stand there; empty is any
  bool symmetric = false;             // head and tail may be exchanged
  bool lasting = false;               // a state that goes on until it is ended, not a happening
  std::string forward, backward;      // "controls", "is controlled by"
  std::string meaning;
};

// A value, immutable once made; safe for many readers.
class Ontology {
 public:
  static const Ontology& builtin();
  // From bytes that `bytes()` gave. Corruption if they are none, or contradict themselves.
  static Result<Ontology> from_bytes(std::string_view bytes);
  std::string bytes() const;  // one Cap'n Proto message; equal ontologies give equal bytes

  const std::vector<Label>& labels() const { return labels_; }    // by id
  const std::vector<EdgeType>& types() const { return types_; }   // by id

  // By id: a bug if there is none. By name: exact, upper and lower case alike.
  const Label& label(LabelId id) const;
  const EdgeType& type(EdgeTypeId id) const;
  bool has(LabelId id) const { return id.value < label_at_.size() && label_at_[id.value] >= 0; }
  bool has(EdgeTypeId id) const { return id.value < type_at_.size() && type_at_[id.value] >= 0; }
  std::optional<LabelId> find_label(std::string_view name) const;
  std::optional<EdgeTypeId> find_type(std::string_view name) const;

  // The same, for what a person typed: the error names the nearest that there are.
  Result<LabelId> label_named(std::string_view name) const;
  Result<EdgeTypeId> type_named(std::string_view name) const;

  // May an edge of that type join these? The error says which end is wrong and what may stand there.
  Status check(EdgeTypeId type, LabelId head, LabelId tail) const;

 private:
  std::vector<Label> labels_;
  std::vector<EdgeType> types_;
  std::vector<int> label_at_, type_at_;  // id -> place, -1 for none
};

}  // namespace entente
