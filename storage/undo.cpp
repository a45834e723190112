// Undo: a commit that takes another one back, three ways at once: what the commit made of a value,
// what it was before, and what it is now. A value that others changed since is a conflict; one that
// they left alone goes back; statements and names come and go one by one.
#include <algorithm>

#include "storage/documents.h"
#include "storage/key.h"
#include "storage/log.h"
#include "storage/support.h"
#include "storage/verbs.h"
#include "storage/write.h"

namespace entente {
namespace {

// What a commit did to one fact.
template <typename Fact>
struct Step {
  std::optional<Fact> before, after;
};

template <typename Fact>
Result<std::optional<Fact>> version_ended_by(const WriteState& state, key::Kind kind, std::uint64_t id,
                                             CommitId commit, Result<Fact> (*decode)(std::string_view)) {
  const auto bytes = state.rows.get(ColumnFamily::History, key::of(key::History{kind, id, commit}));
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<Fact>();
  auto fact = decode(**bytes);
  if (!fact) return fact.error();
  return std::optional<Fact>(std::move(*fact));
}

Error changed_since(const std::string& what, const char* value) {
  return {Code::Conflict, what + ": its " + value + " was changed again since; nothing was undone"};
}

// The value of a field: back to `before`, unless this commit left it alone. False if others
// changed it too.
template <typename Value>
bool go_back(Value& now, const Value& before, const Value& after) {
  if (before == after || now == before) return true;
  if (now != after) return false;
  now = before;
  return true;
}

// Of a list: without what was added, with what was taken.
template <typename Item>
void go_back(std::vector<Item>& now, const std::vector<Item>& before, const std::vector<Item>& after) {
  if (now == after) {
    now = before;
    return;
  }
  const auto has = [](const std::vector<Item>& list, const Item& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  };
  std::erase_if(now, [&](const Item& item) { return has(after, item) && !has(before, item); });
  for (const Item& item : before)
    if (!has(after, item) && !has(now, item)) now.push_back(item);
}

bool go_back(Properties& now, const Properties& before, const Properties& after) {
  std::set<std::string> names;
  for (const auto& [name, value] : before) names.insert(name);
  for (const auto& [name, value] : after) names.insert(name);
  const auto value_in = [](const Properties& from, const std::string& name) {
    const auto found = from.find(name);
    return found == from.end() ? std::optional<Value>() : std::optional(found->second);
  };
  for (const std::string& name : names) {
    auto value = value_in(now, name);
    if (!go_back(value, value_in(before, name), value_in(after, name))) return false;
    now.erase(name);
    if (value) now.emplace(name, std::move(*value));
  }
  return true;
}

Status go_back(Node& now, const Node& before, const Node& after) {
  if (!go_back(now.merged_into, before.merged_into, after.merged_into))
    return changed_since(called(now), "merging");
  if (!go_back(now.name, before.name, after.name)) return changed_since(called(now), "name");
  if (!go_back(now.label, before.label, after.label)) return changed_since(called(now), "label");
  if (!go_back(now.properties, before.properties, after.properties))
    return changed_since(called(now), "properties");
  go_back(now.more_labels, before.more_labels, after.more_labels);
  go_back(now.aliases, before.aliases, after.aliases);
  go_back(now.absorbed, before.absorbed, after.absorbed);
  std::sort(now.more_labels.begin(), now.more_labels.end());
  std::sort(now.absorbed.begin(), now.absorbed.end());
  return kOk;
}

// One undo. Each step of it is a kind of fact; edges need to know where statements are now.
class Undoing {
 public:
  Undoing(WriteState& state, const LogEntry& entry) : state_(state), entry_(entry) {}

