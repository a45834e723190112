#include <map>

#include "graph/catalog.h"
#include "tools/answer/duplicates.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/exchange/graph_export.h"
#include "tools/serve/api.h"
#include "tools/serve/ask.h"
#include "tools/serve/parameters.h"

namespace entente::serve {
namespace json = boost::json;
namespace {

Result<json::array> commits_of(const Session& session, std::size_t limit) {
  json::array list;
  const auto scanned = session.read().scan_log([&](const LogEntry& entry) {
    list.push_back(to_json(entry.commit));
    return list.size() < limit;
  }, session.commit());
  if (!scanned) return scanned.error();
  return list;
}

// How much there was at the commit of the session. Of the last one the store keeps count; of others it
// is counted, which takes as long as reading all of it.
Result<Totals> totals_of(const Session& session) {
  const ReadTransaction& read = session.read();
  if (session.commit() == read.last_commit()) return read.totals();
  Totals totals;
  totals.commits = session.commit().value;
  const auto nodes = read.scan_nodes(session.commit(), [&](const Node&) { return ++totals.nodes, true; });
  if (!nodes) return nodes.error();
  const auto edges = read.scan_edges(session.commit(), [&](const Edge& edge) {
    totals.statements += edge.statements.size();
    return ++totals.edges, true;
  });
  if (!edges) return edges.error();
  const auto documents = read.scan_documents(session.commit(), [&](const Document&) { return ++totals.documents, true; });
  if (!documents) return documents.error();
  return totals;
}

Result<json::object> about(Session& session, const Call&, const Database& database) {
  json::object answer;
  answer["name"] = database.name();
  const auto totals = totals_of(session);
  if (!totals) return totals.error();
  json::object counts;
  counts["nodes"] = totals->nodes;
  counts["edges"] = totals->edges;
  counts["statements"] = totals->statements;
  counts["documents"] = totals->documents;
  counts["commits"] = totals->commits;
  answer["totals"] = std::move(counts);
  json::array labels, types, measures, formats;
  for (const Label& label : session.ontology().labels()) {
    json::object row;
    row["name"] = label.name;
    row["actor"] = label.actor;
    row["meaning"] = label.meaning;
    labels.push_back(std::move(row));
  }
  for (const EdgeType& type : session.ontology().types()) {
    json::object row;
    row["name"] = type.name;
    row["family"] = name_of(type.family);
    row["forward"] = type.forward;
    row["backward"] = type.backward;
    row["symmetric"] = type.symmetric;
    row["lasting"] = type.lasting;
    row["meaning"] = type.meaning;
    types.push_back(std::move(row));
  }
  for (const RankAlgorithm& algorithm : rank_algorithms()) {
    json::object row;
    row["name"] = algorithm.name;
    row["meaning"] = algorithm.meaning;
    json::array parameters;
    for (const Parameter& parameter : algorithm.parameters) parameters.push_back(serve::to_json(parameter));
    row["parameters"] = std::move(parameters);
    measures.push_back(std::move(row));
  }
  for (const exchange::ExportFormat& format : exchange::export_formats()) {
    json::object row;
    row["name"] = format.name;
    row["meaning"] = format.meaning;
    formats.push_back(std::move(row));
  }
  answer["labels"] = std::move(labels);
  answer["types"] = std::move(types);
  answer["measures"] = std::move(measures);
  answer["formats"] = std::move(formats);
  auto commits = commits_of(session, 50);
  if (!commits) return commits.error();
  answer["commits"] = std::move(*commits);
  return answer;
}

Result<json::array> history_of(const Session& session, EdgeId id) {
  const auto versions = session.read().history(id);
  if (!versions) return versions.error();
  json::array list;
  for (const auto& version : *versions) {
    if (version.edge.since > session.commit()) continue;  // not yet believed then
    const bool lives = version.until == kLatest || version.until > session.commit();
    json::object entry;
    entry["from_commit"] = version.edge.since.value;
    if (lives) entry["until_commit"] = nullptr;
    else entry["until_commit"] = version.until.value;
    put_dates(entry, version.edge.valid);
    entry["mode"] = name_of(version.edge.mode);
    entry["confidence"] = version.edge.confidence;
    entry["statements"] = version.edge.statements.size();
    list.push_back(std::move(entry));
  }
  return list;
}

Result<json::object> fact(Session& session, const Call& call) {
  const auto id = id_of(call.captured[0], "an edge");
  if (!id) return id.error();
  EdgeReader reader(session);
  const auto row = reader.row(EdgeId{*id});
  if (!row) return row.error();
  auto history = history_of(session, EdgeId{*id});
  if (!history) return history.error();
  json::object answer;
  answer["edge"] = to_json(*row);
  answer["history"] = std::move(*history);
  return answer;
}

Result<json::object> history(Session& session, const Call& call) {
  const auto id = id_of(call.captured[0], "an edge");
  if (!id) return id.error();
  auto list = history_of(session, EdgeId{*id});
  if (!list) return list.error();
  if (list->empty()) return Error{Code::NotFound, "there is no edge " + std::to_string(*id)};
  json::object answer;
  answer["history"] = std::move(*list);
  return answer;
}

// Of the last commit: only what is so now can be judged.
Result<json::object> duplicates(Session& session, const Call& call) {
  const auto limit = number_of(call.request, "limit", 50, 1, 1000);
  if (!limit) return limit.error();
  const auto pairs = possible_duplicates(session, {.limit = *limit});
  if (!pairs) return pairs.error();
  json::array list;
  for (const PossibleDuplicate& pair : *pairs) list.push_back(to_json(pair, session.ontology()));
  json::object answer;
  answer["pairs"] = std::move(list);
  return answer;
}

Result<json::object> documents(Session& session, const Call&) {
  json::array list;
  const auto scanned = session.read().scan_documents(session.commit(), [&](const Document& document) {
    list.push_back(to_json(document));
    return list.size() < 10'000;
  });
  if (!scanned) return scanned.error();
  json::object answer;
  answer["documents"] = std::move(list);
  return answer;
}

// Offsets count characters (Unicode code points), as everywhere.
Result<json::object> document(Session& session, const Call& call) {
  const auto number = id_of(call.captured[0], "a document");
  if (!number) return number.error();
  const DocumentId id{*number};
  const auto found = session.read().document(id, session.commit());
  if (!found) return found.error();
  if (!*found) return Error{Code::NotFound, "there is no document " + std::to_string(*number)};
  auto text = session.read().text(id);
  if (!text) return text.error();
  const auto citing = session.read().edges_citing(id);
  if (!citing) return citing.error();
  json::array citations;
  for (const EdgeId edge_id : *citing) {
    const auto edge = session.read().edge(edge_id, session.commit());
    if (!edge) return edge.error();
    if (!*edge) continue;
    for (const Statement& statement : (*edge)->statements) {
      if (statement.evidence.document != id) continue;
      json::object row;
      row["edge"] = edge_id.value;
      row["statement"] = statement.id.value;
      row["start"] = statement.evidence.start;
      row["end"] = statement.evidence.end;
      citations.push_back(std::move(row));
    }
  }
  json::object answer;
  answer["document"] = to_json(**found);
  answer["text"] = std::move(*text);
  answer["citations"] = std::move(citations);
  return answer;
}

Result<json::object> commits(Session& session, const Call& call) {
  const auto limit = number_of(call.request, "limit", 100, 1, 100'000);
  if (!limit) return limit.error();
  auto list = commits_of(session, *limit);
  if (!list) return list.error();
  json::object answer;
  answer["commits"] = std::move(*list);
  return answer;
}
}  // namespace

void add_facts(Router& router, Database& database) {
  const auto reads = [&](std::string_view pattern, std::string_view summary, std::vector<std::string_view> parameters, Make make) {
    router.add({"GET", pattern, Access::Read,
                [&database, make = std::move(make)](const Call& call) { return answered(call, database, make); }, summary,
                {}, 0, std::move(parameters)});
  };
  reads("/v1/about", "The database: how much there is, its types and labels, measures, formats, last commits.", {"known_by"},
        [&database](Session& session, const Call& call) { return about(session, call, database); });
  reads("/v1/facts/{edge}", "An edge with every source, quoted, and what was believed before.", {"as_of", "during", "known_by"}, fact);
  reads("/v1/facts/{edge}/why", "The same: every source of an edge.", {"as_of", "during", "known_by"}, fact);
  reads("/v1/facts/{edge}/history", "What was believed of an edge, and when.", {"known_by"}, history);
  reads("/v1/duplicates", "Pairs of names that may be one, with the reasons; 'merge' and 'apart' of /v1/verbs judge them.", {"limit"}, duplicates);
  reads("/v1/documents", "The articles that support something.", {"known_by"}, documents);
  reads("/v1/documents/{document}", "An article's text, and the characters that edges cite.", {"known_by"}, document);
  reads("/v1/commits", "The commits, newest first.", {"limit", "known_by"}, commits);
}

}  // namespace entente::serve
