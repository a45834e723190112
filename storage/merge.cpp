// Merging two nodes that are one, and taking it back exactly.
#include <algorithm>

#include "schema/name.h"
#include "storage/support.h"
#include "storage/verbs.h"
#include "storage/write.h"

namespace entente {
namespace {

Error refused(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

// Names, labels and properties that the survivor lacks.
void take_over(Node& survivor, const Node& gone) {
  std::set<std::string> known = {fold_name(survivor.name)};
  for (const std::string& alias : survivor.aliases) known.insert(fold_name(alias));
  const auto add = [&](const std::string& alias) {
    if (known.insert(fold_name(alias)).second) survivor.aliases.push_back(alias);
  };
  add(gone.name);
  for (const std::string& alias : gone.aliases) add(alias);
  std::set<LabelId> labels(survivor.more_labels.begin(), survivor.more_labels.end());
  labels.insert(gone.label);
  labels.insert(gone.more_labels.begin(), gone.more_labels.end());
  labels.erase(survivor.label);
  survivor.more_labels.assign(labels.begin(), labels.end());
  for (const auto& [name, value] : gone.properties) survivor.properties.emplace(name, value);
  survivor.absorbed.push_back(gone.id);
  std::sort(survivor.absorbed.begin(), survivor.absorbed.end());
}

Status check_ends(WriteState& state, const Edge& edge) {
  const auto head = living_node(state, edge.head);
  if (!head) return head.error();
  const auto tail = living_node(state, edge.tail);
  if (!tail) return tail.error();
  return state.store.ontology.check(edge.type, (*head)->after->label, (*tail)->after->label);
}
}  // namespace

Status repoint(WriteState& state, EdgeId id, NodeId gone, NodeId survivor) {
  const auto living = living_edge(state, id);
  if (!living) return living.error();
  Edge edge = *(*living)->after;
  const bool moves = edge.head == gone || edge.tail == gone;
  if (edge.head == gone) edge.head = survivor;
  if (edge.tail == gone) edge.tail = survivor;
  for (Statement& statement : edge.statements)
    if (statement.speaker == gone) statement.speaker = survivor;
  if (!moves) {
    (*living)->after = std::move(edge);
    return kOk;
  }
  if (auto allowed = check_ends(state, edge); !allowed)
    return allowed.error().within("edge " + std::to_string(id.value));
  (*living)->after.reset();
  const auto supported = support(state, std::move(edge));
  if (!supported) return supported.error();
  return kOk;
}

Status repoint_all(WriteState& state, NodeId gone, NodeId survivor) {
  const auto edges = edges_of(state, gone);
  if (!edges) return edges.error();
  const auto told = edges_told_by(state, gone);
  if (!told) return told.error();
  for (const auto* ids : {&*edges, &*told})
    for (const EdgeId id : *ids) {
      const auto change = touch_edge(state, id);
      if (!change) return change.error();
      if (!*change || !(*change)->after) continue;  // joined another one already
      if (auto done = repoint(state, id, gone, survivor); !done) return done;
    }
  return kOk;
}

Status WriteTransaction::merge(NodeId survivor_id, NodeId gone_id) {
  WriteState& state = *state_;
  if (auto free = act_alone(state); !free) return free;
  const auto survivor = living_node(state, survivor_id);
  if (!survivor) return survivor.error();
  const auto gone = living_node(state, gone_id);
  if (!gone) return gone.error();
  if (*survivor == *gone) return refused(called(*(*survivor)->after) + " and node " + std::to_string(gone_id.value) + " are one already");
  const auto document = state.store.ontology.find_label("Document");
  for (const auto* change : {*survivor, *gone})
    if (document && change->after->label == *document)
      return refused(called(*change->after) + " stands for a document; retract one of the two instead");

  const Node leaving = *(*gone)->after;
  const NodeId to = (*survivor)->after->id;
  if (auto done = repoint_all(state, leaving.id, to); !done) return done.error().within("merge");
  take_over(*(*survivor)->after, leaving);
  (*gone)->after->merged_into = to;
  remember_names(state, *(*survivor)->after);
  state.acts.push_back({Verb::Merge, Subject::Node, leaving.id.value, to.value});
  return kOk;
}

Status WriteTransaction::unmerge(NodeId id) {
  WriteState& state = *state_;
  if (auto free = act_alone(state); !free) return free;
  const auto gone = touch_node(state, id);
  if (!gone) return gone.error();
  if (!*gone) return Error{Code::NotFound, "there is no node " + std::to_string(id.value)};
  const Node merged = *(*gone)->after;
  if (!merged.merged_into) return refused(called(merged) + " was not merged into another");
  const auto survivor = touch_node(state, merged.merged_into);
  if (!survivor) return survivor.error();
  if (*survivor && (*survivor)->after->merged_into)
    return Error{Code::Conflict, called(*(*survivor)->after) + " was itself merged into node " +
                                     std::to_string((*survivor)->after->merged_into.value) + " since; unmerge that first"};
  if (auto done = take_back(state, merged.since); !done) return done;
  state.acts.push_back({Verb::Unmerge, Subject::Node, id.value, merged.merged_into.value});
  return kOk;
}

}  // namespace entente
