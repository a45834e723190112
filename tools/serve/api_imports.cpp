// Articles in: at once, or as a job.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/serve/api.h"
#include "tools/serve/ask.h"

namespace entente::serve {
namespace json = boost::json;
namespace {

Response answered_with(int status, const json::object& answer) {
  Response response;
  response.status = status;
  response.set("Content-Type", "application/json");
  response.set("Cache-Control", "no-store");
  response.body = json::serialize(answer) + "\n";
  return response;
}

// The edges that a document supports, as they stand now.
Result<json::array> edges_of(Database& database, DocumentId document) {
  const auto session = database.ask({});
  if (!session) return session.error();
  const auto citing = session->read().edges_citing(document);
  if (!citing) return citing.error();
  EdgeReader reader(*session);
  json::array list;
  for (const EdgeId id : *citing) {
    if (list.size() == 300) break;
    const auto row = reader.row(id);
    if (!row) return row.error();
    if (session->ontology().type(row->edge.type).family != Family::Evidence) list.push_back(to_json(*row));
  }
  return list;
}

Upload upload_of(const Request& request) {
  Upload upload;
  upload.name = request.has_parameter("name") ? request.parameter("name") : "uploaded";
  upload.text = request.body;
  const std::string_view type = request.field("content-type");
  upload.type = type.substr(0, type.find_first_of("; "));
  for (char& c : upload.type)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  upload.title = request.parameter("title"), upload.publisher = request.parameter("publisher");
  upload.published = request.parameter("published"), upload.url = request.parameter("url");
  upload.author = request.parameter("author"), upload.note = request.parameter("note");
  upload.idempotency_key = request.field("idempotency-key");
  return upload;
}

// Does `Prefer: respond-async` (RFC 7240) stand among what the client prefers?
bool prefers_a_job(const Request& request) {
  return request.field("prefer").find("respond-async") != std::string_view::npos;
}

Response import(const Call& call, Database& database, Jobs& jobs) {
  if (const auto checked = check_parameters(call); !checked) return problem(checked.error());
  if (call.request.body.empty()) return problem(400, "the body is empty", "send the text of an article");
  const Upload upload = upload_of(call.request);
  if (!prefers_a_job(call.request)) return imported(upload, database, [] {});
  const auto job = jobs.add(upload);
  if (!job) {
    Response response = problem(503, job.error().message);
    response.set("Retry-After", "5");
    return response;
  }
  json::object answer = answer_without_clocks();
  answer["job"] = *job;
  Response response = answered_with(202, answer);
  response.set("Location", "/v1/jobs/" + std::to_string(*job));
  response.set("Preference-Applied", "respond-async");
  return response;
}

Response job(const Call& call, const Jobs& jobs) {
  if (const auto checked = check_parameters(call); !checked) return problem(checked.error());
  const auto id = id_of(call.captured[0], "a job");
  if (!id) return problem(id.error());
  const auto report = jobs.report(*id);
  if (!report) return problem(report.error());
  json::object answer = answer_without_clocks();
  answer["job"] = report->id;
  answer["name"] = report->name;
  answer["state"] = name_of(report->state);
  answer["before"] = report->before;
  answer["spent_ms"] = report->spent.count();
  if (report->state == JobState::Done || report->state == JobState::Failed) {
    answer["status"] = report->answer.status;
    answer["answer"] = json::parse(report->answer.body);
  } else {
    answer["answer"] = nullptr;
  }
  return answered_with(200, answer);
}
}  // namespace

Response imported(const Upload& upload, Database& database, const std::function<void()>& storing) {
  const auto done = database.import(upload, storing);
  if (!done) return problem(done.error());
  auto edges = edges_of(database, done->asserted.document);
  if (!edges) return problem(edges.error());
  json::object answer = answer_without_clocks();
  answer["name"] = upload.name;
  answer["imported"] = !done->asserted.already_there;
  answer["already_there"] = done->asserted.already_there;
  answer["document"] = done->asserted.document.value;
  answer["commit"] = done->commit.value;
  answer["new_edges"] = done->asserted.new_edges;
  answer["supported_edges"] = done->asserted.supported_edges;
  answer["new_nodes"] = done->asserted.new_nodes;
  answer["matched_nodes"] = done->asserted.matched_nodes;
  answer["edges"] = std::move(*edges);
  Response response = answered_with(done->asserted.already_there ? 200 : 201, answer);
  response.set("Location", "/v1/documents/" + std::to_string(done->asserted.document.value));
  return response;
}

void add_imports(Router& router, Database& database, Jobs& jobs) {
  router.add({"POST", "/v1/import", Access::Write, [&database, &jobs](const Call& call) { return import(call, database, jobs); },
              "Reads an article into the graph: one document, one commit. With 'Prefer: respond-async' as a job: 202, and its address.",
              {"text/plain", "text/markdown", "text/html", "application/pdf"},
              64ull * 1024 * 1024, {"name", "title", "publisher", "published", "url", "author", "note"}});
  router.add({"GET", "/v1/jobs/{job}", Access::Read, [&jobs](const Call& call) { return job(call, jobs); },
              "How far an import is: waiting, reading, storing, done, failed; at the end its answer."});
}

}  // namespace entente::serve
