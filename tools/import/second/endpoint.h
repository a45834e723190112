// Where a language model answers: one HTTP address of the kind that OpenAI's interface made common.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace entente {

struct EndpointOptions {
  std::string url;           // http://127.0.0.1:8080/v1; /chat/completions is added to it
  std::string key;           // sent as a bearer token; empty: none
  bool allow_remote = false; // may it be another machine? The articles are sent there
  std::chrono::seconds patience{120};
};

inline constexpr std::size_t kLargestReply = std::size_t{4} << 20;

// Asks by the program `curl` as a child process, which reads no configuration, takes no proxy, follows
// no redirection and speaks HTTP and HTTPS only. Safe from many threads.
class Endpoint {
 public:
  // InvalidArgument: not such an address; another machine without leave; a key that would go there in
  // the clear.
  static Result<Endpoint> open(EndpointOptions options);

  // The body of the reply with status 200. Unavailable: nobody answers, another status, too long, or
  // not in time.
  Result<std::string> ask(std::string_view json) const;

  const std::string& url() const { return options_.url; }

 private:
  explicit Endpoint(EndpointOptions options) : options_(std::move(options)) {}
  EndpointOptions options_;
  std::string pin_;  // for --resolve: localhost is this machine, whatever a resolver says
};

}  // namespace entente
