// Request and Response: what HTTP/1.1 says, without how it is written on the wire.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/result.h"

namespace entente::serve {

using Fields = std::vector<std::pair<std::string, std::string>>;  // in order of arrival

// The value of the only field of that name (lower case); nothing if there is none or several.
std::optional<std::string_view> only(const Fields& fields, std::string_view name);

// A value. Names of header fields are lower case.
struct Request {
  std::string method;
  std::string target;                // as sent: path and query, still encoded
  std::vector<std::string> path;     // segments, decoded once: `/v1/a%20b` is v1, a b
  Fields query;                      // decoded; `+` is a space
  Fields fields;
  std::string body;
  bool keep_alive = true;
  bool expects_continue = false;

  std::string_view field(std::string_view name) const;  // empty if it is missing or repeated
  // The value of a query parameter; empty if it is missing. The first if it is repeated.
  std::string_view parameter(std::string_view name) const;
  bool has_parameter(std::string_view name) const;
  std::vector<std::string> parameters(std::string_view name) const;  // all of that name
};

// Splits and decodes an origin-form target. InvalidArgument for absolute forms, bad escapes,
// control characters, backslashes, empty or dotted segments, and what is not UTF-8.
Status parse_target(std::string_view target, Request& into);

struct Response {
  int status = 200;
  Fields fields;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of `body`: bytes that others send as well
  // Says whether a request with the same header would get this same answer now. Any thread may ask,
  // as long as the server runs. Without it an answer is sent once and forgotten.
  std::function<bool()> still_true;
  // Instead of a body: called with a function that sends a piece and says whether the client is
  // still there. The connection closes afterwards.
  using Send = std::function<bool(std::string_view piece)>;
  std::function<void(const Send& send)> stream;

  void set(std::string name, std::string value) { fields.emplace_back(std::move(name), std::move(value)); }
  std::string_view bytes() const { return shared_body ? *shared_body : body; }
};

std::string_view reason_of(int status);  // "Not Found"

// The answer to what went wrong, as RFC 9457 has it: application/problem+json with `type`, `title`,
// `status`, `detail` and, if there is one, `hint`.
Response problem(int status, std::string_view detail, std::string_view hint = {});
Response problem(const Error& error);

}  // namespace entente::serve
