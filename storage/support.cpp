#include "storage/support.h"

#include <algorithm>

#include "storage/assemble.h"
#include "storage/index.h"
#include "storage/key.h"

namespace entente {
namespace {
// Re-pointed in this transaction, an edge may stand in the index of nodes that it left.
bool joins_the_same(const EdgeType& type, const Edge& a, const Edge& b) {
  return (a.head == b.head && a.tail == b.tail) ||
         (type.symmetric && a.head == b.tail && a.tail == b.head);
}

// Properties that both have must agree: goods sold and goods given are two edges.
bool agree(const Properties& a, const Properties& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& property) {
    const auto other = b.find(property.first);
    return other == b.end() || other->second == property.second;
  });
}

Status add_edges_between(WriteState& state, NodeId head, EdgeTypeId type, NodeId tail,
                         std::vector<EdgeId>& edges) {
  const auto added = state.joined.find({head, type, tail});
  if (added != state.joined.end())
    edges.insert(edges.end(), added->second.begin(), added->second.end());
  const auto node = state.nodes.find(head);
  if (node != state.nodes.end() && !node->second.before) return kOk;  // new: the store has no edge of it
  std::optional<Error> fault;
  auto scanned = state.rows.scan(
      ColumnFamily::Adjacency, key::adjacency_prefix(head, key::Direction::Out, type),
      [&](std::string_view key, std::string_view value) {
        const auto parts = key::adjacency(key);
        const auto other = parts ? decode_adjacency_value(parts->earliest_start, value) : std::nullopt;
        if (!parts || !other) {
          fault = Error{Code::Corruption, "the adjacency of node " + std::to_string(head.value) + " is damaged"};
          return false;
        }
        if (other->other == tail) edges.push_back(parts->edge);
        return true;
      });
  if (!scanned) return scanned;
  if (fault) return *fault;
  return kOk;
}

// The edge that a claim supports: one with the same bounds if there is one, else the first whose
// bounds are compatible. Null if it is a new one.
Result<Change<Edge>*> find_edge(WriteState& state, const Edge& claimed) {
  const EdgeType& type = state.store.ontology.type(claimed.type);
  std::vector<EdgeId> ids;
  if (auto added = add_edges_between(state, claimed.head, claimed.type, claimed.tail, ids); !added)
    return added.error();
  if (type.symmetric && claimed.head != claimed.tail)
    if (auto added = add_edges_between(state, claimed.tail, claimed.type, claimed.head, ids); !added)
      return added.error();
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());

  Change<Edge>* first = nullptr;
  for (const EdgeId id : ids) {
    const auto change = touch_edge(state, id);
    if (!change) return change.error();
    if (!*change) return Error{Code::Corruption, "the adjacency leads to no edge"};
    if (!(*change)->after) continue;
    const Edge& edge = *(*change)->after;
    if (id == claimed.id || edge.type != claimed.type || !joins_the_same(type, edge, claimed)) continue;
    if (edge.mode != claimed.mode || edge.negated != claimed.negated ||
        !agree(edge.properties, claimed.properties) ||
        !compatible(type, edge.valid, claimed.valid))
      continue;
    if (edge.valid == claimed.valid) return *change;
    if (!first) first = *change;
  }
  return first;
}

bool says_the_same(const Statement& a, const Statement& b) {
  return a.evidence == b.evidence && a.speaker == b.speaker && a.valid == b.valid && a.ends == b.ends;
}
}  // namespace

Result<Support> support(WriteState& state, Edge claimed) {
  const auto known = find_edge(state, claimed);
  if (!known) return known.error();
  Support done;
  const auto give_id = [&](Statement& statement) {
    if (!statement.id) statement.id = new_statement_id(state);
  };
  if (!*known) {
    for (Statement& statement : claimed.statements) give_id(statement);
    sort_statements(claimed);
    assemble(claimed, origins_in(state));
    done.statements = claimed.statements.size();
    done.made = true;
    if (claimed.id) {  // it lived before, and goes on under its own id
      done.edge = claimed.id;
      remember_ends(state, claimed);
      state.edges.at(claimed.id).after = std::move(claimed);
    } else {
      done.edge = add_edge(state, std::move(claimed));
    }
    return done;
  }
  Edge& edge = *(*known)->after;
  done.edge = edge.id;
  for (Statement& statement : claimed.statements) {
    const bool told = std::any_of(edge.statements.begin(), edge.statements.end(),
                                  [&](const Statement& other) { return says_the_same(other, statement); });
    if (told) continue;
    give_id(statement);
    edge.statements.push_back(std::move(statement));
    ++done.statements;
  }
  if (done.statements == 0) return done;
  edge.properties.insert(claimed.properties.begin(), claimed.properties.end());
  sort_statements(edge);
  assemble(edge, origins_in(state));
  return done;
}

Result<std::size_t> withdraw(WriteState& state, EdgeId id,
                             const std::function<bool(const Statement&)>& which) {
  const auto change = touch_edge(state, id);
  if (!change) return change.error();
  if (!*change || !(*change)->after) return std::size_t{0};
  Edge& edge = *(*change)->after;
  std::vector<Statement> kept;
  std::size_t gone = 0;
  for (const Statement& statement : edge.statements) {
    if (!which(statement)) {
      kept.push_back(statement);
      continue;
    }
    ++gone;
    if (statement.speaker) state.loose.insert(statement.speaker);
  }
  if (gone == 0) return gone;
  edge.statements = std::move(kept);
  settle(state, **change);
  return gone;
}

Result<std::map<StatementId, EdgeId>> edges_with(const WriteState& state, const std::vector<Statement>& statements) {
  std::map<DocumentId, std::set<StatementId>> wanted;
  std::map<StatementId, EdgeId> places;
  for (const Statement& statement : statements) {
    wanted[statement.evidence.document].insert(statement.id);
    if (!statement.evidence.rows) continue;
    const EdgeId own{statement.id.value};  // a row's statement at the edge of its row has no citation
    const auto bytes = state.rows.get(ColumnFamily::Edges, key::of(own));
    if (!bytes) return bytes.error();
    if (!*bytes) continue;
    const auto edge = decode_edge(**bytes);
    if (!edge) return edge.error();
    if (std::any_of(edge->statements.begin(), edge->statements.end(),
                    [&](const Statement& each) { return each.id == statement.id; }))
      places[statement.id] = own;
  }
  std::optional<Error> fault;
  for (const auto& [document, ids] : wanted) {
    auto scanned = state.rows.scan(ColumnFamily::Citations, key::of(document), [&](std::string_view key, std::string_view) {
      const auto parts = key::citation(key);
      if (!parts) fault = Error{Code::Corruption, "the index of citations is damaged"};
      else if (ids.contains(parts->statement)) places[parts->statement] = parts->edge;
      return !fault;
    });
    if (!scanned) return scanned.error();
    if (fault) return *fault;
  }
  return places;
}

void settle(WriteState& state, Change<Edge>& change) {
  Edge& edge = *change.after;
  state.loose.insert({edge.head, edge.tail});
  if (is_supported(edge)) {
    sort_statements(edge);
    assemble(edge, origins_in(state));
    return;
  }
  for (const Statement& statement : edge.statements)
    if (statement.speaker) state.loose.insert(statement.speaker);
  change.after.reset();
}

void sort_statements(Edge& edge) {
  std::sort(edge.statements.begin(), edge.statements.end(),
            [](const Statement& a, const Statement& b) { return a.id < b.id; });
}

}  // namespace entente
