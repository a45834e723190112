#include "tools/answer/lookup.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "schema/name.h"

namespace entente {
namespace {

std::optional<std::uint64_t> number_in(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

template <typename Id>
Result<Id> numbered(std::string_view text, const char* what) {
  if (const auto number = number_in(text)) return Id{*number};
  return Error{Code::InvalidArgument, "'" + std::string(text) + "' is not " + what};
}

bool has(const Edge& edge, StatementId statement) {
  return std::any_of(edge.statements.begin(), edge.statements.end(),
                     [&](const Statement& each) { return each.id == statement; });
}
}  // namespace

Result<EdgeId> edge_numbered(std::string_view text) {
  return numbered<EdgeId>(text, "an edge; edges are numbers, as path and slice print them");
}

Result<StatementId> statement_numbered(std::string_view text) {
  return numbered<StatementId>(text, "a statement; statements are numbers, as 'entente why EDGE' prints them");
}

Result<CommitId> commit_numbered(std::string_view text) {
  return numbered<CommitId>(text, "a commit; commits are numbers, as 'entente log' prints them");
}

std::string called(const Document& document) {
  return "document " + std::to_string(document.id.value) + " (" +
         (document.title.empty() ? document.name : document.title) + ")";
}

Result<Document> document_named(const Session& session, std::string_view name) {
  const auto number = number_in(name);
  const auto by_number = [&]() -> Result<Document> {
    const auto document = session.read().document(DocumentId{*number});
    if (!document) return document.error();
    if (*document) return **document;
    return Error{Code::NotFound, "there is no document " + std::to_string(*number) + "; 'entente documents' lists them"};
  };
  if (number && name.starts_with('#')) return by_number();
  const std::string folded = fold_name(name);
  std::vector<Document> named, titled;
  const auto scanned = session.read().scan_documents(session.commit(), [&](const Document& document) {
    if (document.name == name || fold_name(document.name) == folded) named.push_back(document);
    else if (!document.title.empty() && fold_name(document.title) == folded) titled.push_back(document);
    return true;
  });
  if (!scanned) return scanned.error();
  const std::vector<Document>& found = named.empty() ? titled : named;
  if (found.size() == 1) return found.front();
  if (found.empty() && number) return by_number();
  if (found.empty())
    return Error{Code::NotFound, "no document is called '" + std::string(name) + "'; 'entente documents' lists them"};
  std::string list;
  for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 8); ++i)
    list += (list.empty() ? "#" : "; #") + std::to_string(found[i].id.value) + " " +
            (found[i].title.empty() ? found[i].name : found[i].title) +
            (found[i].published.is_known() ? " (" + found[i].published.edtf() + ")" : "");
  if (found.size() > 8) list += "; and " + std::to_string(found.size() - 8) + " more";
  return Error{Code::InvalidArgument, "'" + std::string(name) + "' may be " + list + "; name one by its number"};
}

Result<Edge> edge_with(const Session& session, StatementId statement) {
  // Of a row of a table, edge and statement have one number.
  const auto same = session.read().edge(EdgeId{statement.value}, session.commit());
  if (!same) return same.error();
  if (*same && has(**same, statement)) return **same;
  std::optional<Edge> found;
  const auto scanned = session.read().scan_edges(session.commit(), [&](const Edge& edge) {
    if (has(edge, statement)) found = edge;
    return !found;
  });
  if (!scanned) return scanned.error();
  if (found) return *found;
  return Error{Code::NotFound, "no edge has a statement " + std::to_string(statement.value) +
                                   "; 'entente why EDGE' prints the statements of one"};
}

Result<NodeId> merged_node(const Session& session, std::string_view name) {
  if (const auto number = number_in(name); number && name.starts_with('#')) return NodeId{*number};
  std::map<NodeId, Node> found;  // that are merged now
  std::set<NodeId> seen;         // the newest version of each counts
  const std::string folded = fold_name(name);
  const auto scanned = session.read().scan_log([&](const LogEntry& entry) {
    for (const Node& node : entry.nodes) {
      if (!seen.insert(node.id).second || !node.merged_into) continue;
      if (fold_name(node.name) == folded) found.emplace(node.id, node);
    }
    return true;
  });
  if (!scanned) return scanned.error();
  if (found.size() == 1) return found.begin()->first;
  if (found.empty())
    return Error{Code::NotFound, "no node that is called '" + std::string(name) +
                                     "' was merged into another; 'entente log' tells the mergings"};
  std::string list;
  for (const auto& [id, node] : found)
    list += (list.empty() ? "" : "; ") + node.name + " (" + session.ontology().label(node.label).name + ", node #" +
            std::to_string(id.value) + ")";
  return Error{Code::InvalidArgument, "'" + std::string(name) + "' may be " + list + "; name one by its number"};
}

Result<std::pair<std::string, Value>> property_typed(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0)
    return Error{Code::InvalidArgument, "cannot read '" + std::string(text) + "'; write NAME=VALUE"};
  const std::string name(text.substr(0, equals));
  const std::string_view value = text.substr(equals + 1);
  if (value == "yes" || value == "no") return std::pair(name, Value(value == "yes"));
  const char* last = value.data() + value.size();
  std::int64_t whole = 0;
  if (const auto [end, fault] = std::from_chars(value.data(), last, whole); fault == std::errc() && end == last)
    return std::pair(name, Value(whole));
  double real = 0;
  const bool digits = value.find_first_not_of("-.0123456789") == std::string_view::npos;
  if (const auto [end, fault] = std::from_chars(value.data(), last, real, std::chars_format::fixed);
      digits && fault == std::errc() && end == last)
    return std::pair(name, Value(real));
  return std::pair(name, Value(std::string(value)));
}

}  // namespace entente
