#include "tools/serve/message.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "schema/text.h"

namespace entente::serve {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Error bad(const char* what) { return {Code::InvalidArgument, what}; }

// Decodes %XX, and `+` as a space in a query.
Result<std::string> decoded(std::string_view text, bool query) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && query) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return bad("a % in the address is not followed by two hexadecimal digits");
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  for (const char c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return bad("the address has a control character");
  if (find_utf8_fault(out)) return bad("the address is not UTF-8");
  return out;
}

}  // namespace

std::optional<std::string_view> only(const Fields& fields, std::string_view name) {
  std::optional<std::string_view> found;
  for (const auto& [key, value] : fields) {
    if (key != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

std::string_view Request::field(std::string_view name) const { return only(fields, name).value_or(""); }

std::string_view Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return "";
}

bool Request::has_parameter(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return true;
  return false;
}

std::vector<std::string> Request::parameters(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : query)
    if (key == name) values.push_back(value);
  return values;
}

Status parse_target(std::string_view target, Request& into) {
  into.target = target;
  if (target.empty() || target.front() != '/') return bad("the address must begin with /");
  if (target.find_first_of("\\#") != std::string_view::npos) return bad("the address has a backslash or a fragment");
  const std::size_t mark = target.find('?');
  std::string_view path = target.substr(1, mark == std::string_view::npos ? mark : mark - 1);
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    auto segment = decoded(path.substr(0, slash), false);
    if (!segment) return segment.error();
    if (segment->empty() || *segment == "." || *segment == "..")
      return bad("the address has an empty or dotted part");
    if (segment->find_first_of("/\\") != std::string::npos) return bad("the address hides a slash in an escape");
    into.path.push_back(std::move(*segment));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
    if (path.empty()) return bad("the address ends in a slash");
  }
  std::string_view query = mark == std::string_view::npos ? "" : target.substr(mark + 1);
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = decoded(pair.substr(0, equals), true);
    auto value = decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
    if (!name) return name.error();
    if (!value) return value.error();
    into.query.emplace_back(std::move(*name), std::move(*value));
  }
  return kOk;
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Unknown";
  }
}

Response problem(int status, std::string_view detail, std::string_view hint) {
  boost::json::object body;
  body["type"] = "about:blank";
  body["title"] = reason_of(status);
  body["status"] = status;
  body["detail"] = detail;
  if (!hint.empty()) body["hint"] = hint;
  Response response;
  response.status = status;
  response.set("Content-Type", "application/problem+json");
  response.body = boost::json::serialize(body) + "\n";
  return response;
}

Response problem(const Error& error) {
  // A message may end in what to do: `...; did you mean X?` is the hint of its own problem.
  const auto status = [&] {
    switch (error.code) {
      case Code::NotFound: return 404;
      case Code::InvalidArgument: return 400;
      case Code::Conflict: return 409;
      case Code::LimitReached: return 422;
      case Code::Unavailable: return 503;
      case Code::Corruption:
      case Code::Incompatible: return 500;
    }
    return 500;
  }();
  const std::size_t semicolon = error.message.rfind("; ");
  if (semicolon == std::string::npos) return problem(status, error.message);
  return problem(status, std::string_view(error.message).substr(0, semicolon),
                 std::string_view(error.message).substr(semicolon + 2));
}

}  // namespace entente::serve