  Status run() {
    if (auto done = documents(); !done) return done;
    if (auto done = nodes(); !done) return done;
    if (auto done = check_chains(); !done) return done;
    if (auto done = collect_edges(); !done) return done;
    for (const auto& [id, step] : edges_)
      if (auto done = edge(id, step); !done) return done;
    if (auto done = give_ends(); !done) return done;
    if (auto done = merge_again(); !done) return done;
    for (const DocumentId id : unmade_)  // with what later commits made of it, too
      if (auto done = entente::retract_document(state_, id); !done) return done;
    return end_unsupported(state_);
  }

 private:
  Status documents() {
    for (const DocumentHeader& after : entry_.documents) {
      const DocumentId id = after.document.id;
      const auto before = version_ended_by<DocumentHeader>(state_, key::Kind::Document, id.value,
                                                           entry_.commit.id, &decode_document);
      if (!before) return before.error();
      const auto change = touch_document(state_, id);
      if (!change) return change.error();
      if (!*change) continue;
      Document& now = (*change)->after->document;
      const bool retracted = *before ? (*before)->document.retracted : true;
      if (!retracted && after.document.retracted && !now.retracted) back_already_.insert(id);
      if (now.retracted == retracted || now.retracted != after.document.retracted) continue;
      if (!retracted) {
        const auto same = document_with(state_, now.digest);
        if (!same) return same.error();
        if (*same)
          return Error{Code::Conflict, "document " + std::to_string(id.value) + " was imported again since, as document " +
                                           std::to_string((*same)->value) + "; nothing was undone"};
        state_.digests.emplace(now.digest, id);
        now.retracted = false;
      } else {
        unmade_.push_back(id);
      }
    }
    return kOk;
  }

  Status nodes() {
    std::map<NodeId, std::optional<Node>> made;
    for (const NodeId id : entry_.ended_nodes) made[id];
    for (const Node& node : entry_.nodes) made[node.id] = node;
    for (const auto& [id, after] : made) {
      const auto before = version_ended_by<Node>(state_, key::Kind::Node, id.value, entry_.commit.id, &decode_node);
      if (!before) return before.error();
      if (auto done = node(id, *before, after); !done) return done;
    }
    return kOk;
  }

  Status node(NodeId id, const std::optional<Node>& before, const std::optional<Node>& after) {
    const auto change = touch_node(state_, id);
    if (!change) return change.error();
    const bool lives = *change && (*change)->after;
    if (!before) {
      state_.loose.insert(id);  // it goes, unless others speak of it by now
    } else if (!after) {
      if (!lives) revive(state_.nodes, id, *before);
      if (!lives) remember_names(state_, *before);
      if (!lives && before->merged_into) merged_again_.push_back(id);
    } else if (lives) {
      Node& now = *(*change)->after;
      const NodeId was = now.merged_into;
      if (auto done = go_back(now, *before, *after); !done) return done;
      remember_names(state_, now);
      if (now.merged_into && now.merged_into != was) merged_again_.push_back(id);
      if (!now.merged_into && was) state_.loose.insert(id);
    }
    return kOk;
  }

  template <typename Fact, typename FactId>
  static void revive(std::map<FactId, Change<Fact>>& changes, FactId id, const Fact& fact) {
    changes[id].after = fact;
  }

  // A node that is merged again must not lead back to itself.
  Status check_chains() {
    for (const NodeId id : merged_again_) {
      for (NodeId at = state_.nodes.at(id).after->merged_into; at;) {
        if (at == id)
          return Error{Code::Conflict, called(*state_.nodes.at(id).after) +
                                           ": the two were merged the other way round since; nothing was undone"};
        const auto change = touch_node(state_, at);
        if (!change) return change.error();
        at = *change && (*change)->after ? (*change)->after->merged_into : NodeId{};
      }
    }
    return kOk;
  }

  // What came to be said of it while it stood for itself goes over to the survivor.
  Status merge_again() {
    for (const NodeId id : merged_again_) {
      NodeId survivor = state_.nodes.at(id).after->merged_into;
      if (auto done = give(survivor); !done) return done;
      if (auto done = repoint_all(state_, id, survivor); !done) return done;
      state_.loose.insert(survivor);
    }
    return kOk;
  }

