#include "tools/serve/ask.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "schema/digest.h"
#include "tools/answer/json.h"
#include "tools/serve/compress.h"

namespace entente::serve {
namespace {
constexpr std::size_t kWorthCompressing = 1024;

Error bad(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

// Repeated, or with commas between.
std::vector<std::string> list_of(const Request& request, std::string_view name) {
  std::vector<std::string> all;
  for (const std::string& value : request.parameters(name)) {
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::string_view one = rest.substr(0, rest.find(','));
      if (!one.empty()) all.emplace_back(one);
      rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    }
  }
  return all;
}

// Does If-None-Match name the tag? Weak comparison, as RFC 9110 has it.
bool names_tag(std::string_view header, const std::string& tag) {
  return header == "*" || (!tag.empty() && header.find(tag) != std::string_view::npos);
}

Response response_of(const Call& call, const KeptAnswer& answer, Coding coding, bool for_ever) {
  Response response;
  response.set("ETag", answer.etag);
  response.set("Cache-Control", for_ever ? "private, max-age=31536000, immutable" : "private, no-cache");
  response.set("Vary", "Accept-Encoding");
  if (names_tag(call.request.field("if-none-match"), answer.etag)) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", "application/json");
  if (answer.compressed) response.set("Content-Encoding", std::string(name_of(coding)));
  response.shared_body = answer.body;
  return response;
}
}  // namespace

const std::vector<std::string_view> kReadParameters = {
    "as_of", "during", "known_by", "type", "family", "label", "mode", "avoid", "min_confidence", "certain", "negated", "mentions"};

std::vector<std::string_view> read_parameters(std::initializer_list<std::string_view> more) {
  std::vector<std::string_view> all(more);
  all.insert(all.end(), kReadParameters.begin(), kReadParameters.end());
  return all;
}

When when_of(const Request& request) {
  return {std::string(request.parameter("as_of")), std::string(request.parameter("during")),
          std::string(request.parameter("known_by"))};
}

Result<std::size_t> number_of(const Request& request, std::string_view name, std::size_t otherwise, std::size_t low,
                              std::size_t high) {
  if (!request.has_parameter(name)) return otherwise;
  const std::string_view text = request.parameter(name);
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || number < low || number > high)
    return bad(std::string(name) + ": '" + std::string(text.substr(0, 40)) + "' is not a number from " +
               std::to_string(low) + " to " + std::to_string(high));
  return number;
}

Result<bool> truth_of(const Request& request, std::string_view name) {
  const std::string_view text = request.parameter(name);
  if (text == "true" || text == "1") return true;
  if (text.empty() || text == "false" || text == "0") return false;
  return bad(std::string(name) + ": write true or false");
}

Result<Where> where_of(const Request& request) {
  Where where;
  where.types = list_of(request, "type");
  where.families = list_of(request, "family");
  where.labels = list_of(request, "label");
  where.modes = list_of(request, "mode");
  where.avoid = request.parameters("avoid");
  const std::pair<const char*, bool*> flags[] = {
      {"certain", &where.certain}, {"negated", &where.negated}, {"mentions", &where.mentions}};
  for (const auto& [name, flag] : flags) {
    const auto truth = truth_of(request, name);
    if (!truth) return truth.error();
    *flag = *truth;
  }
  if (const std::string_view text = request.parameter("min_confidence"); !text.empty()) {
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), where.min_confidence);
    if (fault != std::errc() || end != text.data() + text.size() || !(where.min_confidence >= 0 && where.min_confidence <= 1))
      return bad("min_confidence: write a number from 0 to 1");
  }
  return where;
}

Result<std::uint64_t> id_of(std::string_view text, std::string_view what) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || number == 0)
    return bad("'" + std::string(text.substr(0, 40)) + "' is not the number of " + std::string(what));
  return number;
}

Result<NodeId> node_of(const Session& session, std::string_view text) {
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return session.node_named(digits ? "#" + std::string(text) : std::string(text));
}

Status check_parameters(const Call& call) {
  for (const auto& [name, value] : call.request.query) {
    const auto& known = call.route->parameters;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string list;
    for (const std::string_view one : known) list.append(list.empty() ? "" : ", ").append(one);
    return bad("there is no parameter '" + name.substr(0, 40) + "' here; " +
               (list.empty() ? "this address takes none" : "there are " + list));
  }
  return kOk;
}

Response answered(const Call& call, Database& database, const Make& make) {
  if (const auto checked = check_parameters(call); !checked) return problem(checked.error());
  const Coding coding = preferred_coding(call.request.field("accept-encoding"));
  const bool for_ever = call.request.parameter("known_by").starts_with('#');
  const CommitId last = database.last_commit();
  const std::string key = std::to_string(last.value) + " " + std::string(name_of(coding)) + " " + call.request.target;
  const auto lasting = [&](Response response) {
    response.still_true = [&database, last] { return database.last_commit() == last; };
    return response;
  };
  if (const auto kept = database.kept(key)) return lasting(response_of(call, *kept, coding, for_ever));

  auto session = database.ask(when_of(call.request));
  if (!session) return problem(session.error());
  const Watch::Guard guard(database.watch(), call.client_left, database.question_time());
  Call watched = call;
  watched.cancel = guard.cancel();
  auto made = make(*session, watched);
  if (!made && guard.late())
    return problem(422, "this took longer than the " + std::to_string(database.question_time().count() / 1000.0).substr(0, 4) +
                            " seconds that the server gives to a question",
                   "narrow the filter, ask for less, or start the server with a longer --patience");
  if (!made) return problem(made.error());
  boost::json::object answer = answer_of(*session);
  for (auto& [name, value] : *made) answer[name] = std::move(value);
  auto fresh = std::make_shared<KeptAnswer>();
  std::string text = boost::json::serialize(answer) + "\n";
  fresh->etag = "\"" + hex(sha256(database.store().database_id() + " " + std::to_string(session->commit().value) + " " +
                                  std::string(name_of(coding)) + " " + call.request.target)).substr(0, 32) + "\"";
  fresh->compressed = coding != Coding::Plain && text.size() >= kWorthCompressing;
  if (fresh->compressed) text = compressed(text, coding);
  fresh->body = std::make_shared<const std::string>(std::move(text));
  Response response = response_of(call, *fresh, coding, for_ever);
  // A commit may have come between: then the answer belongs to a later one than the key says.
  if (!for_ever && session->commit() > last) return response;
  database.keep(key, std::move(fresh));
  return lasting(std::move(response));
}

}  // namespace entente::serve
