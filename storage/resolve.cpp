#include "storage/resolve.h"

#include <set>

#include "schema/name.h"
#include "storage/index.h"
#include "storage/key.h"

namespace entente {
namespace {
struct Candidate {
  NodeId node;
  bool is_alias = false;
};

// Whether the node has the folded name as an alias (true), as its name (false), or not at all.
std::optional<bool> kind_of_name(const Node& node, std::string_view folded) {
  for (const IndexEntry& entry : entries_of(node))
    if (key::name(entry.key)->folded == folded) return decode_name_value(entry.value)->is_alias;
  return std::nullopt;
}

// The nodes of that label that have the folded name or alias, in the store or the transaction.
Result<std::vector<Candidate>> candidates(WriteState& state, const std::string& folded, LabelId label) {
  std::map<NodeId, bool> found;
  std::optional<Error> fault;
  auto scanned = state.rows.scan(
      ColumnFamily::Names, folded + '\0', [&](std::string_view key, std::string_view value) {
        const auto parts = key::name(key);
        const auto kind = decode_name_value(value);
        if (!parts || !kind) {
          fault = Error{Code::Corruption, "the index of names is damaged"};
          return false;
        }
        if (kind->label == label) found.emplace(parts->node, kind->is_alias);
        return true;
      });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  const auto [first, last] = state.names.equal_range(folded);
  for (auto name = first; name != last; ++name) found.emplace(name->second, true);
  std::vector<Candidate> all;
  for (const auto& [id, is_alias] : found) {
    const auto touched = state.nodes.find(id);
    if (touched == state.nodes.end()) {
      all.push_back({id, is_alias});
    } else if (touched->second.after && touched->second.after->label == label) {
      if (const auto kind = kind_of_name(*touched->second.after, folded)) all.push_back({id, *kind});
    }
  }
  return all;
}

// The one node that a name means: by its name, else by an alias that only one node has.
Result<std::optional<NodeId>> find_node(WriteState& state, const NamedNode& wanted) {
  const auto found = candidates(state, fold_name(wanted.name), wanted.label);
  if (!found) return found.error();
  for (const Candidate& candidate : *found)
    if (!candidate.is_alias) return std::optional(candidate.node);
  if (found->size() == 1) return std::optional(found->front().node);
  return std::optional<NodeId>();
}

void add_missing(Node& node, const NamedNode& from) {
  std::set<std::string> known = {fold_name(node.name)};
  for (const std::string& alias : node.aliases) known.insert(fold_name(alias));
  const auto add = [&](const std::string& alias) {
    const std::string folded = fold_name(alias);
    if (!folded.empty() && known.insert(folded).second) node.aliases.push_back(alias);
  };
  add(from.name);
  for (const std::string& alias : from.aliases) add(alias);
  std::set<LabelId> labels(node.more_labels.begin(), node.more_labels.end());
  labels.insert(from.more_labels.begin(), from.more_labels.end());
  labels.erase(node.label);
  node.more_labels.assign(labels.begin(), labels.end());
  for (const auto& [name, value] : from.properties) node.properties.emplace(name, value);
}
}  // namespace

Result<Resolution> resolve(WriteState& state, const NamedNode& named) {
  const auto known = find_node(state, named);
  if (!known) return known.error();
  if (!*known) {
    Node node;
    node.label = named.label;
    node.name = named.name;
    add_missing(node, named);
    return Resolution{add_node(state, std::move(node)), true};
  }
  const auto change = touch_node(state, **known);
  if (!change) return change.error();
  if (!*change || !(*change)->after)
    return Error{Code::Corruption, "the index of names leads to no node"};
  Node& node = *(*change)->after;
  const Node before = node;
  add_missing(node, named);
  if (node != before) remember_names(state, node);
  return Resolution{node.id, false};
}

}  // namespace entente
