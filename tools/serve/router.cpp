#include "tools/serve/router.h"

#include <algorithm>
#include <exception>
#include <new>

namespace entente::serve {
namespace {

// Do the segments fit the pattern? Fills what stood for the parts in braces.
bool matches(std::string_view pattern, const std::vector<std::string>& path,
             std::vector<std::string_view>& captured) {
  captured.clear();
  pattern.remove_prefix(1);
  std::size_t at = 0;
  while (!pattern.empty()) {
    const std::string_view part = pattern.substr(0, pattern.find('/'));
    if (at == path.size()) return false;
    if (part.front() == '{') captured.push_back(path[at]);
    else if (part != path[at]) return false;
    ++at;
    pattern.remove_prefix(std::min(pattern.size(), part.size() + 1));
  }
  return at == path.size();
}
}  // namespace

Router::Found Router::find(const Request& request) const {
  Found found;
  if ((found.refusal = rules_.refuse(request))) return found;
  std::string allowed;
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  for (const Route& route : routes_) {
    std::vector<std::string_view> captured;
    if (!matches(route.pattern, request.path, captured)) continue;
    if (route.method == method) {
      found.route = &route;
      found.captured = std::move(captured);
      found.refusal = rules_.refuse(request, route.access, route.body_types);
      return found;
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(route.method) + (route.method == "GET" ? ", HEAD" : "");
  }
  if (allowed.empty()) {
    found.refusal = problem(404, "there is nothing at this address", "GET /v1/openapi.json lists what there is");
  } else if (method == "OPTIONS") {
    found.refusal.emplace();
    found.refusal->status = 204;
    found.refusal->set("Allow", allowed + ", OPTIONS");
  } else {
    found.refusal = problem(405, "this address does not take that method");
    found.refusal->set("Allow", allowed + ", OPTIONS");
  }
  return found;
}

Router::Found Router::find_reading(const Request& request) const {
  Found found;
  for (const Route& route : routes_) {
    if (route.method != "GET" || route.access != Access::Read || !matches(route.pattern, request.path, found.captured)) continue;
    found.route = &route;
    return found;
  }
  return found;
}

Response Router::answer(const Found& found, const Request& request, std::function<bool()> client_left) {
  try {
    return found.route->handler(Call{request, found.route, found.captured, std::move(client_left)});
  } catch (const std::bad_alloc&) {
    return problem(503, "there is not enough memory for this answer", "ask for less");
  } catch (const std::exception&) {
    return problem(500, "the server met a fault of its own", "its log has more");
  }
}

}  // namespace entente::serve
