// `correct` and `change`: we were wrong, or the world moved on. Two verbs, never mixed up.
#include <algorithm>
#include <chrono>

#include "schema/name.h"
#include "storage/check_extract.h"
#include "storage/copies.h"
#include "storage/documents.h"
#include "storage/support.h"
#include "storage/verbs.h"
#include "storage/write.h"

namespace entente {
namespace {

Error refused(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

void apply(const Properties& set, const std::vector<std::string>& drop, Properties& properties) {
  for (const std::string& name : drop) properties.erase(name);
  for (const auto& [name, value] : set) properties.insert_or_assign(name, value);
}

// The edge with those values, its ends alive and allowed. Without statements of its own.
Result<Edge> with_values(WriteState& state, Edge edge, const EdgeValues& values) {
  if (values.head) edge.head = *values.head;
  if (values.tail) edge.tail = *values.tail;
  if (values.type) edge.type = *values.type;
  if (values.mode) edge.mode = *values.mode;
  if (values.negated) edge.negated = *values.negated;
  if (values.valid) edge.valid = *values.valid;
  apply(values.set, values.drop, edge.properties);
  const Ontology& ontology = state.store.ontology;
  if (!ontology.has(edge.type)) return refused("the ontology has no such edge type");
  const auto head = living_node(state, edge.head);
  if (!head) return head.error();
  const auto tail = living_node(state, edge.tail);
  if (!tail) return tail.error();
  edge.head = (*head)->after->id, edge.tail = (*tail)->after->id;
  if (auto allowed = ontology.check(edge.type, (*head)->after->label, (*tail)->after->label); !allowed)
    return allowed.error();
  if (values.confidence && !(*values.confidence > 0 && *values.confidence <= 1))
    return refused("a confidence lies in (0, 1], not " + std::to_string(*values.confidence));
  return edge;
}

constexpr std::string_view kCorrected = " corrected";

Statement corrected(Statement statement, const EdgeValues& values) {
  statement.id = {};
  statement.since = {};
  if (values.valid && !statement.ends) statement.valid = *values.valid;
  if (values.confidence) statement.confidence = *values.confidence;
  if (!statement.extractor.ends_with(kCorrected)) statement.extractor += kCorrected;
  return statement;
}

// The last bound at which the old edge held if the new one began at `at`: the day before a day;
// in a month or a year both the end and the beginning may lie.
Bound last_before(const Bound& at) {
  if (at.precision() != Precision::Day) return at;
  return Bound::known(at.period().from - std::chrono::days(1));
}
}  // namespace

Result<EdgeId> WriteTransaction::correct(EdgeId id, StatementId which, const EdgeValues& values) {
  WriteState& state = *state_;
  if (auto free = may_act(state); !free) return free.error();
  const auto living = living_edge(state, id);
  if (!living) return living.error();
  const Edge old = *(*living)->after;
  const auto chosen = [&](const Statement& statement) { return !which || statement.id == which; };
  auto claim = with_values(state, old, values);
  if (!claim) return claim.error().within("correct edge " + std::to_string(id.value));
  claim->id = {};
  claim->statements.clear();
  bool differs = claim->head != old.head || claim->tail != old.tail || claim->type != old.type ||
                 claim->mode != old.mode || claim->negated != old.negated || claim->properties != old.properties;
  for (const Statement& statement : old.statements) {
    if (!chosen(statement)) continue;
    claim->statements.push_back(corrected(statement, values));
    differs = differs || claim->statements.back().valid != statement.valid ||
              claim->statements.back().confidence != statement.confidence;
  }
  if (claim->statements.empty())
    return Error{Code::NotFound, "edge " + std::to_string(id.value) + " has no statement " + std::to_string(which.value)};
  if (!differs) return refused("edge " + std::to_string(id.value) + " says that already: nothing to correct");
  if (!is_supported(*claim)) return refused("a statement that only tells an end is retracted, not corrected");

  const auto gone = withdraw(state, id, chosen);
  if (!gone) return gone.error();
  if (!(*living)->after) claim->id = id;  // emptied: it goes on under its own id, unless another takes the claim
  const auto supported = support(state, std::move(*claim));
  if (!supported) return supported.error();
  state.acts.push_back({Verb::Correct, Subject::Edge, id.value, supported->edge.value});
  if (auto ended = end_unsupported(state); !ended) return ended.error();
  return supported->edge;
}

Status WriteTransaction::correct_node(NodeId id, const NodeValues& values) {
  WriteState& state = *state_;
  if (auto free = may_act(state); !free) return free;
  for (const std::string_view kept : {kCopyOf, kCopyShare})
    if (values.set.contains(std::string(kept)) || std::find(values.drop.begin(), values.drop.end(), kept) != values.drop.end())
      return refused(std::string(kept) + " is found when a text is stored and cannot be corrected; retract the text instead");
  const auto living = living_node(state, id);
  if (!living) return living.error();
  Node corrected = *(*living)->after;
  if (values.name) {
    if (auto checked = check_name(*values.name); !checked) return checked;
    if (!values.aliases && fold_name(*values.name) != fold_name(corrected.name))
      corrected.aliases.push_back(corrected.name);
    corrected.name = *values.name;
  }
  if (values.aliases) {
    for (const std::string& alias : *values.aliases)
      if (auto checked = check_name(alias); !checked) return checked;
    corrected.aliases = *values.aliases;
  }
  std::erase_if(corrected.aliases, [&](const std::string& alias) { return alias == corrected.name; });
  apply(values.set, values.drop, corrected.properties);
  if (values.label) {
    if (!state.store.ontology.has(*values.label)) return refused("the ontology has no such label");
    std::erase(corrected.more_labels, *values.label);
    corrected.label = *values.label;
    const auto edges = edges_of(state, corrected.id);
    if (!edges) return edges.error();
    for (const EdgeId edge_id : *edges) {
      const auto edge = living_edge(state, edge_id);
      if (!edge) return edge.error();
      const Edge& joins = *(*edge)->after;
      const auto other = living_node(state, joins.head == corrected.id ? joins.tail : joins.head);
      if (!other) return other.error();
      const LabelId there = joins.head == joins.tail ? corrected.label : (*other)->after->label;
      const bool is_head = joins.head == corrected.id;
      if (auto allowed = state.store.ontology.check(joins.type, is_head ? corrected.label : there,
                                                    is_head ? there : corrected.label); !allowed)
        return allowed.error().within("edge " + std::to_string(edge_id.value));
    }
  }
  if (corrected == *(*living)->after) return refused(called(corrected) + " says that already: nothing to correct");
  (*living)->after = corrected;
  remember_names(state, corrected);
  state.acts.push_back({Verb::Correct, Subject::Node, corrected.id.value, corrected.id.value});
  return kOk;
}

Result<TurnOutcome> WriteTransaction::change(EdgeId id, const Turn& turn) {
  WriteState& state = *state_;
  if (auto free = may_act(state); !free) return free.error();
  const std::string which = "change edge " + std::to_string(id.value);
  const auto living = living_edge(state, id);
  if (!living) return living.error();
  const Edge old = *(*living)->after;
  if (!turn.at.is_known()) return refused(which + ": say when, as 2024-09-01, 2024-09 or 2024");
  if (!state.store.ontology.type(old.type).lasting)
    return refused(which + ": " + state.store.ontology.type(old.type).name +
                   " is a happening, not a state that ends; correct it if it is wrong");
  if (!(turn.confidence > 0 && turn.confidence <= 1)) return refused(which + ": a confidence lies in (0, 1]");
  const auto ended = Interval::make(old.valid.from(), last_before(turn.at));
  if (!ended) return ended.error().within(which);
  if (auto cited = check_evidence(state, turn.evidence); !cited) return cited.error().within(which);
  NodeId speaker;
  if (turn.speaker) {
    const auto node = living_node(state, turn.speaker);
    if (!node) return node.error().within(which);
    speaker = (*node)->after->id;
  }
  Statement statement{.id = new_statement_id(state),
                      .evidence = turn.evidence,
                      .speaker = speaker,
                      .valid = *Interval::make(Bound::unknown(), last_before(turn.at)),
                      .time_phrase = {},
                      .confidence = turn.confidence,
                      .extractor = turn.extractor,
                      .since = {},
                      .ends = true};
  TurnOutcome outcome{.ended = id, .begun = {}};
  std::optional<Edge> next;
  if (turn.next) {
    if (turn.next->valid) return refused(which + ": what follows begins when this ends; do not date it");
    auto follows = with_values(state, old, *turn.next);
    if (!follows) return follows.error().within(which);
    if (follows->head == old.head && follows->tail == old.tail && follows->type == old.type &&
        follows->mode == old.mode && follows->negated == old.negated && follows->properties == old.properties)
      return refused(which + ": what follows is the same; leave it out to end the edge only");
    follows->id = {};
    follows->valid = state.store.ontology.type(follows->type).lasting
                         ? *Interval::make(turn.at, Bound::open())
                         : Interval::happening(turn.at);
    Statement begins = statement;
    begins.id = {};
    begins.valid = follows->valid;
    begins.ends = false;
    follows->statements = {begins};
    next = std::move(*follows);
  }
  (*living)->after->statements.push_back(std::move(statement));
  settle(state, **living);
  if (next) {
    const auto begun = support(state, std::move(*next));
    if (!begun) return begun.error();
    outcome.begun = begun->edge;
  }
  state.acts.push_back({Verb::Change, Subject::Edge, id.value, outcome.begun.value});
  if (auto done = end_unsupported(state); !done) return done.error();
  return outcome;
}

}  // namespace entente
