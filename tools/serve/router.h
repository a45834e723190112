// Router: which function answers which address. Every route passes the rules; there is no way
// around them, because the router owns both.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/algorithms/work.h"
#include "tools/serve/rules.h"

namespace entente::serve {

// What a handler gets: the request, and the segments that stood for `{...}` in the pattern.
struct Route;
struct Call {
  const Request& request;
  const Route* route;
  std::vector<std::string_view> captured;
  std::function<bool()> client_left;
  const Cancel* cancel = nullptr;  // of a read: what stops long work (watch.h)
};
using Handler = std::function<Response(const Call& call)>;

struct Route {
  std::string_view method;   // GET (which serves HEAD as well), POST or DELETE
  std::string_view pattern;  // `/v1/entities/{entity}`
  Access access = Access::Read;
  Handler handler;
  std::string_view summary;                  // one sentence, for the description of the interface
  std::vector<std::string> body_types = {};  // of POST
  std::uint64_t body_bytes = 0;              // most that it takes; 0: no body
  std::vector<std::string_view> parameters = {};  // of the query, for the description
};

// Filled once, then immutable and safe from every thread.
class Router {
 public:
  explicit Router(Rules rules) : rules_(std::move(rules)) {}
  void add(Route route) { routes_.push_back(std::move(route)); }
  const std::vector<Route>& routes() const { return routes_; }

  // First half, with the header alone: the rules, then the route. Either a refusal, which may be
  // sent without reading a body, or a route.
  struct Found {
    const Route* route = nullptr;
    std::vector<std::string_view> captured;  // borrows the request
    std::optional<Response> refusal;
  };
  Found find(const Request& request) const;
  // The route that reads there, for a caller who has passed other rules than those of a browser; no route
  // if there is none.
  Found find_reading(const Request& request) const;

  // Second half. Catches what the handler throws: 500, and the server goes on.
  static Response answer(const Found& found, const Request& request, std::function<bool()> client_left);

 private:
  Rules rules_;
  std::vector<Route> routes_;
};

}  // namespace entente::serve
