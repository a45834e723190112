#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "tools/serve/api.h"
#include "tools/serve/ask.h"
#include "tools/serve/parameters.h"

namespace entente::serve {
namespace json = boost::json;
namespace {

Response plain(std::string body, std::string type) {
  Response response;
  response.set("Content-Type", std::move(type));
  response.set("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

void line(std::string& page, std::string_view name, std::string_view kind, std::string_view help, std::uint64_t value) {
  page.append("# HELP entente_").append(name).append(" ").append(help).append("\n# TYPE entente_").append(name).append(" ");
  page.append(kind).append("\nentente_").append(name).append(" ").append(std::to_string(value)).append("\n");
}

std::string metrics(const Database& database, const Counts& counts) {
  std::string page;
  line(page, "connections_total", "counter", "Connections taken.", counts.connections);
  line(page, "connections_open", "gauge", "Connections open now.", counts.open);
  line(page, "requests_total", "counter", "Requests read.", counts.requests);
  line(page, "refused_total", "counter", "Requests that a rule or a limit refused.", counts.refused);
  line(page, "failed_total", "counter", "Answers of status 500 and above.", counts.failed);
  line(page, "bytes_out_total", "counter", "Bytes sent, without streams.", counts.bytes_out);
  line(page, "commit", "gauge", "The last commit.", database.last_commit().value);
  return page;
}

// OpenAPI 3.1, from the routes themselves: what is served is described, and nothing else.
std::string described(const std::vector<Route>& routes, std::string_view version) {
  json::object paths;
  for (const Route& route : routes) {
    if (!route.pattern.starts_with("/v1") && route.pattern != "/healthz") continue;
    json::array parameters;
    for (std::size_t open = route.pattern.find('{'); open != std::string_view::npos; open = route.pattern.find('{', open + 1)) {
      json::object parameter;
      parameter["name"] = route.pattern.substr(open + 1, route.pattern.find('}', open) - open - 1);
      parameter["in"] = "path";
      parameter["required"] = true;
      parameter["schema"] = json::object{{"type", "string"}};
      parameters.push_back(std::move(parameter));
    }
    for (const std::string_view name : route.parameters) parameters.push_back(described_parameter(route.pattern, name));
    json::object operation;
    operation["summary"] = route.summary;
    operation["parameters"] = std::move(parameters);
    if (!route.body_types.empty()) {
      json::object content;
      for (const std::string& type : route.body_types) content[type] = json::object{{"schema", json::object{{"type", "string"}}}};
      operation["requestBody"] = json::object{{"required", true}, {"content", std::move(content)}};
      operation["security"] = json::array{json::object{{"token", json::array()}}};
    }
    json::object responses;
    responses[route.method == "POST" ? "201" : "200"] = json::object{{"description", "the answer"}};
    responses["default"] = json::object{
        {"description", "what went wrong, as RFC 9457 has it"},
        {"content", json::object{{"application/problem+json", json::object{{"schema", json::object{{"type", "object"}}}}}}}};
    operation["responses"] = std::move(responses);
    std::string method(route.method);
    for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
    auto [place, fresh] = paths.emplace(route.pattern, json::object());
    place->value().as_object()[method] = std::move(operation);
  }
  json::object page;
  page["openapi"] = "3.1.0";
  page["info"] = json::object{{"title", "Entente"}, {"version", version},
                              {"description", "Every read takes as_of or during (valid time) and known_by (recorded time)."}};
  page["paths"] = std::move(paths);
  page["components"] = json::object{{"securitySchemes", json::object{{"token", json::object{{"type", "http"}, {"scheme", "bearer"}}}}}};
  return json::serialize(page) + "\n";
}
}  // namespace

void add_service(Router& router, Database& database, const Counts& counts) {
  router.add({"GET", "/healthz", Access::Read, [](const Call&) { return plain("ok\n", "text/plain; charset=utf-8"); },
              "Says ok when the server is ready."});
  router.add({"GET", "/v1/metrics", Access::Read,
              [&database, &counts](const Call&) { return plain(metrics(database, counts), "text/plain; version=0.0.4"); },
              "Counts since the start, as Prometheus reads them."});
  router.add({"GET", "/v1/openapi.json", Access::Read,
              [&router](const Call&) { return plain(described(router.routes(), ENTENTE_VERSION), "application/json"); },
              "This description."});
}

}  // namespace entente::serve
