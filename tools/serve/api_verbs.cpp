#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "tools/answer/json.h"
#include "tools/answer/verbs.h"
#include "tools/serve/api.h"
#include "tools/serve/ask.h"

namespace entente::serve {
namespace json = boost::json;
namespace {

Response performed(const Call& call, Database& database) {
  if (const auto checked = check_parameters(call); !checked) return problem(checked.error());
  json::error_code fault;
  const json::value body = json::parse(call.request.body, fault);
  if (fault || !body.is_object())
    return problem(400, "the body is no JSON object", "send {\"verb\": \"retract\", \"words\": [\"document\", \"#3\"]}");
  auto request = verb_request_of(body.as_object());
  if (!request) return problem(request.error());
  if (const std::string_view key = call.request.field("idempotency-key"); !key.empty()) request->key = key;
  const auto outcome = database.perform(std::move(*request));
  if (!outcome) return problem(outcome.error());
  json::object answer = answer_without_clocks();
  for (auto& [name, value] : to_json(*outcome)) answer[name] = value;
  Response response;
  response.set("Content-Type", "application/json");
  response.set("Cache-Control", "no-store");
  response.body = json::serialize(answer) + "\n";
  return response;
}
}  // namespace

void add_verbs(Router& router, Database& database) {
  router.add({"POST", "/v1/verbs", Access::Write, [&database](const Call& call) { return performed(call, database); },
              "Retracts, corrects, changes, merges, unmerges, keeps apart, undoes, purges: one commit, by the words and options of the command.",
              {"application/json"}, 1024 * 1024, {}});
}

}  // namespace entente::serve
