// Rules: what a request must be before anything else looks at it, and what every answer carries.
//
// They keep out a web page that is open in the same browser (a foreign Host means that its name was
// made to point here, a foreign Origin that its script asks), and whoever has no token from writing.
// The router applies them to every route; there is no other way to register one.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/serve/message.h"

namespace entente::serve {

enum class Access : std::uint8_t {
  Page,   // files of the page itself: may be opened from a link elsewhere
  Read,
  Write,  // needs the token
};

// A value, the same for all connections.
struct Rules {
  std::vector<std::string> hosts;  // `localhost:7373`, lower case, with the port
  std::string token;               // of writers; empty: nobody may write

  // In order: Host (421), method (405), Origin and where the browser says it comes from (403).
  // Nothing when all is well. Applies to every request, whatever it asks for.
  std::optional<Response> refuse(const Request& request) const;
  // What the route asks for beyond that: the token (401), the type of the body (415).
  std::optional<Response> refuse(const Request& request, Access access,
                                 const std::vector<std::string>& body_types) const;
};

// The fields of every answer, as lines of its header: what a browser may do with it.
std::string_view security_fields();

// 256 random bits as 64 hexadecimal digits.
std::string random_token();

// Takes the same time wherever they differ.
bool same_secret(std::string_view one, std::string_view other);

}  // namespace entente::serve
