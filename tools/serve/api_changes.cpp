// The stream of commits, as server-sent events: the event's id is the commit's number, so a client
// that comes back with Last-Event-ID misses nothing and hears nothing twice.
#include <algorithm>
#include <boost/json/serialize.hpp>

#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/serve/api.h"
#include "tools/serve/ask.h"

namespace entente::serve {
namespace json = boost::json;
namespace {
constexpr std::size_t kMostEdges = 300;  // of one event; more are for the client to ask
constexpr std::chrono::seconds kHeartbeat{15};

// One event a commit after `since`, oldest first.
Result<std::string> events_after(Database& database, CommitId since) {
  const auto session = database.ask({});
  if (!session) return session.error();
  std::vector<LogEntry> entries;
  const auto scanned = session->read().scan_log([&](const LogEntry& entry) {
    if (entry.commit.id <= since) return false;
    entries.push_back(entry);
    return true;
  });
  if (!scanned) return scanned.error();
  std::reverse(entries.begin(), entries.end());
  EdgeReader reader(*session, kSourcesListed);
  std::string text;
  for (const LogEntry& entry : entries) {
    json::object data = to_json(entry.commit);
    json::array edges;
    std::size_t more = 0;
    for (const Edge& edge : entry.edges) {
      // As it stands now: what a later commit ended is not sent any more.
      const auto row = reader.row(edge.id);
      if (!row && row.error().code == Code::NotFound) continue;
      if (!row) return row.error();
      if (session->ontology().type(row->edge.type).family == Family::Evidence) continue;
      if (edges.size() < kMostEdges) edges.push_back(to_json(*row));
      else ++more;
    }
    json::array ended;
    for (const EdgeId id : entry.ended_edges) ended.emplace_back(id.value);
    data["edges"] = std::move(edges);
    data["more_edges"] = more + entry.bulk.edges;
    data["ended_edges"] = std::move(ended);
    text += "id: " + std::to_string(entry.commit.id.value) + "\nevent: commit\ndata: " + json::serialize(data) + "\n\n";
  }
  return text;
}

Response changes(const Call& call, Database& database) {
  if (const auto checked = check_parameters(call); !checked) return problem(checked.error());
  CommitId since = database.last_commit();
  std::string_view from = call.request.field("last-event-id");
  if (from.empty()) from = call.request.parameter("since");
  if (!from.empty() && from != "0") {
    const auto number = id_of(from, "a commit");
    if (!number) return problem(number.error());
    if (CommitId{*number} > since) return problem(400, "there is no commit " + std::to_string(*number) + " yet");
    since = CommitId{*number};
  } else if (from == "0") {
    since = {};
  }
  Response response;
  response.set("Content-Type", "text/event-stream");
  response.set("Cache-Control", "no-store");
  response.set("X-Accel-Buffering", "no");
  response.stream = [&database, since](const Response::Send& send) mutable {
    if (!send("retry: 1000\n\n")) return;
    auto beat = Clock::now();
    while (!database.stopped()) {
      const CommitId last = database.wait_after(since, std::chrono::milliseconds(1000));
      if (last > since) {
        const auto events = events_after(database, since);
        if (!events || !send(*events)) return;  // the client asks again, from the last it saw
        since = last;
      } else if (Clock::now() - beat >= kHeartbeat) {
        beat = Clock::now();
        if (!send(": still here\n\n")) return;
      } else if (!send("")) {
        return;
      }
    }
  };
  return response;
}
}  // namespace

void add_changes(Router& router, Database& database) {
  router.add({"GET", "/v1/changes", Access::Read, [&database](const Call& call) { return changes(call, database); },
              "Commits as they come, as server-sent events; resumes after the commit in since or Last-Event-ID.", {}, 0, {"since"}});
}

}  // namespace entente::serve
