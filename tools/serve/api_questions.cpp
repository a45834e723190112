#include <algorithm>
#include <map>

#include "graph/algorithms/shortest_path.h"
#include "graph/algorithms/timeline.h"
#include "graph/catalog.h"
#include "schema/name.h"
#include "tools/answer/compare.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/part.h"
#include "tools/answer/path_rows.h"
#include "tools/answer/search.h"
#include "tools/serve/api.h"
#include "tools/serve/ask.h"
#include "tools/serve/parameters.h"

namespace entente::serve {
namespace json = boost::json;
namespace {

Error bad(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

Result<json::array> rows_of(EdgeReader& reader, const std::vector<EdgeId>& edges) {
  json::array list;
  for (const EdgeId edge : edges) {
    const auto row = reader.row(edge);
    if (!row) return row.error();
    list.push_back(to_json(*row));
  }
  return list;
}

Result<json::array> nodes_of(const Session& session, const std::vector<NodeId>& nodes) {
  json::array list;
  for (const NodeId id : nodes) {
    const auto node = session.read().node(id, session.commit());
    if (!node) return node.error();
    if (*node) list.push_back(to_json(**node, session.ontology()));
  }
  return list;
}

Result<Slice> slice_of(Session& session, const Request& request, const std::vector<NodeId>& keep = {}) {
  const auto where = where_of(request);
  if (!where) return where.error();
  return session.slice(*where, keep);
}

Result<json::object> search(Session& session, const Call& call) {
  const auto limit = number_of(call.request, "limit", 20, 1, 1000);
  if (!limit) return limit.error();
  const std::string_view asked = call.request.parameter("q");
  json::array results;
  if (const std::string_view in = call.request.parameter("in"); in == "texts") {
    const auto found = find_texts(session, asked, *limit);
    if (!found) return found.error();
    for (const FoundText& each : *found) results.push_back(to_json(each));
  } else if (in.empty() || in == "names") {
    const auto found = find_names(session, asked, *limit);
    if (!found) return found.error();
    for (const SimilarName& each : *found) results.push_back(to_json(each, session.ontology()));
  } else {
    return Error{Code::InvalidArgument, "in: '" + std::string(in) + "' is neither names nor texts"};
  }
  json::object answer;
  answer["results"] = std::move(results);
  return answer;
}

Result<json::object> entity(Session& session, const Call& call) {
  const auto id = node_of(session, call.captured[0]);
  if (!id) return id.error();
  const auto node = session.read().node(*id, session.commit());
  if (!node) return node.error();
  if (!*node) return Error{Code::NotFound, "this name was not known then"};
  const auto slice = slice_of(session, call.request, {*id});
  if (!slice) return slice.error();
  std::map<std::string, std::uint64_t> types;
  if (const auto index = slice->snapshot().find(*id)) {
    const auto count = [&](Step step) { ++types[session.ontology().type(slice->snapshot().type(step.edge)).name]; };
    for (const Step step : slice->out_edges(*index)) count(step);
    for (const Step step : slice->in_edges(*index))
      if (step.node != *index) count(step);
  }
  json::object by_type, answer;
  for (const auto& [name, number] : types) by_type[name] = number;
  answer["node"] = to_json(**node, session.ontology());
  answer["types"] = std::move(by_type);
  return answer;
}

// `COMMIT.PLACE`: where the next page of a listing begins. The commit pins what is listed.
struct Cursor {
  CommitId commit;
  std::size_t place = 0;
};
Result<std::size_t> place_of(const Session& session, const Request& request) {
  const std::string_view text = request.parameter("cursor");
  if (text.empty()) return std::size_t{0};
  const std::size_t dot = text.find('.');
  const auto commit = id_of(text.substr(0, dot), "a page");
  const auto place = id_of(dot == std::string_view::npos ? "" : text.substr(dot + 1), "a page");
  if (!commit || !place) return bad("cursor: this is none that the server gave");
  if (CommitId{*commit} != session.commit())
    return bad("cursor: it belongs to commit " + std::to_string(*commit) + "; send known_by=#" + std::to_string(*commit) + " with it");
  return static_cast<std::size_t>(*place);
}

// A page of edges, and the cursor of the next.
Result<json::object> page_of(Session& session, const Call& call, const std::vector<EdgeId>& all) {
  const auto limit = number_of(call.request, "limit", 100, 1, 10'000);
  if (!limit) return limit.error();
  const auto from = place_of(session, call.request);
  if (!from) return from.error();
  const std::size_t begin = std::min(*from, all.size()), end = std::min(begin + *limit, all.size());
  EdgeReader reader(session, kSourcesListed);
  auto rows = rows_of(reader, {all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end)});
  if (!rows) return rows.error();
  json::object answer;
  answer["edges"] = std::move(*rows);
  answer["count"] = all.size();
  if (end < all.size()) answer["next"] = std::to_string(session.commit().value) + "." + std::to_string(end);
  else answer["next"] = nullptr;
  return answer;
}

Result<json::object> neighbours(Session& session, const Call& call) {
  const auto id = node_of(session, call.captured[0]);
  if (!id) return id.error();
  const auto slice = slice_of(session, call.request, {*id});
  if (!slice) return slice.error();
  std::vector<EdgeId> edges;
  if (const auto index = slice->snapshot().find(*id))
    for (const EdgeIndex edge : timeline(*slice, *index).edges) edges.push_back(slice->snapshot().id(edge));
  return page_of(session, call, edges);
}

Result<json::object> paths(Session& session, const Call& call) {
  const Request& request = call.request;
  if (!request.has_parameter("from") || !request.has_parameter("to")) return bad("a path needs both ends; write from=NAME&to=NAME");
  const auto from = node_of(session, request.parameter("from")), to = node_of(session, request.parameter("to"));
  if (!from) return from.error().within("from");
  if (!to) return to.error().within("to");
  const auto k = number_of(request, "k", 3, 1, 1000), hops = number_of(request, "max_hops", 8, 1, 100);
  const auto all = truth_of(request, "all"), forward = truth_of(request, "forward");
  if (!k) return k.error();
  if (!hops) return hops.error();
  if (!all) return all.error();
  if (!forward) return forward.error();
  const auto slice = slice_of(session, request, {*from, *to});
  if (!slice) return slice.error();
  const Snapshot& snapshot = slice->snapshot();
  const auto from_index = snapshot.find(*from), to_index = snapshot.find(*to);
  if (!from_index || !to_index) return Error{Code::NotFound, "one of the names was not known then"};
  PathOptions options;
  options.direction = *forward ? Direction::Forward : Direction::Any;
  options.max_hops = static_cast<std::uint32_t>(*hops);
  options.cancel = call.cancel;
  const auto found = *all ? all_shortest_paths(*slice, *from_index, *to_index, options)
                          : k_shortest_paths(*slice, *from_index, *to_index, *k, options);
  if (!found) return found.error();
  EdgeReader reader(session, kSourcesListed);
  const auto chains = chains_of(*found, snapshot, reader);
  if (!chains) return chains.error();
  const std::string start(snapshot.name(*from_index));
  json::object answer;
  answer["from"] = start;
  answer["to"] = snapshot.name(*to_index);
  answer["paths"] = to_json(*chains, start);
  return answer;
}

// The parameters of a measure, each a parameter of the query by its own name; nodes by theirs.
Result<Arguments> arguments_of(const Session& session, const Request& request, const RankAlgorithm& algorithm) {
  Arguments arguments(algorithm.parameters);
  for (const std::string_view name : measure_parameters()) {
    const bool takes = std::ranges::find(algorithm.parameters, name, &Parameter::name) != algorithm.parameters.end();
    if (takes || !request.has_parameter(name)) continue;
    std::string known;
    for (const Parameter& parameter : algorithm.parameters) known.append(known.empty() ? "" : ", ").append(parameter.name);
    return bad(std::string(algorithm.name) + " takes no parameter '" + std::string(name) + "'; " +
               (known.empty() ? "it takes none" : "it takes " + known));
  }
  for (const Parameter& parameter : algorithm.parameters) {
    if (!request.has_parameter(parameter.name)) continue;
    Status done = kOk;
    if (parameter.type == ParameterType::Nodes) {
      std::vector<NodeId> nodes;
      for (const std::string& name : request.parameters(parameter.name)) {
        const auto node = node_of(session, name);
        if (!node) return node.error().within(std::string(parameter.name));
        nodes.push_back(*node);
      }
      done = arguments.set(parameter.name, std::move(nodes));
    } else {
      done = arguments.set(parameter.name, request.parameter(parameter.name));
    }
    if (!done) return done.error();
  }
  return arguments;
}

Result<json::object> rank(Session& session, const Call& call) {
  const std::string by = call.request.has_parameter("by") ? std::string(call.request.parameter("by")) : "degree";
  const auto algorithm = rank_algorithm_named(by);
  if (!algorithm) return bad("by: " + algorithm.error().message);
  const auto limit = number_of(call.request, "limit", 20, 1, 100'000);
  if (!limit) return limit.error();
  const auto slice = slice_of(session, call.request);
  if (!slice) return slice.error();
  const Snapshot& snapshot = slice->snapshot();
  json::array results;
  auto arguments = arguments_of(session, call.request, **algorithm);
  if (!arguments) return arguments.error();
  arguments->stop_when(call.cancel);
  const auto scores = (*algorithm)->scores(*slice, *arguments);
  if (!scores) return scores.error();
  for (const Ranked& ranked : ranking(*slice, *scores, *limit, (*algorithm)->least_first)) {
    json::object row;
    row["id"] = snapshot.id(ranked.node).value;
    row["name"] = snapshot.name(ranked.node);
    row["label"] = session.ontology().label(snapshot.label(ranked.node)).name;
    row["score"] = ranked.score;
    results.push_back(std::move(row));
  }
  json::object answer;
  answer["by"] = by;
  answer["with"] = arguments->text();
  answer["meaning"] = (*algorithm)->meaning;
  answer["results"] = std::move(results);
  return answer;
}

Result<json::object> timeline_of(Session& session, const Call& call) {
  const Request& request = call.request;
  if (!request.has_parameter("name")) return bad("a timeline needs a name; write name=NAME");
  const std::string_view by = request.parameter("by");
  if (!by.empty() && by != "year" && by != "quarter" && by != "month") return bad("by: there are year, quarter, month");
  const Period period = by == "month" ? Period::Month : by == "quarter" ? Period::Quarter : Period::Year;
  const auto one = node_of(session, request.parameter("name"));
  if (!one) return one.error().within("name");
  std::optional<NodeId> other;
  if (request.has_parameter("with")) {
    const auto named = node_of(session, request.parameter("with"));
    if (!named) return named.error().within("with");
    other = *named;
  }
  const auto slice = slice_of(session, request, other ? std::vector{*one, *other} : std::vector{*one});
  if (!slice) return slice.error();
  const Snapshot& snapshot = slice->snapshot();
  const auto one_index = snapshot.find(*one);
  const auto other_index = other ? snapshot.find(*other) : std::nullopt;
  if (!one_index || (other && !other_index)) return Error{Code::NotFound, "one of the names was not known then"};
  const Timeline line = other ? timeline(*slice, *one_index, *other_index, period) : timeline(*slice, *one_index, period);
  std::vector<EdgeId> edges;
  for (const EdgeIndex edge : line.edges) edges.push_back(snapshot.id(edge));
  auto answer = page_of(session, call, edges);
  if (!answer) return answer.error();
  json::array periods;
  for (const PeriodCount& count : line.periods) {
    json::object row;
    row["period"] = count.name;
    row["certain"] = count.certain;
    row["possible"] = count.possible;
    periods.push_back(std::move(row));
  }
  (*answer)["name"] = snapshot.name(*one_index);
  if (other_index) (*answer)["with"] = snapshot.name(*other_index);
  (*answer)["periods"] = std::move(periods);
  (*answer)["undated"] = line.undated;
  (*answer)["always"] = line.always;
  return answer;
}

Result<json::object> slice(Session& session, const Call& call) {
  std::vector<NodeId> around;
  for (const std::string& name : call.request.parameters("around")) {
    const auto node = node_of(session, name);
    if (!node) return node.error().within("around");
    around.push_back(*node);
  }
  const auto limit = number_of(call.request, "limit", 1000, 1, 1'000'000);
  if (!limit) return limit.error();
  const auto slice = slice_of(session, call.request, around);
  if (!slice) return slice.error();
  const Part part = part_of(*slice, around, *limit);
  std::vector<EdgeId> edges;
  for (const EdgeIndex edge : part.edges) edges.push_back(slice->snapshot().id(edge));
  EdgeReader reader(session, kSourcesListed);
  auto rows = rows_of(reader, edges);
  if (!rows) return rows.error();
  auto nodes = nodes_of(session, part.nodes);
  if (!nodes) return nodes.error();
  json::object answer;
  answer["nodes"] = std::move(*nodes);
  answer["edges"] = std::move(*rows);
  answer["left_out"] = part.left_out;
  return answer;
}

// The edge as it was, as it is, or both as a pair; with how it changed, and whether the world did or what
// is known of it.
Result<json::object> told(const EdgeChange& change, bool was, bool is, const Comparison& compared, EdgeReader& old_reader,
                          EdgeReader& new_reader) {
  json::object before, after, pair;
  if (was) {
    auto row = old_reader.row(compared.before.snapshot().id(*change.was));
    if (!row) return row.error();
    row->holds = compared.before.truth(*change.was);
    before = to_json(*row);
  }
  if (is) {
    auto row = new_reader.row(compared.after.snapshot().id(*change.is));
    if (!row) return row.error();
    row->holds = compared.after.truth(*change.is);
    after = to_json(*row);
  }
  if (was && is) {
    pair["before"] = std::move(before);
    pair["after"] = std::move(after);
  } else {
    pair = was ? std::move(before) : std::move(after);
  }
  pair["change"] = name_of(change.kind);
  pair["of"] = is_of_world(change.kind) ? "world" : "knowledge";
  return pair;
}

Result<json::object> diff(Session& session, const Call& call, Database& database) {
  const Request& request = call.request;
  const bool valid = request.has_parameter("from") && request.has_parameter("to");
  const bool recorded = request.has_parameter("known_from") && request.has_parameter("known_to");
  if (valid == recorded) return bad("compare two dates of one clock; write from=DATE&to=DATE, or known_from=WHEN&known_to=WHEN");
  const auto limit = number_of(request, "limit", 500, 1, 100'000);
  if (!limit) return limit.error();
  const auto where = where_of(request);
  if (!where) return where.error();
  const std::string pinned = "#" + std::to_string(session.commit().value);
  auto one = database.ask({.as_of = "", .during = "", .known_by = recorded ? std::string(request.parameter("known_from")) : pinned});
  auto other = database.ask({.as_of = "", .during = "", .known_by = recorded ? std::string(request.parameter("known_to")) : pinned});
  if (!one) return one.error().within("known_from");
  if (!other) return other.error().within("known_to");
  auto then = session.as_of().valid, now = then;
  if (valid) {
    const auto from = window_or_any(request.parameter("from"), "from"), to = window_or_any(request.parameter("to"), "to");
    if (!from) return from.error();
    if (!to) return to.error();
    then = *from, now = *to;
  }
  const auto compared = compare(*one, *other, then, now, *where);
  if (!compared) return compared.error();
  EdgeReader old_reader(*one), new_reader(*other);
  json::array added, ended, changed, nodes;
  std::size_t left_out = 0;
  for (const EdgeChange& change : compared->diff.edges) {
    const bool began = change.kind == ChangeKind::Began || change.kind == ChangeKind::Learned;
    const bool over = change.kind == ChangeKind::Ended || change.kind == ChangeKind::Retracted;
    const bool was = change.was && !began, is = change.is && !(over && change.was);
    json::array& list = was && is ? changed : was ? ended : added;
    if (list.size() >= *limit) {
      ++left_out;
      continue;
    }
    auto row = told(change, was, is, *compared, old_reader, new_reader);
    if (!row) return row.error();
    list.push_back(std::move(*row));
  }
  for (const NodeChange& change : compared->diff.nodes) {
    json::object row;
    row["change"] = name_of(change.kind);
    row["id"] = change.node.value;
    if (change.with) row["with"] = change.with.value;
    nodes.push_back(std::move(row));
  }
  json::object answer;
  answer["added"] = std::move(added);
  answer["ended"] = std::move(ended);
  answer["changed"] = std::move(changed);
  answer["nodes"] = std::move(nodes);
  answer["left_out"] = left_out;
  return answer;
}
}  // namespace

void add_questions(Router& router, Database& database) {
  const auto reads = [&](std::string_view pattern, std::string_view summary, std::vector<std::string_view> parameters, Make make) {
    router.add({"GET", pattern, Access::Read,
                [&database, make = std::move(make)](const Call& call) { return answered(call, database, make); }, summary,
                {}, 0, std::move(parameters)});
  };
  reads("/v1/search", "Names and aliases like q, best first; with in=texts the articles that have its words, with their sentences.",
        {"q", "in", "limit", "known_by"}, search);
  reads("/v1/entities/{entity}", "A node by number or name, with how many edges of each type it has.", read_parameters(), entity);
  reads("/v1/entities/{entity}/neighbours", "The edges of a node in order of time, page by page.",
        read_parameters({"limit", "cursor"}), neighbours);
  reads("/v1/paths", "How two names are connected: the k shortest paths, or all shortest.",
        read_parameters({"from", "to", "k", "all", "forward", "max_hops"}), paths);
  auto of_rank = read_parameters({"by", "limit"});
  of_rank.insert(of_rank.end(), measure_parameters().begin(), measure_parameters().end());
  reads("/v1/rank", "Who matters, by a measure of the catalog, with its parameters.", std::move(of_rank), rank);
  reads("/v1/timeline", "What happened to a name, or between two, counted by period.",
        read_parameters({"name", "with", "by", "limit", "cursor"}), timeline_of);
  reads("/v1/slice", "The part of the graph that the filters leave: at some names, or its best connected part.",
        read_parameters({"around", "limit"}), slice);
  reads("/v1/diff", "What is new, over, or told otherwise between two dates of either clock.",
        read_parameters({"from", "to", "known_from", "known_to", "limit"}),
        [&database](Session& session, const Call& call) { return diff(session, call, database); });
}

}  // namespace entente::serve