  Status collect_edges() {
    for (const EdgeId id : entry_.ended_edges) edges_[id];
    for (const Edge& edge : entry_.edges) edges_[edge.id].after = edge;
    for (auto& [id, step] : edges_) {
      auto before = version_ended_by<Edge>(state_, key::Kind::Edge, id.value, entry_.commit.id, &decode_edge);
      if (!before) return before.error();
      step.before = std::move(*before);
    }
    std::vector<Statement> gone;
    for (const auto& [id, step] : edges_) {
      const auto has = [](const std::optional<Edge>& edge, StatementId statement) {
        return edge && std::any_of(edge->statements.begin(), edge->statements.end(),
                                   [&](const Statement& each) { return each.id == statement; });
      };
      if (step.after)
        for (const Statement& statement : step.after->statements)
          if (!has(step.before, statement.id)) given_[statement.id] = id;
      if (step.before)
        for (const Statement& statement : step.before->statements)
          if (!has(step.after, statement.id)) gone.push_back(statement);
    }
    auto places = edges_with(state_, gone);
    if (!places) return places.error();
    places_ = std::move(*places);
    return kOk;
  }

  // May a statement that the commit took from its edge go back there? One that it gave to another
  // edge only if it is still told there, for there it goes; one that it took back if no edge has it
  // again, and its document was not retracted since, nor brought back.
  Result<bool> may_return(const Statement& statement) {
    const auto place = places_.find(statement.id);
    const auto given = given_.find(statement.id);
    if (given != given_.end()) return place != places_.end() && place->second == given->second;
    if (place != places_.end() || back_already_.contains(statement.evidence.document)) return false;
    const auto document = touch_document(state_, statement.evidence.document);
    if (!document) return document.error();
    return *document && !(*document)->after->document.retracted;
  }

  Status edge(EdgeId id, const Step<Edge>& step) {
    const auto touched = touch_edge(state_, id);
    if (!touched) return touched.error();
    const bool lives = *touched && (*touched)->after;
    if (!lives && (step.after || !step.before)) return kOk;  // others ended it since
    Change<Edge>& change = state_.edges[id];
    if (!lives) {
      change.after = *step.before;
      change.after->statements.clear();
    }
    Edge& now = *change.after;
    for (const NodeId end : {now.head, now.tail}) state_.loose.insert(end);
    if (step.before && step.after)
      if (auto done = values(now, *step.before, *step.after); !done) return done;
    if (auto done = statements(now, step); !done) return done;
    settle(state_, change);
    if (change.after) remember_ends(state_, *change.after);
    return kOk;
  }

  static Status values(Edge& now, const Edge& before, const Edge& after) {
    const std::string which = "edge " + std::to_string(now.id.value);
    if (!go_back(now.head, before.head, after.head)) return changed_since(which, "head");
    if (!go_back(now.tail, before.tail, after.tail)) return changed_since(which, "tail");
    if (!go_back(now.type, before.type, after.type)) return changed_since(which, "type");
    if (!go_back(now.mode, before.mode, after.mode)) return changed_since(which, "mode");
    if (!go_back(now.negated, before.negated, after.negated)) return changed_since(which, "negation");
    if (!go_back(now.properties, before.properties, after.properties))
      return changed_since(which, "properties");
    return kOk;
  }

  Status statements(Edge& now, const Step<Edge>& step) {
    std::map<StatementId, Statement> before, after;
    if (step.before)
      for (const Statement& statement : step.before->statements) before.emplace(statement.id, statement);
    if (step.after)
      for (const Statement& statement : step.after->statements) after.emplace(statement.id, statement);
    std::vector<Statement> kept;
    std::set<StatementId> there;
    for (Statement& statement : now.statements) {
      const auto was = before.find(statement.id), became = after.find(statement.id);
      if (was == before.end() && became != after.end()) {
        if (statement.speaker) state_.loose.insert(statement.speaker);
        continue;
      }
      if (was != before.end() && became != after.end())
        go_back(statement.speaker, was->second.speaker, became->second.speaker);
      there.insert(statement.id);
      kept.push_back(statement);
    }
    for (const auto& [id, statement] : before) {
      if (after.contains(id) || there.contains(id)) continue;
      const auto may = may_return(statement);
      if (!may) return may.error();
      if (*may) kept.push_back(statement);
    }
    now.statements = std::move(kept);
    return kOk;
  }

