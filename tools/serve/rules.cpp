#include "tools/serve/rules.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

#include "schema/digest.h"

namespace entente::serve {
namespace {

constexpr std::string_view kMethods[] = {"GET", "HEAD", "POST", "DELETE", "OPTIONS"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool among(std::string_view word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool writes(std::string_view method) { return method == "POST" || method == "DELETE"; }

// The token of `Authorization: Bearer TOKEN`.
std::string_view bearer(const Request& request) {
  std::string_view value = request.field("authorization");
  if (lower(value.substr(0, 7)) != "bearer ") return "";
  value.remove_prefix(7);
  return value;
}
}  // namespace

std::optional<Response> Rules::refuse(const Request& request) const {
  const std::string host = lower(request.field("host"));
  if (!among(host, hosts))
    return problem(421, "this server does not answer to that name",
                   "use the address that it printed when it started");
  if (std::find(std::begin(kMethods), std::end(kMethods), request.method) == std::end(kMethods)) {
    Response response = problem(405, "this method is not served");
    response.set("Allow", "GET, HEAD, POST, DELETE, OPTIONS");
    return response;
  }
  const bool has_origin = std::any_of(request.fields.begin(), request.fields.end(),
                                      [](const auto& field) { return field.first == "origin"; });
  // The page is served over plain HTTP on loopback; its own origin is this very host.
  if (has_origin && lower(request.field("origin")) != "http://" + host &&
      lower(request.field("origin")) != "https://" + host)
    return problem(403, "a page from elsewhere may not use this server");
  const std::string site = lower(request.field("sec-fetch-site"));
  if (site == "cross-site" || site == "same-site") {
    // A link in a mail or on another page may open the page here, but reads and writes nothing.
    const bool opens_page = !writes(request.method) && request.field("sec-fetch-mode") == "navigate" &&
                            request.field("sec-fetch-dest") == "document" &&
                            (request.path.empty() || request.path.front() != "v1");
    if (!opens_page) return problem(403, "a page from elsewhere may not use this server");
  }
  return std::nullopt;
}

std::optional<Response> Rules::refuse(const Request& request, Access access,
                                      const std::vector<std::string>& body_types) const {
  if (access == Access::Write && (token.empty() || !same_secret(bearer(request), token))) {
    Response response = problem(401, "writing needs the token that the server printed when it started",
                                "send it as 'Authorization: Bearer TOKEN', or open the printed address");
    response.set("WWW-Authenticate", "Bearer");
    return response;
  }
  if (!body_types.empty()) {
    const std::string_view type = request.field("content-type");
    const std::string bare = lower(type.substr(0, type.find(';')));
    if (!among(bare.substr(0, bare.find_last_not_of(' ') + 1), body_types)) {
      std::string known;
      for (const std::string& one : body_types) known += (known.empty() ? "" : ", ") + one;
      return problem(415, "this address takes " + known);
    }
  }
  return std::nullopt;
}

std::string_view security_fields() {
  return "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
         "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'; require-trusted-types-for 'script'\r\n"
         "X-Content-Type-Options: nosniff\r\n"
         "Referrer-Policy: no-referrer\r\n"
         "Cross-Origin-Opener-Policy: same-origin\r\n"
         "Cross-Origin-Resource-Policy: same-origin\r\n"
         "Permissions-Policy: camera=(), geolocation=(), microphone=()\r\n";
}

std::string random_token() {
  unsigned char bytes[32];
  if (RAND_bytes(bytes, sizeof bytes) != 1) throw std::runtime_error("the system gives no random bytes");
  return hex(std::string_view(reinterpret_cast<const char*>(bytes), sizeof bytes));
}

bool same_secret(std::string_view one, std::string_view other) {
  // Digests are of one length, so that not even the length is told by the time it takes.
  const std::string a = sha256(one), b = sha256(other);
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace entente::serve