  // Whom an edge that is back speaks of must be there: brought back from history if it ended since,
  // its survivor if it was merged since.
  Status give_ends() {
    for (const auto& [id, step] : edges_) {
      Change<Edge>& change = state_.edges[id];
      if (!change.after) continue;
      for (NodeId* end : {&change.after->head, &change.after->tail})
        if (auto done = give(*end); !done) return done;
      for (Statement& statement : change.after->statements)
        if (statement.speaker)
          if (auto done = give(statement.speaker); !done) return done;
      if (auto allowed = check_ends(*change.after); !allowed) return allowed;
      remember_ends(state_, *change.after);
    }
    return kOk;
  }

  // Its ends may have become something else since, by a merge.
  Status check_ends(const Edge& edge) {
    const auto head = living_node(state_, edge.head), tail = living_node(state_, edge.tail);
    if (!head) return head.error();
    if (!tail) return tail.error();
    const auto allowed = state_.store.ontology.check(edge.type, (*head)->after->label, (*tail)->after->label);
    if (allowed) return kOk;
    return Error{Code::InvalidArgument, "edge " + std::to_string(edge.id.value) + " would come back, but " +
                                            allowed.error().message + "; take back what changed its ends first"};
  }

  Status give(NodeId& id) {
    auto living = living_node(state_, id);
    if (!living) {
      if (living.error().code != Code::NotFound) return living.error();
      std::string prefix = key::history_prefix(key::Kind::Node);
      key::put_u64(prefix, id.value);
      Result<Node> last = living.error();
      auto scanned = state_.rows.scan(ColumnFamily::History, prefix, [&](std::string_view, std::string_view value) {
        last = decode_node(value);
        return false;
      });
      if (!scanned) return scanned;
      if (!last) return last.error();
      revive(state_.nodes, id, *last);
      remember_names(state_, *last);
      living = living_node(state_, id);
      if (!living) return living.error();
    }
    id = (*living)->after->id;
    return kOk;
  }

  WriteState& state_;
  const LogEntry& entry_;
  std::map<EdgeId, Step<Edge>> edges_;
  std::map<StatementId, EdgeId> given_;   // by the commit, to that edge
  std::map<StatementId, EdgeId> places_;  // where statements that it took from edges are now
  std::set<DocumentId> back_already_;     // whose retraction was taken back before
  std::vector<NodeId> merged_again_;
  std::vector<DocumentId> unmade_;  // documents that the commit brought in
};
}  // namespace

Status take_back(WriteState& state, CommitId commit) {
  const std::string which = "commit " + std::to_string(commit.value);
  const auto entry = log_entry(state.rows, commit);
  if (!entry) return entry.error();
  if (!*entry) return Error{Code::NotFound, "there is no " + which};
  if ((*entry)->redacted_by || !(*entry)->erasures.empty())
    return Error{Code::InvalidArgument, which + " cannot be undone: what a purge erased does not come back"};
  if ((*entry)->bulk)
    return Error{Code::InvalidArgument, which + " loaded a table: retract its document to take it back"};
  return Undoing(state, **entry).run();
}

Status WriteTransaction::undo(CommitId commit) {
  if (auto free = act_alone(*state_); !free) return free;
  if (auto done = take_back(*state_, commit); !done) return done;
  state_->acts.push_back({Verb::Undo, Subject::Commit, commit.value, 0});
  return kOk;
}

}  // namespace entente
